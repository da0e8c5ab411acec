package layout

import (
	"strings"

	"auftragsmappe/documents/content"
)

// heading sets a heading; what follows stays with it for two boxes. A heading of level 2 opens a section.
func (t *setter) heading(h *content.Heading, f frame) {
	level := min(max(h.Level, 1), t.level+1, 3)
	t.level, t.hang = level, 0
	t.endKeep()
	st, before, after := t.headingStyle(level)
	t.space(before)
	if level <= 2 {
		t.parent = 0
	}
	if level == 2 {
		t.parent = t.addNode(Node{Parent: 0, Role: RoleSect})
	}
	first := int32(len(t.boxes))
	if h.Kicker != "" {
		t.kicker(h.Kicker, f)
	}
	node := t.addNode(Node{Parent: t.parent, Role: RoleH1 + Role(level-1)})
	t.headingLines(h, &st, f, node)
	title := outlineTitle(h.Number, h.Text)
	t.marks = append(t.marks, mark{name: t.name(h.ID), title: title, level: level, box: first})
	t.closeUp(first)
	t.keep = 2
	t.gap = after
}

// endKeep ends what ties this heading to a heading before it with one line between them: a row of short sections may
// be divided.
func (t *setter) endKeep() {
	if t.keep == 1 {
		t.keep = 0
	}
}

// closeUp ties the lines of a heading, from box first on, together.
func (t *setter) closeUp(first int32) {
	for n := int(first) + 1; n < len(t.boxes); n++ {
		t.boxes[n].cost = costHeading
	}
}

func (t *setter) headingStyle(level int) (st textStyle, before, after Unit) {
	l := t.look
	switch level {
	case 1:
		return l.title, l.sectionGap, l.titleAfter
	case 2:
		return l.section, l.sectionGap, l.sectionAfter
	}
	return l.subsection, l.subsectionGap, l.sectionAfter
}

// kicker sets the small line above a title.
func (t *setter) kicker(s string, f frame) {
	st := t.look.kicker
	st.color = t.accent
	node := t.addNode(Node{Parent: t.parent, Role: RoleP})
	from, to := t.paragraph(t.text(s), &st, f.measure, node)
	t.addLines(from, to, linesAt{style: &st, x: f.left, label: noLabel, together: true})
	t.keep = 2
	t.gap = 2 * pt
}

// headingLines sets number and text of a heading, the lines after the first hung behind the number.
func (t *setter) headingLines(h *content.Heading, st *textStyle, f frame, node int32) {
	label, x := noLabel, Unit(0)
	if h.Number != "" {
		numbered := *st
		numbered.color = t.accent
		label, _ = t.label(h.Number, &numbered, node)
		x = t.lines[len(t.lines)-1].width + st.sizes[0]*6/10
		t.placeItem(label, f.left, st.baseline())
	}
	from, to := t.paragraph(h.Text, st, f.measure-x, node)
	if from < to {
		t.addLines(from, to, linesAt{style: st, x: f.left + x, label: label, together: true})
		return
	}
	if label != noLabel {
		t.add(st.leading, costFree, label, int32(len(t.links)))
	}
}

// outlineTitle is a heading as plain text.
func outlineTitle(number string, text []content.Span) string {
	if number == "" && len(text) == 1 && !strings.ContainsAny(text[0].Text, "\n\u00ad") {
		return text[0].Text
	}
	var b strings.Builder
	b.WriteString(number)
	if number != "" && len(text) > 0 {
		b.WriteByte(' ')
	}
	for _, s := range text {
		for _, r := range s.Text {
			switch r {
			case '\n':
				b.WriteByte(' ')
			case '\u00ad':
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// annexGap stands above an annex that does not start a page.
const annexGap Unit = 40 * pt

// annex sets the annex's number and title, a heading of level 2. The first annex starts a page; a further one does so where
// there is no room for its beginning.
func (t *setter) annex(a *content.Annex, f frame) {
	t.level, t.hang, t.keep = 2, 0, 0
	t.parent = t.addNode(Node{Parent: 0, Role: RoleSect})
	node := t.addNode(Node{Parent: t.parent, Role: RoleH2})
	cost := int32(costForcedPage)
	if t.annexes++; t.annexes > 1 {
		cost = costFree
		t.space(annexGap)
	}
	first := int32(len(t.boxes))
	if a.Number != "" {
		st := annexNumber
		st.color = t.accent
		from, to := t.paragraph(t.text(a.Number), &st, f.measure, node)
		if from < to {
			t.endBlank(int32(len(t.out)) - 1)
		}
		t.addLines(from, to, linesAt{style: &st, x: f.left, label: noLabel, cost: cost, together: true})
		t.gap, t.keep, cost = 1*pt, 1, costFree
	}
	st := annexTitle
	from, to := t.paragraph(t.text(a.Title), &st, f.measure, node)
	t.addLines(from, to, linesAt{style: &st, x: f.left, label: noLabel, cost: cost, together: true})
	title := a.Title
	if a.Number != "" {
		title = a.Number + " " + a.Title
	}
	t.marks = append(t.marks, mark{name: t.name(a.ID), title: title, level: 2, box: first})
	t.closeUp(first)
	t.keep = 2
	t.gap = t.look.titleAfter
}

// collectHeadings notes what a table of contents lists, with the names that the headings will have.
func (t *setter) collectHeadings(blocks []content.Block) {
	ids := 0
	name := func(id string) string {
		t.ids = ids
		id = t.name(id)
		ids = t.ids
		return id
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case content.Heading:
			b.ID = name(b.ID)
			if b.Level == 2 {
				t.headings = append(t.headings, b)
			}
		case content.Annex:
			t.headings = append(t.headings, content.Heading{Number: b.Number, Text: []content.Span{{Text: b.Title}}, ID: name(b.ID)})
		}
	}
	t.ids = 0
}
