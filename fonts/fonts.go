// Package fonts holds the embedded typefaces: metrics, kerning, coverage and the programs to embed.
//
// A face is cut into 8-bit planes: plane 0 is cp1252 (nearly every German document needs only this one),
// further planes hold the other characters of DIN 91379. Every entry of that norm, also a sequence of a base
// and combining marks, is one glyph with one code and one width. The package knows nothing of documents.
package fonts

// Face is one style of one family.
type Face uint8

// The faces, in the order of their files.
const (
	Text           Face = iota // Werktext Regular: running text
	TextItalic                 // Werktext Italic
	TextSemibold               // Werktext Semibold: § headings, emphasis
	TextBold                   // Werktext Bold
	TextBoldItalic             // Werktext Bold Italic
	Title                      // Werktext Titel Semibold: titles from 16 pt on
	Sans                       // Werksans Regular: labels, info block, footer
	SansSemibold               // Werksans Semibold: table heads, labels
	FaceCount
)

// Glyph is a code in one of a face's planes.
type Glyph struct {
	Plane uint8
	Code  uint8
}
