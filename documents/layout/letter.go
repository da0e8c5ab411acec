package layout

import (
	"strings"

	"auftragsmappe/documents/content"
)

// Inside the info block.
const (
	infoValue = pageWidth - letterRight - infoLeft - infoLabel // width of the value column
	infoGap   = 1 * pt
)

// addressSizes are the sizes, with their leading, that an address is tried in, in tenths of a point: the first that fits the
// field is taken (DIN 5008: six lines at full size).
var addressSizes = [][2]Unit{{100, 129}, {90, 112}, {80, 98}, {70, 85}, {60, 73}, {50, 60}, {40, 48}}

// letter sets the head of a DIN 5008 form B letter on page 1 and leaves the top of the text in t.top.
func (t *setter) letter(l *content.Letter) {
	t.sender(l.Sender)
	bottom := t.address(l)
	bottom = max(bottom, t.info(l.Info))
	t.top = bottom + subjectGap
	for _, m := range []Box{
		{X: markLeft, Y: foldOne, W: markFold, H: hairline},
		{X: markLeft, Y: punchMark, W: markPunch, H: hairline},
		{X: markLeft, Y: foldTwo, W: markFold, H: hairline},
	} {
		t.fixed = append(t.fixed, Item{Kind: KindRule, Artifact: ArtifactLayout, Box: m, Color: grey})
	}
}

// fixText sets text at a place of page 1 and gives its height.
func (t *setter) fixText(spans []content.Span, st *textStyle, at Box, node int32) Unit {
	item0, annot0 := len(t.out), len(t.links)
	height := t.setAt(spans, st, at, node)
	t.fixed = append(t.fixed, t.out[item0:]...)
	t.fixedLinks = append(t.fixedLinks, t.links[annot0:]...)
	t.out, t.links = t.out[:item0], t.links[:annot0]
	return height
}

// logo sets the logo at the right of page 1's head and gives how much room it takes.
func (t *setter) logo() Box {
	if t.in.Logo == nil {
		return Box{}
	}
	item0 := len(t.out)
	box, node := t.picture(t.in.Logo, t.in.Logo.Alt, Box{Y: logoTop, W: logoWidth, H: logoHeight})
	if node < 0 {
		return Box{}
	}
	box.X = t.look.left + t.look.measure - box.W
	t.out[item0].Box = box
	t.fixed = append(t.fixed, t.out[item0])
	t.out = t.out[:item0]
	t.doc.Nodes[node].BBox = box
	return box
}

// letterhead is the logo alone, on contracts and sheets.
func (t *setter) letterhead() {
	if box := t.logo(); box.H > 0 {
		t.top = max(t.top, box.Y+box.H+24*pt)
	}
}

// senderSizes are the sizes that the sender's name is tried in so that the head ends above the address field.
var senderSizes = [][2]Unit{{155, 190}, {130, 160}, {110, 135}, {90, 110}, {70, 85}, {50, 60}, {35, 42}}

// sender sets the letterhead: the name in the accent colour, the other lines small below it.
func (t *setter) sender(lines []string) {
	logo := t.logo()
	if len(lines) == 0 {
		return
	}
	at := Box{X: t.look.left, Y: senderTop, W: t.look.measure}
	if logo.W > 0 {
		at.W -= logo.W + columnGap
	}
	room := windowTop - senderTop - 8*pt
	for i, size := range senderSizes {
		name, rest := style(titleFaces, size[0], size[1], t.accent), style(sans, 85, 115, grey)
		if size[0] < 90 { // there is very much to say: the other lines give way too
			rest = rest.scaled(size[0])
		}
		height := t.measured(lines[0], &name, at.W) + t.measured(strings.Join(lines[1:], "\n"), &rest, at.W)
		if height > room && i < len(senderSizes)-1 {
			continue
		}
		t.fixed = append(t.fixed, Item{Kind: KindFill, Artifact: ArtifactLayout, Box: Box{X: at.X, Y: senderTop - 9*pt, W: 28 * pt, H: 2 * pt}, Color: t.accent})
		t.span[0] = content.Span{Text: lines[0], Flags: content.NoHyphen}
		at.Y += t.fixText(t.span[:1], &name, at, t.addNode(Node{Parent: 0, Role: RoleP}))
		if len(lines) > 1 {
			t.span[0] = content.Span{Text: strings.Join(lines[1:], "\n"), Flags: content.NoHyphen}
			t.fixText(t.span[:1], &rest, at, t.addNode(Node{Parent: 0, Role: RoleP}))
		}
		return
	}
}

