package layout

import (
	"strconv"

	"auftragsmappe/documents/content"
)

// assemble turns boxes on page spans into pages, destinations and the outline.
func (t *setter) assemble() {
	t.doc.Pages = make([]Page, len(t.pages))
	tops := make([]Unit, len(t.boxes))
	pageOf := make([]int32, len(t.boxes))
	for n, span := range t.pages {
		t.page(n, span, tops)
		for b := span.from; b < span.to; b++ {
			pageOf[b] = int32(n)
		}
	}
	for _, m := range t.marks {
		page, y := 0, Unit(0)
		if int(m.box) < len(t.boxes) {
			page, y = int(pageOf[m.box]), tops[m.box]
		}
		t.doc.Dests = append(t.doc.Dests, Dest{Name: m.name, Page: page, Y: max(y-6*pt, 0)})
		if m.level > 0 {
			t.doc.Outline = append(t.doc.Outline, Bookmark{Title: m.title, Level: m.level, Dest: m.name})
		}
	}
	t.tocNumbers(tops, pageOf)
	t.figurePlaces()
}

// page puts one page together: draft mark, heads, text, foot.
func (t *setter) page(n int, span pageSpan, tops []Unit) {
	p := &t.doc.Pages[n]
	p.Width, p.Height = pageWidth, pageHeight
	p.Items = make([]Item, 0, t.itemCount(n, span))
	if t.in.Draft {
		p.Items = append(p.Items, t.draftMark())
	}
	y := t.nextTop
	if n == 0 {
		y = t.top
		p.Items = append(p.Items, t.fixed...)
		p.Annots = append(p.Annots, t.fixedLinks...)
	} else {
		p.Items = t.runningHead(p.Items)
	}
	for b := span.from; b < span.to; b++ {
		box := &t.boxes[b]
		if b > span.from {
			y += box.gap
		} else if box.table > 0 {
			y = t.tableAgain(p, box, y)
		}
		tops[b] = y
		for _, it := range t.out[box.item0:box.item1] {
			it.Box.Y += y
			p.Items = append(p.Items, it)
		}
		for _, a := range t.links[box.annot0:box.annot1] {
			a.Rect.Y += y
			p.Annots = append(p.Annots, a)
		}
		y += box.height
	}
	if t.carried(int(span.to)) > 0 {
		next := &t.boxes[span.to]
		p.Items = t.carry(p.Items, &t.tables[next.table-1], int(next.row)-1, y)
	}
	p.Items = append(p.Items, t.foot.items...)
	p.Items = t.pageNumber(p.Items, n)
}

func (t *setter) itemCount(n int, span pageSpan) int {
	count := len(t.foot.items) + 8
	if n == 0 {
		count += len(t.fixed)
	}
	if span.from < span.to {
		count += int(t.boxes[span.to-1].item1 - t.boxes[span.from].item0)
	}
	return count
}

// artifact sets one line of text as an artifact.
func (t *setter) artifact(items []Item, s string, st *textStyle, at Box) []Item {
	item0, line0 := len(t.out), len(t.lines)
	t.span[0] = content.Span{Text: s, Flags: content.NoHyphen}
	from, to := t.paragraph(t.span[:1], st, at.W, 0)
	for n := from; n < to; n++ {
		t.place(&t.lines[n], at.X, at.Y+Unit(n-from)*st.leading)
	}
	for _, it := range t.out[item0:] {
		it.Artifact = ArtifactPagination
		items = append(items, it)
	}
	t.out, t.lines = t.out[:item0], t.lines[:line0]
	return items
}

// runningHead is the short title of following pages; of a long one the first lines, for the title itself stands on page 1.
func (t *setter) runningHead(items []Item) []Item {
	first := len(items)
	items = t.artifact(items, t.in.Title, &headStyle, Box{X: t.look.left, Y: headBase, W: t.look.measure})
	last := headBase + (linesInHead-1)*headStyle.leading
	n := first
	for n < len(items) && items[n].Box.Y <= last {
		n++
	}
	items = items[:n]
	if n > first {
		up := items[n-1].Box.Y - headBase
		for i := first; i < n; i++ {
			items[i].Box.Y -= up
		}
	}
	return items
}

