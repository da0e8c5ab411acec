package layout

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// runsOf is the runs of a document that belong to the tree, joined as they stand.
func runsOf(t *testing.T, d *content.Document) string {
	t.Helper()
	doc, err := Pages(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range doc.Pages {
		for i := range p.Items {
			if it := &p.Items[i]; it.Kind == KindRun && it.Node > 0 {
				b.WriteString(it.Run.Text)
			}
		}
	}
	return b.String()
}

// TestWordsAreParted: who reads the runs one after the other meets the same words as who sees the page.
func TestWordsAreParted(t *testing.T) {
	title := content.Heading{Level: 1, Text: []content.Span{{Text: "Titel "}}, ID: "t"}
	for _, c := range []struct {
		name, want string
		blocks     []content.Block
	}{
		{"forced break", "Beispiel GmbH Hauptstraße 1 12345 Ort", []content.Block{content.Para{Text: spans("Beispiel GmbH\nHauptstraße 1\n\n12345 Ort")}}},
		{"carriage return", "eins zwei drei", []content.Block{content.Para{Text: spans("eins\r\nzwei\rdrei")}}},
		{"forced break between spans", "Name Straße", []content.Block{content.Para{Text: []content.Span{{Text: "Name", Style: content.Strong}, {Text: "\nStraße"}}}}},
		{"soft hyphen", "Worttrennstelle", []content.Block{content.Para{Text: spans("Wort\u00adtrenn\u00adstelle")}}},
	} {
		got := runsOf(t, &content.Document{Title: "Titel", Lang: "de-DE", Blocks: append([]content.Block{title}, c.blocks...)})
		if want := "Titel" + c.want; strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%s: %q, not %q", c.name, got, want)
		}
	}
}

// TestContentsPartTitleAndPage: in a table of contents the page number is a word of its own.
func TestContentsPartTitleAndPage(t *testing.T) {
	d := &content.Document{Title: "Titel", Lang: "de-DE", Blocks: []content.Block{
		content.Heading{Level: 1, Text: spans("Vertrag"), ID: "t"},
		content.TOC{},
		content.Heading{Level: 2, Number: "§\u00a01", Text: spans("Leistung"), ID: "a"},
		content.Para{Text: spans("Text.")},
		content.Annex{Number: "Anlage\u00a01", Title: "Preise", ID: "b"},
		content.Para{Text: spans("Text.")},
	}}
	got := treeText(mustSet(t, d))
	for _, want := range []string{"§ 1 Leistung 1", "Anlage 1 Preise 2"} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

func mustSet(t *testing.T, d *content.Document) *Document {
	t.Helper()
	doc, err := Pages(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestShortSections: sections of one line each fill pages, and no page ends with a heading, wherever the break falls.
func TestShortSections(t *testing.T) {
	for lead := range 40 {
		d := &content.Document{Title: "Liste", Lang: "de-DE", Blocks: []content.Block{content.Heading{Level: 1, Text: spans("Liste"), ID: "t"}}}
		for range lead {
			d.Blocks = append(d.Blocks, content.Para{Text: spans("Vorweg.")})
		}
		for n := range 40 {
			d.Blocks = append(d.Blocks, content.Heading{Level: 2, Text: spans(fmt.Sprint("Abschnitt ", n))}, content.Para{Text: spans("Eine Zeile.")})
		}
		doc := mustSet(t, d)
		for n, p := range doc.Pages[:len(doc.Pages)-1] {
			last := &p.Items[0]
			for i := range p.Items {
				if p.Items[i].Node > 0 {
					last = &p.Items[i]
				}
			}
			if r := doc.Nodes[last.Node].Role; r >= RoleH1 && r <= RoleH4 {
				t.Errorf("%d paragraphs before: page %d ends with %q", lead, n+1, last.Run.Text)
			}
			if last.Box.Y < pageHeight*3/4 {
				t.Errorf("%d paragraphs before: page %d ends at %d pt", lead, n+1, last.Box.Y/pt)
			}
		}
	}
}

// TestGlyphsSpellText: the glyphs of every run are those of its text, with the hyphen of a broken word last.
func TestGlyphsSpellText(t *testing.T) {
	for _, d := range []*content.Document{contractSample(), letterSample(), positionsSample(30)} {
		doc := mustSet(t, d)
		for _, p := range doc.Pages {
			for i := range p.Items {
				if r := &p.Items[i].Run; p.Items[i].Kind == KindRun && !r.Replace {
					spellsText(t, r)
				}
			}
		}
	}
}

func spellsText(t *testing.T, r *Run) {
	t.Helper()
	var b strings.Builder
	for _, g := range r.Glyphs {
		b.WriteString(r.Face.Plane(g.Plane).Text[g.Code])
	}
	want := strings.ReplaceAll(r.Text, softHyphen, "")
	if r.Hyphen {
		want += "-"
	}
	blanks := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if blanks(b.String()) != blanks(want) {
		t.Errorf("glyphs spell %q, the text is %q", b.String(), r.Text)
	}
}

// TestFactsAtComma: a column of facts is set flush left, so nothing in it moves to a comma.
func TestFactsAtComma(t *testing.T) {
	d := &content.Document{Title: "Fakten", Lang: "de-DE", Form: content.FormDeed, Blocks: []content.Block{content.Table{
		Style: content.Facts, Carry: content.NoCarry,
		Columns: []content.TableColumn{{Width: 500, Align: content.AtComma}, {Width: 500}},
		Rows: [][]content.Cell{
			{{Text: spans("1 Preis, wie im Angebot genannt")}, {Text: spans("a")}}, {{Text: spans("200")}, {Text: spans("b")}},
		},
	}}}
	for _, it := range mustSet(t, d).Pages[0].Items {
		if it.Node > 0 && it.Box.X < deedLook.left {
			t.Errorf("%q begins at %d, left of the column at %d", it.Run.Text, it.Box.X, deedLook.left)
		}
	}
}
