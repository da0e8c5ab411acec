package layout

import (
	"strings"
	"unicode/utf8"

	"auftragsmappe/documents/content"
)

// itemKind is the kind of a piece of a paragraph.
type itemKind uint8

const (
	itemWord itemKind = iota
	itemGlue
	itemForced // a forced line break
)

// item is a word, a blank or a forced break of a paragraph.
type item struct {
	word   *word
	width  Unit
	span   int32
	t0, t1 int32 // bytes of the span's text
	kind   itemKind
	fixed  bool // a blank at which no line ends
}

// breakpoint is a place where a line may end, with the sums that make any line's width a subtraction.
type breakpoint struct {
	w, aw  int64 // width from the paragraph's start to the line's end here, and to the next line's start
	z, az  int64 // stretch likewise
	cost   int32
	item   int32 // where the next line starts: item and, inside a word, glyph and byte
	glyph  int32
	text   int32
	hyphen bool
	forced bool
	inside bool // inside a word
}

// Costs of breaks that are no hyphens.
const (
	costBeforeDash = 60    // a line that starts with a dash
	costEmergency  = 20000 // a break where there is none
)

// itemize cuts t.spans into items and finds all breakpoints.
func (t *setter) itemize() {
	t.items, t.breaks = t.items[:0], t.breaks[:0]
	t.breaks = append(t.breaks, breakpoint{})
	t.sumW, t.sumZ = 0, 0
	t.dirty = t.dirty[:0]
	for n := range t.spans {
		t.dirty = append(t.dirty, false)
		t.itemizeSpan(n)
	}
	for len(t.items) > 0 && t.items[len(t.items)-1].kind != itemWord { // blanks and line ends at the end
		last := t.items[len(t.items)-1]
		t.sumW -= int64(last.width)
		t.sumZ -= int64(last.width) / 2
		if last.kind == itemForced {
			t.forced--
		}
		t.items = t.items[:len(t.items)-1]
	}
	for len(t.breaks) > 1 && int(t.breaks[len(t.breaks)-1].item) > len(t.items) {
		t.breaks = t.breaks[:len(t.breaks)-1]
	}
	t.addBreak(breakpoint{w: t.sumW, z: t.sumZ, aw: t.sumW, az: t.sumZ, item: int32(len(t.items)), forced: true})
}

// itemizeSpan walks over one span: words, blanks, forced breaks.
func (t *setter) itemizeSpan(n int) {
	s := t.spans[n].Text
	for at := 0; at < len(s); {
		kind, size := blankAt(s[at:])
		switch kind {
		case notBlank:
			end := wordEnd(s, at)
			t.addWord(n, at, end)
			at = end
			continue
		case lineEnd:
			t.addForced(n, at, at+size)
		case dropped:
			t.dirty[n] = true
		case blank, fixedBlank, narrowBlank:
			t.addGlue(n, at, at+size, kind)
		}
		at += size
	}
}

// blankKind tells blanks apart.
type blankKind uint8

const (
	notBlank blankKind = iota
	blank
	fixedBlank
	narrowBlank
	lineEnd
	dropped // no meaning: the carriage return of a line feed
)

// blankAt classifies the character at the start of s.
func blankAt(s string) (kind blankKind, size int) {
	switch c := s[0]; {
	case c == ' ', c == '\t':
		return blank, 1
	case c == '\r' && len(s) > 1 && s[1] == '\n':
		return dropped, 1
	case c == '\n', c == '\r':
		return lineEnd, 1
	case c == 0xC2 && len(s) > 1 && s[1] == 0xA0:
		return fixedBlank, 2
	case c >= 0xE2 && c < 0xF0:
		return wideBlank(s)
	}
	return notBlank, 1
}

// wideBlank classifies the blanks above U+07FF, all of which the faces show as the blank.
func wideBlank(s string) (kind blankKind, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '\u202f', r == '\u2009', r == '\u200a':
		return narrowBlank, size
	case r == '\u2007':
		return fixedBlank, size
	case r >= '\u2000' && r <= '\u200a', r == '\u205f', r == '\u3000':
		return blank, size
	}
	return notBlank, size
}

// wordEnd is where the word that starts at byte at ends: at a blank, or at a base character when it grows too long.
func wordEnd(s string, at int) int {
	for end := at; end < len(s); {
		if c := s[end]; c > ' ' && c < 0xC2 && end-at < maxWord { // nearly always
			end++
			continue
		}
		kind, size := blankAt(s[end:])
		if kind != notBlank && end > at {
			return end
		}
		if end-at >= maxWord && s[end] < utf8.RuneSelf {
			return end
		}
		end += size
	}
	return len(s)
}

