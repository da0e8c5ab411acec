package texts

import (
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// TestReaderFinds proves of every check of a document's frame that it can fail.
func TestReaderFinds(t *testing.T) {
	heading := content.Heading{Level: 2, Text: said("Dauer")}
	para := func(s string) content.Para { return content.Para{Text: said(s)} }
	table := func(width int, cells ...string) content.Table {
		row := make([]content.Cell, 0, len(cells))
		for _, s := range cells {
			row = append(row, content.Cell{Text: said(s)})
		}
		return content.Table{Columns: []content.TableColumn{{Width: width}}, Rows: [][]content.Cell{row}}
	}
	signed := content.Signatures{}
	for name, v := range map[string]struct {
		want   string
		blocks []content.Block
	}{
		"heading at the end":     {"stands alone", []content.Block{signed, heading}},
		"heading before heading": {"stands alone", []content.Block{heading, heading, para("Ja."), signed}},
		"heading before annex":   {"stands alone", []content.Block{signed, heading, content.Annex{Title: "A"}}},
		"lead-in at the end":     {"nothing follows", []content.Block{signed, para("Vertraulich sind:")}},
		"lead-in before heading": {"nothing follows", []content.Block{para("Vertraulich sind:"), heading, para("Ja."), signed}},
		"lead-in before text":    {"nothing follows", []content.Block{para("Vertraulich sind:"), para("Ja."), signed}},
		"list of nothing":        {"an empty list", []content.Block{content.List{}, signed}},
		"item of nothing":        {"an empty text", []content.Block{content.List{Items: [][]content.Block{{para(" ")}}}, signed}},
		"narrow table":           {"columns of 900", []content.Block{table(900, "a"), signed}},
		"empty cell":             {"an empty cell", []content.Block{table(1000, " "), signed}},
		"paragraph of nothing":   {"an empty text", []content.Block{para(""), signed}},
		"lost link":              {"link to #x", []content.Block{content.Para{Text: []content.Span{{Text: "§\u00a01", Link: "#x"}}}, signed}},
		"early annex":            {"an annex before", []content.Block{content.Annex{Title: "A"}, signed}},
		"no signatures":          {"no signatures", []content.Block{para("Ja.")}},
		"void clause":            {"says \"verfällt ersatzlos\"", []content.Block{para("Der Rest verfällt ersatzlos."), signed}},
		"long sentences":         {"words in 1 sentences", []content.Block{para(strings.Repeat("Wort ", 18) + "zuviel."), signed}},
		"too few words":          {"only ", []content.Block{para("Ja."), signed}},
		"doubled word":           {"doubled word \"die\"", []content.Block{para("Für die die Arbeit."), signed}},
		"slot left open":         {"unknown token", []content.Block{para("Der {Auftraggeber}."), signed}},
	} {
		var found []string
		r := reader{t: t, found: &found}
		r.document(&content.Document{Kind: "nda", Form: content.FormDeed, Blocks: v.blocks})
		if !strings.Contains(strings.Join(found, "\n"), v.want) {
			t.Errorf("%s: found %q, want %q", name, found, v.want)
		}
	}
}
