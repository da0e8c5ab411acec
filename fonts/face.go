package fonts

// Metrics are the heights of a face in 1/1000 em; Descent is negative.
type Metrics struct {
	Ascent, Descent, CapHeight, XHeight int
}

// Plane is an 8-bit cut of a face, ready to embed as a simple TrueType font (ISO 32000-1 9.6.3) with
// WinAnsiEncoding: its cmap (3,1) is keyed by the characters that WinAnsiEncoding gives to the codes, also where
// the glyph shows another one. What a code spells is in Text and belongs into ToUnicode (ISO 19005-3 6.2.11.7).
//
// All numbers are in 1/1000 em. A Plane is shared: callers must not change it.
type Plane struct {
	Name                string      // PostScript name, unique over all faces and planes
	Program             []byte      // TrueType program, zlib-deflated: FontFile2 with FlateDecode
	Length1             int         // length of the program before deflating
	Widths              [256]uint16 // equal to the program's hmtx; 0 = unused, no glyph is narrower than 1
	Text                [256]string // what each code spells in NFC; "" = unused
	FirstChar, LastChar int         // the lowest and the highest used code
	Ascent, Descent     int         // Descent is negative
	CapHeight           int
	StemV               int
	ItalicAngle         int // degrees, negative for a slant to the right
	Flags               int // FontDescriptor flags (ISO 32000-1 table 123): nonsymbolic, serif, italic
	BBox                [4]int
}

// Metrics gives the face's heights.
func (f Face) Metrics() Metrics {
	t := &faces[f]
	return Metrics{
		Ascent: t.field(fieldAscent), Descent: t.field(fieldDescent),
		CapHeight: t.field(fieldCapHeight), XHeight: t.field(fieldXHeight),
	}
}

// Advance is the width of g in 1/1000 em, 0 for a glyph that does not exist.
func (f Face) Advance(g Glyph) int {
	return int(faces[f].glyph(g).advance)
}

// Kern is what to add to a's advance when b follows, in 1/1000 em: mostly negative, 0 for most pairs.
// It is what the font's own GPOS table says, read by HarfBuzz at build time.
func (f Face) Kern(a, b Glyph) int {
	t := &faces[f]
	at := 2 * (int(t.glyph(a).left)*t.columns + int(t.glyph(b).right))
	return int(int16(uint16(t.kerns[at]) | uint16(t.kerns[at+1])<<8))
}

// Planes is the number of planes, the same for every face.
func (f Face) Planes() int { return len(faces[f].lazy) }

// Plane gives plane n to embed; it is unfolded on first use and then shared. It is nil when there is no such plane.
func (f Face) Plane(n uint8) *Plane {
	t := &faces[f]
	if int(n) >= len(t.lazy) {
		return nil
	}
	return t.lazy[n]()
}
