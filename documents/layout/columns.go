package layout

import (
	"strings"

	"auftragsmappe/documents/content"
)

// column is the place of a table column.
type column struct {
	x, w  Unit
	tail  Unit // the widest part from the comma on, in columns aligned at it
	align content.Align
}

// columns places a table's columns: by their shares of the measure; numbers wider than that at the cost of the widest text.
// A row with more cells than the table has columns gets further columns of equal width.
func (t *setter) columns(b *content.Table, f frame) []column {
	count := max(len(b.Columns), rowWidth(b.Head), 1)
	for _, row := range b.Rows {
		count = max(count, rowWidth(row))
	}
	t.cols = t.cols[:0]
	sum := Unit(0)
	for n := range count {
		c := column{w: Unit(1000 / count)}
		if n < len(b.Columns) {
			c = column{w: Unit(min(max(b.Columns[n].Width, 1), 1000)), align: b.Columns[n].Align}
		}
		sum += c.w
		t.cols = append(t.cols, c)
	}
	gaps := min(columnGap, f.measure/Unit(3*count)) * Unit(count-1)
	for n := range t.cols {
		t.cols[n].w = Unit(int64(f.measure-gaps) * int64(t.cols[n].w) / int64(sum))
	}
	t.fitNumbers(b, f.measure)
	x := f.left
	for n := range t.cols {
		t.cols[n].x = x
		x += t.cols[n].w
		if count > 1 {
			x += gaps / Unit(count-1)
		}
	}
	return t.cols
}

// rowWidth is the number of columns that a row takes.
func rowWidth(row []content.Cell) (n int) {
	for i := range row {
		n += max(row[i].Span, 1)
	}
	return n
}

// fitNumbers measures the columns of numbers and widens those that are too narrow.
func (t *setter) fitNumbers(b *content.Table, measure Unit) {
	widest := -1
	for n := range t.cols {
		if t.cols[n].align == content.Left && (widest < 0 || t.cols[n].w > t.cols[widest].w) {
			widest = n
		}
	}
	for n := range t.cols {
		c := &t.cols[n]
		if c.align == content.Left {
			continue
		}
		short := t.numbersWidth(b, n) - c.w
		if short > 0 && widest >= 0 && t.cols[widest].w-short > measure/4 {
			c.w += short
			t.cols[widest].w -= short
		}
	}
}

// numbersWidth is the width that column n needs for its numbers and the longest word of its head.
func (t *setter) numbersWidth(b *content.Table, n int) Unit {
	before, natural := Unit(0), Unit(0)
	c := &t.cols[n]
	for _, row := range b.Rows {
		cell := cellAt(row, n)
		if cell == nil {
			continue
		}
		width, tail := t.cellWidth(cell.Text, &t.look.number)
		if c.align == content.AtComma && tail > 0 {
			before, c.tail = max(before, width-tail), max(c.tail, tail)
			continue
		}
		natural = max(natural, width)
	}
	if head := cellAt(b.Head, n); head != nil {
		natural = max(natural, t.longestWord(head.Text, &t.look.head))
	}
	return max(natural, before+c.tail)
}

// cellAt finds the cell that stands alone in column n.
func cellAt(row []content.Cell, n int) *content.Cell {
	at := 0
	for i := range row {
		if at == n && row[i].Span <= 1 {
			return &row[i]
		}
		at += max(row[i].Span, 1)
	}
	return nil
}

// cellWidth is the width of a cell on one line and that of its part from the decimal comma on, 0 without a number.
func (t *setter) cellWidth(text []content.Span, st *textStyle) (width, tail Unit) {
	found := false
	for n := range text {
		s := &text[n]
		w := t.spanWidth(s, s.Text, st)
		width += w
		tail += w
		if at := commaAt(s.Text); at >= 0 {
			found, tail = true, t.spanWidth(s, s.Text[at:], st)
		}
	}
	if !found {
		return width, 0
	}
	return width, max(tail, 1)
}

// commaAt finds the decimal comma of the last number in s, else the end of the last number, else -1.
func commaAt(s string) int {
	last := strings.LastIndexAny(s, "0123456789")
	if last < 0 {
		return -1
	}
	first := last
	for first > 0 && s[first-1] >= '0' && s[first-1] <= '9' {
		first--
	}
	if first > 0 && s[first-1] == ',' {
		return first - 1
	}
	return last + 1
}

// width is the width of a short text on one line.
func (t *setter) width(s string, st *textStyle) Unit {
	return t.spanWidth(&content.Span{}, s, st)
}

// spanWidth is the width of a part of a span on one line.
func (t *setter) spanWidth(span *content.Span, s string, st *textStyle) (w Unit) {
	face, size := st.faces[span.Style], st.sizes[span.Style]
	for at := 0; at < len(s); {
		kind, n := blankAt(s[at:])
		if kind == notBlank {
			end := wordEnd(s, at)
			w += scale(words.get(face, s[at:end]).width, size)
			at = end
			continue
		}
		if kind != dropped && kind != lineEnd {
			w += scale(faceSigns[face].blankWidth, size)
		}
		at += n
	}
	return w
}

// longestWord is the width of the widest word.
func (t *setter) longestWord(text []content.Span, st *textStyle) (w Unit) {
	for n := range text {
		for word := range strings.FieldsSeq(text[n].Text) {
			w = max(w, t.spanWidth(&text[n], word, st))
		}
	}
	return w
}
