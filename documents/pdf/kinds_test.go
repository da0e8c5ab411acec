package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

// everything is a document with every kind of item, role, annotation and image.
func everything(t testing.TB) *layout.Document {
	s := newSetter(t)
	s.doc.Images = []content.Image{{PNG: logo(t)}, {JPEG: photo(t)}, {Modules: modules()}, {PNG: logo(t)}}
	s.draft()
	s.heading(layout.RoleH1, "Vertrag über Büroleistungen", "titel")
	s.contents()
	s.figures()
	s.heading(layout.RoleH2, "§ 1 Leistungen", "leistungen")
	s.list()
	s.mixed()
	s.heading(layout.RoleH3, "Čáŋŧe und Łukasz", "namen")
	s.names()
	s.table()
	s.heading(layout.RoleH2, "§ 2 Vergütung", "verguetung")
	s.para(s.role(0, layout.RoleP), germanText)
	s.note()
	s.newPage()
	s.signatures()
	s.feet()
	return s.doc
}

const germanText = "Die Auftragnehmerin erbringt ihre Leistungen selbständig, eigenverantwortlich und weisungsfrei; sie ist in der Wahl von " +
	"Ort und Zeit frei. Für Übergaben gilt: „Was vereinbart ist, wird gehalten“ – außer in Fällen höherer Gewalt (z. B. Ausfall der Technik). " +
	"Die Vergütung beträgt 1.234,56 € zuzüglich Umsatzsteuer; sie ist binnen 14 Tagen nach Zugang der Rechnung fällig. "

// draft paints ENTWURF behind the page.
func (s *setter) draft() {
	s.face, s.size = fonts.Title, 96_000
	s.put(layout.Item{
		Artifact: layout.ArtifactBackground, Box: layout.Box{X: 130_000, Y: 620_000}, Turn: 52, Color: layout.Color{R: 235, G: 235, B: 235},
		Run: layout.Run{Face: s.face, Size: s.size, Glyphs: s.glyphs("ENTWURF"), Text: "ENTWURF"},
	})
	s.face, s.size = fonts.Text, 10_000
}

// contents is a table of contents with an internal link.
func (s *setter) contents() {
	toc := s.role(0, layout.RoleTOC)
	for _, e := range [...][2]string{{"§ 1 Leistungen", "leistungen"}, {"§ 2 Vergütung", "verguetung"}} {
		ref := s.role(s.role(toc, layout.RoleTOCI), layout.RoleReference)
		s.link(ref, left, e[0], layout.Annot{Dest: e[1], Label: "Zu " + e[0]})
		s.line()
	}
}

// link sets a line of linked text.
func (s *setter) link(parent int32, x layout.Unit, text string, a layout.Annot) layout.Unit {
	n := s.role(parent, layout.RoleLink)
	w := s.text(n, x, text)
	a.Node, a.Rect = n, layout.Box{X: x, Y: s.y - 9_000, W: w, H: 12_000}
	s.page().Annots = append(s.page().Annots, a)
	return w
}

func (s *setter) figures() {
	for i := range s.doc.Images {
		box := layout.Box{X: left + layout.Unit(i)*110_000, Y: s.y, W: 90_000, H: 60_000}
		if i == 2 {
			box.W = box.H
		}
		n := s.node(0, layout.Node{Role: layout.RoleFigure, Alt: "Bild mit Verlauf", BBox: box})
		s.put(layout.Item{Kind: layout.KindImage, Node: n, Image: i, Box: box})
	}
	s.y += 80_000
}

// list has a bullet that its glyph does not spell and a box drawn as a frame.
func (s *setter) list() {
	l := s.node(0, layout.Node{Role: layout.RoleL, Numbering: "Unordered"})
	for _, text := range [...]string{"Postfach sichten ", "Termine bestätigen "} {
		li := s.role(l, layout.RoleLI)
		lbl := s.role(li, layout.RoleLbl)
		s.text(lbl, left, "–")
		it := &s.page().Items[len(s.page().Items)-1]
		it.Run.Replace, it.Run.Text = true, "•"
		s.put(layout.Item{Kind: layout.KindFrame, Box: layout.Box{X: left + 12_000, Y: s.y - 7_000, W: 7_000, H: 7_000}, LineWidth: 500})
		s.text(s.role(li, layout.RoleLBody), left+24_000, text)
		s.line()
	}
	s.line()
}

