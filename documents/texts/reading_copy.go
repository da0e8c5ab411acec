package texts

import (
	"fmt"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

// ReadingCopy is the whole text of a kind for a lawyer's review (the Lesefassung): every clause and every variant, its
// condition in words beside it, slots as named blanks. Nothing is chosen and nothing left out. It has no date; numbers
// of §§ and paragraphs are those of the complete text.
func (lib *Library) ReadingCopy(kind decision.Kind) (*content.Document, error) {
	t := lib.texts[kind]
	if t == nil {
		return nil, fmt.Errorf("reading copy: no text for %q", kind)
	}
	reviews, err := Reviews()
	if err != nil {
		return nil, fmt.Errorf("reading copy: %w", err)
	}
	row, _ := decision.RowOf(kind)
	r := &copier{
		filler: filler{lib: lib, deed: row.Form == content.FormDeed, labels: map[string]label{}},
		text:   t, row: row, anchors: map[string]string{}, used: usesOf(t), state: reviewState(reviews, kind, t.Version),
	}
	if err := r.used.check(); err != nil {
		return nil, fmt.Errorf("reading copy of %s.md: %w", t.Name, err)
	}
	d := r.frame()
	d.Blocks = r.blocks()
	if r.err != nil {
		return nil, fmt.Errorf("reading copy of %s.md: %w", t.Name, r.err)
	}
	return d, nil
}

// copier writes a reading copy; of the filler it uses what numbers and refers.
type copier struct {
	filler
	text    *Text
	row     decision.Row
	anchors map[string]string // id of a section or paragraph → id of the section
	used    uses
	state   string // of the review
}

func (r *copier) frame() *content.Document {
	return &content.Document{
		Kind: string(r.row.Kind), Title: "Lesefassung: " + r.row.Title, Lang: "de-DE", Author: "Auftragsmappe",
		Subject: "Text zur Prüfung, Version " + r.text.Version, Form: content.FormSheet,
		Footer: []content.Column{{"Lesefassung zur Prüfung"}, {"Version des Textes: " + r.text.Version}},
	}
}

// blocks is how to read the copy, the wording, and what helps to review it.
func (r *copier) blocks() []content.Block {
	all := complete(r.text)
	r.number(all)
	r.anchor(all)
	out := r.front()
	for i := range all {
		out = r.section(out, &all[i])
	}
	out = append(out, r.catalogues()...)
	out = append(out, r.conditionTable()...)
	out = append(out, r.blankTable()...)
	out = append(out, r.coverTable()...)
	return append(out, r.review(all)...)
}

// complete is the text with all its sections and blocks.
func complete(t *Text) []shown {
	out := make([]shown, 0, len(t.sections))
	annex := false
	for i := range t.sections {
		s := &t.sections[i]
		if s.level == 1 {
			annex = s.annex
		}
		all := shown{section: s, inAnnex: annex}
		for j := range s.blocks {
			all.blocks = append(all.blocks, shownBlock{block: &s.blocks[j]})
		}
		out = append(out, all)
	}
	return out
}

// anchor notes where the references lead: a row of a table has no place of its own, its section has.
func (r *copier) anchor(all []shown) {
	for i := range all {
		id := all[i].id
		if id == "" {
			continue
		}
		r.anchors[id] = id
		for j := range all[i].blocks {
			r.anchors[all[i].blocks[j].id] = id
		}
	}
}

// bare says that a section is the title of a deed: it stands at the head of the copy already.
func (s *shown) bare() bool { return s.level == 1 && !s.annex && len(s.blocks) == 0 }

// section is a heading, what there is to know about the section, and its sentences.
func (r *copier) section(out []content.Block, s *shown) []content.Block {
	if s.bare() {
		return out
	}
	title := r.spans(s.title)
	switch {
	case s.annex:
		out = append(out, content.Annex{Number: s.number, Title: plain(title), ID: s.id})
	case s.inAnnex:
		out = append(out, content.Heading{Level: s.level + 1, Text: title, ID: s.id})
	default:
		out = append(out, content.Heading{Level: max(s.level, 2), Number: s.number, Text: title, ID: s.id})
	}
	out = append(out, r.about(s)...)
	rows := r.rows(s)
	if len(rows) == 0 {
		return out
	}
	t := content.Table{Columns: []content.TableColumn{{Width: 270}, {Width: 730}}, Carry: content.NoCarry, Summary: "Bedingungen und Wortlaut: " + plain(title)}
	for _, row := range rows {
		t.Rows = append(t.Rows, []content.Cell{{Text: r.margin(&row)}, {Text: row.text}})
	}
	return append(out, t)
}

// about is what a section is about, when it stands in the document, and what it covers.
func (r *copier) about(s *shown) []content.Block {
	var out []content.Block
	add := func(style content.ParaStyle, spans ...content.Span) {
		out = append(out, content.Para{Style: style, Keep: content.KeepWithNext, Text: spans})
	}
	if s.plain != "" {
		add(content.Lead, content.Span{Text: tie(s.plain), Style: content.Italic})
	}
	if when := s.cond.inWords(); when != "" {
		add(content.Lead, content.Span{Text: "Ganzer Abschnitt: nur " + when, Style: content.Small})
	}
	if s.each != "" {
		add(content.Lead, content.Span{Text: "Ganzer Abschnitt: je Zugang einmal", Style: content.Small})
	}
	if len(s.covers) > 0 {
		add(content.Note, content.Span{Text: "Deckt ab: " + r.coverage(s.covers, "; ")})
	}
	return out
}

// inline is one inline of the source as the copy shows it: blanks and alternatives in italics.
func (r *copier) inline(i *inline) []content.Span {
	s := content.Span{Text: i.text, Style: content.Italic}
	switch i.kind {
	case inlineSlot:
		s.Text, s.Flags = "["+tie(blanks[i.text].blank)+"]", content.NoHyphen
	case inlineTone, inlineSelf:
		s.Text = i.text + de.NBSP + "/ " + i.other
	case inlineWord:
		s.Text, s.Style = i.word.In(de.Masculine), content.Regular
	case inlineReference:
		s = content.Span{Text: r.reference(i), Flags: content.NoBreak, Link: r.linkTo(i.link)}
	default:
		s = content.Span{Text: i.text, Link: i.link}
	}
	if i.strong {
		s.Style = content.Strong
	}
	return []content.Span{s}
}

// linkTo leads to the section of an id; "" when it has no id.
func (r *copier) linkTo(id string) string {
	if to := r.anchors[id]; to != "" {
		return "#" + to
	}
	return ""
}

func (r *copier) spans(inlines []inline) []content.Span {
	var out []content.Span
	for i := range inlines {
		for _, s := range r.inline(&inlines[i]) {
			out = appendSpan(out, s)
		}
	}
	return out
}
