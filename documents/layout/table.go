package layout

import "auftragsmappe/documents/content"

// tableFlow is what of a table is needed on other pages: its head, set again as an artifact, and the running sum.
type tableFlow struct {
	head0, head1 int32    // items of the head in t.out
	height       Unit     // of the head
	carries      []string // the running sum after each row; nil = none
	start, width Unit     // of the table
	right        Unit     // right edge of the column that carries
}

// carryHeight is the height of the line with the running sum.
const carryHeight Unit = 18 * pt

// cellBox is a cell whose lines are set but not yet placed.
type cellBox struct {
	line0, line1 int32
	x, leading   Unit
	base         Unit // from the top of its text to the first baseline
}

// rowSlot is where a row goes.
type rowSlot struct {
	node  int32
	frame frame
	index int
	role  Role // of its cells: RoleTH in the head, else RoleTD
}

// table sets a table, a box per row: Table > THead > TR > TH, and TBody > TR > TH or TD.
func (t *setter) table(b *content.Table, f frame) {
	if len(b.Head) == 0 && len(b.Rows) == 0 {
		return
	}
	f = f.inset(t.hang)
	outer := t.parent
	node := t.addNode(Node{Parent: outer, Role: RoleTable, Summary: b.Summary})
	columns := t.columns(b, f)
	t.space(tableGap)
	flow := tableFlow{start: f.left, width: f.measure}
	if b.Carry >= 0 && b.Carry < len(columns) && len(b.Carries) == len(b.Rows) {
		flow.carries, flow.right = b.Carries, columns[b.Carry].x+columns[b.Carry].w
	}
	t.tables = append(t.tables, flow)
	if len(b.Head) > 0 {
		t.tableHead(b, rowSlot{node: node, frame: f, role: RoleTH})
	} else if b.Style == content.Facts {
		t.topRule(f)
	}
	if len(b.Rows) > 0 {
		body := t.addNode(Node{Parent: node, Role: RoleTBody})
		for i, row := range b.Rows {
			t.tableRow(b, row, rowSlot{node: body, frame: f, index: i, role: RoleTD})
		}
	}
	t.parent = outer
	t.space(tableGap)
}

// topRule opens a table of facts with a fine line.
func (t *setter) topRule(f frame) {
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	t.ruleItem(Box{X: f.left, Y: 0, W: f.measure, H: hairline}, lineGrey)
	t.add(hairline, costFree, item0, annot0)
	t.keep = 2
}

// tableHead sets the head row over a line in the accent colour, and notes it for following pages. Like everything that is
// repeated it may not take more than a third of a page; a taller one is set once and its lines may part.
func (t *setter) tableHead(b *content.Table, slot rowSlot) {
	head := t.addNode(Node{Parent: slot.node, Role: RoleTHead})
	slot.node = t.addNode(Node{Parent: head, Role: RoleTR})
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	lines := t.cells(b, b.Head, slot)
	st := &t.look.head
	height := Unit(lines)*st.leading + 2*cellPad
	if height > (t.foot.bottom-t.nextTop)/3 {
		t.splitRow(lines, cellPad, slot)
		return
	}
	for i := range t.row {
		t.placeCell(&t.row[i], cellPad)
	}
	t.ruleItem(Box{X: slot.frame.left, Y: height - rule, W: slot.frame.measure, H: rule}, t.accent)
	t.add(height, costFree, item0, annot0)
	t.keep = 2
	flow := &t.tables[len(t.tables)-1]
	flow.head0, flow.head1, flow.height = item0, int32(len(t.out)), height
}

// cells sets the cells of a row into t.row and gives the number of lines of the tallest.
func (t *setter) cells(b *content.Table, row []content.Cell, slot rowSlot) (lines int) {
	t.row = t.row[:0]
	at := 0
	for i := range row {
		c := &row[i]
		first, last := t.cols[at], t.cols[at+max(c.Span, 1)-1]
		st := t.cellStyle(b, c, at, slot.role)
		x := first.x
		if first.align == content.AtComma && st.align == flushRight && slot.role != RoleTH && c.Span <= 1 {
			x -= t.toComma(c, &first)
		}
		role, scope := slot.role, ScopeNone
		switch {
		case slot.role == RoleTH:
			scope = ScopeColumn
		case c.Head:
			role, scope = RoleTH, ScopeRow
		}
		node := t.addNode(Node{Parent: slot.node, Role: role, Scope: scope, Span: c.Span})
		from, to := t.paragraph(c.Text, &st, last.x+last.w-first.x, node)
		t.row = append(t.row, cellBox{line0: int32(from), line1: int32(to), x: x, leading: st.leading, base: st.baseline()})
		lines = max(lines, to-from)
		at += max(c.Span, 1)
	}
	return max(lines, 1)
}

