package layout

import (
	"strings"

	"auftragsmappe/documents/content"
)

// line is a set line: items of t.out with x from the paragraph's left edge and y 0 at the baseline.
type line struct {
	item0, item1   int32
	annot0, annot1 int32
	width          Unit
	hyphen         bool
}

// lineBuilder puts the runs of one line together.
type lineBuilder struct {
	*setter
	stretch Unit
	x       Unit  // where the open run starts
	right   Unit  // where the line's last character ends
	em      int64 // advance of the open run
	blanks  int64 // in the open run
	run     Item
	span    int32 // of the open run, -1 = none
	t0, t1  int32 // bytes of the span in the open run
	glyph0  int
	w       Unit // of the run without the blank at its end
	ended   bool // a blank stands for the forced break after the open run
}

// paragraph sets spans into lines that belong to a node of the structure tree; links become its children.
//
// The lines are appended to t.lines, [from, to) are the new ones.
func (t *setter) paragraph(spans []content.Span, st *textStyle, measure Unit, parent int32) (from, to int) {
	t.spans, t.style, t.measure, t.forced = spans, st, measure, 1
	t.itemize()
	from = len(t.lines)
	if len(t.items) == 0 {
		return from, from
	}
	t.fit()
	t.openLink, t.linkSpan = 0, -1
	prev := int32(0)
	for _, n := range t.chosen {
		t.setLine(prev, n, parent)
		prev = n
	}
	return from, len(t.lines)
}

// setLine sets the items between two breakpoints.
func (t *setter) setLine(a, b, parent int32) {
	from, to := &t.breaks[a], &t.breaks[b]
	natural := Unit(to.w - from.aw)
	lb := lineBuilder{setter: t, span: -1}
	if short := t.measure - natural; short < 0 || t.style.align == justified && !to.forced {
		lb.stretch = t.stretch(from, to, short)
	}
	if t.style.align == flushRight {
		lb.x = max(t.measure-natural, 0)
	}
	if cap(t.glyphs)-len(t.glyphs) < glyphRoom {
		t.glyphs = make([]Glyph, 0, glyphChunk)
	}
	l := line{item0: int32(len(t.out)), annot0: int32(len(t.links)), hyphen: to.hyphen}
	lb.items(from, to, parent)
	l.width = lb.right
	l.item1, l.annot1 = int32(len(t.out)), int32(len(t.links))
	t.lines = append(t.lines, l)
}

// stretch shares what a line lacks, or has too much, between its blanks.
func (t *setter) stretch(from, to *breakpoint, short Unit) Unit {
	blanks := Unit(0)
	end := int(to.item)
	for n := int(from.item); n < end; n++ {
		if t.items[n].kind == itemGlue && (n < end-1 || to.inside) {
			blanks++
		}
	}
	if blanks == 0 {
		return 0
	}
	return short / blanks
}

// items walks over the line's items.
func (lb *lineBuilder) items(from, to *breakpoint, parent int32) {
	end := int(to.item)
	if to.inside {
		end++
	}
	for n := int(from.item); n < end && n < len(lb.setter.items); n++ {
		it := &lb.setter.items[n]
		if it.kind == itemForced {
			lb.lineEnd()
			continue
		}
		if it.span != lb.span {
			lb.flush()
			lb.begin(it, parent)
		}
		if it.kind == itemGlue {
			lb.glue(it)
			continue
		}
		p := part{g1: int32(len(it.word.glyphs)), t0: it.t0, t1: it.t1}
		if to.inside && n == end-1 {
			p.g1, p.t1 = to.glyph, it.t0+to.text
		}
		if from.inside && n == int(from.item) {
			p.g0, p.t0 = from.glyph, it.t0+from.text
		}
		lb.word(it.word, p)
	}
	if to.hyphen {
		lb.addHyphen()
	}
	lb.flush()
}

// begin opens a run for an item's span.
func (lb *lineBuilder) begin(it *item, parent int32) {
	span := &lb.spans[it.span]
	node, color := parent, lb.style.color
	if span.Link != "" {
		node = lb.linkNode(it.span, parent)
		if span.Link[0] != '#' {
			color = lb.accent
		}
	}
	lb.span, lb.t0, lb.t1 = it.span, -1, -1
	lb.em, lb.blanks, lb.w = 0, 0, 0
	lb.glyph0 = len(lb.glyphs)
	lb.run = Item{Kind: KindRun, Node: node, Color: color, Run: Run{
		Face: lb.style.faces[span.Style], Size: lb.style.sizes[span.Style], Stretch: lb.stretch,
	}}
}

// linkNode gives the Link node of a span; neighbours with one target share it.
func (t *setter) linkNode(span, parent int32) int32 {
	if t.openLink != 0 && (t.linkSpan == span || t.linkSpan == span-1 && t.spans[span-1].Link == t.spans[span].Link) {
		t.linkSpan = span
		return t.openLink
	}
	t.openLink, t.linkSpan = t.addNode(Node{Parent: parent, Role: RoleLink}), span
	return t.openLink
}

