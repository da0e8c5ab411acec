package pdf

import "auftragsmappe/documents/layout"

// image paints an image or a QR code's modules into the item's box.
func (p *painter) image(it *layout.Item) error {
	if it.Image < 0 || it.Image >= len(p.doc.Images) {
		return ErrReference
	}
	if m := p.doc.Images[it.Image].Modules; m != nil {
		return p.modules(it, m)
	}
	p.images[it.Image] = true
	b := append(p.buf, "q "...)
	b = appendUnit(b, it.Box.W)
	b = append(b, " 0 0 "...)
	b = appendUnit(b, it.Box.H)
	b = append(b, ' ')
	b = appendUnit(b, it.Box.X)
	b = append(b, ' ')
	b = appendUnit(b, p.page.Height-it.Box.Y-it.Box.H)
	b = append(b, " cm /I"...)
	b = appendInt(b, it.Image)
	p.buf = append(b, " Do Q\n"...)
	return nil
}

// modules fills the dark modules as one path in module units, so that no seams show between neighbours.
func (p *painter) modules(it *layout.Item, rows [][]bool) error {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return ErrImage
	}
	p.setFill(it.Color)
	b := append(p.buf, "q "...)
	b = appendMillionths(b, int64(it.Box.W)*1000/int64(len(rows[0])))
	b = append(b, " 0 0 "...)
	b = appendMillionths(b, -int64(it.Box.H)*1000/int64(len(rows)))
	b = append(b, ' ')
	b = appendUnit(b, it.Box.X)
	b = append(b, ' ')
	b = appendUnit(b, p.page.Height-it.Box.Y)
	b = append(b, " cm\n"...)
	for y, row := range rows {
		b = appendModules(b, row, y)
	}
	p.buf = append(b, "f Q\n"...)
	return nil
}

// appendModules writes a rectangle for every run of dark modules of a row.
func appendModules(b []byte, row []bool, y int) []byte {
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		start := x
		for x < len(row) && row[x] {
			x++
		}
		b = appendInt(b, start)
		b = append(b, ' ')
		b = appendInt(b, y)
		b = append(b, ' ')
		b = appendInt(b, x-start)
		b = append(b, " 1 re\n"...)
	}
	return b
}
