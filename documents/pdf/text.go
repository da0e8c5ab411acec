package pdf

import (
	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

// run writes one line's worth of glyphs: one array for TJ per plane, kerning inside it, justification as word spacing.
// The hyphen of a broken word is no part of the text: it becomes a soft hyphen for who reads or copies.
func (p *painter) run(it *layout.Item) {
	r := &it.Run
	p.moveTo(it)
	if !r.Hyphen || r.Replace || it.Node == 0 {
		p.glyphs(r, r.Glyphs)
	} else {
		last := len(r.Glyphs) - 1
		p.glyphs(r, r.Glyphs[:last])
		p.endSequence()
		p.beginContent(it.Node, "Span", "\u00ad")
		p.open = true
		p.glyphs(r, r.Glyphs[last:])
	}
	if r.Hyphen || r.Replace {
		p.endSequence() // what ActualText says ends here
	}
}

// moveTo moves to the start of the item's baseline.
func (p *painter) moveTo(it *layout.Item) {
	x, y := it.Box.X, p.page.Height-it.Box.Y
	p.buf = appendUnit(p.buf, x-p.x)
	p.buf = append(p.buf, ' ')
	p.buf = appendUnit(p.buf, y-p.y)
	p.buf = append(p.buf, " Td\n"...)
	p.x, p.y = x, y
}

// glyphs shows glyphs, plane by plane.
func (p *painter) glyphs(r *layout.Run, glyphs []layout.Glyph) {
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[n].Plane == glyphs[0].Plane {
			n++
		}
		p.setText(r, glyphs[0].Plane)
		p.array(glyphs[:n])
		glyphs = glyphs[n:]
	}
}

// setText selects face, size and word spacing.
func (p *painter) setText(r *layout.Run, plane uint8) {
	want := textState{font: p.font(r.Face, plane), size: r.Size}
	if plane == 0 {
		want.space = r.Stretch
	}
	if want.font != p.state.font || want.size != p.state.size {
		p.buf = append(p.buf, "/F"...)
		p.buf = appendInt(p.buf, want.font-1)
		p.buf = append(p.buf, ' ')
		p.buf = appendUnit(p.buf, want.size)
		p.buf = append(p.buf, " Tf\n"...)
	}
	if want.space != p.state.space {
		p.buf = appendUnit(p.buf, want.space)
		p.buf = append(p.buf, " Tw\n"...)
	}
	p.state = want
}

// font gives the resource number of a plane + 1.
func (p *painter) font(face fonts.Face, plane uint8) int {
	n := &p.fontIndex[face][plane]
	if *n == 0 {
		p.fonts = append(p.fonts, faceKey{face, plane})
		*n = uint8(len(p.fonts))
	}
	return int(*n)
}

// array shows glyphs of the selected plane; a kern of zero is not written.
func (p *painter) array(glyphs []layout.Glyph) {
	b := append(p.buf, "[("...)
	for i := range glyphs {
		g := &glyphs[i]
		b = appendEscaped(b, g.Code)
		if g.Kern == 0 {
			continue
		}
		b = append(b, ')')
		b = appendInt(b, -int(g.Kern))
		b = append(b, '(')
	}
	if glyphs[len(glyphs)-1].Kern != 0 { // it opened a string for nothing
		p.buf = append(b[:len(b)-1], "]TJ\n"...)
		return
	}
	p.buf = append(b, ")]TJ\n"...)
}
