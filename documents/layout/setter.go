package layout

import (
	"fmt"
	"strconv"
	"sync"
	"unicode/utf8"

	"auftragsmappe/documents/content"
)

const (
	glyphChunk = 8192
	glyphRoom  = 512
)

// setter holds everything that is needed while one document is set; it is reused, what it leaves in doc is not.
type setter struct {
	in     *content.Document
	doc    *Document
	look   *look
	accent Color
	err    error
	glyphs []Glyph // room for the glyphs of runs to come

	// A paragraph.
	spans    []content.Span
	style    *textStyle
	measure  Unit
	items    []item
	breaks   []breakpoint
	nodes    []node
	active   []int32
	chosen   []int32
	dirty    []bool // spans of which something was left out
	sumW     int64
	sumZ     int64
	forced   int   // forced breaks
	openLink int32 // Link node of linkSpan
	linkSpan int32

	// The document's vertical list.
	out    []Item
	links  []Annot
	lines  []line
	boxes  []box
	marks  []mark
	tables []tableFlow
	cols   []column  // of the table at hand
	row    []cellBox // of the row at hand
	pages  []pageSpan
	costs  []pageCost
	fixed  []Item // of page 1, with the letter's head

	fixedLinks []Annot // likewise

	parent   int32 // node that new blocks belong to
	level    int   // of the last heading
	annexes  int   // so far
	keep     int   // boxes to come that stay with the one before
	gap      Unit  // least distance before the next box
	hang     Unit  // indent of lists after numbered paragraphs
	ids      int   // names given to headings without an ID
	headings []content.Heading
	tocs     []tocLine
	span     [2]content.Span // room for text of layout's own
	foot     footArea
	top      Unit // of page 1's text
	nextTop  Unit // of the other pages' text
}

var setters = sync.Pool{New: func() any { return new(setter) }}

// Pages sets a document on pages. It is pure: the same content and style give the same pages.
//
// It fails on a character that no face has (fonts.Missing finds those before) and on a picture that cannot be read.
func Pages(d *content.Document, s *Style) (*Document, error) {
	t := setters.Get().(*setter)
	defer t.release()
	t.start(d, s)
	if d.Form == content.FormLetter && d.Letter != nil {
		t.letter(d.Letter)
	} else {
		t.letterhead()
	}
	t.setFoot()
	t.blocks(d.Blocks, frame{t.look.left, t.look.measure})
	t.breakPages()
	t.assemble()
	if t.err != nil {
		return nil, fmt.Errorf("setting %q: %w", d.Title, t.err)
	}
	return t.doc, nil
}

func (t *setter) start(d *content.Document, s *Style) {
	t.in, t.err = d, nil
	t.doc = &Document{
		Meta:  Meta{Title: d.Title, Lang: d.Lang, Author: d.Author, Subject: d.Subject, Created: d.Date},
		Nodes: make([]Node, 1, 48+nodeCount(d.Blocks)),
	}
	t.doc.Nodes[0] = Node{Parent: -1, Role: RoleDocument}
	t.accent = darkBlue
	if s != nil && s.Accent != (Color{}) {
		t.accent = readable(s.Accent)
	}
	switch d.Form {
	case content.FormLetter:
		t.look = &letterLook
	case content.FormSheet:
		t.look = &sheetLook
	default:
		t.look = &deedLook
	}
	t.glyphs = make([]Glyph, 0, glyphChunk)
	t.parent, t.level, t.keep, t.gap, t.hang, t.ids, t.annexes = 0, 0, 0, 0, 0, 0, 0
	t.top, t.nextTop = topFirst, topNext
	t.collectHeadings(d.Blocks)
}

// nodeCount is about how many elements of the structure tree blocks will need.
func nodeCount(blocks []content.Block) (n int) {
	for _, b := range blocks {
		n += 2
		switch b := b.(type) {
		case content.Table:
			n += (len(b.Rows) + 1) * (len(b.Head) + 1)
		case content.List:
			for _, item := range b.Items {
				n += 3 + nodeCount(item)
			}
		}
	}
	return n
}

// release empties the scratch room, so that it keeps no text alive, and gives it back.
func (t *setter) release() {
	clear(t.items)
	clear(t.out)
	clear(t.links)
	clear(t.marks)
	clear(t.tables)
	clear(t.fixed)
	clear(t.fixedLinks)
	t.fixedLinks = t.fixedLinks[:0]
	clear(t.headings)
	clear(t.tocs)
	t.items, t.out, t.links, t.marks = t.items[:0], t.out[:0], t.links[:0], t.marks[:0]
	t.tables, t.fixed, t.headings, t.tocs = t.tables[:0], t.fixed[:0], t.headings[:0], t.tocs[:0]
	t.lines, t.boxes, t.pages = t.lines[:0], t.boxes[:0], t.pages[:0]
	t.in, t.doc, t.spans, t.style, t.glyphs = nil, nil, nil, nil, nil
	t.span = [2]content.Span{}
	t.foot = footArea{}
	setters.Put(t)
}

// addNode adds an element to the structure tree.
func (t *setter) addNode(n Node) int32 {
	t.doc.Nodes = append(t.doc.Nodes, n)
	return int32(len(t.doc.Nodes) - 1)
}

// text makes a span list of one string; it lives until the next call.
func (t *setter) text(s string) []content.Span {
	t.span[0] = content.Span{Text: s}
	return t.span[:1]
}

// name gives a heading without an ID one.
func (t *setter) name(id string) string {
	if id != "" {
		return id
	}
	t.ids++
	return "h-" + strconv.Itoa(t.ids)
}

// missingGlyph is the error for text that no face can show.
func missingGlyph(s string) error {
	r, _ := utf8.DecodeRuneInString(s)
	return fmt.Errorf("no glyph for %q", r)
}
