package layout

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"auftragsmappe/documents/content"
)

// check holds a set document against what is true of every one.
func check(t *testing.T, in *content.Document, d *Document) {
	t.Helper()
	checkNodes(t, d)
	checkPlaces(t, in, d)
	checkHeadings(t, d)
	checkTargets(t, d)
	if got, want := squeeze(treeText(d)), squeeze(wanted(in)); got != want {
		at := 0
		for at < len(got) && at < len(want) && got[at] == want[at] {
			at++
		}
		t.Fatalf("the tree says\n…%q, not\n…%q", got[max(at-40, 0):min(at+60, len(got))], want[max(at-40, 0):min(at+60, len(want))])
	}
	if again := set(t, in); !reflect.DeepEqual(again, d) {
		t.Fatal("set again, the document is another one")
	}
}

// checkNodes: parents before children, all references valid, no page without content.
func checkNodes(t *testing.T, d *Document) {
	t.Helper()
	for i, n := range d.Nodes {
		if i == 0 && n.Parent != -1 || i > 0 && (n.Parent < 0 || int(n.Parent) >= i) {
			t.Fatalf("node %d has parent %d", i, n.Parent)
		}
	}
	for i := range d.Pages {
		owned := 0
		for _, it := range d.Pages[i].Items {
			if it.Node < 0 || int(it.Node) >= len(d.Nodes) || it.Kind == KindImage && it.Image >= len(d.Images) {
				t.Fatalf("page %d: item %+v has no valid node or image", i, it)
			}
			if it.Node > 0 {
				owned++
			}
		}
		for _, a := range d.Pages[i].Annots {
			if a.Node <= 0 || int(a.Node) >= len(d.Nodes) || d.Nodes[a.Node].Role != RoleLink && d.Nodes[a.Node].Role != RoleForm {
				t.Fatalf("page %d: annotation of node %d", i, a.Node)
			}
		}
		if owned == 0 && len(d.Pages) > 1 {
			t.Fatalf("page %d of %d is empty", i+1, len(d.Pages))
		}
	}
}

// checkPlaces: everything but fold marks and ENTWURF stands within the margins, content above the foot.
func checkPlaces(t *testing.T, in *content.Document, d *Document) {
	t.Helper()
	left, right := deedLook.left, deedLook.left+deedLook.measure
	if in.Form == content.FormLetter {
		left, right = letterLook.left, letterLook.left+letterLook.measure
	}
	const tolerance = 2 * pt / 10
	for i := range d.Pages {
		foot := footTop(&d.Pages[i])
		for _, it := range d.Pages[i].Items {
			if it.Turn != 0 || it.Kind == KindRule && it.Box.X == markLeft {
				continue
			}
			b := it.Box
			if b.X < left-tolerance || b.X+b.W > right+tolerance || b.Y < 0 || b.Y > footBase+tolerance {
				t.Fatalf("page %d: %q at %+v is outside %d–%d", i+1, it.Run.Text, b, left, right)
			}
			if it.Node > 0 && b.Y > foot {
				t.Fatalf("page %d: %q at %+v stands in the foot at %d", i+1, it.Run.Text, b, foot)
			}
		}
		for _, a := range d.Pages[i].Annots {
			if a.Rect.X < left-tolerance || a.Rect.X+a.Rect.W > right+tolerance || a.Rect.Y < 0 || a.Rect.Y+a.Rect.H > footBase {
				t.Fatalf("page %d: annotation %+v is outside", i+1, a)
			}
		}
	}
}

// footTop is where a page's foot starts: the highest of the artifacts at its end.
func footTop(p *Page) Unit {
	top := pageHeight
	for i := len(p.Items) - 1; i >= 0 && p.Items[i].Node == 0 && p.Items[i].Artifact == ArtifactPagination; i-- {
		if y := p.Items[i].Box.Y; y > pageHeight/2 {
			top = min(top, y)
		}
	}
	return top
}