// addGlue adds a blank; blanks at the start of a line and after another blank are left out.
func (t *setter) addGlue(n, from, to int, kind blankKind) {
	span := &t.spans[n]
	last := len(t.items) - 1
	if last < 0 || t.items[last].kind != itemWord && kind == blank || t.items[last].kind == itemForced {
		t.dirty[n] = true
		return
	}
	if kind == blank && span.Text[from] != ' ' {
		t.dirty[n] = true
	}
	face, size := t.style.faces[span.Style], t.style.sizes[span.Style]
	width := scale(faceSigns[face].blankWidth, size)
	if kind == narrowBlank {
		width = width * 6 / 10
	}
	fixed := kind != blank || span.Flags&content.NoBreak != 0
	t.items = append(t.items, item{width: width, span: int32(n), t0: int32(from), t1: int32(to), kind: itemGlue, fixed: fixed})
	w, z := t.sumW, t.sumZ
	t.sumW += int64(width)
	t.sumZ += int64(width) / 2
	if !fixed {
		t.addBreak(breakpoint{w: w, z: z, aw: t.sumW, az: t.sumZ, item: int32(len(t.items))})
	}
}

// addForced ends the line; several line ends in a row are one, and none stands at a paragraph's start or end.
func (t *setter) addForced(n, from, to int) {
	for last := len(t.items) - 1; last >= 0 && t.items[last].kind == itemGlue; last-- {
		t.sumW -= int64(t.items[last].width)
		t.sumZ -= int64(t.items[last].width) / 2
		t.items = t.items[:last]
		t.dirty[n] = true
	}
	for len(t.breaks) > 1 && int(t.breaks[len(t.breaks)-1].item) > len(t.items) {
		t.breaks = t.breaks[:len(t.breaks)-1]
	}
	if last := len(t.items) - 1; last < 0 || t.items[last].kind == itemForced { // no empty line inside a paragraph
		t.dirty[n] = true
		return
	}
	t.forced++
	t.items = append(t.items, item{span: int32(n), t0: int32(from), t1: int32(to), kind: itemForced})
	t.addBreak(breakpoint{w: t.sumW, z: t.sumZ, aw: t.sumW, az: t.sumZ, item: int32(len(t.items)), forced: true})
}

// addWord shapes a word and adds it with the breaks that the style and the span allow.
func (t *setter) addWord(n, from, to int) {
	span, st := &t.spans[n], t.style
	s := span.Text[from:to]
	w := words.get(st.faces[span.Style], s)
	if w.missing >= 0 && t.err == nil {
		t.err = missingGlyph(s[w.missing:])
	}
	if len(w.glyphs) == 0 {
		t.dirty[n] = true
		return
	}
	size := st.sizes[span.Style]
	index := int32(len(t.items))
	t.items = append(t.items, item{word: w, width: scale(w.width, size), span: int32(n), t0: int32(from), t1: int32(to)})
	if s[0] == 0xE2 && isDash(s) && len(t.breaks) > 1 && t.breaks[len(t.breaks)-1].item == index {
		t.breaks[len(t.breaks)-1].cost += costBeforeDash
	}
	t.addWordBreaks(w, span)
	if strings.Contains(s, softHyphen) {
		t.dirty[n] = true
	}
	t.sumW += int64(scale(w.width, size))
}

// addWordBreaks adds the breaks of the word just added that the style and the span allow.
func (t *setter) addWordBreaks(w *word, span *content.Span) {
	st, size := t.style, t.style.sizes[span.Style]
	for k := range w.breaks {
		b := &w.breaks[k]
		if !b.soft && b.hyphen && (st.hyphens == noHyphens || span.Flags != 0) || span.Flags&content.NoBreak != 0 {
			continue
		}
		p := breakpoint{
			w: t.sumW + int64(scale(b.before, size)), aw: t.sumW + int64(scale(b.after, size)), z: t.sumZ, az: t.sumZ,
			cost: b.extra, item: int32(len(t.items) - 1), glyph: b.glyph, text: b.text, hyphen: b.hyphen, inside: true,
		}
		if b.hyphen {
			p.cost += int32(max(st.hyphens, someHyphens))
		}
		t.addBreak(p)
	}
}

// isDash says whether a word is a dash alone.
func isDash(s string) bool { return s == "–" || s == "—" }

// scale turns 1/1000 em into units.
func scale(em int32, size Unit) Unit { return Unit(int64(em) * int64(size) / 1000) }
