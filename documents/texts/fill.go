package texts

import (
	"fmt"
	"strconv"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// Fill is a kind's text filled with a case. An error is a fault of the text (a slot without value), never of user data.
func (lib *Library) Fill(kind decision.Kind, c *Case) (*content.Document, error) {
	t := lib.texts[kind]
	if t == nil {
		return nil, fmt.Errorf("fill: no text for %q", kind)
	}
	f := &filler{
		lib: lib, c: c, deed: kinds[kind] == content.FormDeed, labels: map[string]label{},
		client:     de.GrammarOf(&c.Engagement.Client.Party),
		contractor: de.GrammarOf(&c.Engagement.Contractor.Party),
	}
	visible := f.visible(t)
	f.number(visible)
	doc := frame(kind, c)
	doc.Blocks = f.emit(visible, kicker(kind, c))
	if f.err != nil {
		return nil, fmt.Errorf("fill %s.md: %w", t.Name, f.err)
	}
	return doc, nil
}

// filler is the state of one Fill.
type filler struct {
	lib                *Library
	c                  *Case
	deed               bool
	client, contractor de.Grammar
	labels             map[string]label // by id
	err                error
}

// label is how a heading or paragraph is referred to.
type label struct{ section, paragraph, annex string }

// shown is a section with what is left of it.
type shown struct {
	*section
	c       *Case // the case, seen from one access in a repeated section
	inAnnex bool
	number  string // "§ 4", "Anlage 1"
	blocks  []shownBlock
}

type shownBlock struct {
	*block
	number string          // "(2)"
	lines  []*line         // of a paragraph
	items  [][]*line       // of a list
	filled []content.Block // of a slot
}

// holds says that a condition is true of the case.
func (f *filler) holds(cond condition) bool {
	for _, t := range cond {
		if conditions[t.name](f.c) == t.not {
			return false
		}
	}
	return true
}

// visible is the sections and blocks whose conditions hold, without sections left empty.
func (f *filler) visible(t *Text) []shown {
	out := make([]shown, 0, len(t.sections))
	whole := f.c
	hidden, annex := 0, false // hidden: level of the heading whose condition is false
	for i := range t.sections {
		s := &t.sections[i]
		if hidden > 0 && s.level > hidden {
			continue
		}
		hidden = 0
		if s.level == 1 {
			annex = s.annex
		}
		if !f.holds(s.cond) {
			hidden = s.level
			continue
		}
		for _, c := range f.views(s) {
			f.c = c
			out = append(out, shown{section: s, c: c, inAnnex: annex, blocks: f.blocks(s)})
		}
		f.c = whole
	}
	return withoutEmpty(out)
}

// views is the case, once; of a repeated section once for each access.
func (f *filler) views(s *section) []*Case {
	if s.each == "" {
		return []*Case{f.c}
	}
	var out []*Case
	for i := range f.c.Engagement.Access {
		out = append(out, f.c.at(i))
	}
	return out
}

func withoutEmpty(in []shown) []shown {
	for i := len(in) - 1; i >= 0; i-- {
		leads := i+1 < len(in) && in[i+1].level > in[i].level
		if len(in[i].blocks) == 0 && !leads && (in[i].level > 1 || in[i].annex) {
			in = append(in[:i], in[i+1:]...)
		}
	}
	return in
}

func (f *filler) blocks(s *section) []shownBlock {
	out := make([]shownBlock, 0, len(s.blocks))
	for i := range s.blocks {
		b := &s.blocks[i]
		if !f.holds(b.cond) {
			continue
		}
		sb := shownBlock{block: b}
		switch b.kind {
		case blockParagraph:
			sb.lines = f.lines(b)
		case blockList:
			for j := range b.items {
				if lines := f.item(&b.items[j]); len(lines) > 0 {
					sb.items = append(sb.items, lines)
				}
			}
		case blockInsert:
			sb.filled = f.lib.blockSlots[b.slot](f.c)
		}
		if len(sb.lines)+len(sb.items)+len(sb.filled) > 0 {
			out = append(out, sb)
		}
	}
	return out
}

func (f *filler) item(b *block) []*line {
	if !f.holds(b.cond) {
		return nil
	}
	return f.lines(b)
}

func (f *filler) lines(b *block) []*line {
	out := make([]*line, 0, len(b.lines))
	for i := range b.lines {
		if f.holds(b.lines[i].cond) {
			out = append(out, &b.lines[i])
		}
	}
	return out
}

// number gives §§, annexes and paragraphs their numbers and notes how ids are referred to.
func (f *filler) number(sections []shown) {
	sec, annex := 0, 0
	for i := range sections {
		s := &sections[i]
		switch {
		case s.annex:
			annex++
			s.number = "Anlage" + de.NBSP + strconv.Itoa(annex)
		case f.deed && s.level == 2 && !s.inAnnex && !s.has("unnumbered"):
			sec++
			s.number = "§" + de.NBSP + strconv.Itoa(sec)
		}
		f.mark(s.id, label{section: s.number, annex: s.number})
		f.paragraphs(s)
	}
}

func (f *filler) paragraphs(s *shown) {
	numbered := 0
	for i := range s.blocks {
		if s.blocks[i].numbered() {
			numbered++
		}
	}
	n := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		l := label{section: s.number, annex: s.number}
		if f.deed && s.level == 2 && !s.inAnnex && !s.has("unnumbered") && numbered > 1 && b.numbered() {
			n++
			b.number = "(" + strconv.Itoa(n) + ")"
			l.paragraph = strconv.Itoa(n)
		}
		f.mark(b.id, l)
	}
}

func (b *shownBlock) numbered() bool {
	return b.kind == blockParagraph && !b.has("nonumber") && !b.has("note") && !b.has("lead")
}

func (f *filler) mark(id string, l label) {
	if id != "" {
		f.labels[id] = l
	}
}

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
