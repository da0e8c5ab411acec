package pdf

import (
	"crypto/sha256"

	"auftragsmappe/documents/layout"
)

// finisher builds the final file; its buffers are kept for the next document.
type finisher struct {
	out        objects
	painter    painter
	tree       tree
	doc        *layout.Document
	files      []Attachment
	num        numbers
	annots     []int // object numbers in page order; a signature field's appearance is the next
	images     []int // object numbers by image index; 0 = not used
	fields     []int // object numbers of the signature fields
	dests      []int // indexes of the destinations by name
	attached   []int // indexes of the attachments by name
	order      []int // indexes of the nodes by ID
	marks      []mark
	imageParts []*imagePart // by image index
	scratch    []byte
}

// numbers are the object numbers of the file's parts; of parts in a row the first.
type numbers struct {
	catalog, pages, resources, info, metadata, profile int
	page                                               int // and, after each, its contents
	nodes, structRoot, parents                         int
	fonts                                              int // fontObjects each
	outline, dests, files                              int
}

// keptBytes is the size of a file from which on its buffers are not kept.
const keptBytes = 4 << 20

var finishers = newShelf(func() *finisher { return new(finisher) })

// release gives the buffers back; it lets go of the document.
func (f *finisher) release() {
	if cap(f.out.b) > keptBytes {
		return
	}
	f.doc, f.files = nil, nil
	f.painter.doc, f.painter.page, f.painter.pdf, f.painter.contents = nil, nil, nil, nil
	clear(f.imageParts)
	finishers.put(f)
}

// build leaves the finished file in f.out.
func (f *finisher) build(d *layout.Document, files []Attachment) error {
	f.doc, f.files = d, files
	if err := f.check(); err != nil {
		return err
	}
	if err := f.painter.paint(d); err != nil {
		return err
	}
	if err := f.tree.build(d, f.painter.sequences); err != nil {
		return err
	}
	f.number()
	f.out.str("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for _, part := range [...]func(*finisher) error{
		(*finisher).writePages, (*finisher).writeFonts, (*finisher).writeImages, (*finisher).writeAnnots,
		(*finisher).writeTree, (*finisher).writeNames, (*finisher).writeFiles, (*finisher).writeMeta,
	} {
		if err := part(f); err != nil {
			return err
		}
	}
	f.writeResources()
	f.writeCatalog()
	f.writeTrailer()
	return nil
}

// check finds what would make a broken file.
func (f *finisher) check() error {
	d := f.doc
	if len(d.Pages) == 0 || len(d.Nodes) == 0 || d.Nodes[0].Parent != -1 {
		return ErrEmpty
	}
	if d.Meta.Created.IsZero() {
		return ErrDate
	}
	if !inside(d) {
		return ErrReference
	}
	var err error
	f.dests, err = sorted(f.dests, len(d.Dests), func(i int) string { return d.Dests[i].Name })
	if err == nil {
		f.attached, err = sorted(f.attached, len(f.files), func(i int) string { return f.files[i].Name })
	}
	if len(f.attached) < len(f.files) {
		return ErrName
	}
	return err
}

// inside says that all parents stand before their children, and that all pages are there.
func inside(d *layout.Document) bool {
	for i := 1; i < len(d.Nodes); i++ {
		n := &d.Nodes[i]
		if n.Parent < 0 || int(n.Parent) >= i || int(n.Role) >= len(roleNames) || n.Page < 0 || n.Page >= len(d.Pages) {
			return false
		}
	}
	for i := range d.Dests {
		if d.Dests[i].Page < 0 || d.Dests[i].Page >= len(d.Pages) {
			return false
		}
	}
	return true
}

