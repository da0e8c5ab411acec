package layout

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/content"
)

// deed is a contract of one paragraph or more.
func deed(blocks ...content.Block) *content.Document {
	d := contractSample()
	d.Footer, d.Blocks = nil, append([]content.Block{content.Heading{Level: 1, Text: spans("Vertrag"), ID: "top"}}, blocks...)
	return d
}

const sentence = "Die Auftragnehmerin informiert die Auftraggeberin unverzüglich über Verletzungen der Vertraulichkeit und unterstützt sie dabei, deren Folgen zu begrenzen. "

// firstRuns are the runs of the first node of a role, in page order.
func firstRuns(d *Document, role Role) (runs []Item) {
	node := int32(0)
	for n := range d.Pages {
		for _, it := range d.Pages[n].Items {
			if it.Kind == KindRun && it.Node > 0 && d.Nodes[it.Node].Role == role && (node == 0 || node == it.Node) {
				node = it.Node
				runs = append(runs, it)
			}
		}
	}
	return runs
}

// TestJustified: all lines but the last end at the right margin, blanks give within bounds, lines end with their blank or
// with a hyphen.
func TestJustified(t *testing.T) {
	d := set(t, deed(content.Para{Text: spans(strings.Repeat(sentence, 12))}))
	runs := firstRuns(d, RoleP)
	if len(runs) < 10 {
		t.Fatalf("%d lines", len(runs))
	}
	right, row := deedLook.left+deedLook.measure, 0
	for i, it := range runs[:len(runs)-1] {
		if off := right - it.Box.X - it.Box.W; off > 50 || off < -50 {
			t.Errorf("line %d ends %d units before the margin", i, off)
		}
		if it.Run.Stretch > 2500 || it.Run.Stretch < -900 {
			t.Errorf("line %d: every blank gets %d units", i, it.Run.Stretch)
		}
		if row++; !it.Run.Hyphen {
			row = 0
		}
		if row > 3 {
			t.Errorf("line %d is the fourth in a row with a hyphen", i)
		}
		if !it.Run.Hyphen && !strings.HasSuffix(it.Run.Text, " ") {
			t.Errorf("line %d ends with %q", i, it.Run.Text[len(it.Run.Text)-5:])
		}
	}
	if last := runs[len(runs)-1]; last.Run.Stretch > 0 || last.Box.W >= deedLook.measure {
		t.Errorf("the last line is stretched: %+v", last.Box)
	}
}

// TestMixedFaces: spans of several faces share lines, one run each; a forced break ends a line with a blank.
func TestMixedFaces(t *testing.T) {
	in := deed(content.Para{Style: content.Lead, Text: []content.Span{
		{Text: "Zu zahlen: "}, {Text: "1.850,00\u00a0€", Style: content.Strong, Flags: content.NoBreak}, {Text: ",\nbinnen "}, {Text: "14\u00a0Tagen", Style: content.Italic}, {Text: "."},
	}})
	d := set(t, in)
	check(t, in, d)
	runs := firstRuns(d, RoleP)
	if len(runs) != 6 || runs[3].Box.Y-runs[2].Box.Y != deedLook.lead.leading {
		t.Fatalf("%d runs: %+v", len(runs), runs)
	}
	for i := range 2 {
		if gap := runs[i+1].Box.X - runs[i].Box.X - runs[i].Box.W; gap < 0 || gap > 3*pt {
			t.Errorf("%d units between run %d and the next", gap, i)
		}
	}
	if got := runs[2].Run.Text; got != ", " && got != ",\n" {
		t.Errorf("the line ends with %q", got)
	}
}

// TestLinks: an annotation for every line of a link, over it, of one Link node; the label is the whole text.
func TestLinks(t *testing.T) {
	text := strings.Repeat("lange Verweise ", 20) + "Ende"
	in := deed(content.Para{Text: []content.Span{{Text: "Siehe "}, {Text: text, Link: "https://example.org/"}, {Text: " und "}, {Text: "oben", Link: "#top"}, {Text: "."}}})
	d := set(t, in)
	check(t, in, d)
	lines, nodes := 0, map[int32]bool{}
	for _, a := range d.Pages[0].Annots {
		nodes[a.Node] = true
		if a.URI != "" {
			lines++
			if a.Label != text || a.Rect.W <= 0 || a.Rect.H <= 0 {
				t.Errorf("annotation %+v", a)
			}
		} else if a.Dest != "top" {
			t.Errorf("annotation %+v leads nowhere", a)
		}
	}
	if runs := firstRuns(d, RoleLink); lines != len(runs) || lines < 2 || len(nodes) != 2 {
		t.Errorf("%d annotations over %d runs, %d Link nodes", lines, len(runs), len(nodes))
	}
}

