package texts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

// means is the title of the section that a reference must lead to: an id alone would follow its section anywhere.
var means = map[string]string{
	"contract #stundenpaket":   "Stundenpaket",
	"nda #gegenseitig":         "Gegenseitigkeit",
	"avv #unterauftrag":        "Unterauftragsverarbeiter",
	"avv #anlage-beschreibung": "Beschreibung der Verarbeitung",
	"avv #anlage-massnahmen":   "Technische und organisatorische Maßnahmen",
	"avv #anlage-unterauftrag": "Unterauftragsverarbeiter",
}

// points are words that send the reader to another place of the same document, and what must stand there.
var points = []struct {
	words *regexp.Regexp
	label string // of a row of a table; "" only the heading is meant
	head  string
}{
	{regexp.MustCompile(`Auf einen Blick`), "", "Auf einen Blick"},
	{regexp.MustCompile(`Eckdaten`), "Leistung", "Eckdaten"},
	{regexp.MustCompile(`Frist aus den Eckdaten`), "Kündigung", "Eckdaten"},
	{regexp.MustCompile(`Obergrenze in den Eckdaten`), "Obergrenze", "Eckdaten"},
	{regexp.MustCompile(`Schätzung in den Eckdaten`), "Schätzung, unverbindlich", "Eckdaten"},
	{regexp.MustCompile(`Zahlungsfrist steht in den Eckdaten`), "Zahlung", "Eckdaten"},
	{regexp.MustCompile(`(?:Festpreis|Preis|Stundensatz) aus den Eckdaten`), "Vergütung", "Eckdaten"},
	{regexp.MustCompile(`(?:Beginn|letzten Tages).* in den Eckdaten|der in den Eckdaten steht`), "Laufzeit", "Eckdaten"},
	{regexp.MustCompile(`Weisungen geben und erhalten die Personen, die oben`), "Weisungen gibt", "Auf einen Blick"},
	{regexp.MustCompile(`nach der Frist, die oben`), "Dauer", "Auf einen Blick"},
}

// ownSection is a § without the name of a law behind it: it means this document and must be a link.
var (
	ownSection = regexp.MustCompile(`§§?\x{a0}[\d, ]+(?:\x{a0}?Abs\.\x{a0}\d+)?(?: und \d+\w?)?`)
	lawName    = regexp.MustCompile(`^.{0,40}?[ \x{a0}](?:BGB|UStG|StGB|GeschGehG|DSGVO|HGB|ZPO)\b`)
)

// structure is what references can lead to.
type structure struct {
	heads  map[string]bool   // titles
	rows   map[string]bool   // labels of tables of facts
	number map[string]string // by id: "§ 4", "§ 4 Abs. 2", "Anlage 1"
	title  map[string]string // by id, of the section
}

func structureOf(d *content.Document) *structure {
	s := &structure{map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]string{}}
	section, title := "", ""
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case content.Heading:
			section, title = b.Number, plain(b.Text)
			s.heads[title] = true
			s.mark(b.ID, section, title)
		case content.Annex:
			section, title = b.Number, b.Title
			s.mark(b.ID, section, title)
		case content.Para:
			number := section
			if b.Number != "" {
				number += " Abs.\u00a0" + strings.Trim(b.Number, "()")
			}
			s.mark(b.ID, number, title)
		case content.Table:
			for _, row := range b.Rows {
				if b.Style == content.Facts {
					s.rows[plain(row[0].Text)] = true
				}
			}
		}
	}
	return s
}

func (s *structure) mark(id, number, title string) {
	if id != "" {
		s.number[id], s.title[id] = number, title
	}
}

// referenceFaults are references that lead nowhere, or elsewhere than they say or mean.
func referenceFaults(kind decision.Kind, d *content.Document, m *masker) []string {
	s := structureOf(d)
	var out []string
	for _, b := range d.Blocks {
		p, ok := b.(content.Para)
		if !ok {
			continue
		}
		for _, span := range p.Text {
			if id, ok := strings.CutPrefix(span.Link, "#"); ok {
				out = append(out, s.link(kind, id, span.Text)...)
			}
		}
		out = append(out, s.words(m.Replace(unlinked(p.Text)))...)
	}
	return out
}

// unlinked is a text without its links.
func unlinked(spans []content.Span) string {
	return plain(slices.DeleteFunc(slices.Clone(spans), func(s content.Span) bool { return strings.HasPrefix(s.Link, "#") }))
}

func (s *structure) link(kind decision.Kind, id, text string) []string {
	if s.number[id] != text {
		return []string{fmt.Sprintf("the reference %q to #%s, which is %q", text, id, s.number[id])}
	}
	if want := means[string(kind)+" #"+id]; want == "" || s.title[id] != want {
		return []string{fmt.Sprintf("the reference to #%s means %q and leads to %q", id, want, s.title[id])}
	}
	return nil
}

// words checks what a text says of its own document without a link.
func (s *structure) words(text string) []string {
	var out []string
	for _, p := range points {
		if p.words.MatchString(text) && (!s.heads[p.head] || p.label != "" && !s.rows[p.label]) {
			out = append(out, fmt.Sprintf("%q points to %s, %s, which is not there", text, p.head, p.label))
		}
	}
	for _, at := range ownSection.FindAllStringIndex(text, -1) {
		if !lawName.MatchString(text[at[1]:]) {
			out = append(out, fmt.Sprintf("a § that is neither a law's nor a link in %q", text))
		}
	}
	return out
}

// TestReferenceFaultsFind proves that a wrong number, a wrong title, a missing row and a typed § are found.
func TestReferenceFaultsFind(t *testing.T) {
	heading := func(number, title, id string) content.Block {
		return content.Heading{Level: 2, Number: number, Text: said(title), ID: id}
	}
	link := func(text, id string) content.Block {
		return content.Para{Text: []content.Span{{Text: "Näheres regelt "}, {Text: text, Link: "#" + id}, {Text: "."}}}
	}
	para := func(s string) content.Block { return content.Para{Text: said(s)} }
	for _, v := range []struct {
		name   string
		blocks []content.Block
		want   int
	}{
		{"right", []content.Block{heading("§\u00a09", "Gegenseitigkeit", "gegenseitig"), link("§\u00a09", "gegenseitig")}, 0},
		{"wrong number", []content.Block{heading("§\u00a09", "Gegenseitigkeit", "gegenseitig"), link("§\u00a08", "gegenseitig")}, 1},
		{"wrong title", []content.Block{heading("§\u00a09", "Dauer", "gegenseitig"), link("§\u00a09", "gegenseitig")}, 1},
		{"no target", []content.Block{link("§\u00a09", "gegenseitig")}, 1},
		{"typed", []content.Block{para("Es gilt §\u00a07 entsprechend.")}, 1},
		{"law", []content.Block{para("Es gelten §§\u00a0286, 288\u00a0BGB und §\u00a0640 Abs.\u00a02\u00a0BGB.")}, 0},
		{"no table", []content.Block{para("Die Frist steht unter „Auf einen Blick“.")}, 1},
		{"no row", []content.Block{heading("", "Eckdaten", ""), factTable("E", fact("Leistung", said("X")...))[0], para("Die Zahlungsfrist steht in den Eckdaten.")}, 1},
	} {
		got := referenceFaults(decision.NDA, &content.Document{Blocks: v.blocks}, newMasker(nil))
		if len(got) != v.want {
			t.Errorf("%s: %v", v.name, got)
		}
	}
}
