package layout

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/fonts"
)

// script reads a document out of the fuzzer's bytes: one byte a choice.
type script struct {
	data  []byte
	text  string
	depth int
}

func (s *script) next(n int) int {
	if len(s.data) == 0 || n < 1 {
		return 0
	}
	b := int(s.data[0])
	s.data = s.data[1:]
	return b % n
}

// words takes some words of the text, from a place that the script says.
func (s *script) words() string {
	from := s.next(256) * len(s.text) / 256
	to := min(from+1+s.next(256)*s.next(8), len(s.text))
	for from > 0 && !utf8.RuneStart(s.text[from]) {
		from--
	}
	for to < len(s.text) && !utf8.RuneStart(s.text[to]) {
		to++
	}
	return visible(s.text[from:to])
}

// visible is s, or a word where s shows nothing: content has no blank texts.
func visible(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
	}) {
		return s
	}
	return "Wort"
}

// title is text of at most some lines: a heading longer than a page cannot stay with what follows.
func (s *script) title() string {
	words := []rune(s.words())
	return visible(string(words[:min(len(words), 90)]))
}

func (s *script) spans() []content.Span {
	out := make([]content.Span, 0, 3)
	for range 1 + s.next(3) {
		span := content.Span{Text: s.words(), Style: content.Style(s.next(4)), Flags: content.Flags(s.next(4))}
		switch s.next(12) {
		case 0:
			span.Link = "https://example.org/" + strings.Repeat("a", s.next(40))
		case 1:
			span.Link = "#here"
		}
		out = append(out, span)
	}
	return out
}

func (s *script) blocks(n int) []content.Block {
	out := make([]content.Block, 0, n)
	for range n {
		out = append(out, s.block())
	}
	return out
}

func (s *script) block() content.Block {
	switch s.next(10) {
	case 0:
		return content.Heading{Level: 2 + s.next(2), Number: []string{"", "§\u00a012", "1.2"}[s.next(3)], Text: []content.Span{{Text: s.title(), Flags: content.Flags(s.next(4))}}}
	case 1:
		return s.list()
	case 2:
		return s.table()
	case 3:
		// a sum's row is one box: labels and amounts are some lines at most, as a heading before them must find room beside them
		amount := func() []content.Span { return []content.Span{{Text: s.title()}} }
		return content.Sums{Rows: []content.Pair{{Label: s.title(), Value: amount()}, {Label: "Summe", Value: amount(), Strong: true}}}
	case 4:
		return content.Signatures{Parties: []content.Signature{{Field: "a", Label: s.title(), Name: s.title()}, {Field: "b", Place: "Köln", Role: "x"}, {Field: "c"}}[:s.next(4)]}
	case 5:
		return content.Figure{Image: content.Image{Modules: [][]bool{{true, false}, {false, true}}}, Alt: "QR", Width: 1 + s.next(256)*4}
	case 6:
		if s.depth == 0 {
			return content.Annex{Number: "Anlage\u00a01", Title: s.title()}
		}
	case 7:
		return content.Para{Number: []string{"(1)", "(123456)"}[s.next(2)], Text: s.spans(), Keep: content.Keep(s.next(4))}
	}
	return content.Para{Text: s.spans(), Keep: content.Keep(s.next(4)), Style: content.ParaStyle(s.next(4))}
}

func (s *script) list() content.Block {
	if s.depth > 2 {
		return content.Para{Text: s.spans()}
	}
	s.depth++
	l := content.List{Style: content.ListStyle(s.next(4))}
	for range s.next(40) {
		l.Items = append(l.Items, s.blocks(s.next(3)))
	}
	s.depth--
	return l
}

func (s *script) table() content.Block {
	t := content.Table{Style: content.TableStyle(s.next(2)), Carry: content.NoCarry, Summary: "Tabelle"}
	n := 1 + s.next(5)
	for range n {
		t.Columns = append(t.Columns, content.TableColumn{Width: 1000 / n, Align: content.Align(s.next(3))})
	}
	cells := func() (row []content.Cell) {
		for range n {
			row = append(row, content.Cell{Text: s.spans(), Head: s.next(5) == 0})
		}
		return row
	}
	if s.next(2) == 0 {
		t.Head = cells()
	}
	if s.next(2) == 0 {
		t.Carry = n - 1
	}
	for range s.next(60) {
		t.Rows = append(t.Rows, cells())
		t.Carries = append(t.Carries, "1.234,56\u00a0€")
	}
	return t
}

// scripted makes the document that the bytes and the text say.
func scripted(data []byte, text string) *content.Document {
	s := &script{data: data, text: text}
	d := &content.Document{
		Title: "Titel " + s.words(), Lang: "de-DE", Date: date.Date{Year: 2026, Month: 11, Day: 23},
		Form: content.Form(s.next(3)), Draft: s.next(2) == 1,
	}
	for range s.next(5) {
		d.Footer = append(d.Footer, content.Column{s.words()[:0] + "Spalte", "DE12 3456 7890 1234 5678 90"})
	}
	d.Letter = &content.Letter{Sender: []string{"Name", "Zeile"}, Return: "Name · Ort", Address: []string{"Firma", "Straße 1", "12345 Ort"}}
	for range s.next(4) {
		d.Letter.Address = append(d.Letter.Address, s.words())
		d.Letter.Info = append(d.Letter.Info, content.Pair{Label: "Nummer", Value: s.spans()})
	}
	d.Blocks = append(d.Blocks, content.Heading{Level: 1, Kicker: "Art", Text: []content.Span{{Text: s.title()}}, ID: "here"})
	d.Blocks = append(d.Blocks, s.blocks(1+s.next(30))...)
	return d
}

// FuzzPages sets documents of every kind of block and holds them against the invariants.
func FuzzPages(f *testing.F) {
	long := strings.Repeat("Donaudampfschifffahrtsgesellschaftskapitän", 12)

	texts := []string{
		contractText[:4000], long, "a b\u00a0c\u00ad d\ne  f\t\tg – h/i x@y.de https://example.org/a-b_c?d=e ☐ ✓ M̆ k͟h Łódź", "ABCDEFGHIJKLMNOPQRSTUVWXYZ 1.234.567,89 €",
	}
	for i, text := range texts {
		for seed := range 6 {
			data := make([]byte, 400)
			state := uint32(i*7919 + seed*104729 + 1)
			for k := range data {
				state = state*1664525 + 1013904223
				data[k] = byte(state >> 24)
			}
			f.Add(data, text)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		// an engagement's strings are valid, covered by the faces and never blank
		if !utf8.ValidString(text) || len(text) > 8000 || len(data) > 2000 || strings.TrimSpace(text) == "" {
			return
		}
		if cluster, _ := fonts.Missing(text); cluster != "" {
			return
		}
		d := scripted(data, text)
		check(t, d, set(t, d))
	})
}

// TestPagesSamples holds the samples against the invariants.
func TestPagesSamples(t *testing.T) {
	check(t, contractSample(), set(t, contractSample()))
	for _, n := range []int{0, 1, 10, 100, 400} {
		check(t, positionsSample(n), set(t, positionsSample(n)))
	}
}
