// Package de is German: role nouns with cases, pronouns, money, dates, lists and forms of address.
package de

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"auftragsmappe/documents/engagement"
)

// Grammar is the grammatical shape of a party's role nouns.
type Grammar uint8

// The grammars. Neutral is "die auftraggebende Partei": feminine in grammar, silent about a person.
const (
	Masculine Grammar = iota
	Feminine
	Neutral
)

// GrammarOf is the grammar of a party: its gender; else, for a person, the salutation; else the legal form.
// A person of whom nothing is known, or who chose d or n, is neutral (EuGH C-394/23: no gender is asked for).
func GrammarOf(p *engagement.Party) Grammar {
	switch p.Gender {
	case "f":
		return Feminine
	case "m":
		return Masculine
	case "d", "n":
		return Neutral
	}
	switch p.Form {
	case engagement.Person, engagement.SoleTrader, engagement.OtherForm:
		return bySalutation(p)
	case engagement.EV:
		return Masculine
	}
	return Feminine
}

func bySalutation(p *engagement.Party) Grammar {
	switch {
	case p.Form == engagement.OtherForm:
		return Neutral
	case p.Person.Salutation == "Frau":
		return Feminine
	case p.Person.Salutation == "Herr":
		return Masculine
	}
	return Neutral
}

// Role is what a party is in a document.
type Role uint8

// The roles. Controller and Processor are the words of Art. 4 Nr. 7, 8 DSGVO.
const (
	Client Role = iota
	Contractor
	Controller
	Processor
	roleCount
)

// form is a word in four cases, with article, and bare (nominative without article).
type form struct{ nom, gen, dat, acc, bare string }

// roleForms is the closed table role × grammar.
var roleForms = [roleCount][3]form{
	Client: {
		{"der Auftraggeber", "des Auftraggebers", "dem Auftraggeber", "den Auftraggeber", "Auftraggeber"},
		{"die Auftraggeberin", "der Auftraggeberin", "der Auftraggeberin", "die Auftraggeberin", "Auftraggeberin"},
		{"die auftraggebende Partei", "der auftraggebenden Partei", "der auftraggebenden Partei", "die auftraggebende Partei", "auftraggebende Partei"},
	},
	Contractor: {
		{"der Auftragnehmer", "des Auftragnehmers", "dem Auftragnehmer", "den Auftragnehmer", "Auftragnehmer"},
		{"die Auftragnehmerin", "der Auftragnehmerin", "der Auftragnehmerin", "die Auftragnehmerin", "Auftragnehmerin"},
		{"die auftragnehmende Partei", "der auftragnehmenden Partei", "der auftragnehmenden Partei", "die auftragnehmende Partei", "auftragnehmende Partei"},
	},
	Controller: {
		{"der Verantwortliche", "des Verantwortlichen", "dem Verantwortlichen", "den Verantwortlichen", "Verantwortlicher"},
		{"die Verantwortliche", "der Verantwortlichen", "der Verantwortlichen", "die Verantwortliche", "Verantwortliche"},
		{"die verantwortliche Stelle", "der verantwortlichen Stelle", "der verantwortlichen Stelle", "die verantwortliche Stelle", "verantwortliche Stelle"},
	},
	Processor: {
		{"der Auftragsverarbeiter", "des Auftragsverarbeiters", "dem Auftragsverarbeiter", "den Auftragsverarbeiter", "Auftragsverarbeiter"},
		{"die Auftragsverarbeiterin", "der Auftragsverarbeiterin", "der Auftragsverarbeiterin", "die Auftragsverarbeiterin", "Auftragsverarbeiterin"},
		{"die auftragsverarbeitende Stelle", "der auftragsverarbeitenden Stelle", "der auftragsverarbeitenden Stelle", "die auftragsverarbeitende Stelle", "auftragsverarbeitende Stelle"},
	},
}

// pronouns maps the masculine model form to the feminine one (of Feminine and Neutral alike).
var pronouns = map[string]string{
	"er": "sie", "ihn": "sie", "ihm": "ihr",
	"sein": "ihr", "seine": "ihre", "seinen": "ihren", "seinem": "ihrem", "seiner": "ihrer", "seines": "ihres",
	"der": "die", "den": "die", "dem": "der", "dessen": "deren",
	"dieser": "diese", "diesen": "diese", "diesem": "dieser", "dieses": "dieser",
	"jeder": "jede", "keinen": "keine", "kein": "keine",
}

// Word is a role form or a pronoun in its three grammars, as a text writes it in the masculine model form.
type Word struct {
	Role  Role
	forms [3]string
}

// In is the word in a grammar.
func (w Word) In(g Grammar) string { return w.forms[g] }

// ParseWord reads a role form as a lawyer writes it, "des Auftraggebers" or bare "Auftraggeber", or a pronoun with
// its noun, "seiner:Auftragnehmer". A capital first letter of article or pronoun is kept; ok is false for anything else.
func ParseWord(s string) (w Word, ok bool) {
	if pronoun, noun, found := strings.Cut(s, ":"); found {
		return parsePronoun(pronoun, noun)
	}
	for role := range roleCount {
		for _, pick := range pickers {
			model := pick(&roleForms[role][Masculine])
			if s != model && s != Capital(model) {
				continue
			}
			w = Word{Role: role}
			for g := range w.forms {
				w.forms[g] = pick(&roleForms[role][g])
				if s != model {
					w.forms[g] = Capital(w.forms[g])
				}
			}
			return w, true
		}
	}
	return Word{}, false
}

var pickers = []func(*form) string{
	func(f *form) string { return f.nom },
	func(f *form) string { return f.gen },
	func(f *form) string { return f.dat },
	func(f *form) string { return f.acc },
	func(f *form) string { return f.bare },
}

func parsePronoun(pronoun, noun string) (Word, bool) {
	lower := strings.ToLower(pronoun)
	other, ok := pronouns[lower]
	if !ok {
		return Word{}, false
	}
	for role := range roleCount {
		if roleForms[role][Masculine].bare != noun {
			continue
		}
		if lower != pronoun {
			return Word{role, [3]string{Capital(lower), Capital(other), Capital(other)}}, true
		}
		return Word{role, [3]string{lower, other, other}}, true
	}
	return Word{}, false
}

// Bare is a role noun without article, in the nominative: "Auftraggeberin", "auftraggebende Partei".
func Bare(r Role, g Grammar) string { return roleForms[r][g].bare }

// Genitive is a role noun with article in the genitive: "der Auftraggeberin".
func Genitive(r Role, g Grammar) string { return roleForms[r][g].gen }

// Capital is s with a capital first letter.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
