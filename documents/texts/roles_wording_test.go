package texts

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// roleNoun finds a role noun with the word before it. Longer words such as Auftragsverarbeitungsvertrag are none.
var roleNoun = regexp.MustCompile(`(?:([\pL]+) )?\b((?i:auftraggeb|auftragnehm|auftragsverarbeit)(?:er|ers|erin|ende|enden)(?: (?:Partei|Stelle))?|(?i:verantwortliche[rn]?)(?: Stelle)?)(?:$|[^\pL])`)

var articles = strings.Fields("der die das des dem den ein eine eines einer einem einen Der Die Das Des Dem Den Ein Eine Eines Einer Einem Einen")

// models are the forms of a role in the masculine, with article: nominative, genitive, dative, accusative, and bare.
var models = map[de.Role][5]string{
	de.Client:     {"der Auftraggeber", "des Auftraggebers", "dem Auftraggeber", "den Auftraggeber", "Auftraggeber"},
	de.Contractor: {"der Auftragnehmer", "des Auftragnehmers", "dem Auftragnehmer", "den Auftragnehmer", "Auftragnehmer"},
	de.Controller: {"der Verantwortliche", "des Verantwortlichen", "dem Verantwortlichen", "den Verantwortlichen", "Verantwortlicher"},
	de.Processor:  {"der Auftragsverarbeiter", "des Auftragsverarbeiters", "dem Auftragsverarbeiter", "den Auftragsverarbeiter", "Auftragsverarbeiter"},
}

// The cases as indices of models.
const (
	genitive = iota + 1
	dative
	accusative
	bareForm
)

// governs are the prepositions that leave no choice of case.
var governs = map[string]int{
	"für": accusative, "durch": accusative, "ohne": accusative, "gegen": accusative,
	"von": dative, "zu": dative, "mit": dative, "bei": dative, "nach": dative, "aus": dative, "gegenüber": dative,
	"wegen": genitive,
}

// otherwise are phrases with the letters of a role that name no party: people in general.
var otherwise = regexp.MustCompile(`deren Auftraggebenden`)

// roleRules are the phrases that a case allows, and those that no preposition allows.
type roleRules struct {
	allowed map[string]bool // with article in four cases, and bare
	wrong   []string        // "für der Auftragnehmerin"
}

func rolesOf(c *Case) *roleRules {
	out := &roleRules{allowed: map[string]bool{}}
	for role, forms := range models {
		party := &c.Engagement.Client.Party
		if role == de.Contractor || role == de.Processor {
			party = &c.Engagement.Contractor.Party
		}
		var inflected [5]string
		for i, model := range forms {
			w, _ := de.ParseWord(model)
			inflected[i] = w.In(de.GrammarOf(party))
			out.allowed[inflected[i]], out.allowed[de.Capital(inflected[i])] = true, true
		}
		for word, want := range governs {
			for i := range bareForm {
				if inflected[i] != inflected[want] {
					out.wrong = append(out.wrong, word+" "+inflected[i])
				}
			}
		}
	}
	return out
}

// roleFaults are role nouns with a wrong article, of another gender, or in a case that their preposition forbids.
func roleFaults(p *passage, rules *roleRules) []string {
	var out []string
	for _, m := range roleNoun.FindAllStringSubmatch(p.own, -1) {
		before, noun := m[1], m[2]
		if otherwise.MatchString(m[0]) {
			continue
		}
		phrase := noun
		if slices.Contains(articles, before) {
			phrase = before + " " + noun
		}
		if !rules.allowed[phrase] {
			out = append(out, "a role that is not this party's: "+phrase)
		}
	}
	for _, wrong := range rules.wrong {
		if phraseIn(p.own, wrong) {
			out = append(out, "the wrong case: "+wrong)
		}
	}
	return out
}

// phraseIn says that whole words stand in a text.
func phraseIn(text, phrase string) bool {
	return strings.Contains(text, phrase) && regexp.MustCompile(`(?:^|[^\pL])`+regexp.QuoteMeta(phrase)+`(?:$|[^\pL])`).MatchString(text)
}

// TestRoleFaultsFind proves that a wrong article, gender and case are found, for both genders.
func TestRoleFaultsFind(t *testing.T) {
	c := &Case{Engagement: &engagement.Valid{}}
	c.Engagement.Client.Gender, c.Engagement.Contractor.Gender = "m", "f"
	for text, want := range map[string]string{
		"den Auftraggeberin":                                     "not this party's",
		"die Auftraggeberin zahlt":                               "not this party's",
		"der Auftragnehmer arbeitet":                             "not this party's",
		"für der Auftragnehmerin":                                "the wrong case",
		"von den Auftraggeber":                                   "the wrong case",
		"die auftraggebende Partei":                              "not this party's",
		"das Auftraggeber":                                       "not this party's",
		"Die Auftragnehmerin dient dem Auftraggeber.":            "",
		"für die Auftragnehmerin und von dem Auftraggeber":       "",
		"im Auftragsverarbeitungsvertrag":                        "",
		"gilt als verantwortlich":                                "",
		"ist Verantwortlicher, die andere Auftragsverarbeiterin": "",
	} {
		got := strings.Join(roleFaults(&passage{own: text}, rolesOf(c)), "; ")
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestSubjectsAreNominative reads the texts themselves. "Der Auftragnehmerin" may be a dative; in the masculine every case
// has a form of its own: a sentence that opens with another case needs another subject, one in the nominative has none
// beside it.
func TestSubjectsAreNominative(t *testing.T) {
	for kind, text := range library(t).texts {
		for _, s := range text.sections {
			for _, b := range s.blocks {
				for _, l := range allLines(&b) {
					if _, sentence := length(&l); subjectFault(sentence) {
						t.Errorf("%s.md: no subject or two: %s", kind, sentence)
					}
				}
			}
		}
	}
}

var (
	opensOblique  = regexp.MustCompile(`^(?:Den|Dem) Auftrag(?:geber|nehmer)\b`)
	secondSubject = regexp.MustCompile(`^Der Auftrag(?:geber|nehmer) \pL+ der Auftrag(?:geber|nehmer)\b`)
	anySubject    = regexp.MustCompile(`\b(?:der|die|das|ein|eine|es|er|niemand|jede) `)
)

func subjectFault(s string) bool {
	return opensOblique.MatchString(s) && !anySubject.MatchString(s) || secondSubject.MatchString(s)
}

// TestSubjectFaultFinds proves that the check can fail.
func TestSubjectFaultFinds(t *testing.T) {
	for s, want := range map[string]bool{
		"Den Auftragnehmer zahlt.":                        true,
		"Dem Auftraggeber haftet.":                        true,
		"Der Auftraggeber zahlt der Auftragnehmer Geld.":  true,
		"Dem Auftraggeber muss der Auftragnehmer dienen.": false,
		"Der Auftraggeber zahlt dem Auftragnehmer Geld.":  false,
	} {
		if subjectFault(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
