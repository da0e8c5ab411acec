package texts

import (
	"fmt"
	"strconv"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

// Fill is a kind's text filled with a case. An error is a fault of the text (a slot without value), never of user data.
func (lib *Library) Fill(kind decision.Kind, c *Case) (*content.Document, error) {
	t := lib.texts[kind]
	if t == nil {
		return nil, fmt.Errorf("fill: no text for %q", kind)
	}
	row, _ := decision.RowOf(kind)
	f := &filler{
		lib: lib, c: c, deed: row.Form == content.FormDeed, labels: map[string]label{},
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
