package layout

import (
	"auftragsmappe/documents/content"
)

// blocks sets blocks one below the other.
func (t *setter) blocks(blocks []content.Block, f frame) {
	for _, b := range blocks {
		t.block(b, f)
	}
}

func (t *setter) block(b content.Block, f frame) {
	switch b := b.(type) {
	case content.Heading:
		t.heading(&b, f)
	case content.Para:
		t.para(&b, f)
	case content.List:
		t.list(&b, f)
	case content.Table:
		t.table(&b, f)
	case content.Sums:
		t.sums(&b, f)
	case content.Signatures:
		t.signatures(&b, f)
	case content.Figure:
		t.figure(&b, f)
	case content.TOC:
		t.toc(f)
	case content.Annex:
		t.annex(&b, f)
	}
}

// para sets a paragraph, its number hung before it.
func (t *setter) para(p *content.Para, f frame) {
	st := t.paraStyle(p.Style)
	t.space(t.look.paraGap)
	if p.Style == content.Label {
		t.space(t.look.paraGap + 4*pt)
	}
	node := t.addNode(Node{Parent: t.parent, Role: RoleP})
	label, x := noLabel, Unit(0)
	switch {
	case p.Number != "":
		label, x = t.label(p.Number, &st, node)
		t.hang = x
	case p.Style == content.Body:
		f = f.inset(t.hang) // goes on with a numbered paragraph
	default:
		t.hang = 0
	}
	from, to := t.paragraph(p.Text, &st, f.measure-x, node)
	if from == to && label == noLabel {
		return
	}
	if from == to {
		t.lines = append(t.lines, line{item0: int32(len(t.out)), item1: int32(len(t.out)), annot0: int32(len(t.links)), annot1: int32(len(t.links))})
		to++
	}
	if label != noLabel {
		t.placeItem(label, f.left, st.baseline())
	}
	t.markPara(p.ID)
	t.addLines(from, to, linesAt{style: &st, x: f.left + x, label: label, together: p.Keep&content.KeepTogether != 0})
	if p.Keep&content.KeepWithNext != 0 || p.Style == content.Label {
		t.keep = 2
	}
	if p.Style == content.Label {
		t.gap = 1 * pt
	}
}

func (t *setter) paraStyle(s content.ParaStyle) textStyle {
	switch s {
	case content.Lead:
		return t.look.lead
	case content.Note:
		return t.look.note
	case content.Label:
		return t.look.label
	}
	return t.look.body
}

// label sets a number or the like before a paragraph at x 0, y 0 and gives the indent of the text after it.
func (t *setter) label(s string, st *textStyle, node int32) (item int32, hang Unit) {
	plain := *st
	plain.align, plain.hyphens = ragged, noHyphens
	t.span[0] = content.Span{Text: s, Flags: content.NoBreak}
	item = int32(len(t.out))
	from, _ := t.paragraph(t.span[:1], &plain, pageWidth, node)
	t.endBlank(item)
	return item, max(numberHang, t.lines[from].width+numberGap)
}

// endBlank adds a blank to the text of an item, so that what follows is a new word for whoever reads along.
func (t *setter) endBlank(item int32) {
	r := &t.out[item].Run
	glyphs := make([]Glyph, 0, len(r.Glyphs)+1)
	r.Glyphs = append(append(glyphs, r.Glyphs...), faceSigns[r.Face].blank)
	r.Text += " "
}

func (t *setter) markPara(id string) {
	if id != "" {
		t.marks = append(t.marks, mark{name: id, box: int32(len(t.boxes))})
	}
}
