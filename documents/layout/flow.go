package layout

import (
	"math"

	"auftragsmappe/documents/content"
)

// footArea is the foot of every page: items relative to the page, the same on all, and where the text must end.
type footArea struct {
	items  []Item
	bottom Unit // of the text
}

// setFoot sets the columns of business details above the page number.
func (t *setter) setFoot() {
	item0 := len(t.out)
	st, height := footStyle, Unit(0)
	for _, percent := range shrinks {
		t.out = t.out[:item0]
		st = footStyle.scaled(percent)
		if height = t.footColumns(&st); height <= footMost {
			break
		}
	}
	base := footBase - footStyle.leading - 3*pt
	top := base - height
	items := append([]Item(nil), t.out[item0:]...)
	t.out = t.out[:item0]
	for i := range items {
		items[i].Box.Y += top
		items[i].Artifact = ArtifactPagination
	}
	t.links = t.links[:0]
	if height > 0 {
		top -= 5 * pt
		items = append(items, Item{Kind: KindRule, Artifact: ArtifactPagination, Box: Box{X: t.look.left, Y: top, W: t.look.measure, H: hairline}, Color: lineGrey})
	}
	t.foot = footArea{items: items, bottom: top - footGap}
}

// footMost is how high the columns of the foot may be; higher ones are set smaller.
const footMost Unit = 110 * pt

// footColumns sets the columns side by side from y 0 and gives their height.
func (t *setter) footColumns(st *textStyle) (height Unit) {
	if len(t.in.Footer) == 0 {
		return 0
	}
	x := t.look.left
	widths, gap := t.footWidths(st)
	for i, c := range t.in.Footer {
		y := Unit(0)
		for _, s := range c {
			t.span[0] = content.Span{Text: s, Flags: content.NoHyphen}
			y += t.put(st, Box{X: x, Y: y, W: widths[i]}, 0)
		}
		x += widths[i] + gap
		height = max(height, y)
	}
	return height
}

// footLeast is the least gap between columns of the foot.
const footLeast Unit = 12 * pt

// footWidths gives each column of the foot the width that it wants; where there is not enough, the widest give way.
func (t *setter) footWidths(st *textStyle) (widths []Unit, gap Unit) {
	n := Unit(len(t.in.Footer))
	room, sum := t.look.measure-footLeast*(n-1), Unit(0)
	for _, c := range t.in.Footer {
		w := 20 * pt
		for _, s := range c {
			w = max(w, t.width(s, st)+pt/2)
		}
		widths = append(widths, w)
		sum += w
	}
	for limit := t.look.measure; sum > room; limit -= 2 * pt {
		sum = 0
		for i := range widths {
			widths[i] = min(widths[i], limit)
			sum += widths[i]
		}
	}
	if n == 1 {
		return widths, 0
	}
	return widths, min((t.look.measure-sum)/(n-1), 60*pt)
}

// pageCost is the cheapest way to end a page before a box.
type pageCost struct {
	cost int64
	prev int32
}

// pageSpan is the boxes of a page.
type pageSpan struct{ from, to int32 }

// emptiness is what an empty page costs; a half-empty one costs a quarter of it.
const emptiness = 4000

// Heights below which a last page looks forgotten, or thin.
const (
	shortPage Unit = 90 * pt
	thinPage  Unit = 220 * pt
)

// breakPages divides the boxes into pages at the least cost: keeps, orphans and white space weighed against each other.
func (t *setter) breakPages() {
	n := len(t.boxes)
	if cap(t.costs) < n+1 {
		t.costs = make([]pageCost, (n+1)*2)
	}
	t.costs = t.costs[:n+1]
	t.costs[0] = pageCost{}
	for end := 1; end <= n; end++ {
		t.costs[end] = t.bestPage(end)
	}
	t.pages = t.pages[:0]
	for end := int32(n); end > 0; end = t.costs[end].prev {
		t.pages = append(t.pages, pageSpan{t.costs[end].prev, end})
	}
	for i, j := 0, len(t.pages)-1; i < j; i, j = i+1, j-1 {
		t.pages[i], t.pages[j] = t.pages[j], t.pages[i]
	}
	if n == 0 {
		t.pages = append(t.pages, pageSpan{})
	}
}

// bestPage is the best start of a page that ends before box end.
func (t *setter) bestPage(end int) pageCost {
	best := pageCost{cost: math.MaxInt64, prev: int32(end - 1)}
	height := t.carried(end)
	for start := end - 1; start >= 0; start-- {
		b := &t.boxes[start]
		height += b.height
		if start < end-1 {
			height += t.boxes[start+1].gap
		}
		room := t.room(start)
		if height > room && start < end-1 {
			if t.room(1)+200*pt < height {
				break
			}
			if b.cost == costForcedPage {
				break
			}
			continue
		}
		if c := t.costs[start].cost + t.pageCost(start, end, height, room); c < best.cost {
			best = pageCost{c, int32(start)}
		}
		if b.cost == costForcedPage {
			break
		}
	}
	return best
}

// room is the height for text of a page that starts with a box.
func (t *setter) room(start int) Unit {
	if start == 0 {
		return t.foot.bottom - t.top
	}
	return t.foot.bottom - t.nextTop - t.again(start)
}

// again is what a page that starts with a box repeats above it: the table's head and running sum.
func (t *setter) again(start int) Unit {
	if start >= len(t.boxes) || t.boxes[start].table == 0 {
		return 0
	}
	b := &t.boxes[start]
	flow := &t.tables[b.table-1]
	if flow.carries != nil && !b.within {
		return flow.height + carryHeight
	}
	return flow.height
}

// carried is the height of the running sum below the last row of a page that ends before a box.
func (t *setter) carried(end int) Unit {
	if end >= len(t.boxes) || t.boxes[end].table == 0 || t.boxes[end].within || t.tables[t.boxes[end].table-1].carries == nil {
		return 0
	}
	return carryHeight
}

// pageCost is the cost of ending a page before box end.
func (t *setter) pageCost(start, end int, height, room Unit) int64 {
	if end == len(t.boxes) {
		switch {
		case start > 0 && height < shortPage:
			return emptiness / 2
		case start > 0 && height < thinPage:
			return emptiness / 6
		}
		return 0
	}
	cost := t.boxes[end].cost
	if cost == costForcedPage {
		return 0
	}
	room = max(room, 1)
	free := int64(max(room-height, 0))
	white := emptiness * free / int64(room) * free / int64(room)
	return int64(cost) + white + 200 // each page costs, so that none is added for nothing
}