// mixed is a paragraph with a link inside and a hyphen at a line end.
func (s *setter) mixed() {
	p := s.role(0, layout.RoleP)
	x := s.text(p, left, "Siehe ")
	x += s.link(p, left+x, "https://example.org/ä", layout.Annot{URI: "https://example.org/ä?a=(1)", Label: "Website"})
	s.text(p, left+x, " und die Daten-")
	s.text(p, left, "")
	s.page().Items[len(s.page().Items)-2].Run.Hyphen = true
	s.line()
	s.text(p, left, "schutzerklärung.")
	s.line()
	s.line()
	q := s.node(0, layout.Node{Role: layout.RoleP})
	w := s.text(q, left, "Das nennt man ")
	s.text(s.node(q, layout.Node{Role: layout.RoleSpan, Lang: "en"}), left+w, "deposit")
	s.line()
}

// names needs several planes in one line.
func (s *setter) names() {
	p := s.role(0, layout.RoleP)
	for _, text := range [...]string{"Čáŋŧe, Łukasz, Ďurčanský, Ẁ, Ž̦, M̆, k͟h und Ελένη, Юлия; Größe, ẞ ", "Ångström & Nuñez (50 %) \\ 100 € "} {
		s.text(p, left, text)
		s.line()
	}
	s.line()
}

func (s *setter) table() {
	table := s.node(0, layout.Node{Role: layout.RoleTable, Summary: "Positionen mit Menge und Preis"})
	head := s.role(s.role(table, layout.RoleTHead), layout.RoleTR)
	s.face = fonts.SansSemibold
	s.put(layout.Item{Kind: layout.KindFill, Box: layout.Box{X: left, Y: s.y - 11_000, W: 400_000, H: 15_000}, Color: layout.Color{R: 230, G: 236, B: 242}})
	for i, text := range [...]string{"Leistung", "Preis"} {
		s.text(s.node(head, layout.Node{Role: layout.RoleTH, Scope: layout.ScopeColumn}), left+layout.Unit(i)*300_000, text)
	}
	s.face = fonts.Sans
	s.line()
	body := s.role(table, layout.RoleTBody)
	for i, text := range [...]string{"Büroleistung", "Buchhaltung"} {
		row := s.role(body, layout.RoleTR)
		s.text(s.node(row, layout.Node{Role: layout.RoleTH, Scope: layout.ScopeRow, ID: string(rune('a' + i))}), left, text)
		s.text(s.role(row, layout.RoleTD), left+300_000, "100,00 €")
		s.put(layout.Item{Kind: layout.KindRule, Box: layout.Box{X: left, Y: s.y + 3_000, W: 400_000, H: 250}, Color: layout.Color{R: 120, G: 120, B: 120}})
		s.line()
	}
	row := s.role(body, layout.RoleTR)
	s.text(s.node(row, layout.Node{Role: layout.RoleTD, Span: 2}), left, "Alle Preise zuzüglich Umsatzsteuer")
	s.face = fonts.Text
	s.line()
	s.line()
}

func (s *setter) note() {
	s.size = 8_000
	s.para(s.node(0, layout.Node{Role: layout.RoleNote, ID: "hinweis"}), "Hinweis: Dieses Dokument ist ein Entwurf.")
	s.size = 10_000
}

func (s *setter) signatures() {
	for i, name := range [...]string{"client", "contractor"} {
		x := left + layout.Unit(i)*240_000
		n := s.role(0, layout.RoleForm)
		s.page().Annots = append(s.page().Annots, layout.Annot{
			Kind: layout.AnnotSignature, Node: n, Field: name, Label: "Unterschrift (" + name + ")",
			Rect: layout.Box{X: x, Y: s.y - 40_000, W: 200_000, H: 40_000},
		})
		s.put(layout.Item{Kind: layout.KindRule, Box: layout.Box{X: x, Y: s.y, W: 200_000, H: 500}})
	}
}

func (s *setter) feet() {
	s.face, s.size, s.y = fonts.Sans, 7_500, 810_000
	for i := range s.doc.Pages {
		g := s.glyphs("Jana Grün · Musterweg 1 · 12345 Musterstadt")
		p := &s.doc.Pages[i]
		p.Items = append(p.Items, layout.Item{
			Artifact: layout.ArtifactPagination, Box: layout.Box{X: left, Y: s.y}, Color: layout.Color{R: 90, G: 90, B: 90},
			Run: layout.Run{Face: s.face, Size: s.size, Glyphs: g},
		})
	}
}

func gradient(alpha bool) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 90, 60))
	for y := range 60 {
		for x := range 90 {
			c := color.NRGBA{uint8(2 * x), uint8(4 * y), 128, 255}
			if alpha {
				c.A = uint8(255 - 2*x)
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func logo(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, gradient(true)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func photo(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, gradient(false), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func modules() [][]bool {
	rows := make([][]bool, 29)
	for y := range rows {
		rows[y] = make([]bool, 29)
		for x := range rows[y] {
			rows[y][x] = x*y%3 == 0
		}
	}
	return rows
}
