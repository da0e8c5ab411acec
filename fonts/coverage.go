package fonts

import (
	"cmp"
	_ "embed" // the coverage
	"slices"
	"strings"
	"unicode/utf8"
)

// coverageData tells which character or sequence lies on which code of which plane; it holds for every face.
//
//go:embed data/coverage.txt
var coverageData string

const (
	pageBits  = 6
	pageSize  = 1 << pageBits
	pageCount = 0x10000 >> pageBits // no character beyond the Basic Multilingual Plane is covered
	// markLead and markMask find the UTF-8 lead bytes CC and CD: a mark from U+0300 to U+036F may follow.
	markLead, markMask = 0xCC, 0xFE
)

// sequence is an entry of more than one code point.
type sequence struct {
	first rune
	text  string
	glyph Glyph
}

// span is a part of the sequences.
type span struct{ from, to int }

// coverageTable is the parsed table. The zero Glyph means "none": code 0 is in no plane.
type coverageTable struct {
	ascii     [256]Glyph       // by byte, empty from 0x80 on
	latin     [256]Glyph       // by character
	index     [pageCount]uint8 // page number + 1 of each run of 64 characters
	pages     [][pageSize]Glyph
	sequences []sequence // by first character, longest first
	spans     map[rune]span
	texts     [][256]string
}

var coverage = parseCoverage(coverageData)

func parseCoverage(data string) *coverageTable {
	c := &coverageTable{}
	for line := range strings.Lines(data) {
		if line[0] != '#' {
			c.add(line[:len(line)-1])
		}
	}
	c.order()
	for r := range c.latin {
		c.latin[r] = c.page(rune(r))
	}
	copy(c.ascii[:utf8.RuneSelf], c.latin[:])
	return c
}

// add reads one line: plane, code, text; a "=" before the plane marks a further character for the code.
func (c *coverageTable) add(line string) {
	line, second := strings.CutPrefix(line, "=")
	g := Glyph{Plane: line[0] - '0', Code: hex(line[2])<<4 | hex(line[3])}
	text := line[5:]
	if len(c.texts) <= int(g.Plane) {
		c.texts = append(c.texts, [256]string{})
	}
	if !second {
		c.texts[g.Plane][g.Code] = text
	}
	first, size := utf8.DecodeRuneInString(text)
	if size < len(text) {
		c.sequences = append(c.sequences, sequence{first, text, g})
		return
	}
	c.set(first, g)
}

// hex reads a digit of the build's own output.
func hex(digit byte) uint8 {
	if digit <= '9' {
		return digit - '0'
	}
	return digit - 'A' + 10
}

// order sorts the sequences and notes where those of each first character lie.
func (c *coverageTable) order() {
	slices.SortFunc(c.sequences, func(a, b sequence) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(len(b.text), len(a.text)))
	})
	c.spans = make(map[rune]span, len(c.sequences))
	for i, seq := range c.sequences {
		s, seen := c.spans[seq.first]
		if !seen {
			s.from = i
		}
		s.to = i + 1
		c.spans[seq.first] = s
	}
}

func (c *coverageTable) set(r rune, g Glyph) {
	page := &c.index[r>>pageBits]
	if *page == 0 {
		c.pages = append(c.pages, [pageSize]Glyph{})
		*page = uint8(len(c.pages))
	}
	c.pages[*page-1][r&(pageSize-1)] = g
}

// page finds a single character, the zero Glyph when it is not covered.
func (c *coverageTable) page(r rune) Glyph {
	if r>>pageBits >= pageCount {
		return Glyph{}
	}
	page := c.index[r>>pageBits]
	if page == 0 {
		return Glyph{}
	}
	return c.pages[page-1][r&(pageSize-1)]
}

// longest finds the longest sequence at the start of s, whose first character is r; n is its length in bytes.
func (c *coverageTable) longest(r rune, s string) (g Glyph, n int) {
	where := c.spans[r]
	for _, seq := range c.sequences[where.from:where.to] {
		if strings.HasPrefix(s, seq.text) {
			return seq.glyph, len(seq.text)
		}
	}
	return Glyph{}, 0
}

// Lookup finds the longest entry at the start of s and says how many bytes it takes; n is 0 when the first
// character is not covered, as tab, line feed and the soft hyphen are. It expects NFC and allocates nothing.
//
// U+00A0, U+202F and the other blanks of fixed width give the blank, U+2010 and U+2011 the hyphen: where a line may
// break is the layout's matter.
func (f Face) Lookup(s string) (g Glyph, n int) {
	if len(s) > 1 && s[1] < utf8.RuneSelf { // two ASCII characters: no mark follows; a byte of a longer one falls through
		if g = coverage.ascii[s[0]]; g.Code != 0 {
			return g, 1
		}
	}
	return coverage.lookup(s)
}

func (c *coverageTable) lookup(s string) (g Glyph, n int) {
	if s == "" {
		return Glyph{}, 0
	}
	r, size := rune(s[0]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(s)
	}
	if size < len(s) && s[size]&markMask == markLead {
		if g, n = c.longest(r, s); n > 0 {
			return g, n
		}
	}
	if r < rune(len(c.latin)) {
		g = c.latin[r]
	} else {
		g = c.page(r)
	}
	if g == (Glyph{}) {
		return Glyph{}, 0
	}
	return g, size
}
