package texts

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

// uses are the conditions and slots of a text, in the order of their first use.
type uses struct {
	conditions, spans, blocks []string
	negated                   map[string]bool
	plain, covers             bool // sections have plain sentences, clauses say what they cover
}

func usesOf(t *Text) uses {
	u := uses{negated: map[string]bool{}}
	t.walk(func(a *attributes, _ []*attributes) {
		u.plain, u.covers = u.plain || a.plain != "", u.covers || len(a.covers) > 0
		for _, term := range a.cond {
			u.conditions = once(u.conditions, term.name)
			u.negated[term.name] = u.negated[term.name] || term.not
		}
	}, func(i *inline, _ []*attributes) {
		if i.kind == inlineSlot {
			u.spans = once(u.spans, i.text)
		}
	})
	for _, s := range t.sections {
		for _, b := range s.blocks {
			if b.kind == blockInsert {
				u.blocks = once(u.blocks, b.slot)
			}
		}
	}
	return u
}

func once(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// check says which names have no words.
func (u *uses) check() error {
	var errs []error
	for _, name := range u.conditions {
		if wordsOf[name] == (conditionWords{}) {
			errs = append(errs, fmt.Errorf("condition %q has no German words", name))
		}
	}
	for _, name := range u.spans {
		if blanks[name].blank == "" {
			errs = append(errs, fmt.Errorf("slot {%s} has no German words", name))
		}
	}
	for _, name := range u.blocks {
		if inserts[name].blank == "" {
			errs = append(errs, fmt.Errorf("slot {{%s}} has no German words", name))
		}
	}
	return errors.Join(errs...)
}

// glossary is a table of words, their meaning, and the name in the source.
type glossary struct{ head, rows [][]string }

func (g *glossary) table(summary string) content.Table {
	t := content.Table{Columns: []content.TableColumn{{Width: 350}, {Width: 440}, {Width: 210}}, Carry: content.NoCarry, Summary: summary}
	for _, s := range g.head[0] {
		t.Head = append(t.Head, content.Cell{Text: said(s)})
	}
	for _, row := range g.rows {
		t.Rows = append(t.Rows, []content.Cell{
			{Text: said(tie(row[0])), Head: true}, {Text: said(tie(row[1]))}, {Text: []content.Span{{Text: row[2], Style: content.Small, Flags: content.NoHyphen}}},
		})
	}
	return t
}

// conditionTable is all conditions of the text with their meaning; two names for one fact share a row.
func (r *copier) conditionTable() []content.Block {
	g := glossary{head: [][]string{{"Bedingung", "Wonach das Programm geht", "Name"}}}
	for _, name := range r.used.conditions {
		w := wordsOf[name]
		words := w.holds
		if r.used.negated[name] {
			words += "\nGegenteil: " + w.fails
		}
		at := slices.IndexFunc(g.rows, func(row []string) bool { return row[1] == w.means })
		if at >= 0 {
			g.rows[at][2] += "\n" + name
			continue
		}
		g.rows = append(g.rows, []string{words, w.means, name})
	}
	return []content.Block{
		content.Heading{Level: 2, Text: said("Bedingungen"), ID: "bedingungen"},
		content.Para{Style: content.Lead, Keep: content.KeepWithNext, Text: said("In der Reihenfolge, in der sie zuerst vorkommen. Der Name steht im Quelltext; mit ihm lässt sich eine Anmerkung zuordnen.")},
		g.table("Bedingungen mit ihrer Bedeutung"),
	}
}

// blankTable is all blanks of the text with what the program puts there.
func (r *copier) blankTable() []content.Block {
	g := glossary{head: [][]string{{"Leerstelle", "Was dort steht", "Name"}}}
	add := func(names []string, words map[string]slotWords) {
		for _, name := range names {
			g.rows = append(g.rows, []string{"[" + words[name].blank + "]", words[name].means, name})
		}
	}
	add(r.used.spans, blanks)
	add(r.used.blocks, inserts)
	return []content.Block{
		content.Heading{Level: 2, Text: said("Leerstellen"), ID: "leerstellen"},
		content.Para{Style: content.Lead, Keep: content.KeepWithNext, Text: said("Zuerst Leerstellen in Sätzen, dann Tabellen, Listen und andere eigene Absätze.")},
		g.table("Leerstellen mit ihrem Inhalt"),
	}
}

// catalogues are the lists that annexes take sentences from: they are wording, though not of the text's file.
func (r *copier) catalogues() []content.Block {
	var out []content.Block
	add := func(slot, title, about string, list ...content.Block) {
		if !slices.Contains(r.used.blocks, slot) {
			return
		}
		out = append(out, content.Heading{Level: 2, Text: said(title)}, content.Para{Style: content.Lead, Keep: content.KeepWithNext, Text: said(about)})
		out = append(out, list...)
	}
	add("subject_boxes", "Katalog: betroffene Personen", "Daraus nimmt Anlage"+de.NBSP+"1, wessen Daten ein Werkzeug zeigt.", bullets(names(decision.SubjectCodes, decision.SubjectName))...)
	add("data_boxes", "Katalog: Arten der Daten", "Daraus nimmt Anlage"+de.NBSP+"1, welche Daten ein Werkzeug zeigt.", bullets(names(decision.DataCodes, decision.DataName))...)
	add("measure_boxes", "Katalog: Maßnahmen", "Daraus nimmt Anlage"+de.NBSP+"2 die Maßnahmen, die der Auftragnehmer bestätigt oder ankreuzt.", measureList(theMeasures(), content.Dash)...)
	return out
}

// review is where the reviewer writes: a row for each section, then the whole.
func (r *copier) review(all []shown) []content.Block {
	t := content.Table{Columns: []content.TableColumn{{Width: 400}, {Width: 150}, {Width: 450}}, Carry: content.NoCarry, Summary: "Platz für die Prüfung jedes Abschnitts"}
	for _, s := range []string{"Abschnitt", "in Ordnung", "Anmerkungen"} {
		t.Head = append(t.Head, content.Cell{Text: said(s)})
	}
	for i := range all {
		if s := &all[i]; !s.bare() {
			t.Rows = append(t.Rows, []content.Cell{{Text: said(strings.TrimSpace(s.number + " " + plain(r.spans(s.title)))), Head: true}, {}, {}})
		}
	}
	return []content.Block{
		content.Heading{Level: 2, Text: said("Prüfvermerk"), ID: "pruefvermerk"},
		content.Para{Style: content.Lead, Keep: content.KeepWithNext, Text: said("Geprüft wurde „" + r.row.Title + "“ in der Version " + r.text.Version + ".")},
		t,
		content.Signatures{Parties: []content.Signature{{Field: "reviewer", Tooltip: "Unterschrift der prüfenden Person", Label: "Geprüft durch", Name: "Name und Kanzlei"}}},
	}
}
