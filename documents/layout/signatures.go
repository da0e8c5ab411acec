package layout

import "auftragsmappe/documents/content"

// signatures sets the blocks to sign side by side, in one box that stays with the text before it.
func (t *setter) signatures(b *content.Signatures, f frame) {
	if len(b.Parties) == 0 {
		return
	}
	t.space(signTop)
	item0, annot0 := int32(len(t.out)), int32(len(t.links))
	width := (f.measure - signGap) / 2
	height := Unit(0)
	for i := range b.Parties {
		if i%2 == 0 && i > 0 { // two a row
			t.add(height, costKeep, item0, annot0)
			t.space(signTop)
			item0, annot0, height = int32(len(t.out)), int32(len(t.links)), 0
		}
		x := f.left + Unit(i%2)*(width+signGap)
		height = max(height, t.signature(&b.Parties[i], x, width))
	}
	t.add(height, costKeep, item0, annot0)
}

// signature sets one party's block: label, "Ort, Datum", the line to sign with its field, name and function.
func (t *setter) signature(s *content.Signature, x, width Unit) Unit {
	y := Unit(0)
	para := func(text string, st textStyle) {
		if text == "" {
			return
		}
		node := t.addNode(Node{Parent: t.parent, Role: RoleP})
		t.span[0] = content.Span{Text: text, Flags: content.NoHyphen}
		y += t.put(&st, Box{X: x, Y: y, W: width}, node)
	}
	label := signLabel
	label.color = t.accent
	para(s.Label, label)
	y = t.signPlace(s.Place, Box{X: x, Y: y, W: width})
	t.ruleItem(Box{X: x, Y: y, W: width, H: hairline}, grey)
	y += 2 * pt
	para(wordPlaceDate, signCaption)
	field := y + 4*pt
	y += signField
	t.ruleItem(Box{X: x, Y: y, W: width, H: hairline}, grey)
	if s.Field != "" {
		form := t.addNode(Node{Parent: t.parent, Role: RoleForm, Alt: s.Tooltip})
		t.links = append(t.links, Annot{
			Kind: AnnotSignature, Node: form, Field: s.Field, Label: s.Tooltip, Rect: Box{X: x, Y: field, W: width, H: y - field - 1*pt},
		})
	}
	y += 3 * pt
	para(s.Name, signName)
	para(s.Role, signCaption)
	return y
}

// signPlace leaves room over the line for place and date, with what is known of them on the line, and gives the line's y.
func (t *setter) signPlace(place string, at Box) Unit {
	base := at.Y + signPlace - signCaption.leading
	if place == "" {
		return base
	}
	t.span[0] = content.Span{Text: place + ",", Flags: content.NoHyphen}
	from, to := t.paragraph(t.span[:1], &signName, at.W, t.addNode(Node{Parent: t.parent, Role: RoleP}))
	base += Unit(to-from-1) * signName.leading
	for n := from; n < to; n++ {
		t.place(&t.lines[n], at.X, base-3*pt-Unit(to-1-n)*signName.leading)
	}
	return base
}
