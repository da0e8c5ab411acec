package content

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// PlainText is the document as text, wrapped at width characters: what a lawyer reads in a diff.
func PlainText(d *Document, width int) string {
	p := &plainWriter{width: width}
	if l := d.Letter; l != nil {
		p.block("", strings.Join(l.Address, "\n"))
		for _, pair := range l.Info {
			p.line(pair.Label + ": " + flat(pair.Value))
		}
		p.b.WriteByte('\n')
	}
	for _, b := range d.Blocks {
		p.write(b, "")
	}
	for _, c := range d.Footer {
		p.block("", "| "+strings.Join(c, " | "))
	}
	return strings.ReplaceAll(p.b.String(), "\u00a0", " ")
}

type plainWriter struct {
	b     strings.Builder
	width int
}

func (p *plainWriter) line(s string) { p.b.WriteString(s + "\n") }

// block writes s wrapped, the first line after label, the others indented as far.
func (p *plainWriter) block(label, s string) {
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			label = strings.Repeat(" ", utf8.RuneCountInString(label))
		}
		p.wrap(label, part)
	}
	p.b.WriteByte('\n')
}

func (p *plainWriter) wrap(label, s string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(label))
	line, used := label, utf8.RuneCountInString(label)
	for _, w := range strings.Split(s, " ") {
		n := utf8.RuneCountInString(w)
		if used > len(indent) && used+n > p.width {
			p.line(strings.TrimRight(line, " "))
			line, used = indent, len(indent)
		}
		line += w + " "
		used += n + 1
	}
	p.line(strings.TrimRight(line, " "))
}

func (p *plainWriter) write(b Block, indent string) {
	switch b := b.(type) {
	case Heading:
		if b.Kicker != "" {
			p.line(indent + b.Kicker)
		}
		p.block(indent, strings.TrimSpace(b.Number+" "+flat(b.Text)))
	case Annex:
		p.block(indent, strings.Repeat("=", 20)+"\n"+b.Number+": "+b.Title)
	case Para:
		label := indent
		if b.Number != "" {
			label += b.Number + " "
		}
		p.block(label, flat(b.Text))
	case List:
		p.list(b, indent)
	case Table:
		p.table(b, indent)
	case Sums:
		for _, r := range b.Rows {
			p.line(indent + r.Label + ": " + flat(r.Value))
		}
		p.b.WriteByte('\n')
	case Signatures:
		for _, s := range b.Parties {
			p.block(indent, strings.Join(strings.Fields("[Unterschrift] "+s.Label+": "+s.Place+" "+s.Name+" "+s.Role), " "))
		}
	case Figure:
		p.block(indent, "["+b.Alt+"]")
	}
}

func (p *plainWriter) list(l List, indent string) {
	for i, item := range l.Items {
		label := ItemLabel(l.Style, i)
		for k, b := range item {
			if para, ok := b.(Para); ok && k == 0 {
				p.block(indent+label+" ", flat(para.Text))
				continue
			}
			p.write(b, indent+strings.Repeat(" ", utf8.RuneCountInString(label)+1))
		}
	}
}

// ItemLabel is the label of item i (from 0) of a list.
func ItemLabel(s ListStyle, i int) string {
	switch s {
	case Alpha:
		return letters(i) + ")"
	case Decimal:
		return strconv.Itoa(i+1) + "."
	case Box:
		return "☐"
	}
	return "–"
}

// letters is a, b … z, aa, ab …
func letters(i int) string {
	if i >= 26 {
		return letters(i/26-1) + string(rune('a'+i%26))
	}
	return string(rune('a' + i))
}

func (p *plainWriter) table(t Table, indent string) {
	row := func(cells []Cell) string {
		parts := make([]string, 0, len(cells))
		for _, c := range cells {
			if len(c.Text) > 0 { // an empty cell is for a pen
				parts = append(parts, strings.ReplaceAll(flat(c.Text), "\n", " / "))
			}
		}
		return strings.Join(parts, " | ")
	}
	if len(t.Head) > 0 {
		p.wrap(indent+"# ", row(t.Head))
	}
	for _, r := range t.Rows {
		p.wrap(indent+"· ", row(r))
	}
	p.b.WriteByte('\n')
}

func flat(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
