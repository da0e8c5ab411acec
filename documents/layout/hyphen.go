package layout

import (
	_ "embed" // the patterns
	"unicode"
	"unicode/utf8"
)

// patternData are the German patterns of 1996; hyphen/convert.mjs describes the format, hyphen/LICENSE the licence.
//
//go:embed hyphen/de-1996.bin
var patternData string

// A hyphen leaves at least this many letters on each side; two on the left are a last resort.
const (
	minLeft   = 2
	minRight  = 3
	minLetter = 5    // a word of fewer letters is not hyphenated
	maxLetter = 60   // nor are the letters after these
	noLetter  = 0xff // a letter that no pattern has
)

// liang is the pattern trie, read in place.
type liang struct {
	data    string
	latin   [256]uint8  // code of a letter below U+0100, noLetter when it has none
	lists   [512]uint32 // address of each level list
	root    int
	further map[rune]uint8 // letters from U+0100 on
}

var german = openPatterns(patternData)

func openPatterns(data string) *liang {
	l := &liang{data: data, further: map[rune]uint8{}}
	for i := range l.latin {
		l.latin[i] = noLetter
	}
	at := 1
	for n := range int(data[0]) {
		r := rune(data[at])<<8 | rune(data[at+1])
		if r < 256 {
			l.latin[r] = uint8(n + 1)
		} else {
			l.further[r] = uint8(n + 1)
		}
		at += 2
	}
	lists := int(data[at])<<8 | int(data[at+1])
	at += 2
	for n := range lists {
		l.lists[n] = uint32(at)
		at += 1 + int(data[at])
	}
	l.root = l.address(at)
	return l
}

func (l *liang) address(at int) int {
	return int(l.data[at])<<16 | int(l.data[at+1])<<8 | int(l.data[at+2])
}

// code gives a letter's number in the trie, whatever its case.
func (l *liang) code(r rune) uint8 {
	r = unicode.ToLower(r)
	if r < 256 {
		return l.latin[r]
	}
	if c, ok := l.further[r]; ok {
		return c
	}
	return noLetter
}

// levels writes into out, for each place before letter n of a word, how much it wants (odd) or refuses (even) a hyphen.
//
// codes are the word's letters between two full stops. F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983.
func (l *liang) levels(codes, out []uint8) {
	clear(out)
	for start := range codes {
		node, base := l.root, max(start-1, 0)
		for _, c := range codes[start:] {
			if node = l.next(node, c); node == 0 {
				break
			}
			list := int(l.data[node])<<8 | int(l.data[node+1])
			if list == 0 {
				continue
			}
			at := int(l.lists[list-1])
			for k := range int(l.data[at]) {
				if level := l.data[at+1+k]; base+k < len(out) && out[base+k] < level {
					out[base+k] = level
				}
			}
		}
	}
}

// next follows the edge with letter c, 0 when there is none.
func (l *liang) next(node int, c uint8) int {
	edges := int(l.data[node+2])
	for at := node + 3; edges > 0; edges-- {
		switch d := l.data[at]; {
		case d == c:
			return l.address(at + 1)
		case d > c:
			return 0
		}
		at += 4
	}
	return 0
}

// hyphenPoints calls add with the byte offset of each place in s, a run of letters, where it may be hyphenated,
// and the number of letters before it.
func (l *liang) hyphenPoints(s string, add func(at, left int)) {
	var codes [maxLetter + 2]uint8
	var offsets [maxLetter + 1]int
	var levels [maxLetter + 3]uint8
	codes[0] = l.latin['.']
	n := 0
	for at, r := range s {
		if n == maxLetter {
			break
		}
		codes[n+1], offsets[n] = l.code(r), at
		n++
	}
	if n < minLetter || n == maxLetter && utf8.RuneCountInString(s) > maxLetter {
		return
	}
	codes[n+1] = l.latin['.']
	l.levels(codes[:n+2], levels[:n+3])
	for k := minLeft; k <= n-minRight; k++ {
		if levels[k]&1 == 1 {
			add(offsets[k], k)
		}
	}
}
