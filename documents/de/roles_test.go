package de

import (
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

func TestGrammarOf(t *testing.T) {
	for name, tt := range map[string]struct {
		form       engagement.Form
		gender     engagement.Gender
		salutation string
		want       Grammar
	}{
		"gender wins over salutation":  {engagement.SoleTrader, "f", "Herr", Feminine},
		"gender wins over form":        {engagement.GmbH, "m", "", Masculine},
		"divers is neutral":            {engagement.Person, "d", "Frau", Neutral},
		"none is neutral":              {engagement.Person, "n", "", Neutral},
		"Frau":                         {engagement.SoleTrader, "", "Frau", Feminine},
		"Herr":                         {engagement.Person, "", "Herr", Masculine},
		"divers as salutation":         {engagement.Person, "", "divers", Neutral},
		"nothing known":                {engagement.SoleTrader, "", "", Neutral},
		"company ignores salutation":   {engagement.GmbH, "", "Herr", Feminine},
		"association is masculine":     {engagement.EV, "", "Frau", Masculine},
		"public body":                  {engagement.PublicBody, "", "Herr", Feminine},
		"other without data":           {engagement.OtherForm, "", "Frau", Neutral},
		"partnership":                  {engagement.PartG, "", "", Feminine},
		"civil-law partnership is die": {engagement.GbR, "", "Herr", Feminine},
	} {
		p := &engagement.Party{Form: tt.form, Gender: tt.gender, Person: engagement.Human{Salutation: tt.salutation}}
		if got := GrammarOf(p); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

func TestParseWord(t *testing.T) {
	for written, want := range map[string][3]string{
		"der Auftraggeber":           {"der Auftraggeber", "die Auftraggeberin", "die auftraggebende Partei"},
		"Der Auftraggeber":           {"Der Auftraggeber", "Die Auftraggeberin", "Die auftraggebende Partei"},
		"des Auftragnehmers":         {"des Auftragnehmers", "der Auftragnehmerin", "der auftragnehmenden Partei"},
		"dem Auftragnehmer":          {"dem Auftragnehmer", "der Auftragnehmerin", "der auftragnehmenden Partei"},
		"Den Auftraggeber":           {"Den Auftraggeber", "Die Auftraggeberin", "Die auftraggebende Partei"},
		"Auftraggeber":               {"Auftraggeber", "Auftraggeberin", "auftraggebende Partei"},
		"Verantwortlicher":           {"Verantwortlicher", "Verantwortliche", "verantwortliche Stelle"},
		"des Verantwortlichen":       {"des Verantwortlichen", "der Verantwortlichen", "der verantwortlichen Stelle"},
		"den Auftragsverarbeiter":    {"den Auftragsverarbeiter", "die Auftragsverarbeiterin", "die auftragsverarbeitende Stelle"},
		"Er:Auftraggeber":            {"Er", "Sie", "Sie"},
		"ihm:Auftragnehmer":          {"ihm", "ihr", "ihr"},
		"seinen:Auftragnehmer":       {"seinen", "ihren", "ihren"},
		"Seiner:Auftraggeber":        {"Seiner", "Ihrer", "Ihrer"},
		"dem:Auftragnehmer":          {"dem", "der", "der"},
		"dessen:Auftraggeber":        {"dessen", "deren", "deren"},
		"seines:Auftragsverarbeiter": {"seines", "ihres", "ihres"},
		"keinen:Auftragsverarbeiter": {"keinen", "keine", "keine"},
		"der Auftragsverarbeiter":    {"der Auftragsverarbeiter", "die Auftragsverarbeiterin", "die auftragsverarbeitende Stelle"},
		"Des Verantwortlichen":       {"Des Verantwortlichen", "Der Verantwortlichen", "Der verantwortlichen Stelle"},
		"des Auftraggebers":          {"des Auftraggebers", "der Auftraggeberin", "der auftraggebenden Partei"},
		"seine:Auftraggeber":         {"seine", "ihre", "ihre"},
		"diesem:Auftraggeber":        {"diesem", "dieser", "dieser"},
		"den Verantwortlichen":       {"den Verantwortlichen", "die Verantwortliche", "die verantwortliche Stelle"},
		"dem Auftraggeber":           {"dem Auftraggeber", "der Auftraggeberin", "der auftraggebenden Partei"},
		"den Auftragnehmer":          {"den Auftragnehmer", "die Auftragnehmerin", "die auftragnehmende Partei"},
	} {
		w, ok := ParseWord(written)
		if !ok {
			t.Errorf("%q is not read", written)
			continue
		}
		for g, form := range want {
			if got := w.In(Grammar(g)); got != form {
				t.Errorf("%q in grammar %d: %q, want %q", written, g, got, form)
			}
		}
	}
}

func TestParseWordRefuses(t *testing.T) {
	for _, s := range []string{"", "der Auftraggeberin", "des Auftraggeber", "Kunde", "sie:Auftraggeber", "er:Kunde", "er:", ":Auftraggeber", "dem auftraggeber"} {
		if _, ok := ParseWord(s); ok {
			t.Errorf("%q is read", s)
		}
	}
}

// Every form of the table must be reachable and no article may disagree with its noun.
func TestRoleFormsAgree(t *testing.T) {
	articles := [3][4]string{{"der ", "des ", "dem ", "den "}, {"die ", "der ", "der ", "die "}, {"die ", "der ", "der ", "die "}}
	for role := range roleCount {
		for g := range 3 {
			f := roleForms[role][g]
			for i, s := range []string{f.nom, f.gen, f.dat, f.acc} {
				if !strings.HasPrefix(s, articles[g][i]) {
					t.Errorf("role %d grammar %d case %d: %q", role, g, i, s)
				}
			}
		}
	}
}