// measured is the height that a text would take.
func (t *setter) measured(s string, st *textStyle, measure Unit) Unit {
	if s == "" {
		return 0
	}
	item0, annot0, line0 := len(t.out), len(t.links), len(t.lines)
	t.span[0] = content.Span{Text: s, Flags: content.NoHyphen}
	from, to := t.paragraph(t.span[:1], st, measure, 0)
	t.out, t.links, t.lines = t.out[:item0], t.links[:annot0], t.lines[:line0]
	return Unit(to-from) * st.leading
}

// address sets return line and address in the window; what is too long is broken or set smaller, never cut.
func (t *setter) address(l *content.Letter) (bottom Unit) {
	at := Box{X: t.look.left, W: windowWidth}
	if l.Return != "" {
		t.returnLine(l.Return, at)
	}
	text := strings.Join(l.Address, "\n")
	for i, size := range addressSizes {
		st := style(serif, size[0], size[1], ink)
		height := t.measured(text, &st, at.W)
		at.Y = addressTop
		if height > windowBottom-addressTop {
			at.Y = noteTop
		}
		if height > windowBottom-at.Y && i < len(addressSizes)-1 {
			continue
		}
		t.span[0] = content.Span{Text: text, Flags: content.NoHyphen}
		height = t.fixText(t.span[:1], &st, at, t.addNode(Node{Parent: 0, Role: RoleP}))
		return max(windowBottom, at.Y+height)
	}
	return windowBottom
}

// returnLeast is the smallest size of the return line; what is longer still grows upwards.
const returnLeast Unit = 3 * pt

// returnLine is one line above the address, set smaller until it fits, with a fine rule below.
func (t *setter) returnLine(s string, at Box) {
	st := returnStyle
	for st.sizes[0] > returnLeast && t.measured(s, &st, at.W) > st.leading {
		st.sizes[0] -= pt / 4
	}
	if height := t.measured(s, &st, at.W); height > st.leading {
		lines := height / st.leading
		st.leading = st.sizes[0] * 115 / 100
		at.Y -= (lines - 1) * st.leading
	}
	at.Y += returnBase - st.baseline()
	t.span[0] = content.Span{Text: s, Flags: content.NoHyphen}
	t.fixText(t.span[:1], &st, at, t.addNode(Node{Parent: 0, Role: RoleP}))
	t.fixed = append(t.fixed, Item{Kind: KindRule, Artifact: ArtifactLayout, Box: Box{X: at.X, Y: returnBase + 25*pt/10, W: at.W, H: hairline / 2}, Color: lineGrey})
}

// infoMost is how high the info block may be; a higher one is set smaller.
const infoMost Unit = 150 * pt

// info sets the info block at the right: labels and values.
func (t *setter) info(rows []content.Pair) (bottom Unit) {
	labels, values := infoLabels, infoValues
	for _, percent := range shrinks {
		labels, values = infoLabels.scaled(percent), infoValues.scaled(percent)
		if t.infoHeight(rows, &labels, &values) <= infoMost {
			break
		}
	}
	y := infoTop
	for _, r := range rows {
		node := t.addNode(Node{Parent: 0, Role: RoleP})
		t.span[0] = content.Span{Text: r.Label + " ", Flags: content.NoHyphen}
		h := t.fixText(t.span[:1], &labels, Box{X: infoLeft, Y: y, W: infoLabel - 4*pt}, node)
		t.endFixed()
		h = max(h, t.fixText(r.Value, &values, Box{X: infoLeft + infoLabel, Y: y, W: infoValue}, node))
		y += h + infoGap
	}
	return y
}

// infoHeight is the height that the info block would take.
func (t *setter) infoHeight(rows []content.Pair, labels, values *textStyle) (height Unit) {
	for _, r := range rows {
		h := t.measured(r.Label, labels, infoLabel-4*pt)
		height += max(h, t.measured(outlineTitle("", r.Value), values, infoValue)) + infoGap
	}
	return height
}

// endFixed adds a blank to the last fixed run, so that the value is a new word.
func (t *setter) endFixed() {
	if len(t.fixed) == 0 || t.fixed[len(t.fixed)-1].Kind != KindRun {
		return
	}
	r := &t.fixed[len(t.fixed)-1].Run
	if strings.HasSuffix(r.Text, " ") {
		return
	}
	glyphs := make([]Glyph, 0, len(r.Glyphs)+1)
	r.Glyphs = append(append(glyphs, r.Glyphs...), faceSigns[r.Face].blank)
	r.Text += " "
}
