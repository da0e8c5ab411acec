package layout

import "auftragsmappe/documents/content"

// box is a slice of the document's vertical list that no page break divides: a line, a table row, a picture.
type box struct {
	gap            Unit // above it, but not at the top of a page
	height         Unit
	cost           int32 // of a page break before it
	item0, item1   int32 // in t.out, y from the box's top
	annot0, annot1 int32
	table          int32 // index in t.tables + 1 for a row below a table's first
	row            int32
	within         bool // a further line of a row that is divided
}

// Costs of page breaks.
const (
	costFree       = 0
	costHyphen     = 300        // the page ends with a broken word
	costListItem   = 60         // between the items of a list
	costOrphan     = 20_000     // one line alone at a page's end or top
	costKeep       = 1_000_000  // what belongs together
	costHeading    = 50_000_000 // a heading and the first line below it: only where nothing else is possible
	costForcedPage = -1         // the page ends here in any case
)

// mark is a destination, perhaps with an entry in the outline, at the top of a box.
type mark struct {
	name, title string
	level       int // 0 = no entry
	box         int32
}

// frame is the column that blocks are set in.
type frame struct{ left, measure Unit }

// inset makes the frame narrower from the left.
func (f frame) inset(by Unit) frame { return frame{f.left + by, f.measure - by} }

// space asks for a distance before the next box; the largest wish counts.
func (t *setter) space(u Unit) { t.gap = max(t.gap, u) }

// add appends a box with the items and annotations made since item0 and annot0.
func (t *setter) add(height Unit, cost int32, item0, annot0 int32) *box {
	if t.keep > 0 {
		t.keep--
		if cost >= 0 && t.keep > 0 {
			cost = costHeading
		} else if cost >= 0 {
			cost = max(cost, costKeep)
		}
	}
	t.boxes = append(t.boxes, box{
		gap: t.gap, height: height, cost: cost,
		item0: item0, item1: int32(len(t.out)), annot0: annot0, annot1: int32(len(t.links)),
	})
	t.gap = 0
	return &t.boxes[len(t.boxes)-1]
}

// baseline is the distance from a line's top to its baseline: capitals stand in the middle of the leading.
func (s *textStyle) baseline() Unit { return (s.leading + s.sizes[0]*66/100) / 2 }

// place moves a line into its place.
func (t *setter) place(l *line, x, y Unit) {
	for n := l.item0; n < l.item1; n++ {
		t.placeItem(n, x, y)
	}
	for n := l.annot0; n < l.annot1; n++ {
		t.links[n].Rect.X += x
		t.links[n].Rect.Y += y
	}
}

// placeItem moves one item.
func (t *setter) placeItem(n int32, x, y Unit) {
	t.out[n].Box.X += x
	t.out[n].Box.Y += y
}

// linesAt is how the lines of a paragraph become boxes.
type linesAt struct {
	style    *textStyle
	x        Unit
	label    int32 // item of a number or bullet before the lines, which goes into the first box; noLabel = none
	cost     int32 // of a page break before the first line
	together bool  // no page break between the lines
}

const noLabel int32 = -1

// addLines makes a box of every line, with the costs of page breaks between them.
func (t *setter) addLines(from, to int, at linesAt) {
	base := at.style.baseline()
	for n := from; n < to; n++ {
		l := &t.lines[n]
		t.place(l, at.x, base)
		item0, cost := l.item0, at.cost
		if n == from && at.label != noLabel {
			item0 = at.label
		}
		if n > from {
			cost = costFree
			if n == from+1 || n == to-1 {
				cost = costOrphan
			}
			if t.lines[n-1].hyphen {
				cost += costHyphen
			}
			if at.together {
				cost = costKeep
			}
		}
		box := t.add(at.style.leading, cost, item0, l.annot0)
		box.item1, box.annot1 = l.item1, l.annot1
	}
}

// ruleItem adds a rule to the items; node 0: it is an artifact.
func (t *setter) ruleItem(b Box, c Color) {
	t.out = append(t.out, Item{Kind: KindRule, Artifact: ArtifactLayout, Box: b, Color: c})
}

// put sets text at once at a place relative to the box under construction and gives its height.
func (t *setter) put(st *textStyle, at Box, node int32) (height Unit) {
	return t.setAt(t.span[:1], st, at, node)
}

// setAt sets spans with their first line's top at a place and gives their height.
func (t *setter) setAt(spans []content.Span, st *textStyle, at Box, node int32) (height Unit) {
	from, to := t.paragraph(spans, st, at.W, node)
	for n := from; n < to; n++ {
		t.place(&t.lines[n], at.X, at.Y+st.baseline()+Unit(n-from)*st.leading)
	}
	return Unit(to-from) * st.leading
}
