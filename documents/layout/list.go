package layout

import "auftragsmappe/documents/content"

// Indents of list items by the width of their labels.
const (
	dashIndent   Unit = 14 * pt
	letterIndent Unit = 20 * pt
	boxIndent    Unit = 18 * pt
)

var listIndents = map[content.ListStyle]Unit{
	content.Dash: dashIndent, content.Alpha: letterIndent, content.Decimal: letterIndent, content.Box: boxIndent,
}

// listNumbering is the ListNumbering of ISO 32000-1 table 347.
var listNumbering = map[content.ListStyle]string{
	content.Dash: "Disc", content.Alpha: "LowerAlpha", content.Decimal: "Decimal", content.Box: "Square",
}

// list sets a list; after a numbered paragraph it is indented like its text.
func (t *setter) list(l *content.List, f frame) {
	if len(l.Items) == 0 {
		return
	}
	f = f.inset(t.hang)
	outer := t.parent
	list := t.addNode(Node{Parent: outer, Role: RoleL, Numbering: listNumbering[l.Style]})
	for i, item := range l.Items {
		li := t.addNode(Node{Parent: list, Role: RoleLI})
		t.listItem(l.Style, i, item, listSlot{f, li})
	}
	t.parent = outer
}

// listSlot is where a list item goes.
type listSlot struct {
	frame frame
	node  int32
}

// listItem sets one item: its label beside the first paragraph, further blocks below.
func (t *setter) listItem(style content.ListStyle, i int, item []content.Block, slot listSlot) {
	hang := t.hang
	st := t.look.body
	lbl := t.addNode(Node{Parent: slot.node, Role: RoleLbl})
	t.parent = t.addNode(Node{Parent: slot.node, Role: RoleLBody})
	t.space(t.look.itemGap)
	if i == 0 {
		t.space(t.look.paraGap - 2*pt)
	}
	inner := slot.frame.inset(listIndents[style])
	label := t.itemLabel(style, i, lbl, slot.frame.left)
	rest := item
	if p, ok := firstPara(item); ok {
		t.markPara(p.ID)
		node := t.addNode(Node{Parent: t.parent, Role: RoleP})
		from, to := t.paragraph(p.Text, &st, inner.measure, node)
		cost := int32(costListItem)
		if i == 0 {
			cost = costOrphan // the words that lead to a list stay with its first item
		}
		if from < to {
			t.addLines(from, to, linesAt{style: &st, x: inner.left, label: label, cost: cost})
			label = noLabel
		}
		if p.Keep&content.KeepWithNext != 0 {
			t.keep = 2
		}
		rest = item[1:]
	}
	if label != noLabel {
		t.add(st.leading, costListItem, label, int32(len(t.links)))
		t.keep = min(len(rest), 1)
	}
	t.hang = 0
	for _, b := range rest {
		t.itemBlock(b, inner)
	}
	t.hang = hang
}

// firstPara is the paragraph that stands beside an item's label.
func firstPara(item []content.Block) (p content.Para, ok bool) {
	if len(item) == 0 {
		return p, false
	}
	p, ok = item[0].(content.Para)
	return p, ok && p.Number == ""
}

// itemBlock sets a further block of an item, close to the one before.
func (t *setter) itemBlock(b content.Block, f frame) {
	p, ok := b.(content.Para)
	if !ok || p.Number != "" {
		t.block(b, f)
		return
	}
	t.markPara(p.ID)
	st := t.paraStyle(p.Style)
	node := t.addNode(Node{Parent: t.parent, Role: RoleP})
	from, to := t.paragraph(p.Text, &st, f.measure, node)
	t.addLines(from, to, linesAt{style: &st, x: f.left, label: noLabel})
}

// itemLabel sets an item's label and gives its item.
func (t *setter) itemLabel(style content.ListStyle, i int, node int32, x Unit) int32 {
	st := t.look.body
	if style == content.Box {
		return t.tick(node, x, &st)
	}
	item, _ := t.label(content.ItemLabel(style, i), &st, node)
	t.placeItem(item, x, st.baseline())
	return item
}

// tick draws an empty box and says so to whoever reads along: a blank that stands for "☐".
func (t *setter) tick(node int32, x Unit, st *textStyle) int32 {
	item := int32(len(t.out))
	base := st.baseline()
	size := tickSize + 1*pt
	t.out = append(t.out,
		Item{Kind: KindFrame, Node: node, Box: Box{X: x + tickLine, Y: base - size + 1*pt, W: size, H: size}, Color: ink, LineWidth: tickLine},
		Item{Kind: KindRun, Node: node, Box: Box{X: x + size + 2*tickLine, Y: base, H: st.sizes[0]}, Color: ink, Run: Run{
			Face: st.faces[0], Size: st.sizes[0], Glyphs: []Glyph{faceSigns[st.faces[0]].blank}, Text: "☐ ", Replace: true,
		}})
	return item
}
