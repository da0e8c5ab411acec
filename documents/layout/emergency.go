package layout

import (
	"strings"

	"auftragsmappe/fonts"
)

// addBreak adds a breakpoint; where the text since the last one is wider than the measure it first adds others.
func (t *setter) addBreak(b breakpoint) {
	if b.w-t.breaks[len(t.breaks)-1].aw > int64(t.measure) {
		t.emergency(&b)
		if b.inside && b.w-t.breaks[len(t.breaks)-1].aw > int64(t.measure) {
			return
		}
	}
	t.breaks = append(t.breaks, b)
}

// breaker walks over text that has no allowed break within the measure and breaks it all the same: best at a fixed
// blank or a hyphen that the style or the writer did not want, else between two glyphs.
type breaker struct {
	*setter
	x, z      int64 // sums at the current place
	start     int64 // where the line starts
	candidate breakpoint
	found     bool // there is a candidate on this line
}

func (t *setter) emergency(to *breakpoint) {
	from := t.breaks[len(t.breaks)-1]
	b := breaker{setter: t, x: from.aw, z: from.az, start: from.aw}
	last := len(t.items) - 1
	for n := int(from.item); n <= last; n++ {
		it := &t.items[n]
		if it.kind != itemWord {
			b.blank(n, it)
			continue
		}
		first, end := 0, len(it.word.glyphs)
		if n == int(from.item) && from.inside {
			first = int(from.glyph)
		}
		if n == last && to.inside {
			end = int(to.glyph)
		}
		b.word(n, first, end)
	}
}

// blank makes a fixed blank the candidate.
func (b *breaker) blank(n int, it *item) {
	next := breakpoint{
		w: b.x, z: b.z, aw: b.x + int64(it.width), az: b.z + int64(it.width)/2, cost: costEmergency, item: int32(n + 1),
	}
	b.x, b.z = next.aw, next.az
	if it.fixed {
		b.candidate, b.found = next, true
	}
}

// word walks over the glyphs first to end of item n.
func (b *breaker) word(n, first, end int) {
	it := &b.items[n]
	face, size := b.style.faces[b.spans[it.span].Style], b.style.sizes[b.spans[it.span].Style]
	text := b.spans[it.span].Text[it.t0:it.t1]
	em, at, origin := int32(0), 0, b.x
	for g := range it.word.glyphs[:end] {
		if g == first {
			origin = b.x - int64(scale(em, size))
		}
		for strings.HasPrefix(text[at:], softHyphen) {
			at += len(softHyphen)
		}
		glyph := &it.word.glyphs[g]
		left, right := origin+int64(scale(em, size)), origin+int64(scale(em+int32(face.Advance(glyph.Glyph)), size))
		last := left // where the glyph before ends, without the kern to this one
		if g > 0 {
			last -= int64(scale(int32(it.word.glyphs[g-1].Kern), size))
		}
		if g > first {
			b.wordBreak(n, g, origin, size)
		}
		if g >= first && right-b.start > int64(b.measure) {
			b.end(breakpoint{w: last, z: b.z, aw: left, az: b.z, cost: costEmergency, item: int32(n), glyph: int32(g), text: int32(at), inside: true}, right)
		}
		em += int32(face.Advance(glyph.Glyph)) + int32(glyph.Kern)
		at += glyphBytes(face, text[at:])
	}
	b.x = origin + int64(it.width)
}

// wordBreak makes the word's own break before glyph g the candidate, if it has one there.
func (b *breaker) wordBreak(n, g int, origin int64, size Unit) {
	for _, wb := range b.items[n].word.breaks {
		w := origin + int64(scale(wb.before, size))
		if int(wb.glyph) == g && w-b.start <= int64(b.measure) {
			b.candidate = breakpoint{
				w: w, z: b.z, aw: origin + int64(scale(wb.after, size)), az: b.z, cost: costEmergency,
				item: int32(n), glyph: wb.glyph, text: wb.text, hyphen: wb.hyphen, inside: true,
			}
			b.found = true
		}
	}
}

// end ends the line at the candidate, or before the glyph at hand, whose right edge does not fit.
func (b *breaker) end(here breakpoint, right int64) {
	if b.found {
		b.found = false
		b.breaks = append(b.breaks, b.candidate)
		b.start = b.candidate.aw
	}
	if right-b.start > int64(b.measure) && here.w > b.start {
		b.breaks = append(b.breaks, here)
		b.start = here.aw
	}
}

// glyphBytes is how many bytes of s its first glyph takes.
func glyphBytes(f fonts.Face, s string) int {
	if s == "" {
		return 0
	}
	if _, n := f.Lookup(s); n > 0 {
		return n
	}
	return 1
}
