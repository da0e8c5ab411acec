package layout

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // sizes of pictures
	_ "image/png"

	"auftragsmappe/documents/content"
)

// pictureSize is a picture's width and height in its own units.
func pictureSize(p *content.Image) (w, h int, err error) {
	if n := len(p.Modules); n > 0 {
		return n, n, nil
	}
	data := p.PNG
	if len(data) == 0 {
		data = p.JPEG
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, 0, fmt.Errorf("read picture: %w", err)
	}
	if c.Width == 0 || c.Height == 0 {
		return 0, 0, fmt.Errorf("read picture: it is empty")
	}
	return c.Width, c.Height, nil
}

// picture appends a picture as an item of a Figure node at x, y, no larger than the room, and gives its height.
func (t *setter) picture(p *content.Image, alt string, room Box) (Box, int32) {
	w, h, err := pictureSize(p)
	if err != nil {
		if t.err == nil {
			t.err = err
		}
		return Box{}, -1
	}
	width, height := int64(room.W), int64(room.W)*int64(h)/int64(w)
	if height > int64(room.H) {
		width, height = int64(room.H)*int64(w)/int64(h), int64(room.H)
	}
	if alt == "" {
		alt = p.Alt
	}
	if alt == "" {
		alt = "Logo"
	}
	box := Box{X: room.X, Y: room.Y, W: Unit(width), H: Unit(height)}
	node := t.addNode(Node{Parent: t.parent, Role: RoleFigure, Alt: alt})
	t.doc.Images = append(t.doc.Images, *p)
	t.out = append(t.out, Item{Kind: KindImage, Node: node, Box: box, Image: len(t.doc.Images) - 1})
	return box, node
}

// maxFigure bounds a figure's height, so that it fits below the head of a letter and a title.
const maxFigure Unit = 340 * pt

func (t *setter) figure(b *content.Figure, f frame) {
	t.space(tableGap)
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	width := Unit(int64(f.measure) * int64(min(max(b.Width, 1), 1000)) / 1000)
	box, node := t.picture(&b.Image, b.Alt, Box{X: f.left, W: width, H: min(maxFigure, t.foot.bottom-t.top, t.foot.bottom-t.nextTop)})
	if node < 0 {
		return
	}
	t.add(box.H, costListItem, item0, annot0)
	t.space(tableGap)
}

// tocLine is a line of a table of contents that gets its page number once the pages are known.
type tocLine struct {
	box  int32
	dest string
	node int32
	y    Unit // baseline in the box
	left Unit
	w    Unit
}

// toc sets a table of contents over the headings of level 2; page numbers are filled in by assemble.
func (t *setter) toc(f frame) {
	list := t.addNode(Node{Parent: t.parent, Role: RoleTOC})
	st := t.look.toc
	for i := range t.headings {
		h := &t.headings[i]
		entry := t.addNode(Node{Parent: list, Role: RoleTOCI})
		reference := t.addNode(Node{Parent: entry, Role: RoleReference})
		t.span[0] = content.Span{Text: outlineTitle(h.Number, h.Text), Link: "#" + h.ID}
		from, to := t.paragraph(t.span[:1], &st, f.measure-40*pt, reference)
		if from < to {
			t.endBlank(int32(len(t.out)) - 1)
		}
		t.addLines(from, to, linesAt{style: &st, x: f.left, label: noLabel, cost: costListItem, together: true})
		t.tocs = append(t.tocs, tocLine{
			box: int32(len(t.boxes) - 1), dest: h.ID, node: reference, y: st.baseline(), left: f.left + f.measure - 40*pt, w: 40 * pt,
		})
	}
}
