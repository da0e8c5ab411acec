package layout

// node is what total fit knows of the best way to a breakpoint.
type node struct {
	demerits int64
	prev     int32
	class    int8 // how loose the line that ends here is: 0 tight, 1 normal, 2 loose, 3 very loose
	hyphens  int8 // lines in a row that end with a hyphen, this one included
}

// Demerits beyond (10 + badness)² + cost², D. E. Knuth and M. F. Plass, Breaking paragraphs into lines, 1981.
const (
	demeritsHyphens   = 15_000    // two lines in a row end with a hyphen
	demeritsThree     = 400_000   // three
	demeritsContrast  = 8_000     // a tight line beside a loose one
	demeritsLastWord  = 150_000   // the last line starts with the rest of a word
	demeritsWidow     = 4_000_000 // the last line is hardly a word: fewer than about four letters
	demeritsShortLast = 12_000    // the last line is shorter than an eighth of the measure
	badnessMax        = 10_000
)

// tolerance of badness of the first try; the second takes any line that is not too wide.
const tolerance = 600

// fitting is the shape that lines are fitted to.
type fitting struct {
	measure   int64
	slack     int64 // stretch of a ragged line; 0 = justified
	emergency int64 // stretch added in the second try
	size      int64
}

// fit chooses the breakpoints that make the paragraph's lines best and leaves their indexes in t.chosen.
//
// It always succeeds: no breakpoint is further from the next than the measure (addBreak).
func (t *setter) fit() {
	f := fitting{measure: int64(t.measure), size: int64(t.style.sizes[0])}
	if t.style.align != justified {
		f.slack = min(f.size*6, f.measure/4)
	}
	t.chosen = t.chosen[:0]
	if last := &t.breaks[len(t.breaks)-1]; t.forced == 1 && last.w <= f.measure {
		t.chosen = append(t.chosen, int32(len(t.breaks)-1))
		return
	}
	if !t.try(&f, tolerance) {
		f.emergency = f.measure / 10
		t.try(&f, badnessMax+1)
	}
	for n := int32(len(t.breaks) - 1); n > 0; n = t.nodes[n].prev {
		t.chosen = append(t.chosen, n)
	}
	for i, j := 0, len(t.chosen)-1; i < j; i, j = i+1, j-1 {
		t.chosen[i], t.chosen[j] = t.chosen[j], t.chosen[i]
	}
}

// try runs over all breakpoints once; it says whether every line stays within the tolerance of badness.
func (t *setter) try(f *fitting, limit int64) bool {
	if cap(t.nodes) < len(t.breaks) {
		t.nodes = make([]node, len(t.breaks)*2)
	}
	t.nodes = t.nodes[:len(t.breaks)]
	t.nodes[0] = node{class: 1}
	t.active = append(t.active[:0], 0)
	for n := 1; n < len(t.breaks); n++ {
		best, ok := t.best(f, int32(n), limit)
		if t.breaks[n].forced {
			t.active = t.active[:0]
		}
		if ok {
			t.nodes[n] = best
			t.active = append(t.active, int32(n))
		}
		if len(t.active) == 0 {
			return false
		}
	}
	return true
}

// best finds the best line that ends at breakpoint n and drops the starts that are now too far away.
func (t *setter) best(f *fitting, n int32, limit int64) (best node, ok bool) {
	b := &t.breaks[n]
	kept := t.active[:0]
	for _, a := range t.active {
		from := &t.breaks[a]
		short := f.measure - (b.w - from.aw)
		stretch := b.z - from.az
		if f.slack > 0 {
			stretch = 0
		}
		if -short > stretch*2/3 {
			continue
		}
		kept = append(kept, a)
		w := node{prev: a}
		bad, class := t.badness(f, b, short, stretch)
		if bad > limit {
			continue
		}
		w.class = class
		w.demerits = t.demerits(f, b, &w, bad)
		if !ok || w.demerits < best.demerits {
			best, ok = w, true
		}
	}
	if len(kept) == 0 && !ok && limit > badnessMax { // a single glyph wider than the measure
		last := t.active[len(t.active)-1]
		best, ok = node{demerits: t.nodes[last].demerits + demeritsWidow, prev: last, class: 1}, true
	}
	t.active = kept
	if ok && b.hyphen {
		best.hyphens = min(t.nodes[best.prev].hyphens+1, 100)
	}
	return best, ok
}

// badness is 100 r³ of the ratio by which the line's blanks, or its ragged edge, must give.
func (t *setter) badness(f *fitting, b *breakpoint, short, stretch int64) (bad int64, class int8) {
	switch {
	case short < 0:
		bad = cubed(-short, stretch*2/3)
		if bad > 12 {
			return bad, 0
		}
		return bad, 1
	case b.forced:
		return 0, 1
	case f.slack > 0:
		return cubed(short, f.slack+f.emergency), 1
	}
	bad = cubed(short, stretch+f.emergency)
	switch {
	case bad > 99:
		return bad, 3
	case bad > 12:
		return bad, 2
	}
	return bad, 1
}

// cubed is 100 (t/s)³, at most badnessMax.
func cubed(t, s int64) int64 {
	if t == 0 {
		return 0
	}
	if s <= 0 || t > 5*s {
		return badnessMax
	}
	r := t * 297 / s
	return min((r*r*r+1<<17)>>18, badnessMax)
}

// demerits of the way w to a breakpoint, over a line of the given badness.
func (t *setter) demerits(f *fitting, b *breakpoint, w *node, bad int64) int64 {
	a := w.prev
	from := &t.nodes[a]
	cost := int64(b.cost)
	d := from.demerits + (10+bad)*(10+bad) + cost*cost
	if b.hyphen && from.hyphens > 0 {
		d += demeritsHyphens
		if from.hyphens > 1 {
			d += demeritsThree
		}
	}
	if contrast := w.class - from.class; contrast > 1 || contrast < -1 {
		d += demeritsContrast
	}
	if !b.forced || a == 0 || t.breaks[a].forced {
		return d
	}
	width := b.w - t.breaks[a].aw
	switch {
	case width < f.size*2:
		d += demeritsWidow
	case width*8 < f.measure && f.slack > 0: // a ragged line may well be a word shorter
		d += 4 * demeritsShortLast
	case width*8 < f.measure:
		d += demeritsShortLast
	}
	if t.breaks[a].inside {
		d += demeritsLastWord
	}
	return d
}
