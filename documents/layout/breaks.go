package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const softHyphen = "\u00ad"

// What a break inside a word costs beyond the cost of a hyphen.
const (
	costTwoLetters = 45   // only two letters stay
	costInCompound = 60   // a hyphen in a word that has hyphens of its own
	costAddress    = 4000 // after a sign of a web or mail address: only where nothing else fits
	costSign       = 20   // after a hyphen or slash of the word
)

// findBreaks finds all places where the word may be broken, in rising order.
//
// Web and mail addresses break after their signs and without a hyphen, so that nobody copies one.
func (sh *shaper) findBreaks() {
	s := sh.text
	if len(sh.word.glyphs) < 4 {
		return
	}
	if isAddress(s) {
		sh.addressBreaks()
		return
	}
	compound := strings.ContainsAny(s, "-\u2010/")
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case unicode.IsLetter(r):
			end := at + letterRun(s[at:])
			sh.letterBreaks(at, end, compound)
			at = end
			continue
		case r == '\u00ad' && at > 0:
			sh.addBreak(at+size, wordBreak{hyphen: true, soft: true})
		case r == '-' || r == '\u2010' || r == '/' || r == '\u2013':
			sh.signBreak(at, at+size)
		}
		at += size
	}
}

// isAddress says whether s looks like a web or mail address.
func isAddress(s string) bool {
	return strings.Contains(s, "@") || strings.Contains(s, "://") || strings.HasPrefix(s, "www.")
}

// letterRun is the length in bytes of the letters and their marks at the start of s.
func letterRun(s string) int {
	for at, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return at
		}
	}
	return len(s)
}

// letterBreaks hyphenates the letters from byte at to end. A word that the writer gave soft hyphens has only these.
func (sh *shaper) letterBreaks(at, end int, compound bool) {
	if strings.Contains(sh.text, softHyphen) {
		return
	}
	german.hyphenPoints(sh.text[at:end], func(offset, left int) {
		b := wordBreak{hyphen: true}
		if left == minLeft {
			b.extra += costTwoLetters
		}
		if compound {
			b.extra += costInCompound
		}
		sh.addBreak(at+offset, b)
	})
}

// signBreak allows a break after the sign from byte at to end when it stands before a letter, and between two characters
// or more on each side: not in "E-Mail", "§§ 3-5", "12/2026" or "AN-2026-0007".
func (sh *shaper) signBreak(at, end int) {
	before, _ := utf8.DecodeLastRuneInString(sh.text[:at])
	after, _ := utf8.DecodeRuneInString(sh.text[end:])
	if !unicode.IsLetter(after) || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
		return
	}
	if utf8.RuneCountInString(sh.text[:at]) < minLeft || utf8.RuneCountInString(sh.text[end:]) < minLeft {
		return
	}
	sh.addBreak(end, wordBreak{extra: costSign})
}

// addressBreaks allows breaks after the signs of an address, with two characters or more on each side.
func (sh *shaper) addressBreaks() {
	s := sh.text
	for at := minLeft; at+minLeft < len(s); at++ {
		switch s[at] {
		case '@', '/', '.', '-', '_', '?', '&', '=', '#':
			if next := s[at+1]; next != '/' && next != '.' {
				sh.addBreak(at+1, wordBreak{extra: costAddress})
			}
		}
	}
}
