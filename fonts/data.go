package fonts

import (
	_ "embed" // the faces
	"strconv"
	"sync"
)

// The files that build/build.py makes. All numbers are little-endian.
//
//	header   10 int16: ascent, descent, cap height, x-height, StemV, italic angle, flags, planes, left classes, right classes
//	planes   per plane: uint32 packed length, uint32 length, 4 int16 bounding box
//	widths   per plane 256 uint16
//	left     per plane 256 uint16: the class as the left glyph of a pair
//	right    per plane 256 uint16: the class as the right glyph of a pair
//	kerning  left classes × right classes int16
//	programs packed, one after the other
//
// They are read in place: nothing is unpacked at start.
var (
	//go:embed data/text.bin
	textData string
	//go:embed data/text-italic.bin
	textItalicData string
	//go:embed data/text-semibold.bin
	textSemiboldData string
	//go:embed data/text-bold.bin
	textBoldData string
	//go:embed data/text-bold-italic.bin
	textBoldItalicData string
	//go:embed data/title.bin
	titleData string
	//go:embed data/sans.bin
	sansData string
	//go:embed data/sans-semibold.bin
	sansSemiboldData string
)

const (
	headerSize = 10 * 2
	recordSize = 2*4 + 4*2
	tableSize  = 256 * 2
)

// Positions in the header.
const (
	fieldAscent = iota
	fieldDescent
	fieldCapHeight
	fieldXHeight
	fieldStemV
	fieldAngle
	fieldFlags
	fieldPlanes
	fieldLeft
	fieldRight
)

// table is one face's file and where its parts start.
type table struct {
	name                                 string // PostScript name without the plane
	data                                 string
	widths, left, right, kerns, programs int
	planes, columns                      int
	lazy                                 []func() *Plane
}

var faces = [FaceCount]table{
	Text:           open("Werktext-Regular", textData),
	TextItalic:     open("Werktext-Italic", textItalicData),
	TextSemibold:   open("Werktext-Semibold", textSemiboldData),
	TextBold:       open("Werktext-Bold", textBoldData),
	TextBoldItalic: open("Werktext-BoldItalic", textBoldItalicData),
	Title:          open("WerktextTitel-Semibold", titleData),
	Sans:           open("Werksans-Regular", sansData),
	SansSemibold:   open("Werksans-Semibold", sansSemiboldData),
}

func open(name, data string) table {
	t := table{name: name, data: data}
	t.planes = t.field(fieldPlanes)
	t.columns = t.field(fieldRight)
	t.widths = headerSize + t.planes*recordSize
	t.left = t.widths + t.planes*tableSize
	t.right = t.left + t.planes*tableSize
	t.kerns = t.right + t.planes*tableSize
	t.programs = t.kerns + t.field(fieldLeft)*t.columns*2
	t.lazy = make([]func() *Plane, t.planes)
	for n := range t.lazy {
		t.lazy[n] = sync.OnceValue(func() *Plane { return t.plane(n) })
	}
	return t
}

// uint16At reads two bytes.
func (t *table) uint16At(at int) uint16 {
	return uint16(t.data[at]) | uint16(t.data[at+1])<<8
}

func (t *table) int16At(at int) int { return int(int16(t.uint16At(at))) }

func (t *table) uint32At(at int) int {
	return int(t.uint16At(at)) | int(t.uint16At(at+2))<<16
}

func (t *table) field(n int) int { return t.int16At(n * 2) }

// entry reads one of the tables with 256 numbers per plane; a plane that does not exist has zeros.
func (t *table) entry(start int, g Glyph) int {
	if int(g.Plane) >= t.planes {
		return 0
	}
	return int(t.uint16At(start + (int(g.Plane)<<8|int(g.Code))*2))
}

// plane unfolds one plane for embedding.
func (t *table) plane(n int) *Plane {
	record := headerSize + n*recordSize
	start := t.programs
	for i := range n {
		start += t.uint32At(headerSize + i*recordSize)
	}
	p := &Plane{
		Name:    t.name + "-" + strconv.Itoa(n),
		Program: []byte(t.data[start : start+t.uint32At(record)]),
		Length1: t.uint32At(record + 4),
		Ascent:  t.field(fieldAscent), Descent: t.field(fieldDescent), CapHeight: t.field(fieldCapHeight),
		StemV: t.field(fieldStemV), ItalicAngle: t.field(fieldAngle), Flags: t.field(fieldFlags),
		Text: coverage.texts[n],
	}
	for i := range p.BBox {
		p.BBox[i] = t.int16At(record + 8 + i*2)
	}
	for code := range p.Widths {
		p.Widths[code] = uint16(t.entry(t.widths, Glyph{Plane: uint8(n), Code: uint8(code)}))
		if p.Text[code] == "" {
			continue
		}
		p.LastChar = code
		if p.FirstChar == 0 {
			p.FirstChar = code
		}
	}
	return p
}
