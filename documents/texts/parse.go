package texts

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"auftragsmappe/documents/content"
)

// markdown is the subset of CommonMark that wording needs: headings, paragraphs, lists, emphasis, links, and slots.
var markdown = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(slotParser{}, 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	),
)

// slotNode is a "{…}" or "{{…}}" of the source.
type slotNode struct {
	ast.BaseInline
	body   string
	double bool
}

var kindSlot = ast.NewNodeKind("Slot")

func (n *slotNode) Kind() ast.NodeKind { return kindSlot }

func (n *slotNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type slotParser struct{}

func (slotParser) Trigger() []byte { return []byte{'{'} }

func (slotParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	double := len(line) > 1 && line[1] == '{'
	closing, width := "}", 1
	if double {
		closing, width = "}}", 2
	}
	end := strings.Index(string(line[width:]), closing)
	if end < 0 {
		return nil
	}
	block.Advance(end + 2*width)
	return &slotNode{body: string(line[width : width+end]), double: double}
}

// builder turns the Markdown tree into a Text; the first fault is kept with its place.
type builder struct {
	source []byte
	text   *Text
	err    error
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%s.md: "+format, append([]any{b.text.Name}, args...)...)
	}
}

// parse reads one text; names of conditions, slots and links are checked by Load.
func parse(name string, source []byte) (*Text, error) {
	b := &builder{source: source, text: &Text{Name: name, Version: version(source)}}
	for n := markdown.Parse(text.NewReader(source)).FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n)
	}
	if b.err == nil && (len(b.text.sections) == 0 || b.text.sections[0].level != 1) {
		b.fail("does not begin with a title")
	}
	return b.text, b.err
}

func (b *builder) block(n ast.Node) {
	if h, ok := n.(*ast.Heading); ok {
		b.heading(h)
		return
	}
	if len(b.text.sections) == 0 {
		b.fail("text before the title")
		return
	}
	s := &b.text.sections[len(b.text.sections)-1]
	switch n := n.(type) {
	case *ast.Paragraph:
		s.blocks = append(s.blocks, b.paragraph(n))
	case *ast.List:
		s.blocks = append(s.blocks, b.list(n))
	default:
		b.fail("unexpected %s", n.Kind())
	}
}

func (b *builder) heading(h *ast.Heading) {
	lines := b.lines(h)
	if len(lines) != 1 {
		b.fail("a heading is one line")
		return
	}
	s := section{level: h.Level, title: lines[0].inlines}
	if last := len(s.title) - 1; last >= 0 && s.title[last].kind == inlineAttributes {
		s.attributes = b.attributes(s.title[last].text)
		s.title = trimRight(s.title[:last])
	}
	s.annex = h.Level == 1 && len(b.text.sections) > 0
	b.text.sections = append(b.text.sections, s)
}

// trimRight removes the blanks between a heading's text and its attributes.
func trimRight(title []inline) []inline {
	if last := len(title) - 1; last >= 0 && title[last].kind == inlineText {
		if title[last].text = strings.TrimRight(title[last].text, " "); title[last].text == "" {
			return title[:last]
		}
	}
	return title
}

func (b *builder) paragraph(n ast.Node) block {
	lines := b.lines(n)
	p := block{kind: blockParagraph}
	if len(lines) > 0 && len(lines[0].inlines) == 1 && lines[0].inlines[0].kind == inlineAttributes {
		p.attributes = b.attributes(lines[0].inlines[0].text)
		lines = lines[1:]
	}
	if len(lines) == 1 && len(lines[0].inlines) == 1 && lines[0].inlines[0].kind == inlineBlockSlot {
		p.kind, p.slot = blockInsert, lines[0].inlines[0].text
		return p
	}
	for i := range lines {
		lines[i] = b.conditional(lines[i])
	}
	p.lines = lines
	return p
}

// conditional takes a leading {if="…"} off a line.
func (b *builder) conditional(l line) line {
	if len(l.inlines) == 0 || l.inlines[0].kind != inlineAttributes {
		return l
	}
	a := b.attributes(l.inlines[0].text)
	if a.id != "" || len(a.flags) > 0 {
		b.fail("a line may only carry if and covers: %q", l.inlines[0].text)
	}
	l.attributes = a
	l.inlines = l.inlines[1:]
	if first := l.inlines; len(first) > 0 && first[0].kind == inlineText {
		if first[0].text = strings.TrimLeft(first[0].text, " "); first[0].text == "" {
			l.inlines = first[1:]
		}
	}
	return l
}

func (b *builder) list(n *ast.List) block {
	l := block{kind: blockList, style: content.Dash}
	switch {
	case n.IsOrdered():
		l.style = content.Alpha
	case n.Marker == '+':
		l.style = content.Box
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if item.ChildCount() != 1 {
			b.fail("a list item is one paragraph")
			continue
		}
		l.items = append(l.items, b.paragraph(item.FirstChild()))
	}
	return l
}

// lines collects a block's inline nodes, one entry for each source line.
func (b *builder) lines(n ast.Node) []line {
	c := &collector{builder: b, lines: []line{{}}}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.add(child, inline{})
	}
	kept := c.lines[:0]
	for _, l := range c.lines {
		if len(l.inlines) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

type collector struct {
	*builder
	lines []line
}

// add appends a node in the style and link of its parents.
func (c *collector) add(n ast.Node, parent inline) {
	switch n := n.(type) {
	case *ast.Text:
		c.text(string(n.Segment.Value(c.source)), parent)
		if n.SoftLineBreak() || n.HardLineBreak() {
			c.lines = append(c.lines, line{})
		}
	case *slotNode:
		c.push(c.slot(n, parent))
	case *ast.Emphasis:
		parent.strong = parent.strong || n.Level == 2
		parent.italic = parent.italic || n.Level == 1
		c.children(n, parent)
	case *ast.Link:
		c.link(n, parent)
	default:
		c.fail("unexpected inline %s", n.Kind())
	}
}

func (c *collector) children(n ast.Node, parent inline) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		c.add(child, parent)
	}
}

func (c *collector) text(s string, parent inline) {
	if s == "" {
		return
	}
	parent.kind, parent.text = inlineText, tie(s)
	c.push(parent)
}

func (c *collector) push(i inline) {
	last := &c.lines[len(c.lines)-1]
	last.inlines = append(last.inlines, i)
}

func (c *collector) link(n *ast.Link, parent inline) {
	target := string(n.Destination)
	label := string(n.Text(c.source)) //nolint:staticcheck // the label of a reference is plain text
	switch {
	case !strings.HasPrefix(target, "#"):
		parent.link = target
		c.children(n, parent)
	case label == "§" || label == "Abs" || label == "Anlage":
		parent.kind, parent.text, parent.link = inlineReference, label, target[1:]
		c.push(parent)
	default:
		parent.link = target
		c.children(n, parent)
	}
}