func (lb *lineBuilder) extend(t0, t1 int32) {
	if lb.t0 < 0 {
		lb.t0 = t0
	}
	lb.t1 = t1
}

func (lb *lineBuilder) glue(it *item) {
	s := &faceSigns[lb.run.Run.Face]
	g := s.blank
	natural := scale(s.blankWidth, lb.run.Run.Size)
	if it.width != natural {
		g.Kern = int16(-int64(natural-it.width) * 1000 / int64(lb.run.Run.Size))
	}
	lb.glyphs = append(lb.glyphs, g)
	lb.em += int64(s.blankWidth) + int64(g.Kern)
	lb.blanks++
	lb.extend(it.t0, it.t1)
}

// lineEnd puts a blank where a forced break parts two words, for whoever reads the text without seeing the lines.
func (lb *lineBuilder) lineEnd() {
	if lb.span < 0 {
		return
	}
	lb.glyphs = append(lb.glyphs, faceSigns[lb.run.Run.Face].blank)
	lb.ended = true
}

// part is the glyphs and bytes of a word that stand on a line.
type part struct{ g0, g1, t0, t1 int32 }

func (lb *lineBuilder) word(w *word, p part) {
	lb.glyphs = append(lb.glyphs, w.glyphs[p.g0:p.g1]...)
	if p.g0 == 0 && int(p.g1) == len(w.glyphs) {
		lb.em += int64(w.width)
	} else {
		last := &lb.glyphs[len(lb.glyphs)-1]
		last.Kern = 0
		for _, g := range lb.glyphs[len(lb.glyphs)-int(p.g1-p.g0):] {
			lb.em += int64(lb.run.Run.Face.Advance(g.Glyph)) + int64(g.Kern)
		}
	}
	lb.extend(p.t0, p.t1)
	lb.w = lb.advance()
}

func (lb *lineBuilder) addHyphen() {
	s := &faceSigns[lb.run.Run.Face]
	lb.glyphs = append(lb.glyphs, s.hyphen)
	lb.em += int64(s.hyphenWidth)
	lb.w = lb.advance()
	lb.run.Run.Hyphen = true
}

// advance of the open run.
func (lb *lineBuilder) advance() Unit {
	return Unit(lb.em*int64(lb.run.Run.Size)/1000 + lb.blanks*int64(lb.stretch))
}

// flush ends the open run.
func (lb *lineBuilder) flush() {
	if lb.span < 0 {
		return
	}
	r := &lb.run.Run
	r.Glyphs = lb.glyphs[lb.glyph0:len(lb.glyphs):len(lb.glyphs)]
	r.Text = lb.text()
	lb.run.Box = Box{X: lb.x, W: lb.w, H: r.Size}
	if link := lb.spans[lb.span].Link; link != "" && lb.w > 0 {
		lb.addLink(link)
	}
	if lb.w > 0 {
		lb.right = lb.x + lb.w
	}
	lb.out = append(lb.out, lb.run)
	lb.x += lb.advance()
	lb.span = -1
}

// text is the run's text: a piece of the span's where nothing was left out of it.
func (lb *lineBuilder) text() string {
	s := lb.spans[lb.span].Text[lb.t0:lb.t1]
	if lb.dirty[lb.span] {
		s = cleanText(s)
	}
	if lb.ended {
		s += " "
	}
	return s
}

// cleanText drops soft hyphens and carriage returns and makes every row of blanks one.
func cleanText(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	after := false
	for at := 0; at < len(s); {
		kind, size := blankAt(s[at:])
		switch {
		case kind == blank:
			if !after {
				b.WriteByte(' ')
			}
		case kind == dropped, kind == lineEnd, strings.HasPrefix(s[at:], softHyphen):
			if kind == notBlank {
				size = len(softHyphen)
			}
		default:
			b.WriteString(s[at : at+size])
		}
		after = kind == blank
		at += size
	}
	return b.String()
}

// addLink adds an annotation over the run, relative to its line.
func (lb *lineBuilder) addLink(link string) {
	size := lb.run.Run.Size
	a := Annot{
		Kind: AnnotLink, Node: lb.run.Node, Label: lb.linkLabel(link),
		Rect: Box{X: lb.x, Y: -size * 8 / 10, W: lb.w, H: size * 11 / 10},
	}
	if link[0] == '#' {
		a.Dest = link[1:]
	} else {
		a.URI = link
	}
	lb.links = append(lb.links, a)
}

// linkLabel is the whole text of the link.
func (lb *lineBuilder) linkLabel(link string) string {
	first, last := int(lb.span), int(lb.span)
	for first > 0 && lb.spans[first-1].Link == link {
		first--
	}
	for last+1 < len(lb.spans) && lb.spans[last+1].Link == link {
		last++
	}
	if first == last {
		return lb.spans[first].Text
	}
	var b strings.Builder
	for _, s := range lb.spans[first : last+1] {
		b.WriteString(s.Text)
	}
	return b.String()
}
