package pdf

import "auftragsmappe/documents/layout"

// numberAnnots gives every annotation its object number; a signature field takes one more for its appearance.
func (f *finisher) numberAnnots() {
	f.annots = f.annots[:0]
	f.fields = f.fields[:0]
	for i := range f.doc.Pages {
		for j := range f.doc.Pages[i].Annots {
			n := f.out.reserve(1)
			f.annots = append(f.annots, n)
			if f.doc.Pages[i].Annots[j].Kind == layout.AnnotSignature {
				f.out.reserve(1)
				f.fields = append(f.fields, n)
			}
		}
	}
}

// writeAnnots writes links and signature fields, each with its place in the structure tree (ISO 14289-1 7.18).
func (f *finisher) writeAnnots() error {
	k := 0
	for i := range f.doc.Pages {
		page := &f.doc.Pages[i]
		for j := range page.Annots {
			a := &page.Annots[j]
			f.beginAnnot(a, i, k)
			var err error
			if a.Kind == layout.AnnotSignature {
				f.endField(a, f.annots[k]+1)
			} else {
				err = f.endLink(a)
			}
			if err != nil {
				return err
			}
			k++
		}
	}
	return nil
}

// beginAnnot writes what all annotations have; k is the number through all pages.
func (f *finisher) beginAnnot(a *layout.Annot, page, k int) {
	o := &f.out
	o.begin(f.annots[k])
	o.str("<</Type /Annot /Rect ")
	o.rect(a.Rect, f.doc.Pages[page].Height)
	o.entry(" /F 4 /P", f.num.page+2*page)
	o.str(" /StructParent ")
	o.int(len(f.doc.Pages) + k)
}

func (f *finisher) endLink(a *layout.Annot) error {
	o := &f.out
	o.str(" /Subtype /Link /Border [0 0 0]")
	o.text(" /Contents", a.Label)
	if a.URI != "" {
		o.str(" /A <</S /URI /URI ")
		o.b = appendURI(o.b, a.URI)
	} else {
		if !f.knows(a.Dest) {
			return ErrReference
		}
		o.str(" /A <</S /GoTo /D ")
		o.b = appendLiteral(o.b, a.Dest)
	}
	o.str(">>>>")
	o.end()
	return nil
}

// endField ends an unsigned signature field with an empty appearance, object n.
func (f *finisher) endField(a *layout.Annot, n int) {
	o := &f.out
	o.str(" /Subtype /Widget /FT /Sig")
	o.text(" /T", a.Field)
	o.text(" /TU", a.Label)
	o.entry(" /AP <</N", n)
	o.str(">>>>")
	o.end()
	o.begin(n)
	o.str("<</Type /XObject /Subtype /Form /BBox ")
	o.rect(layout.Box{W: a.Rect.W, H: a.Rect.H}, a.Rect.H)
	o.str(" /Resources <<>> ")
	o.data(nil)
}

// appendURI writes a URI as the seven-bit string that it must be (ISO 32000-1 12.6.4.7).
func appendURI(b []byte, s string) []byte {
	b = append(b, '(')
	for i := range len(s) {
		if c := s[i]; c <= 0x20 || c >= 0x7f {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		b = appendEscaped(b, s[i])
	}
	return append(b, ')')
}
