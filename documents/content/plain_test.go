package content

import (
	"strings"
	"testing"
)

func TestPlainText(t *testing.T) {
	text := func(s string) []Span { return []Span{{Text: s}} }
	d := &Document{
		Letter: &Letter{Address: []string{"Muster GmbH", "50674 Köln"}, Info: []Pair{{Label: "Datum", Value: text("23.11.2026")}}},
		Footer: []Column{{"Jana Sommer", "Leipzig"}},
		Blocks: []Block{
			Heading{Level: 1, Kicker: "Angebot", Text: text("Launch")},
			Heading{Level: 2, Number: "§\u00a01", Text: text("Leistung")},
			Para{Number: "(1)", Text: text("eins zwei drei vier fünf sechs sieben acht")},
			List{Style: Box, Items: [][]Block{{Para{Text: text("Konto")}, Para{Text: text("mehr")}}}},
			List{Style: Alpha, Items: [][]Block{{Para{Text: text("erstens")}}, {Para{Text: text("zweitens")}}}},
			Table{Head: []Cell{{Text: text("Nr.")}}, Rows: [][]Cell{{{Text: text("1")}, {Text: text("a\nb")}}}, Carry: NoCarry},
			Table{Rows: [][]Cell{{{}, {Text: text("ohne Bedingung")}, {}}}, Carry: NoCarry},
			Sums{Rows: []Pair{{Label: "Gesamt", Value: text("1,00\u00a0€")}}},
			Signatures{Parties: []Signature{{Label: "Auftraggeberin", Name: "Lena"}}},
			Figure{Alt: "QR-Code"},
			Annex{Number: "Anlage\u00a01", Title: "Daten"},
		},
	}
	got := PlainText(d, 24)
	for _, want := range []string{
		"Muster GmbH\n50674 Köln\n", "Datum: 23.11.2026\n", "Angebot\nLaunch\n", "§ 1 Leistung\n", "(1) eins zwei drei vier\n    fünf sechs sieben\n    acht\n",
		"☐ Konto\n", "\n  mehr\n", "a) erstens", "b) zweitens", "# Nr.\n· 1 | a / b\n", "\n· ohne Bedingung\n", "Gesamt: 1,00 €\n", "[Unterschrift]\nAuftraggeberin: Lena\n", "[QR-Code]\n", "Anlage 1: Daten\n", "| Jana Sommer | Leipzig\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in:\n%s", want, got)
		}
	}
}

func TestItemLabel(t *testing.T) {
	for i, want := range map[int]string{0: "a)", 25: "z)", 26: "aa)", 51: "az)", 52: "ba)"} {
		if got := ItemLabel(Alpha, i); got != want {
			t.Errorf("item %d: %q, want %q", i, got, want)
		}
	}
	if got := ItemLabel(Decimal, 9) + ItemLabel(Dash, 0) + ItemLabel(Box, 3); got != "10.–☐" {
		t.Errorf("labels %q", got)
	}
}
