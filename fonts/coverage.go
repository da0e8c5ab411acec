package fonts

import (
	_ "embed" // the coverage
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// coverageData tells which character or sequence lies on which code of which plane; it holds for every face.
//
//go:embed data/coverage.txt
var coverageData string

const (
	pageBits = 6
	pageSize = 1 << pageBits
	// pageCount bounds the single characters: all lie below U+FC00, the last page is that of the ligatures fi, fl.
	pageCount = 0x10000 >> pageBits
	// markLead and markMask find the UTF-8 lead bytes CC and CD: a mark from U+0300 to U+036F may follow.
	markLead, markMask = 0xCC, 0xFE
)

// sequence is an entry of more than one code point.
type sequence struct {
	text  string
	glyph Glyph
}

// coverageTable is the parsed table. The zero Glyph means "none": code 0 is in no plane.
type coverageTable struct {
	latin     [256]Glyph       // fast path
	index     [pageCount]uint8 // page number + 1 of each run of 64 characters
	pages     [][pageSize]Glyph
	sequences map[rune][]sequence // by first character, longest first
	texts     [][256]string
}

var coverage = parseCoverage(coverageData)

func parseCoverage(data string) *coverageTable {
	c := &coverageTable{sequences: map[rune][]sequence{}}
	for line := range strings.Lines(data) {
		if line[0] != '#' {
			c.add(line[:len(line)-1])
		}
	}
	for _, list := range c.sequences {
		sort.Slice(list, func(i, j int) bool { return len(list[i].text) > len(list[j].text) })
	}
	for r := range c.latin {
		c.latin[r] = c.page(rune(r))
	}
	return c
}

// add reads one line: plane, code, code points; a "=" before the code point marks a further character for the code.
func (c *coverageTable) add(line string) {
	plane, rest, _ := strings.Cut(line, " ")
	code, rest, _ := strings.Cut(rest, " ")
	rest, second := strings.CutPrefix(rest, "= ")
	g := Glyph{Plane: uint8(number(plane, 10)), Code: uint8(number(code, 16))}
	var buf [16]byte
	text := buf[:0]
	for part := range strings.SplitSeq(rest, " ") {
		text = utf8.AppendRune(text, rune(number(part, 16)))
	}
	s := string(text)
	for len(c.texts) <= int(g.Plane) {
		c.texts = append(c.texts, [256]string{})
	}
	if !second {
		c.texts[g.Plane][g.Code] = s
	}
	first, size := utf8.DecodeRuneInString(s)
	if size < len(s) {
		c.sequences[first] = append(c.sequences[first], sequence{s, g})
		return
	}
	c.set(first, g)
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
	for _, seq := range c.sequences[r] {
		if strings.HasPrefix(s, seq.text) {
			return seq.glyph, len(seq.text)
		}
	}
	return Glyph{}, 0
}

// number reads the build's own output, which holds nothing but numbers there.
func number(s string, base int) int {
	n, err := strconv.ParseUint(s, base, 21)
	if err != nil {
		panic("fonts: data/coverage.txt: " + err.Error())
	}
	return int(n)
}

// Lookup finds the longest entry at the start of s and says how many bytes it takes; n is 0 when the first
// character is not covered, as tab, line feed and the soft hyphen are. It expects NFC and allocates nothing.
//
// U+00A0, U+202F and the other blanks of fixed width give the blank, U+2010 and U+2011 the hyphen: where a line may
// break is the layout's matter.
func (f Face) Lookup(s string) (g Glyph, n int) {
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
