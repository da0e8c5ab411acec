package texts

import (
	"slices"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
)

// copyRow is sentences under one condition.
type copyRow struct {
	cond   condition
	covers []string // by these sentences
	whole  []string // by the paragraph or list that begins here
	text   []content.Span
}

// margin is what stands beside a row: its condition and what it covers.
func (r *copier) margin(row *copyRow) []content.Span {
	var notes []string
	if when := row.cond.inWords(); when != "" {
		notes = append(notes, "nur "+when)
	}
	if len(row.covers) > 0 {
		notes = append(notes, r.coverage(row.covers, "\n"))
	}
	if len(row.whole) > 0 {
		notes = append(notes, "ganzer Absatz:\n"+r.coverage(row.whole, "\n"))
	}
	if len(notes) == 0 {
		return nil
	}
	return []content.Span{{Text: strings.Join(notes, "\n"), Style: content.Small}}
}

// rows are the sentences of a section in their order; neighbours of one paragraph or list that share a condition share a row.
func (r *copier) rows(s *shown) []copyRow {
	var out []copyRow
	for i := range s.blocks {
		b := &s.blocks[i]
		switch b.kind {
		case blockParagraph:
			out = append(out, r.paragraphRows(b)...)
		case blockList:
			out = append(out, r.listRows(b)...)
		case blockInsert:
			out = append(out, copyRow{cond: b.cond, covers: slices.Concat(b.covers, r.insertCovers(b.slot)), text: insertText(b.slot)})
		}
	}
	return out
}

func insertText(slot string) []content.Span {
	return []content.Span{{Text: "[" + inserts[slot].blank + "]", Style: content.Italic}}
}

func (r *copier) paragraphRows(b *shownBlock) []copyRow {
	rows := r.lineRows(b.block, nil)
	if len(rows) > 0 && b.number != "" {
		rows[0].text = prepend(b.number+de.NBSP, rows[0].text)
	}
	return covered(rows, b.covers)
}

// covered notes what a block covers beside its first row: as that of the whole where it has several.
func covered(rows []copyRow, codes []string) []copyRow {
	switch {
	case len(rows) == 1:
		rows[0].covers = slices.Concat(codes, rows[0].covers)
	case len(rows) > 1:
		rows[0].whole = codes
	}
	return rows
}

// lineRows are the lines of a paragraph, governed by an outer condition too.
func (r *copier) lineRows(b *block, outer condition) []copyRow {
	var out []copyRow
	for i := range b.lines {
		l := &b.lines[i]
		row := copyRow{cond: slices.Concat(outer, b.cond, l.cond).unique(), covers: l.covers, text: r.spans(l.inlines)}
		out = appendRow(out, row, " ")
	}
	return out
}

func (r *copier) listRows(b *shownBlock) []copyRow {
	var out []copyRow
	for i := range b.block.items {
		item := &b.block.items[i]
		separator := "\n"
		for j, row := range covered(r.lineRows(item, b.cond), item.covers) {
			if j == 0 {
				row.text = prepend(itemLabel(b.style, i)+de.NBSP, row.text)
			}
			out = appendRow(out, row, separator)
			separator = " "
		}
	}
	return covered(out, b.covers)
}

// itemLabel is the label of a list item; a box to tick is one that the faces have.
func itemLabel(style content.ListStyle, i int) string {
	if style == content.Box {
		return "[" + de.NBSP + "]"
	}
	return content.ItemLabel(style, i)
}

// appendRow adds a row, to the last one where both have the same condition and nothing new is covered.
func appendRow(out []copyRow, row copyRow, separator string) []copyRow {
	last := len(out) - 1
	if last < 0 || len(row.covers)+len(row.whole) > 0 || !slices.Equal(out[last].cond, row.cond) {
		return append(out, row)
	}
	out[last].text = appendSpan(out[last].text, content.Span{Text: separator})
	for _, s := range row.text {
		out[last].text = appendSpan(out[last].text, s)
	}
	return out
}

// prepend puts text before spans.
func prepend(s string, spans []content.Span) []content.Span {
	var out []content.Span
	for _, span := range append([]content.Span{{Text: s}}, spans...) {
		out = appendSpan(out, span)
	}
	return out
}
