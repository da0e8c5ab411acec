package decision

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"auftragsmappe/documents/engagement"
)

//go:embed catalogue.json
var catalogueJSON []byte

// Shows says whether a permission shows personal data for which the client is controller.
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

// Tool is a row of the catalogue.
type Tool struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"` // as its maker writes it: "WordPress"
	Aliases     []string     `json:"aliases"`
	Subjects    []string     `json:"subjects"` // codes: KÄ, NL …
	Data        []string     `json:"data"`     // codes: STA, BES …
	Source      string       `json:"source"`
	CheckedOn   string       `json:"checked_on"` // when roles and verdicts were last read
	Permissions []Permission `json:"permissions"`
}

// Permission is what can be opened in a tool.
type Permission struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"` // German
	Also  []string `json:"also"` // further names of it
	Shows Shows    `json:"shows"`
	When  string   `json:"when"` // of Depends: the condition, in German
}

// catalogue is the data file with its tools by every name.
type catalogue struct {
	Subjects map[string]string `json:"subjects"`
	Data     map[string]string `json:"data"`
	Tools    []Tool            `json:"tools"`
	byName   map[string]*Tool
}

var theCatalogue = sync.OnceValue(func() *catalogue {
	c := &catalogue{byName: map[string]*Tool{}}
	if err := json.Unmarshal(catalogueJSON, c); err != nil {
		panic("decision: catalogue.json: " + err.Error()) // embedded: a fault of the build
	}
	for i := range c.Tools {
		t := &c.Tools[i]
		for _, name := range append([]string{t.ID, t.Name}, t.Aliases...) {
			c.byName[key(name)] = t
		}
	}
	return c
})

// umlauts are spelled both ways by people and tools.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// key is a name without case, blanks, hyphens and umlaut spelling.
func key(s string) string {
	s = umlauts.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 {
			return r
		}
		return -1
	}, s)
}

// Find is the tool of a name, an id or an alias.
func Find(tool string) (*Tool, bool) {
	t, ok := theCatalogue().byName[key(tool)]
	return t, ok
}

// Permission is the permission of an id, a German name or any other of its names.
func (t *Tool) Permission(name string) (*Permission, bool) {
	k := key(name)
	for i := range t.Permissions {
		p := &t.Permissions[i]
		if key(p.ID) == k || key(p.Name) == k {
			return p, true
		}
	}
	for i := range t.Permissions {
		for _, also := range t.Permissions[i].Also {
			if key(also) == k {
				return &t.Permissions[i], true
			}
		}
	}
	return nil, false
}

// SubjectName is the German name of a data-subject code; an unknown code is returned as it is.
func SubjectName(code string) string { return named(theCatalogue().Subjects, code) }

// DataName is the German name of a data-category code; an unknown code is returned as it is.
func DataName(code string) string { return named(theCatalogue().Data, code) }

// SubjectCodes and DataCodes are all codes of the catalogue in the order of its file, for boxes to tick.
var (
	SubjectCodes = []string{"KÄ", "NL", "MI", "TN", "BE", "AF", "MA", "KO", "LI"}
	DataCodes    = []string{"STA", "BES", "ZAH", "NUT", "KOM", "LER", "TER", "MED", "LOG"}
)

func named(names map[string]string, code string) string {
	if n, ok := names[code]; ok {
		return n
	}
	return code
}

// Sight is what an access shows, by the catalogue alone.
type Sight struct {
	Tool        string // display name; of an unknown tool as posted
	Known       bool   // the tool is in the catalogue
	Permissions []PermissionSight
	Shows       Shows    // of the strongest permission; Unknown without any
	Subjects    []string // codes of the tool
	Data        []string
}

// PermissionSight is one granted permission.
type PermissionSight struct {
	ID    string
	Name  string // German; of an unknown permission as posted
	Shows Shows
	When  string
}

// Look is what the catalogue says of an access; the caller's own answer does not count here.
func Look(a engagement.Access) Sight {
	t, ok := Find(a.Tool)
	s := Sight{Tool: a.Tool, Known: ok, Shows: Unknown}
	if ok {
		s.Tool, s.Subjects, s.Data = t.Name, t.Subjects, t.Data
	}
	for _, name := range a.Permissions {
		s.Permissions = append(s.Permissions, lookAt(t, name))
	}
	if len(s.Permissions) > 0 && ok {
		s.Shows = No
		for _, p := range s.Permissions {
			if strength[p.Shows] > strength[s.Shows] {
				s.Shows = p.Shows
			}
		}
	}
	return s
}

func lookAt(t *Tool, name string) PermissionSight {
	if t != nil {
		if p, ok := t.Permission(name); ok {
			return PermissionSight{ID: p.ID, Name: p.Name, Shows: p.Shows, When: p.When}
		}
	}
	return PermissionSight{ID: name, Name: name, Shows: Unknown}
}

// Unneeded are the German names of the tool's other permissions that show personal data: what should not be granted.
func Unneeded(a engagement.Access) []string {
	t, ok := Find(a.Tool)
	if !ok || len(a.Permissions) == 0 {
		return nil
	}
	granted := map[string]bool{}
	for _, name := range a.Permissions {
		if p, ok := t.Permission(name); ok {
			granted[p.ID] = true
		}
	}
	var out []string
	for _, p := range t.Permissions {
		if p.Shows == Yes && !granted[p.ID] {
			out = append(out, p.Name)
		}
	}
	return out
}

// SeesCustomerData says whether an access counts as sight of personal data (when in doubt: yes), and whether that is
// only a precaution.
func SeesCustomerData(a engagement.Access) (sees, precaution bool) {
	if a.CustomerData != nil {
		return *a.CustomerData, false
	}
	shows := Look(a).Shows
	return shows != No, shows != No && shows != Yes
}
