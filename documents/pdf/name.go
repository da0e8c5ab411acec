package pdf

import (
	"slices"
	"strings"

	"auftragsmappe/documents/layout"
)

// sorted gives the indexes below n whose name is not empty, by name; a name may stand only once.
func sorted(order []int, n int, name func(int) string) ([]int, error) {
	order = order[:0]
	for i := range n {
		if name(i) != "" {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(name(a), name(b)) })
	for k := 1; k < len(order); k++ {
		if name(order[k]) == name(order[k-1]) {
			return order, ErrName
		}
	}
	return order, nil
}

// knows says that there is a destination of that name.
func (f *finisher) knows(name string) bool {
	_, ok := slices.BinarySearchFunc(f.dests, name, func(i int, name string) int {
		return strings.Compare(f.doc.Dests[i].Name, name)
	})
	return ok
}

// writeNames writes named destinations (a name tree of one leaf, ISO 32000-1 7.9.6) and the outline.
func (f *finisher) writeNames() error {
	if f.num.dests > 0 {
		f.writeDests()
	}
	if f.num.outline > 0 {
		return f.writeOutline()
	}
	return nil
}

func (f *finisher) writeDests() {
	o := &f.out
	o.begin(f.num.dests)
	o.str("<</Names [")
	for _, i := range f.dests {
		d := &f.doc.Dests[i]
		o.b = appendLiteral(o.b, d.Name)
		o.entry(" [", f.num.page+2*d.Page)
		o.str(" /XYZ null ")
		o.b = appendUnit(o.b, f.doc.Pages[d.Page].Height-d.Y)
		o.str(" null]\n")
	}
	o.str("]>>")
	o.end()
}

// mark is a bookmark's place in the tree: indexes in the outline, -1 = none; the root is the last of all marks.
type mark struct{ parent, prev, next, first, last, count int }

// plant makes a tree of bookmarks: one belongs to the last before it of a lower level.
func plant(marks []mark, outline []layout.Bookmark) []mark {
	root := len(outline)
	marks = marks[:0]
	for range root + 1 {
		marks = append(marks, mark{root, -1, -1, -1, -1, 0})
	}
	parent := root
	for i := range outline {
		for parent != root && outline[parent].Level >= outline[i].Level {
			parent = marks[parent].parent
		}
		m, up := &marks[i], &marks[parent]
		m.parent, m.prev = parent, up.last
		if up.last < 0 {
			up.first = i
		} else {
			marks[up.last].next = i
		}
		up.last = i
		up.count++
		parent = i
	}
	return marks
}

// writeOutline writes the bookmarks, the first level open.
func (f *finisher) writeOutline() error {
	o := &f.out
	f.marks = plant(f.marks, f.doc.Outline)
	for i := range f.marks {
		m := &f.marks[i]
		o.begin(f.num.outline + i)
		if i == len(f.doc.Outline) {
			o.str("<</Type /Outlines /Count ")
			o.int(m.count)
		} else if err := f.writeBookmark(i); err != nil {
			return err
		}
		if m.first >= 0 {
			o.entry(" /First", f.num.outline+m.first)
			o.entry(" /Last", f.num.outline+m.last)
		}
		o.str(">>")
		o.end()
	}
	return nil
}

func (f *finisher) writeBookmark(i int) error {
	o, m, b := &f.out, &f.marks[i], &f.doc.Outline[i]
	if !f.knows(b.Dest) {
		return ErrReference
	}
	o.str("<</Title ")
	o.b = appendText(o.b, b.Title)
	o.entry(" /Parent", f.num.outline+m.parent)
	if m.prev >= 0 {
		o.entry(" /Prev", f.num.outline+m.prev)
	}
	if m.next >= 0 {
		o.entry(" /Next", f.num.outline+m.next)
	}
	if m.count > 0 {
		o.str(" /Count ")
		o.int(-m.count)
	}
	o.str(" /Dest ")
	o.b = appendLiteral(o.b, b.Dest)
	return nil
}
