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
//	glyphs   per plane 256: uint16 advance, uint8 class as the left one of a pair, uint8 class as the right one
//	kerning  left classes × right classes int16
//	programs packed, one after the other
//
// Kerning and programs are read in place; only the glyphs' 4 bytes each are unpacked at start.
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
	glyphSize  = 4
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

// glyphData is what the layout asks for most.
type glyphData struct {
	advance     uint16
	left, right uint8 // classes of kerning; 0 = never kerned
}

// table is one face's file and where its parts start.
type table struct {
	name     string // PostScript name without the plane
	data     string
	glyphs   []glyphData // plane<<8 | code
	kerns    string      // int16, row by row
	columns  int
	programs int // start of the first
	lazy     []func() *Plane
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
	planes := t.field(fieldPlanes)
	at := headerSize + planes*recordSize
	t.glyphs = make([]glyphData, planes*256)
	for i := range t.glyphs {
		t.glyphs[i] = glyphData{t.uint16At(at), data[at+2], data[at+3]}
		at += glyphSize
	}
	t.columns = t.field(fieldRight)
	t.programs = at + t.field(fieldLeft)*t.columns*2
	t.kerns = data[at:t.programs]
	t.lazy = make([]func() *Plane, planes)
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

// glyph gives the data of g; a plane that does not exist has zeros.
func (t *table) glyph(g Glyph) glyphData {
	i := uint(g.Plane)<<8 | uint(g.Code)
	if i >= uint(len(t.glyphs)) {
		return glyphData{}
	}
	return t.glyphs[i]
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
		p.Widths[code] = t.glyphs[n<<8|code].advance
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
