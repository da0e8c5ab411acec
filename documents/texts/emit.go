package texts

import (
	"fmt"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// emit is the blocks of the document.
func (f *filler) emit(sections []shown, kicker string) []content.Block {
	var out []content.Block
	for i := range sections {
		s := &sections[i]
		f.c = s.c
		title := f.spans(s.title)
		switch {
		case s.annex:
			out = append(out, content.Annex{Number: s.number, Title: plain(title), ID: s.id})
		case s.level == 1:
			out = append(out, content.Heading{Level: 1, Kicker: kicker, Text: title, ID: s.id})
		default:
			level := s.level
			if s.inAnnex {
				level++
			}
			out = append(out, content.Heading{Level: level, Number: s.number, Text: title, ID: s.id})
		}
		for j := range s.blocks {
			out = f.emitBlock(out, &s.blocks[j])
		}
	}
	return out
}

func (f *filler) emitBlock(out []content.Block, b *shownBlock) []content.Block {
	switch b.kind {
	case blockInsert:
		return append(out, b.filled...)
	case blockList:
		l := content.List{Style: b.style}
		for _, item := range b.items {
			l.Items = append(l.Items, []content.Block{content.Para{Text: f.sentences(item)}})
		}
		return append(out, l)
	}
	p := content.Para{Number: b.number, Text: f.sentences(b.lines), ID: b.id}
	switch {
	case b.has("note"):
		p.Style = content.Note
	case b.has("lead"):
		p.Style = content.Lead
	}
	if b.has("keep") {
		p.Keep = content.KeepWithNext
	}
	return append(out, p)
}

// sentences joins lines with a blank.
func (f *filler) sentences(lines []*line) []content.Span {
	var out []content.Span
	for i, l := range lines {
		if i > 0 {
			out = appendSpan(out, content.Span{Text: " "})
		}
		for _, s := range f.spans(l.inlines) {
			out = appendSpan(out, s)
		}
	}
	return out
}

func (f *filler) spans(inlines []inline) []content.Span {
	var out []content.Span
	for i := range inlines {
		for _, s := range f.inline(&inlines[i]) {
			out = appendSpan(out, s)
		}
	}
	return out
}

// inline is the spans of one inline in its style.
func (f *filler) inline(i *inline) []content.Span {
	if i.kind == inlineSlot {
		return f.styled(i, f.lib.spanSlots[i.text](f.c))
	}
	s := content.Span{Text: i.text, Link: i.link}
	switch i.kind {
	case inlineWord:
		s.Text = i.word.In(f.grammar(i.word.Role))
	case inlineTone:
		if f.c.Engagement.Tone == engagement.ToneDu {
			s.Text = i.other
		}
	case inlineSelf:
		if de.Company(&f.c.Engagement.Contractor.Party) {
			s.Text = i.other
		}
	case inlineReference:
		s.Text, s.Link, s.Flags = f.reference(i), "#"+i.link, content.NoBreak
	}
	return f.styled(i, []content.Span{s})
}

func (f *filler) styled(i *inline, spans []content.Span) []content.Span {
	out := make([]content.Span, 0, len(spans))
	empty := true
	for _, s := range spans {
		empty = empty && s.Text == ""
		switch {
		case i.strong:
			s.Style = content.Strong
		case i.italic:
			s.Style = content.Italic
		}
		if s.Link == "" {
			s.Link = i.link
		}
		out = append(out, s)
	}
	if empty {
		f.fail("slot {%s} is empty", i.text)
	}
	return out
}

func (f *filler) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (f *filler) grammar(r de.Role) de.Grammar {
	if r == de.Client || r == de.Controller {
		return f.client
	}
	return f.contractor
}

// reference is "§ 5", "§ 5 Abs. 2", "Absatz 2" or "Anlage 1".
func (f *filler) reference(i *inline) string {
	l, ok := f.labels[i.link]
	if !ok {
		f.fail("reference to #%s, which is not there", i.link)
		return "?"
	}
	switch {
	case i.text == "Abs" && l.paragraph != "":
		return "Absatz" + de.NBSP + l.paragraph
	case i.text == "Anlage":
		return l.annex
	case l.paragraph != "":
		return l.section + " Abs." + de.NBSP + l.paragraph
	}
	return l.section
}

// appendSpan joins spans of one look, and lets no second full stop follow the first.
func appendSpan(out []content.Span, s content.Span) []content.Span {
	if s.Text == "" {
		return out
	}
	last := len(out) - 1
	if last >= 0 && strings.HasSuffix(out[last].Text, ".") && strings.HasPrefix(s.Text, ".") && !strings.HasPrefix(s.Text, "..") {
		s.Text = s.Text[1:]
		if s.Text == "" {
			return out
		}
	}
	if last >= 0 && out[last].Style == s.Style && out[last].Link == s.Link && out[last].Flags == s.Flags {
		out[last].Text += s.Text
		return out
	}
	return append(out, s)
}

// plain is the text of spans.
func plain(spans []content.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
