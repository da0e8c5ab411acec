package pdf

import (
	"strconv"
	"sync/atomic"

	"auftragsmappe/fonts"
)

// fontObjects is the number of objects of a font: font, descriptor, program, ToUnicode.
const fontObjects = 4

// fontPart is a plane as it stands in every file that uses it, but for object numbers. Made once, then only read.
type fontPart struct {
	font       []byte // inside of the font dictionary
	descriptor []byte // inside of the descriptor
	program    string // inside of the program's dictionary
	data       []byte // program, deflated
	unicode    []byte // ToUnicode, deflated
}

var fontParts [fonts.FaceCount][256]atomic.Pointer[fontPart]

// part gives a plane's part; two callers may make the same one at the same time.
func part(k faceKey) (*fontPart, error) {
	slot := &fontParts[k.face][k.plane]
	if p := slot.Load(); p != nil {
		return p, nil
	}
	if int(k.plane) >= k.face.Planes() {
		return nil, ErrReference
	}
	p, err := newFontPart(k.face.Plane(k.plane))
	if err == nil {
		slot.Store(p)
	}
	return p, err
}

func newFontPart(p *fonts.Plane) (*fontPart, error) {
	z, err := deflated(toUnicode(p))
	if err != nil {
		return nil, err
	}
	return &fontPart{
		font: fontDict(p), descriptor: fontDescriptor(p), data: p.Program, unicode: z,
		program: "/Filter /FlateDecode /Length1 " + strconv.Itoa(p.Length1) + " ",
	}, nil
}

// fontDict: the glyphs of a plane are keyed by WinAnsi codes, whatever they show; ToUnicode says what.
func fontDict(p *fonts.Plane) []byte {
	b := append([]byte("<</Type /Font /Subtype /TrueType /Encoding /WinAnsiEncoding /BaseFont "), appendName(nil, p.Name)...)
	b = append(b, " /FirstChar "...)
	b = appendInt(b, int(p.FirstChar))
	b = append(b, " /LastChar "...)
	b = appendInt(b, int(p.LastChar))
	b = append(b, " /Widths ["...)
	for c := int(p.FirstChar); c <= int(p.LastChar); c++ {
		b = appendInt(b, int(p.Widths[c]))
		b = append(b, ' ')
	}
	return append(b, "] /FontDescriptor"...)
}

func fontDescriptor(p *fonts.Plane) []byte {
	b := append([]byte("<</Type /FontDescriptor /FontName "), appendName(nil, p.Name)...)
	for _, e := range [...]struct {
		key   string
		value int
	}{
		{" /Flags ", p.Flags},
		{" /ItalicAngle ", p.ItalicAngle},
		{" /Ascent ", p.Ascent},
		{" /Descent ", p.Descent},
		{" /CapHeight ", p.CapHeight},
		{" /StemV ", p.StemV},
	} {
		b = append(b, e.key...)
		b = appendInt(b, e.value)
	}
	b = append(b, " /FontBBox ["...)
	for _, n := range p.BBox {
		b = appendInt(b, n)
		b = append(b, ' ')
	}
	return append(b, "] /FontFile2"...)
}

const (
	cmapHead = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
	cmapTail  = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
	cmapBlock = 100 // entries that a block may have
)

// toUnicode maps every code to what it spells, also to a base with its marks (ISO 32000-1 9.10.3).
func toUnicode(p *fonts.Plane) []byte {
	var codes []int
	for c, s := range p.Text {
		if s != "" {
			codes = append(codes, c)
		}
	}
	b := []byte(cmapHead)
	for len(codes) > 0 {
		n := min(len(codes), cmapBlock)
		b = appendInt(b, n)
		b = append(b, " beginbfchar\n"...)
		for _, c := range codes[:n] {
			b = append(b, '<', hexDigits[c>>4], hexDigits[c&15])
			b = append(b, "> <"...)
			b = appendHex16(b, p.Text[c])
			b = append(b, ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
		codes = codes[n:]
	}
	return append(b, cmapTail...)
}

// writeFonts writes the planes that the document uses.
func (f *finisher) writeFonts() error {
	o := &f.out
	for i, k := range f.painter.fonts {
		p, err := part(k)
		if err != nil {
			return err
		}
		n := f.num.fonts + fontObjects*i
		o.begin(n)
		o.b = append(o.b, p.font...)
		o.entry("", n+1)
		o.entry(" /ToUnicode", n+3)
		o.str(">>")
		o.end()
		o.begin(n + 1)
		o.b = append(o.b, p.descriptor...)
		o.entry("", n+2)
		o.str(">>")
		o.end()
		o.begin(n + 2)
		o.stream(p.program, p.data)
		o.begin(n + 3)
		o.stream("/Filter /FlateDecode ", p.unicode)
	}
	return nil
}
