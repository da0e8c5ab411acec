package layout

import (
	"strings"

	"auftragsmappe/documents/content"
)

// tableFlow is what of a table is needed on following pages: its head, set again as an artifact, and the running sum.
type tableFlow struct {
	head0, head1 int32 // items of the head in t.out
	height       Unit  // of the head
	table        *content.Table
	left, width  Unit // of the column that carries
	start        Unit // left edge of the table
}

// carryHeight is the height of the line with the running sum.
const carryHeight Unit = 17 * pt

// again is what the table adds at the top of a following page.
func (f *tableFlow) again() Unit {
	if f.table.Carry >= 0 {
		return f.height + carryHeight
	}
	return f.height
}

// column is the place of a table column.
type column struct{ x, w, tail Unit }

// table sets a table, a box per row.
func (t *setter) table(b *content.Table, f frame) {
	f = f.inset(t.hang)
	outer := t.parent
	node := t.addNode(Node{Parent: outer, Role: RoleTable, Summary: b.Summary})
	columns := t.columns(b, f)
	t.space(tableGap)
	index := int32(0)
	if len(b.Head) > 0 {
		index = t.tableHead(b, columns, node, f)
	} else if b.Style == content.Facts {
		t.topRule(f)
	}
	body := t.addNode(Node{Parent: node, Role: RoleTBody})
	for i, row := range b.Rows {
		t.tableRow(b, row, rowSlot{columns: columns, node: body, frame: f, index: int32(i), table: index})
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

// columns are the places of the columns, and for those aligned at the comma how much stands behind it at most.
func (t *setter) columns(b *content.Table, f frame) []column {
	out := make([]column, len(b.Columns))
	x, gaps := f.left, columnGap*Unit(len(b.Columns)-1)
	for i, c := range b.Columns {
		w := Unit(int64(f.measure-gaps) * int64(c.Width) / 1000)
		out[i] = column{x: x, w: w}
		x += w + columnGap
		if c.Align != content.AtComma {
			continue
		}
		for _, row := range b.Rows {
			if i < len(row) {
				out[i].tail = max(out[i].tail, t.tail(row[i].Text))
			}
		}
	}
	return out
}

// commaShift is how far a cell moves to the left so that its comma stands below the others; it stays in its column.
func (t *setter) commaShift(spans []content.Span, c column) Unit {
	shift := c.tail - t.tail(spans)
	if shift <= 0 || len(spans) != 1 {
		return 0
	}
	return max(min(shift, c.w-t.width(spans[0].Text, &t.look.number)), 0)
}

// tail is the width of what stands from the comma on.
func (t *setter) tail(spans []content.Span) Unit {
	if len(spans) != 1 {
		return 0
	}
	at := strings.IndexByte(spans[0].Text, ',')
	if at < 0 {
		at = len(spans[0].Text)
		if blank := strings.Index(spans[0].Text, "\u00a0€"); blank >= 0 {
			at = blank
		}
	}
	return t.width(spans[0].Text[at:], &t.look.number)
}

// width is the width of a short text on one line.
func (t *setter) width(s string, st *textStyle) Unit {
	var w Unit
	for at := 0; at < len(s); {
		kind, size := blankAt(s[at:])
		if kind == notBlank {
			end := wordEnd(s, at)
			w += scale(words.get(st.faces[0], s[at:end]).width, st.sizes[0])
			at = end
			continue
		}
		w += scale(faceSigns[st.faces[0]].blankWidth, st.sizes[0])
		at += size
	}
	return w
}

// tableHead sets the head row and notes it for following pages; it gives the table's number.
func (t *setter) tableHead(b *content.Table, columns []column, node int32, f frame) int32 {
	head := t.addNode(Node{Parent: node, Role: RoleTHead})
	tr := t.addNode(Node{Parent: head, Role: RoleTR})
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	height := Unit(0)
	for i, c := range b.Head {
		if i >= len(columns) {
			break
		}
		st := t.look.head
		if b.Columns[i].Align != content.Left {
			st.align = flushRight
		}
		th := t.addNode(Node{Parent: tr, Role: RoleTH, Scope: ScopeColumn, Span: c.Span})
		height = max(height, t.cell(c.Text, &st, columns[i], place{th, cellPad}))
	}
	height += 2 * cellPad
	t.ruleItem(Box{X: f.left, Y: height - rule, W: f.measure, H: rule}, t.accent)
	t.add(height, costFree, item0, annot0)
	t.keep = 2
	flow := tableFlow{head0: item0, head1: int32(len(t.out)), height: height, table: b, start: f.left}
	if b.Carry >= 0 && b.Carry < len(columns) {
		flow.left, flow.width = columns[b.Carry].x, columns[b.Carry].w
	}
	t.tables = append(t.tables, flow)
	return int32(len(t.tables))
}

// place is a node and the top of its text in a box under construction.
type place struct {
	node int32
	top  Unit
}

// cell sets a cell's text and gives its height.
func (t *setter) cell(spans []content.Span, st *textStyle, c column, p place) Unit {
	from, to := t.paragraph(spans, st, c.w, p.node)
	base := st.baseline()
	for n := from; n < to; n++ {
		t.place(&t.lines[n], c.x, p.top+base+Unit(n-from)*st.leading)
	}
	return Unit(to-from) * st.leading
}

// rowSlot is where a row goes.
type rowSlot struct {
	columns      []column
	node         int32
	frame        frame
	index, table int32
}

// tallRow is the height from which on a row is divided between its lines.
const tallRow Unit = 420 * pt

// tableRow sets one row as a box; a row too tall for that becomes a box per line.
func (t *setter) tableRow(b *content.Table, row []content.Cell, slot rowSlot) {
	item0, annot0, line0 := int32(len(t.out)), int32(len(t.links)), len(t.lines)
	tr := t.addNode(Node{Parent: slot.node, Role: RoleTR})
	pad := cellPad
	if b.Style == content.Facts {
		pad = factsPad
	}
	height, leading, at := Unit(0), Unit(0), 0
	for i := range row {
		if at >= len(slot.columns) {
			break
		}
		st := t.cellStyle(b, &row[i], at)
		c := t.spanned(slot.columns, &row[i], at)
		if b.Columns[at].Align == content.AtComma && st.align == flushRight {
			c.x -= t.commaShift(row[i].Text, c)
		}
		role, scope := RoleTD, ScopeNone
		if row[i].Head {
			role, scope = RoleTH, ScopeRow
		}
		node := t.addNode(Node{Parent: tr, Role: role, Scope: scope, Span: row[i].Span})
		height = max(height, t.cell(row[i].Text, &st, c, place{node, pad}))
		leading = max(leading, st.leading)
		at += max(row[i].Span, 1)
	}
	height += 2 * pad
	if height > tallRow {
		t.splitRow(item0, line0, leading, slot)
		return
	}
	t.ruleItem(Box{X: slot.frame.left, Y: height - hairline, W: slot.frame.measure, H: hairline}, lineGrey)
	box := t.add(height, t.rowCost(b, slot), item0, annot0)
	if slot.index > 0 {
		box.table, box.row = slot.table, slot.index
	}
}

// rowCost keeps the rows of a table of facts together, and the last row of positions with another one.
func (t *setter) rowCost(b *content.Table, slot rowSlot) int32 {
	switch {
	case b.Style == content.Facts && len(b.Rows) <= 12:
		return costOrphan / 2
	case slot.index == int32(len(b.Rows))-1 && slot.index > 0:
		return costOrphan / 4
	}
	return costListItem
}

func (t *setter) cellStyle(b *content.Table, c *content.Cell, col int) textStyle {
	switch {
	case b.Style == content.Facts && c.Head:
		return t.look.factLabel
	case b.Style == content.Facts:
		return t.look.factValue
	case b.Columns[col].Align != content.Left:
		return t.look.number
	}
	return t.look.cell
}

// spanned is the place of a cell that reaches over several columns.
func (t *setter) spanned(columns []column, c *content.Cell, at int) column {
	out := columns[at]
	last := min(at+max(c.Span, 1), len(columns)) - 1
	out.w = columns[last].x + columns[last].w - out.x
	return out
}

// splitRow makes a box of each line of a tall row: the lines of all cells at the same height.
func (t *setter) splitRow(item0 int32, line0 int, leading Unit, slot rowSlot) {
	items := append([]Item(nil), t.out[item0:]...)
	lines := append([]line(nil), t.lines[line0:]...)
	links := append([]Annot(nil), t.links...)
	t.out = t.out[:item0]
	if len(lines) > 0 {
		t.links = t.links[:lines[0].annot0]
	}
	for level, more := 0, true; more; level++ {
		top := cellPad + Unit(level)*leading
		first, annot := int32(len(t.out)), int32(len(t.links))
		more = false
		for n := range lines {
			l := &lines[n]
			if l.item0 == l.item1 {
				continue
			}
			y := items[l.item0-item0].Box.Y
			if y >= top+leading {
				more = true
			}
			if y < top || y >= top+leading {
				continue
			}
			for _, it := range items[l.item0-item0 : l.item1-item0] {
				it.Box.Y -= top
				t.out = append(t.out, it)
			}
			for _, a := range links[l.annot0:l.annot1] {
				a.Rect.Y -= top
				t.links = append(t.links, a)
			}
		}
		if !more {
			t.ruleItem(Box{X: slot.frame.left, Y: leading + cellPad - hairline, W: slot.frame.measure, H: hairline}, lineGrey)
		}
		cost := int32(costFree)
		if level == 0 {
			cost = costListItem
		}
		box := t.add(leading, cost, first, annot)
		if !more {
			box.height += cellPad
		}
		if slot.index > 0 || level > 0 {
			box.table, box.row = slot.table, slot.index
		}
	}
}

// sums sets totals at the right under a table, kept with its last row.
func (t *setter) sums(b *content.Sums, f frame) {
	if len(b.Rows) == 0 {
		return
	}
	t.gap = 2 * pt
	table := t.addNode(Node{Parent: t.parent, Role: RoleTable, Summary: "Summen"})
	body := t.addNode(Node{Parent: table, Role: RoleTBody})
	width := Unit(int64(f.measure) * sumsWidth / 1000)
	left := f.left + f.measure - width
	for i, r := range b.Rows {
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
		th := t.addNode(Node{Parent: tr, Role: RoleTH, Scope: ScopeRow})
		pad := 3 * pt
		half := width * 55 / 100
		h := t.cell(t.text(r.Label), &label, column{x: left, w: half}, place{th, pad})
		td := t.addNode(Node{Parent: tr, Role: RoleTD})
		h = max(h, t.cell(r.Value, &amount, column{x: left + half, w: width - half}, place{td, pad}))
		t.add(h+2*pad, costKeep, item0, annot0)
	}
	t.space(tableGap)
}
