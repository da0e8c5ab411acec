package pdf

import (
	"github.com/jung-kurt/gofpdf"

	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

// sequence is a marked-content sequence: neighbouring items of one node on one page.
type sequence struct {
	node, page, mcid int32
}

// faceKey is a plane of a face.
type faceKey struct {
	face  fonts.Face
	plane uint8
}

// textState is what the content stream has set and what holds on over text objects.
type textState struct {
	font  int // index in painter.fonts + 1; 0 = none
	size  layout.Unit
	space layout.Unit // word spacing
}

// painter walks the pages once and leaves the page contents, the sequences and the planes used.
//
// Text, marked content, images and fills are written as raw operators, pages, frames and turns by gofpdf's own calls. The
// pages are those of a gofpdf template: such a one gives its contents out without a copy, a document only inside of a file.
type painter struct {
	pdf  *gofpdf.Fpdf
	doc  *layout.Document
	page *layout.Page
	buf  []byte // operators not yet handed to gofpdf

	contents  []gofpdf.Template // by page
	sequences []sequence        // in paint order
	counts    []int32           // marked-content identifiers per page
	fonts     []faceKey         // in order of first use: resource F0, F1 …
	fontIndex [fonts.FaceCount][256]uint8
	images    []bool // used

	current key  // of the open sequence
	open    bool // a sequence is open
	text    bool // a text object is open
	x, y    layout.Unit
	state   textState
	fill    layout.Color
}

// key tells sequences apart.
type key struct {
	node     int32
	artifact layout.Artifact
}

// paint leaves the contents of all pages of d, which has at least one, in p.contents.
func (p *painter) paint(d *layout.Document) error {
	p.reset(d)
	var err error
	t := gofpdf.CreateTpl(gofpdf.PointType{}, sizeOf(&d.Pages[0]), "P", "pt", "", func(t *gofpdf.Tpl) {
		err = p.pages(&t.Fpdf)
	})
	p.contents = t.FromPages()
	return err
}

func (p *painter) reset(d *layout.Document) {
	*p = painter{
		doc: d,
		buf: p.buf[:0], sequences: p.sequences[:0], counts: p.counts[:0], fonts: p.fonts[:0], images: p.images[:0],
	}
	for range d.Images {
		p.images = append(p.images, false)
	}
}

// pages paints all pages; the first one is there already.
func (p *painter) pages(pdf *gofpdf.Fpdf) error {
	p.pdf = pdf
	pdf.SetAutoPageBreak(false, 0)
	for i := range p.doc.Pages {
		p.page = &p.doc.Pages[i]
		if i > 0 {
			pdf.AddPageFormat("P", sizeOf(p.page))
		}
		if err := p.paintPage(); err != nil {
			return err
		}
	}
	return pdf.Error()
}

func (p *painter) paintPage() error {
	p.state, p.fill = textState{}, layout.Color{}
	p.counts = append(p.counts, 0)
	for i := range p.page.Items {
		if err := p.item(&p.page.Items[i]); err != nil {
			return err
		}
	}
	p.endSequence()
	if p.text {
		p.toggleText()
	}
	p.flush()
	return nil
}

func sizeOf(p *layout.Page) gofpdf.SizeType {
	return gofpdf.SizeType{Wd: points(p.Width), Ht: points(p.Height)}
}

// points is the one place where a length becomes a float: gofpdf wants it.
func points(u layout.Unit) float64 { return float64(u) / 1000 }

func (p *painter) item(it *layout.Item) error {
	if int(it.Node) >= len(p.doc.Nodes) || it.Node < 0 {
		return ErrReference
	}
	if it.Kind == layout.KindRun {
		if len(it.Run.Glyphs) == 0 {
			return nil
		}
		if it.Run.Face >= fonts.FaceCount {
			return ErrReference
		}
	}
	p.sequence(it)
	if it.Turn != 0 {
		return p.turned(it)
	}
	return p.shape(it)
}

// turned paints an item rotated around its place.
func (p *painter) turned(it *layout.Item) error {
	p.setFill(it.Color)
	p.flush()
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(float64(it.Turn), points(it.Box.X), points(it.Box.Y))
	kept := p.state
	if it.Kind == layout.KindRun {
		p.toggleText()
	}
	err := p.shape(it)
	if p.text {
		p.toggleText()
	}
	p.flush()
	p.pdf.TransformEnd()
	p.state = kept
	return err
}

func (p *painter) shape(it *layout.Item) error {
	switch it.Kind {
	case layout.KindRun:
		p.setFill(it.Color)
		p.run(it)
	case layout.KindRule, layout.KindFill:
		p.setFill(it.Color)
		p.rect(&it.Box)
	case layout.KindFrame:
		p.frame(it)
	case layout.KindImage:
		return p.image(it)
	}
	return nil
}

// rect fills a box. Tables have many: handed to gofpdf one by one, each would end the run of raw operators.
func (p *painter) rect(box *layout.Box) {
	b := append(appendUnit(p.buf, box.X), ' ')
	b = append(appendUnit(b, p.page.Height-box.Y-box.H), ' ')
	b = append(appendUnit(b, box.W), ' ')
	p.buf = append(appendUnit(b, box.H), " re f\n"...)
}

func (p *painter) frame(it *layout.Item) {
	p.flush()
	p.pdf.SetDrawColor(int(it.Color.R), int(it.Color.G), int(it.Color.B))
	p.pdf.SetLineWidth(points(it.LineWidth))
	p.pdf.Rect(points(it.Box.X), points(it.Box.Y), points(it.Box.W), points(it.Box.H), "D")
}

// setFill sets the colour to fill with, of text too; a page begins with black.
func (p *painter) setFill(c layout.Color) {
	if c == p.fill {
		return
	}
	p.fill = c
	if c.R == c.G && c.G == c.B {
		p.buf = append(appendShare(p.buf, c.R), " g\n"...)
		return
	}
	p.buf = append(appendShare(p.buf, c.R), ' ')
	p.buf = append(appendShare(p.buf, c.G), ' ')
	p.buf = append(appendShare(p.buf, c.B), " rg\n"...)
}

// appendShare writes part/255, rounded to thousandths.
func appendShare(b []byte, part uint8) []byte {
	return appendUnit(b, layout.Unit((2000*int(part)+255)/510))
}

// flush hands the operators written so far to gofpdf, which copies them.
func (p *painter) flush() {
	if len(p.buf) == 0 {
		return
	}
	p.pdf.RawWriteStr(string(p.buf[:len(p.buf)-1])) // gofpdf ends the line
	p.buf = p.buf[:0]
}

// sequence makes sure that the open marked-content sequence is the item's (ISO 32000-1 14.6, 14.8.2.2).
// Text has its sequences inside the text object, so that one object holds many; shapes have theirs outside.
func (p *painter) sequence(it *layout.Item) {
	text := it.Kind == layout.KindRun && it.Turn == 0
	replace := it.Kind == layout.KindRun && it.Run.Replace && it.Node != 0
	k := key{node: it.Node}
	if it.Node == 0 {
		k.artifact = it.Artifact
	}
	if p.open && p.current == k && p.text == text && !replace {
		return
	}
	p.endSequence()
	if p.text != text {
		p.toggleText()
	}
	p.open, p.current = true, k
	switch {
	case it.Node == 0:
		p.beginArtifact(it.Artifact)
	case replace:
		p.beginContent(it.Node, "Span", it.Run.Text)
	default:
		p.beginContent(it.Node, roleNames[p.doc.Nodes[it.Node].Role], "")
	}
}

// beginContent opens the next sequence of a node; actual says what its glyphs stand for, if not for themselves
// (ISO 32000-1 14.9.4). That is a property of a sequence of its own: readers stumble over sequences inside others.
func (p *painter) beginContent(node int32, tag, actual string) {
	page := len(p.counts) - 1
	mcid := p.counts[page]
	p.counts[page]++
	p.sequences = append(p.sequences, sequence{node, int32(page), mcid})
	p.buf = append(p.buf, '/')
	p.buf = append(p.buf, tag...)
	p.buf = append(p.buf, " <</MCID "...)
	p.buf = appendInt(p.buf, int(mcid))
	if actual != "" {
		p.buf = append(p.buf, " /ActualText "...)
		p.buf = appendUTF16(p.buf, actual)
	}
	p.buf = append(p.buf, ">> BDC\n"...)
}

func (p *painter) beginArtifact(a layout.Artifact) {
	switch a {
	case layout.ArtifactPagination:
		p.buf = append(p.buf, "/Artifact <</Type /Pagination>> BDC\n"...)
	case layout.ArtifactBackground: // the box is required for this one
		p.buf = append(p.buf, "/Artifact <</Type /Background /BBox [0 0 "...)
		p.buf = appendUnit(p.buf, p.page.Width)
		p.buf = append(p.buf, ' ')
		p.buf = appendUnit(p.buf, p.page.Height)
		p.buf = append(p.buf, "]>> BDC\n"...)
	default:
		p.buf = append(p.buf, "/Artifact <</Type /Layout>> BDC\n"...)
	}
}

func (p *painter) endSequence() {
	if p.open {
		p.buf = append(p.buf, "EMC\n"...)
		p.open = false
	}
}

// toggleText begins or ends a text object; a new one starts at the page's origin.
func (p *painter) toggleText() {
	p.text, p.x, p.y = !p.text, 0, 0
	if p.text {
		p.buf = append(p.buf, "BT\n"...)
		return
	}
	p.buf = append(p.buf, "ET\n"...)
}