// checkHeadings: no heading is the last thing on a page but of the document.
func checkHeadings(t *testing.T, d *Document) {
	t.Helper()
	for i := range d.Pages[:len(d.Pages)-1] {
		var last *Item
		for k := range d.Pages[i].Items {
			it := &d.Pages[i].Items[k]
			if it.Node > 0 && (last == nil || it.Box.Y >= last.Box.Y) {
				last = it
			}
		}
		role := d.Nodes[last.Node].Role
		if role >= RoleH1 && role <= RoleH4 && !goesOn(d, i, last.Node) {
			t.Fatalf("page %d ends with the heading %q", i+1, last.Run.Text)
		}
	}
}

// goesOn says whether the page after page i starts with the rest of the same heading, or with an annex.
func goesOn(d *Document, i int, node int32) bool {
	for _, it := range d.Pages[i+1].Items {
		if it.Node > 0 {
			return it.Node == node || d.Nodes[it.Node].Parent == node || d.Nodes[it.Node].Role == RoleH2
		}
	}
	return false
}

func checkTargets(t *testing.T, d *Document) {
	t.Helper()
	names := map[string]bool{}
	for _, dest := range d.Dests {
		if dest.Page < 0 || dest.Page >= len(d.Pages) || dest.Y < 0 || dest.Y > pageHeight {
			t.Fatalf("destination %+v", dest)
		}
		names[dest.Name] = true
	}
	level := 0
	for _, b := range d.Outline {
		if !names[b.Dest] || b.Level < 1 || b.Level > level+1 {
			t.Fatalf("bookmark %+v after level %d", b, level)
		}
		level = b.Level
	}
}

// treeText is the text of the structure tree: the runs of each node in page order, those of links in their parents'.
func treeText(d *Document) string {
	type piece struct {
		node int32
		text string
	}
	var pieces []piece
	for i := range d.Pages {
		for _, it := range d.Pages[i].Items {
			if it.Node == 0 || it.Kind != KindRun {
				continue
			}
			node := it.Node
			for role := d.Nodes[node].Role; role == RoleLink; role = d.Nodes[node].Role {
				node = d.Nodes[node].Parent
			}
			pieces = append(pieces, piece{node, it.Run.Text})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.node, b.node) })
	var s strings.Builder
	for i, p := range pieces {
		if i > 0 && pieces[i-1].node != p.node {
			s.WriteByte('\n')
		}
		s.WriteString(p.text)
	}
	return s.String()
}

// squeeze drops everything that is no visible character.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00ad' {
			return -1
		}
		return r
	}, s)
}

// wanted is the text of a document with the labels that layout adds, in reading order.
func wanted(in *content.Document) string {
	w := wantedText{}
	if l := in.Letter; l != nil && in.Form == content.FormLetter {
		w.add(strings.Join(l.Sender, " "), l.Return, strings.Join(l.Address, " "))
		for _, p := range l.Info {
			w.add(p.Label, flat(p.Value))
		}
	}
	w.blocks(in.Blocks)
	return w.String()
}

type wantedText struct{ strings.Builder }

func (w *wantedText) add(parts ...string) {
	for _, p := range parts {
		w.WriteString(p + " ")
	}
}

func flat(spans []content.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func (w *wantedText) blocks(blocks []content.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case content.Heading:
			w.add(b.Kicker, b.Number, flat(b.Text))
		case content.Para:
			w.add(b.Number, flat(b.Text))
		case content.List:
			for i, item := range b.Items {
				w.add(content.ItemLabel(b.Style, i))
				w.blocks(item)
			}
		case content.Table:
			w.cells(b.Head)
			for _, row := range b.Rows {
				w.cells(row)
			}
		case content.Sums:
			for _, p := range b.Rows {
				w.add(p.Label, flat(p.Value))
			}
		case content.Signatures:
			for _, s := range b.Parties {
				if s.Place != "" {
					s.Place += ","
				}
				w.add(s.Label, s.Place, wordPlaceDate, s.Name, s.Role)
			}
		case content.Annex:
			w.add(b.Number, b.Title)
		}
	}
}

func (w *wantedText) cells(row []content.Cell) {
	for _, c := range row {
		w.add(flat(c.Text))
	}
}
