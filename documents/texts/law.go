package texts

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
)

//go:embed law.json
var lawJSON []byte

// law is what the law asks of the six kinds, as data; docs/recht.md prints it.
type law struct {
	Read       date.Date         `json:"read"` // the day on which the statutes were read
	Items      []item            `json:"items"`
	Never      []voidClause      `json:"never"`
	Open       []string          `json:"open"`       // questions without an answer
	Sources    map[string]string `json:"sources"`    // public pages, by the S number of a state
	Conditions map[string]string `json:"conditions"` // German words for conditions
}

// duty is how strongly an item is wanted.
type duty string

const (
	mandatoryItem   duty = "mandatory"   // the law wants it in the document
	recommendedItem duty = "recommended" // usual or wise; the texts have it nevertheless
	outsideItem     duty = "outside"     // deliberately no clause of ours; Why says where it belongs
)

// item is one content that the law or good practice asks for.
type item struct {
	Code   string `json:"code"` // "A05"; U and D are the numbers of § 14 (4) UStG and § 2 (1) DL-InfoV
	Name   string `json:"name"`
	Duty   duty   `json:"duty"`
	Source string `json:"source"`
	State  string `json:"state"` // how it was looked up: read, known, open and S numbers
	// In is the kinds that must cover it, each with the condition under which it must; "" = always.
	In  map[decision.Kind]string `json:"in"`
	Why string                   `json:"why"`
}

// voidClause is what no text may say, as it is void or does harm.
type voidClause struct {
	Name   string   `json:"name"`
	Reason string   `json:"reason"`
	Source string   `json:"source"`
	State  string   `json:"state"`
	Words  []string `json:"words"` // lower case; a text that contains one of them says it
}

// readLaw is strict: an unknown field is a typo that would be lost.
func readLaw(source []byte) (*law, error) {
	var l law
	d := json.NewDecoder(bytes.NewReader(source))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("law.json: %w", err)
	}
	return &l, l.check()
}

var itemCode = regexp.MustCompile(`^[A-Z]\d\d$`)

// check holds the file against itself and against kinds and conditions.
func (l *law) check() error {
	var errs []error
	seen := map[string]bool{}
	for i := range l.Items {
		it := &l.Items[i]
		fault := l.fault(it)
		if seen[it.Code] {
			fault = "stands twice"
		}
		seen[it.Code] = true
		if fault != "" {
			errs = append(errs, fmt.Errorf("law.json: %s: %s", it.Code, fault))
		}
	}
	for _, v := range l.Never {
		if bad := l.unknownState(v.State); bad != "" || v.Reason == "" || v.Source == "" || len(v.Words) == 0 {
			errs = append(errs, fmt.Errorf("law.json: %s: unknown state %q, or no reason, source or words", v.Name, bad))
		}
	}
	return errors.Join(errs...)
}

// fault is what is wrong with an item; "" if nothing.
func (l *law) fault(it *item) string {
	switch {
	case !itemCode.MatchString(it.Code):
		return "no code"
	case it.Name == "" || it.Source == "" || len(it.In) == 0:
		return "lacks name, source or kinds"
	case !slices.Contains([]duty{mandatoryItem, recommendedItem, outsideItem}, it.Duty):
		return fmt.Sprintf("unknown duty %q", it.Duty)
	case (it.Duty == outsideItem) != (it.Why != ""):
		return "why belongs to what is outside, and only there"
	}
	for kind, when := range it.In {
		if _, ok := decision.RowOf(kind); !ok {
			return fmt.Sprintf("unknown kind %q", kind)
		}
		for _, term := range parseCondition(when) {
			if conditions[term.name] == nil {
				return fmt.Sprintf("unknown condition %q", term.name)
			}
		}
	}
	if bad := l.unknownState(it.State); bad != "" {
		return fmt.Sprintf("unknown state %q", bad)
	}
	return ""
}

// states are how an item was looked up, in German.
var states = map[string]string{
	"read": "Wortlaut gelesen", "known": "allgemeine Kenntnis, nicht nachgelesen", "open": "unsicher oder umstritten",
}

// unknownState is the first word of a state that is neither one of states nor a source; "none" if there is no state.
func (l *law) unknownState(state string) string {
	for _, s := range strings.Fields(state) {
		if states[s] == "" && l.Sources[s] == "" {
			return s
		}
	}
	if state == "" {
		return "none"
	}
	return ""
}

// item is the one of a code; nil if there is none.
func (l *law) item(code string) *item {
	for i := range l.Items {
		if l.Items[i].Code == code {
			return &l.Items[i]
		}
	}
	return nil
}
