package layout

import "auftragsmappe/documents/content"

// sums sets totals at the right under a table, kept with its last row: a table whose labels are the row headers.
func (t *setter) sums(b *content.Sums, f frame) {
	if len(b.Rows) == 0 {
		return
	}
	t.gap = 2 * pt
	table := t.addNode(Node{Parent: t.parent, Role: RoleTable, Summary: "Summen"})
	body := t.addNode(Node{Parent: table, Role: RoleTBody})
	for i := range b.Rows {
		t.sumRow(&b.Rows[i], i, f, body)
	}
	t.space(tableGap)
}

// sumRow sets one total, the one that counts under a line in the accent colour.
func (t *setter) sumRow(r *content.Pair, i int, f frame, body int32) {
	width := Unit(int64(f.measure) * sumsWidth / 1000)
	left := f.left + f.measure - width
	label, amount := t.look.sum, t.look.number
	if r.Strong {
		label, amount = t.look.total, t.look.total
		amount.align = flushRight
	}
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	if r.Strong && i > 0 {
		t.ruleItem(Box{X: left, Y: 0, W: width, H: rule}, t.accent)
	}
	tr := t.addNode(Node{Parent: body, Role: RoleTR})
	const pad = 3 * pt
	half := width * 55 / 100
	th := t.addNode(Node{Parent: tr, Role: RoleTH, Scope: ScopeRow})
	l0, l1 := t.paragraph(t.text(r.Label), &label, half-numberGap, th)
	td := t.addNode(Node{Parent: tr, Role: RoleTD})
	v0, v1 := t.paragraph(r.Value, &amount, width-half, td)
	t.row = append(t.row[:0],
		cellBox{line0: int32(l0), line1: int32(l1), x: left, leading: label.leading, base: label.baseline()},
		cellBox{line0: int32(v0), line1: int32(v1), x: left + half, leading: amount.leading, base: amount.baseline()})
	lines := max(l1-l0, v1-v0)
	height := Unit(lines)*label.leading + 2*pad
	if height > t.rowRoom(0) {
		t.splitRow(lines, pad, rowSlot{frame: frame{left, width}})
		return
	}
	t.placeCell(&t.row[0], pad)
	t.placeCell(&t.row[1], pad)
	t.add(height, costKeep, item0, annot0)
}