// number gives every part its object numbers; those of images follow later.
func (f *finisher) number() {
	o, n := &f.out, &f.num
	o.reset()
	n.catalog, n.pages, n.resources = o.reserve(1), o.reserve(1), o.reserve(1)
	n.info, n.metadata, n.profile = o.reserve(1), o.reserve(1), o.reserve(1)
	n.page = o.reserve(2 * len(f.doc.Pages))
	f.numberAnnots()
	n.structRoot, n.parents = o.reserve(1), o.reserve(1)
	n.nodes = o.reserve(len(f.doc.Nodes))
	n.fonts = o.reserve(fontObjects * len(f.painter.fonts))
	n.outline, n.dests = 0, 0
	if len(f.doc.Outline) > 0 {
		n.outline = o.reserve(1 + len(f.doc.Outline))
	}
	if len(f.doc.Dests) > 0 {
		n.dests = o.reserve(1)
	}
	n.files = o.reserve(2 * len(f.files)) // specification and embedded file each
}

// writePages writes the page tree and the deflated contents.
func (f *finisher) writePages() error {
	o := &f.out
	o.begin(f.num.pages)
	o.str("<</Type /Pages /Count ")
	o.int(len(f.doc.Pages))
	o.str(" /Kids [")
	for i := range f.doc.Pages {
		o.ref(f.num.page + 2*i)
		o.str(" ")
	}
	o.str("]>>")
	o.end()
	z := deflaters.take()
	defer deflaters.put(z)
	annot := 0
	for i := range f.doc.Pages {
		f.writePage(i, annot)
		annot += len(f.doc.Pages[i].Annots)
		data, err := z.deflate(f.painter.contents[i].Bytes())
		if err != nil {
			return err
		}
		o.begin(f.num.page + 2*i + 1)
		o.stream("/Filter /FlateDecode ", data)
	}
	return nil
}

// writePage writes page i, whose annotations are numbered from annot on.
func (f *finisher) writePage(i, annot int) {
	o, page := &f.out, &f.doc.Pages[i]
	o.begin(f.num.page + 2*i)
	o.entry("<</Type /Page /Parent", f.num.pages)
	o.str(" /MediaBox ")
	o.rect(layout.Box{W: page.Width, H: page.Height}, page.Height)
	o.entry(" /Resources", f.num.resources)
	o.entry(" /Contents", f.num.page+2*i+1)
	o.str(" /StructParents ")
	o.int(i)
	o.str(" /Tabs /S")
	if len(page.Annots) > 0 {
		o.str(" /Annots [")
		for j := range page.Annots {
			o.ref(f.annots[annot+j])
			o.str(" ")
		}
		o.str("]")
	}
	o.str(">>")
	o.end()
}

// writeResources writes the one resource dictionary of all pages.
func (f *finisher) writeResources() {
	o := &f.out
	o.begin(f.num.resources)
	o.str("<</Font <<")
	for i := range f.painter.fonts {
		o.str("/F")
		o.int(i)
		o.entry("", f.num.fonts+fontObjects*i)
	}
	o.str(">>")
	first := true
	for i, n := range f.images {
		if n == 0 {
			continue
		}
		if first {
			o.str(" /XObject <<")
			first = false
		}
		o.str("/I")
		o.int(i)
		o.entry("", n)
	}
	if !first {
		o.str(">>")
	}
	o.str(">>")
	o.end()
}

// writeTrailer ends the file; its identifier is the hash of all before it, so equal files have equal ones.
// The line feed after the last marker lets a signature be appended (an incremental update).
func (f *finisher) writeTrailer() {
	o := &f.out
	start := len(o.b)
	o.str("xref\n0 ")
	o.int(len(o.offsets))
	o.str("\n0000000000 65535 f \n")
	for _, at := range o.offsets[1:] {
		o.b = appendDigits(o.b, at, 10)
		o.str(" 00000 n \n")
	}
	sum := sha256.Sum256(o.b)
	o.str("trailer\n<</Size ")
	o.int(len(o.offsets))
	o.entry(" /Root", f.num.catalog)
	o.entry(" /Info", f.num.info)
	o.str(" /ID [")
	for range 2 {
		o.str("<")
		for _, c := range sum[:16] {
			o.b = append(o.b, hexDigits[c>>4], hexDigits[c&15])
		}
		o.str(">")
	}
	o.str("]>>\nstartxref\n")
	o.int(start)
	o.str("\n%%EOF\n")
}