// toComma is how far a number, set flush right, is to be moved to the left so that its comma stands in line.
func (t *setter) toComma(c *content.Cell, col *column) Unit {
	width, tail := t.cellWidth(c.Text, &t.look.number)
	if tail == 0 || width+col.tail-tail > col.w {
		return 0
	}
	return max(col.tail-tail, 0)
}

func (t *setter) cellStyle(b *content.Table, c *content.Cell, at int, role Role) textStyle {
	right := t.cols[at].align != content.Left && c.Span <= 1
	switch {
	case role == RoleTH:
		st := t.look.head
		if right {
			st.align = flushRight
		}
		return st
	case b.Style == content.Facts && c.Head:
		return t.look.factLabel
	case b.Style == content.Facts:
		return t.look.factValue
	case right:
		return t.look.number
	}
	return t.look.cell
}

// placeCell moves a cell's lines to their places below top.
func (t *setter) placeCell(c *cellBox, top Unit) {
	for n := c.line0; n < c.line1; n++ {
		t.place(&t.lines[n], c.x, top+c.base+Unit(n-c.line0)*c.leading)
	}
}

// tableRow sets one row as a box; a row that no page holds becomes a box per line.
func (t *setter) tableRow(b *content.Table, row []content.Cell, slot rowSlot) {
	slot.node = t.addNode(Node{Parent: slot.node, Role: RoleTR})
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	lines := t.cells(b, row, slot)
	pad, height := cellPad, Unit(0)
	if b.Style == content.Facts {
		pad = factsPad
	}
	for i := range t.row {
		height = max(height, Unit(t.row[i].line1-t.row[i].line0)*t.row[i].leading)
	}
	height += 2 * pad
	if height > t.rowRoom(t.tables[len(t.tables)-1].height) {
		t.splitRow(lines, pad, slot)
		return
	}
	for i := range t.row {
		t.placeCell(&t.row[i], pad)
	}
	t.ruleItem(Box{X: slot.frame.left, Y: height - hairline, W: slot.frame.measure, H: hairline}, lineGrey)
	t.add(height, t.rowCost(b, slot.index), item0, annot0)
	t.rowBox(slot.index)
}

// tallRow is the height from which on a row is divided between its lines.
const tallRow Unit = 420 * pt

// rowRoom is the height that a row may have under a repeated head.
func (t *setter) rowRoom(head Unit) Unit {
	return min(tallRow, t.foot.bottom-t.top, t.foot.bottom-t.nextTop-head-2*carryHeight)
}

// rowBox makes the last box that of a row; a page that starts with it repeats the table's head.
func (t *setter) rowBox(index int) *box {
	box := &t.boxes[len(t.boxes)-1]
	box.row = int32(index)
	if index > 0 {
		box.table = int32(len(t.tables))
	}
	return box
}

// rowCost keeps the rows of a table of facts together, and the last row of positions with another one.
func (t *setter) rowCost(b *content.Table, index int) int32 {
	switch {
	case b.Style == content.Facts && len(b.Rows) <= 12:
		return costOrphan / 2
	case index == len(b.Rows)-1 && index > 0:
		return costOrphan / 4
	}
	return costListItem
}

// splitRow makes a box of each line of a tall row: the lines of all cells at the same height.
func (t *setter) splitRow(lines int, pad Unit, slot rowSlot) {
	leading := Unit(0)
	for i := range t.row {
		leading = max(leading, t.row[i].leading)
	}
	for k := range lines {
		item0, annot0 := int32(len(t.out)), int32(len(t.links))
		top, height, cost := Unit(0), leading, int32(costFree)
		switch k {
		case 0:
			top, height, cost = pad, leading+pad, costListItem
		case 1, lines - 1:
			cost = costOrphan
		}
		for i := range t.row {
			c := &t.row[i]
			if n := c.line0 + int32(k); n < c.line1 {
				t.copyLine(&t.lines[n], c.x, top+c.base)
			}
		}
		if k == lines-1 {
			height += pad
			t.ruleItem(Box{X: slot.frame.left, Y: height - hairline, W: slot.frame.measure, H: hairline}, lineGrey)
		}
		t.add(height, cost, item0, annot0)
		if box := t.rowBox(slot.index); k > 0 && slot.index > 0 {
			box.table, box.within = int32(len(t.tables)), true
		}
	}
}

// copyLine puts a line's items at the end of t.out, in its place.
func (t *setter) copyLine(l *line, x, y Unit) {
	c := line{item0: int32(len(t.out)), annot0: int32(len(t.links))}
	t.out = append(t.out, t.out[l.item0:l.item1]...)
	t.links = append(t.links, t.links[l.annot0:l.annot1]...)
	c.item1, c.annot1 = int32(len(t.out)), int32(len(t.links))
	t.place(&c, x, y)
}