// TestNumberHangs: the number stands at the margin and the text 20 points further, in one P.
func TestNumberHangs(t *testing.T) {
	d := set(t, deed(content.Para{Number: "(2)", Text: spans(strings.Repeat(sentence, 2))}))
	runs := firstRuns(d, RoleP)
	if runs[0].Run.Text != "(2) " || runs[0].Box.X != deedLook.left {
		t.Errorf("the number is %q at %d", runs[0].Run.Text, runs[0].Box.X)
	}
	for _, it := range runs[1:] {
		if it.Box.X != deedLook.left+numberHang {
			t.Errorf("%q stands at %d", it.Run.Text, it.Box.X)
		}
	}
}

// TestTicks: a box to tick is drawn, and read as U+2610.
func TestTicks(t *testing.T) {
	in := deed(content.List{Style: content.Box, Items: [][]content.Block{{content.Para{Text: spans("Zugang einrichten")}}}})
	d := set(t, in)
	check(t, in, d)
	run := firstRuns(d, RoleLbl)
	if len(run) != 1 || !run[0].Run.Replace || strings.TrimSpace(run[0].Run.Text) != "☐" {
		t.Fatalf("%+v", run)
	}
	frames := 0
	for _, it := range d.Pages[0].Items {
		if it.Kind == KindFrame && it.Node == run[0].Node && it.LineWidth > 0 {
			frames++
		}
	}
	if frames != 1 {
		t.Errorf("%d frames", frames)
	}
}

// TestSignatures: the blocks never stand alone on a page, and each has its field.
func TestSignatures(t *testing.T) {
	for lines := range 12 {
		in := deed(content.Para{Text: spans(strings.Repeat(sentence, 29))}, content.Para{Text: spans(strings.Repeat("Zeile\n", lines) + "Ende")}, signaturesSample())
		d := set(t, in)
		check(t, in, d)
		last := &d.Pages[len(d.Pages)-1]
		text, fields := 0, 0
		for _, it := range last.Items {
			if it.Kind == KindRun && it.Node > 0 && (strings.HasPrefix(it.Run.Text, "Zeile") || it.Run.Text == "Ende" || it.Run.Face == 0 && len(it.Run.Glyphs) > 40) {
				text++
			}
		}
		for _, a := range last.Annots {
			if a.Kind == AnnotSignature && a.Field != "" && a.Label != "" && d.Nodes[a.Node].Role == RoleForm {
				fields++
			}
		}
		if text < 2 || fields != 2 {
			t.Errorf("%d lines: the last page has %d lines of text and %d fields", lines, text, fields)
		}
	}
}

// TestContents: the table of contents names the pages, its links lead to the headings; an annex starts a page.
func TestContents(t *testing.T) {
	blocks := []content.Block{content.TOC{}}
	for _, s := range []string{"Eins", "Zwei", "Drei"} {
		blocks = append(blocks, content.Heading{Level: 2, Number: "§", Text: spans(s)}, content.Para{Text: spans(strings.Repeat(sentence, 25))})
	}
	blocks = append(blocks, content.Annex{Number: "Anlage\u00a01", Title: "Maßnahmen"}, content.Para{Text: spans("Text")})
	d := set(t, deed(blocks...))
	if len(d.Outline) != 5 || len(d.Dests) < 5 {
		t.Fatalf("%d bookmarks, %d destinations", len(d.Outline), len(d.Dests))
	}
	pages := map[string]int{}
	for _, dest := range d.Dests {
		pages[dest.Name] = dest.Page
	}
	if d.Outline[4].Title != "Anlage\u00a01 Maßnahmen" || pages[d.Outline[4].Dest] != len(d.Pages)-1 {
		t.Errorf("the annex is %+v on page %d of %d", d.Outline[4], pages[d.Outline[4].Dest]+1, len(d.Pages))
	}
	numbers := ""
	for _, it := range d.Pages[0].Items {
		if it.Node > 0 && d.Nodes[it.Node].Role == RoleReference {
			numbers += it.Run.Text
		}
	}
	want := ""
	for _, b := range d.Outline[1:] {
		want += string(rune('1' + pages[b.Dest]))
	}
	if numbers != want {
		t.Errorf("the contents say %q, not %q", numbers, want)
	}
}

// TestErrors: what cannot be set is an error and no page.
func TestErrors(t *testing.T) {
	for _, in := range []*content.Document{
		deed(content.Para{Text: spans("漢字")}),
		deed(content.Figure{Image: content.Image{PNG: []byte("no picture")}, Width: 500}),
	} {
		if d, err := Pages(in, nil); err == nil || d != nil {
			t.Errorf("%v set without an error", in.Blocks[1])
		}
	}
}

// TestConcurrent: documents set at the same time do not meet.
func TestConcurrent(t *testing.T) {
	want := [2]*Document{set(t, contractSample()), set(t, positionsSample(30))}
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for range 5 {
				in := contractSample()
				if n%2 == 1 {
					in = positionsSample(30)
				}
				d, err := Pages(in, &Style{})
				if err != nil || !reflect.DeepEqual(d, want[n%2]) {
					t.Errorf("another document, %v", err)
				}
			}
		})
	}
	group.Wait()
}
