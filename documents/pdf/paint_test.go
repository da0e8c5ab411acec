package pdf

import (
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

// operatorPage is a page whose operators are compared one by one.
func operatorPage(t testing.TB) *layout.Document {
	s := newSetter(t)
	s.doc.Images = []content.Image{{PNG: logo(t)}, {Modules: [][]bool{{true, false}, {true, true}}}}
	grey := layout.Color{R: 51, G: 51, B: 51}
	p, fig := s.role(0, layout.RoleP), s.node(0, layout.Node{Role: layout.RoleFigure, Alt: "Bild"})
	run := func(it layout.Item, text string) {
		it.Run.Face, it.Run.Size, it.Run.Glyphs, it.Run.Text = s.face, s.size, s.glyphs(text), text
		s.put(it)
	}
	s.put(layout.Item{Kind: layout.KindRule, Box: layout.Box{X: 10_000, Y: 20_000, W: 100_000, H: 250}, Color: grey})
	run(layout.Item{Artifact: layout.ArtifactPagination, Box: layout.Box{X: 50_000, Y: 41_890}}, "AVZ")
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 55_890}, Run: layout.Run{Stretch: 1_250}}, "a (b)")
	s.size = 9_500
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 69_890}, Run: layout.Run{Hyphen: true}}, "Čä-")
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 83_890}, Run: layout.Run{Replace: true}}, "x")
	s.put(layout.Item{Kind: layout.KindImage, Node: fig, Box: layout.Box{X: 10_000, Y: 100_000, W: 90_000, H: 60_000}})
	s.put(layout.Item{Kind: layout.KindImage, Node: fig, Image: 1, Box: layout.Box{X: 10_000, Y: 100_000, W: 50_000, H: 50_000}})
	s.put(layout.Item{Kind: layout.KindFrame, Box: layout.Box{X: 10_000, Y: 20_000, W: 7_000, H: 7_000}, LineWidth: 500, Color: grey})
	s.face = fonts.Sans
	run(layout.Item{Artifact: layout.ArtifactBackground, Box: layout.Box{X: 100_000, Y: 741_890}, Turn: 90, Color: grey}, "E")
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 97_890}, Color: grey}, "z")
	s.newPage()
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 97_890}, Color: grey}, "z")
	run(layout.Item{Node: p, Box: layout.Box{X: 50_500, Y: 99_890}}, "z")
	return s.doc
}

const wantOperators = `0 J
0 j
0.57 w
0.000 G
0.000 g
/Artifact <</Type /Layout>> BDC
0.2 g
10 821.64 100 0.25 re f
EMC
BT
/Artifact <</Type /Pagination>> BDC
0 g
50 800 Td
/F0 10 Tf
[(A)119(V)10(Z)]TJ
EMC
/P <</MCID 0>> BDC
0.5 -14 Td
1.25 Tw
[(a \(b)11(\))]TJ
0 -14 Td
/F1 9.5 Tf
0 Tw
[(A)]TJ
/F0 9.5 Tf
[(` + "\xe4" + `)7]TJ
EMC
/Span <</MCID 1 /ActualText <FEFF00AD>>> BDC
[(-)]TJ
EMC
/Span <</MCID 2 /ActualText <FEFF0078>>> BDC
0 -14 Td
[(x)]TJ
EMC
ET
/Figure <</MCID 3>> BDC
q 90 0 0 60 10 681.89 cm /I0 Do Q
q 25 0 0 -25 10 741.89 cm
0 0 1 1 re
0 1 2 1 re
f Q
EMC
/Artifact <</Type /Layout>> BDC
0.200 G
0.50 w
10.00 821.89 7.00 -7.00 re S
EMC
/Artifact <</Type /Background /BBox [0 0 595.276 841.89]>> BDC
0.2 g
q
0.00000 1.00000 -1.00000 0.00000 200.00000 0.00000 cm
BT
100 100 Td
/F2 9.5 Tf
[(E)]TJ
ET
Q
EMC
BT
/P <</MCID 4>> BDC
50.5 744 Td
/F2 9.5 Tf
[(z)]TJ
EMC
ET
`

const wantSecondPage = `0 J
0 j
0.50 w
0.200 G
0.000 g
BT
/P <</MCID 0>> BDC
0.2 g
50.5 744 Td
/F2 9.5 Tf
[(z)]TJ
0 g
0 -2 Td
[(z)]TJ
EMC
ET
`

// TestOperators: places, kerns, word spacing, colours and nesting, operator by operator.
func TestOperators(t *testing.T) {
	b, err := Bytes(operatorPage(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := pageStreams(t, b)
	for i, want := range [...]string{wantOperators, wantSecondPage} {
		if got := string(pages[i]); got != want {
			t.Errorf("page %d: got\n%s\nwant\n%s", i, got, want)
		}
	}
}
