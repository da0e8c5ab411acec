package fonts

import (
	"unicode"
	"unicode/utf8"
)

const (
	softHyphen = '\u00AD'
	joiner     = '\u200D'
)

// Missing finds the first grapheme that no face can show: a base with all its combining marks, or a whole emoji
// sequence. at is its position in characters, counted from 0; cluster is "" when the faces cover all of s.
//
// Tab, line feed, carriage return and the soft hyphen need no glyph. A base and a mark that are both covered, but
// not together, are missing: the faces place no marks. A mark of DIN 91379 on its own is covered.
func Missing(s string) (cluster string, at int) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		_, n := coverage.lookup(s[i:])
		switch {
		case n == 0 && needsNoGlyph(r):
			n = size
		case n == 0 || !standsAlone(r) && extends(s[i+n:]):
			return s[i : i+clusterLen(s[i:], n)], at
		}
		at += utf8.RuneCountInString(s[i : i+n])
		i += n
	}
	return "", 0
}

func needsNoGlyph(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r == softHyphen
}

// standsAlone says whether a mark after r is shown on its own.
func standsAlone(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) }

// extends says whether s starts with what belongs to the grapheme before it.
func extends(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return extender(r)
}

// extender tells marks, variation selectors, joiners, skin tones and tags.
func extender(r rune) bool {
	return r == joiner || unicode.Is(unicode.M, r) || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// clusterLen is the length in bytes of the grapheme at the start of s, of which n bytes are already known:
// a reading of Unicode Standard Annex 29 that suffices to name the grapheme to its writer.
func clusterLen(s string, n int) int {
	first, size := utf8.DecodeRuneInString(s)
	if n == 0 {
		n = size
	}
	if flag(first) {
		if second, size := utf8.DecodeRuneInString(s[n:]); flag(second) {
			n += size
		}
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !extender(r) {
			return n
		}
		n += size
		if r == joiner {
			_, size = utf8.DecodeRuneInString(s[n:])
			n += size
		}
	}
	return n
}

// flag tells the letters whose pairs are the flags of countries.
func flag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
