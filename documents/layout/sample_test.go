package layout

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
)

// contractText is a contract as plain text, about 1,500 words of real German.
//
//go:embed testdata/contract.txt
var contractText string

// contractSample makes blocks of contractText: §§, numbered paragraphs, lists, tables of facts, signatures.
func contractSample() *content.Document {
	d := &content.Document{
		Title: "Vertrag VT-2026-0007", Lang: "de-DE", Author: "Jana Sommer", Date: date.Date{Year: 2026, Month: 11, Day: 23}, Form: content.FormDeed,
		Footer: []content.Column{{"Jana Sommer", "Gartenweg 7", "04229 Leipzig"}, {"jana@example.org", "0341 1234567"}, {"Steuernummer 232/123/45678"}},
	}
	for _, part := range strings.Split(strings.TrimSpace(contractText), "\n\n") {
		if b := sampleBlock(part, len(d.Blocks)); b != nil {
			d.Blocks = append(d.Blocks, b)
		}
	}
	d.Blocks = append(d.Blocks, signaturesSample())
	return d
}

func sampleBlock(part string, n int) content.Block {
	first, rest, _ := strings.Cut(part, "\n")
	text := strings.Join(strings.Fields(part), " ")
	switch {
	case n == 0:
		return content.Heading{Level: 1, Kicker: first, Text: spans(rest)}
	case strings.HasPrefix(part, "· "):
		t := content.Table{Style: content.Facts, Columns: []content.TableColumn{{Width: 300}, {Width: 700}}, Carry: content.NoCarry, Summary: "Eckdaten"}
		for _, row := range strings.Split(text, "· ")[1:] {
			label, value, _ := strings.Cut(row, " | ")
			t.Rows = append(t.Rows, []content.Cell{{Text: spans(label), Head: true}, {Text: spans(value)}})
		}
		return t
	case strings.HasPrefix(part, "§ "):
		fields := strings.SplitN(text, " ", 3)
		return content.Heading{Level: 2, Number: fields[0] + "\u00a0" + fields[1], Text: spans(fields[2])}
	case part[0] == '(':
		number, body, _ := strings.Cut(text, " ")
		return content.Para{Number: number, Text: spans(body)}
	case strings.HasPrefix(part, "– "):
		return content.List{Items: [][]content.Block{{content.Para{Text: spans(text[len("– "):])}}}}
	}
	return content.Para{Text: spans(text)}
}

func spans(s string) []content.Span { return []content.Span{{Text: s}} }

func signaturesSample() content.Signatures {
	return content.Signatures{Parties: []content.Signature{
		{Field: "client", Tooltip: "Unterschrift der Auftraggeberin", Label: "Auftraggeberin", Name: "Lena Hoffmann", Role: "Inhaberin"},
		{Field: "contractor", Tooltip: "Unterschrift der Auftragnehmerin", Label: "Auftragnehmerin", Place: "Leipzig, 23. November 2026", Name: "Jana Sommer"},
	}}
}

// positionsSample is an offer with n positions, its running sum and totals.
func positionsSample(n int) *content.Document {
	t := content.Table{
		Columns: []content.TableColumn{{Width: 90, Align: content.Right}, {Width: 510}, {Width: 180, Align: content.AtComma}, {Width: 220, Align: content.AtComma}},
		Head:    []content.Cell{{Text: spans("Pos.")}, {Text: spans("Leistung")}, {Text: spans("Menge")}, {Text: spans("Betrag")}},
		Carry:   3, Summary: "Positionen",
	}
	for i := range n {
		amount := spans(fmt.Sprintf("%d,%02d\u00a0€", 10+i*7%900, i*13%100))
		amount[0].Flags = content.NoBreak
		t.Rows = append(t.Rows, []content.Cell{
			{Text: spans(fmt.Sprint(i + 1))},
			{Text: spans("Einrichtung der Bestellstrecke mit Zahlungsanbieter und Rechnungsversand")},
			{Text: spans(fmt.Sprintf("%d,5\u00a0h", 1+i%12))},
			{Text: amount},
		})
		t.Carries = append(t.Carries, fmt.Sprintf("%d,00\u00a0€", (i+1)*100))
	}
	d := letterSample()
	d.Blocks = append(d.Blocks, t, content.Sums{Rows: []content.Pair{
		{Label: "Nettobetrag", Value: spans("1.850,00\u00a0€")},
		{Label: "zzgl. 19\u00a0% Umsatzsteuer", Value: spans("351,50\u00a0€")},
		{Label: "Gesamtbetrag", Value: spans("2.201,50\u00a0€"), Strong: true},
	}})
	return d
}

// letterSample is a letter's head with a subject and a salutation.
func letterSample() *content.Document {
	return &content.Document{
		Title: "Angebot AN-2026-0007", Lang: "de-DE", Author: "Jana Sommer", Date: date.Date{Year: 2026, Month: 11, Day: 23}, Form: content.FormLetter,
		Letter: &content.Letter{
			Sender:  []string{"Jana Sommer", "Virtuelle Assistenz für Technik", "jana@example.org · 0341 1234567"},
			Return:  "Jana Sommer · Gartenweg 7 · 04229 Leipzig",
			Address: []string{"Kreativkurse Lena Hoffmann", "Lena Hoffmann", "Aachener Straße 12", "50674 Köln"},
			Info:    []content.Pair{{Label: "Angebot", Value: spans("AN-2026-0007")}, {Label: "Datum", Value: spans("23.11.2026")}},
		},
		Footer: []content.Column{{"Jana Sommer", "Gartenweg 7, 04229 Leipzig"}, {"DE12 3456 7890 1234 5678 90"}},
		Blocks: []content.Block{
			content.Heading{Level: 1, Kicker: "Angebot AN-2026-0007", Text: spans("Technische Begleitung des Launchs „Aquarell für Anfänger“")},
			content.Para{Text: spans("Guten Tag Lena Hoffmann,"), Style: content.Lead},
		},
	}
}

// set sets a document that must be set.
func set(t testing.TB, d *content.Document) *Document {
	t.Helper()
	out, err := Pages(d, &Style{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