// pageNumber is "Seite 2 von 3".
func (t *setter) pageNumber(items []Item, n int) []Item {
	st := footStyle
	st.align = flushRight
	s := wordPage + strconv.Itoa(n+1) + wordOf + strconv.Itoa(len(t.pages))
	return t.artifact(items, s, &st, Box{X: t.look.left, Y: footBase, W: t.look.measure})
}

// tableAgain repeats a table's head, and its running sum, at the top of a page.
func (t *setter) tableAgain(p *Page, b *box, y Unit) Unit {
	flow := &t.tables[b.table-1]
	for _, it := range t.out[flow.head0:flow.head1] {
		it.Box.Y += y
		it.Node, it.Artifact = 0, ArtifactPagination
		p.Items = append(p.Items, it)
	}
	y += flow.height
	if flow.carries == nil || b.within {
		return y
	}
	p.Items = t.carry(p.Items, flow, int(b.row)-1, y)
	y += carryHeight
	line := Box{X: flow.start, Y: y - hairline, W: flow.width, H: hairline}
	p.Items = append(p.Items, Item{Kind: KindRule, Artifact: ArtifactPagination, Box: line, Color: lineGrey})
	return y
}

// carry sets the running sum after a row.
func (t *setter) carry(items []Item, flow *tableFlow, row int, y Unit) []Item {
	amount := carryStyle
	amount.align = flushRight
	base := y + 12*pt
	items = t.artifact(items, wordCarry, &carryStyle, Box{X: flow.start, Y: base, W: t.look.measure / 2})
	return t.artifact(items, flow.carries[row], &amount, Box{X: flow.start, Y: base, W: flow.right - flow.start})
}

// Sine and cosine of draftTurn in thousandths.
const (
	sinDraft = 819
	cosDraft = 574
)

// draftMark is ENTWURF across the page.
func (t *setter) draftMark() Item {
	st := style(sansBold, draftSize/100, draftSize/100, draftGrey)
	st.sizes[0] = draftSize
	w := t.width(wordDraft, &st)
	word := words.get(st.faces[0], wordDraft)
	return Item{
		Kind: KindRun, Artifact: ArtifactBackground, Color: draftGrey, Turn: draftTurn,
		Box: Box{X: pageWidth/2 - w/2*cosDraft/1000 + draftSize*sinDraft/3000, Y: pageHeight/2 + w/2*sinDraft/1000 + draftSize*cosDraft/3000, W: w, H: draftSize},
		Run: Run{Face: st.faces[0], Size: draftSize, Glyphs: word.glyphs, Text: wordDraft},
	}
}

// tocNumbers writes page numbers into the table of contents.
func (t *setter) tocNumbers(tops []Unit, pageOf []int32) {
	for _, line := range t.tocs {
		for _, d := range t.doc.Dests {
			if d.Name != line.dest {
				continue
			}
			st := t.look.toc
			st.align = flushRight
			p := &t.doc.Pages[pageOf[line.box]]
			at := len(p.Items)
			p.Items = t.artifact(p.Items, strconv.Itoa(d.Page+1), &st, Box{X: line.left, Y: tops[line.box] + line.y, W: line.w})
			for n := at; n < len(p.Items); n++ {
				p.Items[n].Node = line.node
			}
		}
	}
}

// figurePlaces gives every Figure node its place on its page.
func (t *setter) figurePlaces() {
	for n := range t.doc.Pages {
		for _, it := range t.doc.Pages[n].Items {
			if it.Kind == KindImage && it.Node > 0 {
				t.doc.Nodes[it.Node].BBox, t.doc.Nodes[it.Node].Page = it.Box, n
			}
		}
	}
}
