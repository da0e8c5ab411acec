package pdf

import (
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

const (
	a4Width  = 595_276
	a4Height = 841_890
	left     = 70_866
)

// setter builds documents by hand: naive lines, every kind of item, node and annotation.
type setter struct {
	t    testing.TB
	doc  *layout.Document
	y    layout.Unit
	face fonts.Face
	size layout.Unit
}

func newSetter(t testing.TB) *setter {
	s := &setter{t: t, face: fonts.Text, size: 10_000, doc: &layout.Document{
		Meta: layout.Meta{
			Title: "Vertrag über „Öffentlichkeitsarbeit“ (Čáp & Söhne)", Lang: "de-DE", Author: "Jana Grün",
			Subject: "Dienstvertrag", Created: date.Date{Year: 2026, Month: 12, Day: 1},
		},
		Nodes: []layout.Node{{Parent: -1, Role: layout.RoleDocument}},
	}}
	s.newPage()
	return s
}

func (s *setter) newPage() {
	s.doc.Pages = append(s.doc.Pages, layout.Page{Width: a4Width, Height: a4Height})
	s.y = 80_000
}

func (s *setter) page() *layout.Page { return &s.doc.Pages[len(s.doc.Pages)-1] }

func (s *setter) node(parent int32, n layout.Node) int32 {
	n.Parent = parent
	n.Page = len(s.doc.Pages) - 1
	s.doc.Nodes = append(s.doc.Nodes, n)
	return int32(len(s.doc.Nodes) - 1)
}

func (s *setter) role(parent int32, r layout.Role) int32 { return s.node(parent, layout.Node{Role: r}) }

// glyphs sets a text with kerning.
func (s *setter) glyphs(text string) []layout.Glyph {
	s.t.Helper()
	var out []layout.Glyph
	for len(text) > 0 {
		g, n := s.face.Lookup(text)
		if n == 0 {
			s.t.Fatalf("no glyph for %q", text)
		}
		if k := len(out); k > 0 {
			out[k-1].Kern = int16(s.face.Kern(out[k-1].Glyph, g))
		}
		out = append(out, layout.Glyph{Glyph: g})
		text = text[n:]
	}
	return out
}

func (s *setter) width(glyphs []layout.Glyph) layout.Unit {
	w := 0
	for _, g := range glyphs {
		w += s.face.Advance(g.Glyph) + int(g.Kern)
	}
	return layout.Unit(w) * s.size / 1000
}

// text sets a line at x on the current baseline and gives its width.
func (s *setter) text(node int32, x layout.Unit, text string) layout.Unit {
	s.t.Helper()
	g := s.glyphs(text)
	s.put(layout.Item{Node: node, Box: layout.Box{X: x, Y: s.y}, Run: layout.Run{Face: s.face, Size: s.size, Glyphs: g, Text: text}})
	return s.width(g)
}

func (s *setter) put(it layout.Item) *layout.Item {
	p := s.page()
	p.Items = append(p.Items, it)
	return &p.Items[len(p.Items)-1]
}

func (s *setter) line() {
	if s.y += 13_000; s.y > 790_000 {
		s.newPage()
	}
}

// para sets words in lines of about a measure; every line but the last ends with its blank.
func (s *setter) para(node int32, text string) {
	s.t.Helper()
	words := strings.SplitAfter(text, " ")
	for len(words) > 0 {
		n, line := 0, ""
		for n < len(words) && len(line)+len(words[n]) < 104 {
			line += words[n]
			n++
		}
		n = max(n, 1)
		s.text(node, left, strings.Join(words[:n], ""))
		if words = words[n:]; len(words) > 0 {
			s.page().Items[len(s.page().Items)-1].Run.Stretch = 312
		}
		s.line()
	}
	s.y += 5_000
}

func (s *setter) heading(role layout.Role, text, dest string) {
	s.t.Helper()
	s.face, s.size = fonts.TextSemibold, 12_500
	n := s.role(0, role)
	if dest != "" {
		s.doc.Dests = append(s.doc.Dests, layout.Dest{Name: dest, Page: len(s.doc.Pages) - 1, Y: s.y - 12_500})
		s.doc.Outline = append(s.doc.Outline, layout.Bookmark{Title: text, Level: int(role-layout.RoleH1) + 1, Dest: dest})
	}
	s.text(n, left, text)
	s.face, s.size = fonts.Text, 10_000
	s.line()
	s.line()
}
