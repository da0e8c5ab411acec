package decision

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed catalogue.json
var catalogueJSON []byte

// Shows says whether a permission shows personal data for which the client is controller: of any third person, not
// only of buyers.
type Shows string

// The answers, from weak to strong: an unknown permission counts as Unknown, which is never taken for "no".
const (
	No      Shows = "no"
	Depends Shows = "depends"
	Unknown Shows = "unknown"
	Yes     Shows = "yes"
)

// strength orders the answers: an access with several permissions shows what its strongest one shows.
var strength = map[Shows]int{No: 0, Depends: 1, Unknown: 2, Yes: 3}

// Basis says what an answer of the catalogue rests on. None was tried out in the live tool.
type Basis string

// The bases of a tool, then those of a single permission.
const (
	Inferred Basis = "inferred" // the source names the roles and their areas; what they show is inferred from the areas
	Known    Basis = "known"    // general knowledge, nothing was looked up
	Mixed    Basis = "mixed"    // some of both
	Assumed  Basis = "assumed"  // no source names this permission
	Verify   Basis = "verify"   // holds for most set-ups: look before you rely on it
)

// Tool is a row of the catalogue.
type Tool struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`    // as its maker writes it: "WordPress"
	Generic     bool         `json:"generic"` // a sort of tool, such as mailboxes: shown by the name that was posted
	Aliases     []string     `json:"aliases"`
	Parts       []string     `json:"parts"`    // names under which one part of it is known, shown as they are: "Google Drive"
	Subjects    []string     `json:"subjects"` // codes: KÄ, NL …
	Data        []string     `json:"data"`     // codes: STA, BES …
	Source      string       `json:"source"`
	Basis       Basis        `json:"basis"`
	CheckedOn   string       `json:"checked_on"` // when roles and verdicts were last read
	Permissions []Permission `json:"permissions"`

	byName map[string]*Permission
}

// Permission is what can be opened in a tool.
type Permission struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"` // German, with the role's name in the tool where it differs: "Verwaltung (Manager)"
	Also  []string `json:"also"` // further names of it
	Shows Shows    `json:"shows"`
	When  string   `json:"when"` // of Depends: when it shows such data, a German clause with "wenn"
	// Subjects and Data are codes where they differ from those of the tool.
	Subjects []string `json:"subjects"`
	Data     []string `json:"data"`
	All      bool     `json:"all"`   // it includes every other permission
	Basis    Basis    `json:"basis"` // Assumed or Verify where it rests on less than its tool does; else empty
}

// code is a short id of the catalogue with its German name.
type code struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Dative string `json:"dative"` // of persons: "Daten von …"
}

// catalogue is the data file with its tools by every name.
type catalogue struct {
	Subjects []code `json:"subjects"`
	Data     []code `json:"data"`
	Tools    []Tool `json:"tools"`
	byName   map[string]*Tool
}

var theCatalogue = sync.OnceValue(func() *catalogue {
	c := &catalogue{byName: map[string]*Tool{}}
	if err := json.Unmarshal(catalogueJSON, c); err != nil {
		panic("decision: catalogue.json: " + err.Error()) // embedded: a fault of the build
	}
	for i := range c.Tools {
		t := &c.Tools[i]
		for _, name := range t.names() {
			c.byName[key(name)] = t
		}
		t.index()
	}
	return c
})

// index lists the permissions by every name.
func (t *Tool) index() {
	t.byName = map[string]*Permission{}
	for i := range t.Permissions {
		for _, name := range t.Permissions[i].names() {
			t.byName[key(name)] = &t.Permissions[i]
		}
	}
}

func (t *Tool) names() []string { return slices.Concat([]string{t.ID, t.Name}, t.Aliases, t.Parts) }

func (p *Permission) names() []string { return append([]string{p.ID, p.Name}, p.Also...) }

// umlauts are spelled both ways by people and tools; a decomposed umlaut loses its dots.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// key is a name without case, blanks, hyphens, other signs and umlaut spelling.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, umlauts.Replace(strings.ToLower(s)))
}

// Find is the tool of a name, an id or an alias; an e-mail address is a mailbox.
func Find(tool string) (*Tool, bool) {
	byName := theCatalogue().byName
	if t, ok := byName[key(tool)]; ok {
		return t, true
	}
	if local, domain, ok := strings.Cut(tool, "@"); ok && local != "" && domain != "" {
		return byName["mailbox"], true
	}
	return nil, false
}

// Tools are all tools of the catalogue in the order of its file; nobody may change them.
func Tools() []Tool { return theCatalogue().Tools }

// display is the name that is shown for a tool: of a sort of tool the one that was posted, of a part that part's.
func (t *Tool) display(posted string) string {
	k := key(posted)
	if t.Generic && k != key(t.ID) && k != key(t.Name) {
		return posted
	}
	for _, part := range t.Parts {
		if key(part) == k {
			return part
		}
	}
	return t.Name
}

// Permission is the permission of an id, a German name or any other of its names.
func (t *Tool) Permission(name string) (*Permission, bool) {
	p, ok := t.byName[key(name)]
	return p, ok
}

// SubjectCodes and DataCodes are all codes of the catalogue in the order of its file, for boxes to tick.
var (
	SubjectCodes = []string{"KÄ", "NL", "MI", "TN", "BE", "AF", "MA", "KO", "LI"}
	DataCodes    = []string{"STA", "BES", "ZAH", "NUT", "KOM", "LER", "TER", "MED", "LOG"}
)

// SubjectName is the German name of a data-subject code; an unknown code is returned as it is.
func SubjectName(c string) string { return find(theCatalogue().Subjects, c).Name }

// DataName is the German name of a data-category code; an unknown code is returned as it is.
func DataName(c string) string { return find(theCatalogue().Data, c).Name }

// subjectDative is the name after "von".
func subjectDative(c string) string { return find(theCatalogue().Subjects, c).Dative }

func find(codes []code, c string) code {
	for _, known := range codes {
		if known.Code == c {
			return known
		}
	}
	return code{Code: c, Name: c, Dative: c}
}
