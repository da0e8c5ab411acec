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
	covers []string
	text   []content.Span
	item   bool // of a list
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
	if len(notes) == 0 {
		return nil
	}
	return []content.Span{{Text: strings.Join(notes, "\n"), Style: content.Small}}
}

// coverage is the items of the law that are covered.
func (r *copier) coverage(codes []string, separator string) string {
	return strings.Join(codes, separator)
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
			out = append(out, copyRow{cond: b.cond, covers: b.covers, text: insertText(b.slot)})
		}
	}
	return out
}

func insertText(slot string) []content.Span {
	return []content.Span{{Text: "[" + inserts[slot].blank + "]", Style: content.Italic}}
}

func (r *copier) paragraphRows(b *shownBlock) []copyRow {
	rows := r.lineRows(b.block, &attributes{})
	if len(rows) > 0 && b.number != "" {
		rows[0].text = prepend(b.number+de.NBSP, rows[0].text)
	}
	return rows
}

// lineRows are the lines of a paragraph, governed by an outer block too.
func (r *copier) lineRows(b *block, outer *attributes) []copyRow {
	var out []copyRow
	for i := range b.lines {
		l := &b.lines[i]
		row := copyRow{cond: slices.Concat(outer.cond, b.cond, l.cond).unique(), covers: l.covers, text: r.spans(l.inlines)}
		if i == 0 {
			row.covers = slices.Concat(outer.covers, b.covers, l.covers)
		}
		out = appendRow(out, row, " ")
	}
	return out
}

func (r *copier) listRows(b *shownBlock) []copyRow {
	var out []copyRow
	for i := range b.block.items {
		outer := attributes{cond: b.cond}
		if i == 0 {
			outer.covers = b.covers
		}
		for j, row := range r.lineRows(&b.block.items[i], &outer) {
			if row.item = j == 0; row.item {
				row.text = prepend(itemLabel(b.style, i)+de.NBSP, row.text)
			}
			separator := "\n"
			if !row.item {
				separator = " "
			}
			out = appendRow(out, row, separator)
		}
	}
	return out
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
	if last < 0 || len(row.covers) > 0 || !slices.Equal(out[last].cond, row.cond) {
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
