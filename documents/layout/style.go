package layout

import "auftragsmappe/fonts"

// Geometry in units of 1/1000 pt: tenths of a millimetre × 72000 / 254. A4, DIN 5008 form B, DIN 5008 margins.
const (
	pageWidth  Unit = 2100 * 72000 / 254
	pageHeight Unit = 2970 * 72000 / 254

	letterLeft  Unit = 250 * 72000 / 254
	letterRight Unit = 200 * 72000 / 254
	deedMargin  Unit = 310 * 72000 / 254 // both sides: a column of 148 mm

	topFirst   Unit = 260 * 72000 / 254 // of the first page of a deed
	topNext    Unit = 250 * 72000 / 254 // of following pages, under the running head
	headBase   Unit = 160 * 72000 / 254 // baseline of the running head
	logoTop    Unit = 150 * 72000 / 254
	logoWidth  Unit = 600 * 72000 / 254 // at most
	logoHeight Unit = 200 * 72000 / 254 // at most

	footBase Unit = 2885 * 72000 / 254 // baseline of the page number
	footGap  Unit = 40 * 72000 / 254   // at least, between the text and the foot

	windowTop    Unit = 450 * 72000 / 254 // address field
	windowBottom Unit = 900 * 72000 / 254
	windowWidth  Unit = 800 * 72000 / 254 // from the text edge at 25 mm to 105 mm
	returnBase   Unit = 490 * 72000 / 254 // baseline of the return line (Rücksendeangabe)
	noteTop      Unit = 505 * 72000 / 254 // Zusatz- und Vermerkzone
	addressTop   Unit = 627 * 72000 / 254 // Anschriftzone
	infoLeft     Unit = 1250 * 72000 / 254
	infoTop      Unit = 500 * 72000 / 254
	infoLabel    Unit = 270 * 72000 / 254 // width of the label column
	senderTop    Unit = 160 * 72000 / 254
	subjectGap   Unit = 846 * 72000 / 2540 // below the deeper of address field and info block

	foldOne   Unit = 1050 * 72000 / 254
	foldTwo   Unit = 2100 * 72000 / 254
	punchMark Unit = 1485 * 72000 / 254
	markLeft  Unit = 40 * 72000 / 254
	markFold  Unit = 40 * 72000 / 254
	markPunch Unit = 60 * 72000 / 254

	pt Unit = 1000
)

// Distances inside the text.
const (
	numberHang  Unit = 20 * pt // "(2)"
	numberGap   Unit = 5 * pt
	columnGap   Unit = 12 * pt // between table columns
	cellPad     Unit = 3 * pt  // above and below a row's text
	factsPad    Unit = 25 * pt / 10
	hairline    Unit = 400
	rule        Unit = 800
	tableGap    Unit = 8 * pt  // around tables
	signGap     Unit = 28 * pt // between the columns of signatures
	signTop     Unit = 22 * pt
	signPlace   Unit = 31 * pt // empty room over "Ort, Datum"
	signField   Unit = 38 * pt // empty room over the signature line
	sumsWidth        = 480     // ‰ of the measure
	tickSize    Unit = 7 * pt
	tickLine    Unit = 600
	draftSize   Unit = 120 * pt
	draftTurn        = 55
	linesInHead      = 2 // of the running head
)

// Words that layout itself puts on pages.
const (
	wordPage      = "Seite "
	wordOf        = " von "
	wordCarry     = "Übertrag"
	wordDraft     = "ENTWURF"
	wordPlaceDate = "Ort, Datum"
)

// Colours. Grey text is no lighter than 65 % black.
var (
	ink        = Color{28, 28, 30}
	grey       = Color{89, 89, 89}
	lineGrey   = Color{196, 196, 198}
	draftGrey  = Color{233, 233, 233}
	darkBlue   = Color{31, 58, 95}
	brightness = 1833 // largest luminance ·10⁴ of coloured text: contrast 4.5 : 1 on white
)

// alignment of a paragraph's lines.
type alignment uint8

const (
	ragged    alignment = iota // ragged right
	justified                  // the last line ragged
	flushRight
)

// hyphenation of a paragraph: what a hyphen at a line end costs.
type hyphenation int32

const (
	noHyphens   hyphenation = -1
	fewHyphens  hyphenation = 220
	someHyphens hyphenation = 60
)

// textStyle is the look of a paragraph; faces and sizes by content.Style.
type textStyle struct {
	faces   [4]fonts.Face
	sizes   [4]Unit
	leading Unit
	color   Color
	align   alignment
	hyphens hyphenation
}

var (
	serif      = [4]fonts.Face{fonts.Text, fonts.TextItalic, fonts.TextSemibold, fonts.Sans}
	serifBold  = [4]fonts.Face{fonts.TextSemibold, fonts.TextSemibold, fonts.TextSemibold, fonts.SansSemibold}
	titleFaces = [4]fonts.Face{fonts.Title, fonts.Title, fonts.Title, fonts.SansSemibold}
	sans       = [4]fonts.Face{fonts.Sans, fonts.Sans, fonts.SansSemibold, fonts.Sans}
	sansBold   = [4]fonts.Face{fonts.SansSemibold, fonts.SansSemibold, fonts.SansSemibold, fonts.Sans}
)

// style makes a text style with size and leading in tenths of a point; small spans are 15 % smaller.
func style(faces [4]fonts.Face, size, leading Unit, color Color) textStyle {
	s := size * pt / 10
	return textStyle{
		faces: faces, sizes: [4]Unit{s, s, s, s * 85 / 100}, leading: leading * pt / 10, color: color,
		hyphens: noHyphens,
	}
}

// aligned gives the style with another alignment and cost of hyphens.
func (s textStyle) aligned(a alignment, h hyphenation) textStyle {
	s.align, s.hyphens = a, h
	return s
}

// shrinks are the steps, in percent, by which text is set smaller that is too long for its place: never cut, never refused.
var shrinks = [...]Unit{100, 90, 80, 70, 60, 50, 40, 30, 20}

// scaled gives the style in another size.
func (s textStyle) scaled(percent Unit) textStyle {
	for i := range s.sizes {
		s.sizes[i] = s.sizes[i] * percent / 100
	}
	s.leading = s.leading * percent / 100
	return s
}

// look is all text styles of a form with the gaps between its blocks.
type look struct {
	left, measure Unit

	body, lead, note, label                  textStyle
	kicker, title, section, subsection       textStyle
	head, cell, number, factLabel, factValue textStyle
	sum, total                               textStyle
	toc                                      textStyle

	paraGap, itemGap, sectionGap, subsectionGap, sectionAfter, titleAfter Unit
}

// Fixed small styles.
var (
	footStyle   = style(sans, 75, 102, grey)
	headStyle   = style(sans, 80, 102, grey)
	carryStyle  = style(sans, 85, 110, grey)
	signLabel   = style(sansBold, 85, 120, ink)
	signCaption = style(sans, 75, 105, grey)
	signName    = style(serif, 100, 140, ink)
	returnStyle = style(sans, 75, 90, grey)
	infoLabels  = style(sans, 85, 120, grey)
	infoValues  = style(sans, 85, 120, ink)
	annexNumber = style(sansBold, 85, 120, ink)
	annexTitle  = style(titleFaces, 160, 200, ink)
)

// deedLook is the look of contracts; its letters are the base of the other forms.
var deedLook = look{
	left: deedMargin, measure: pageWidth - 2*deedMargin,
	body:       style(serif, 100, 140, ink).aligned(justified, someHyphens),
	lead:       style(serif, 100, 140, ink),
	note:       style(serif, 85, 120, grey).aligned(ragged, fewHyphens),
	label:      style(sansBold, 82, 120, grey),
	kicker:     style(sansBold, 90, 130, ink),
	title:      style(titleFaces, 205, 250, ink),
	section:    style(serifBold, 125, 170, ink),
	subsection: style(serifBold, 105, 145, ink),
	head:       style(sansBold, 85, 110, ink).aligned(ragged, fewHyphens),
	cell:       style(serif, 95, 130, ink).aligned(ragged, fewHyphens),
	number:     style(serif, 95, 130, ink).aligned(flushRight, noHyphens),
	factLabel:  style(sans, 88, 140, grey).aligned(ragged, fewHyphens),
	factValue:  style(serif, 100, 140, ink).aligned(ragged, fewHyphens),
	sum:        style(serif, 95, 130, ink).aligned(ragged, fewHyphens),
	total:      style(serifBold, 105, 140, ink).aligned(ragged, fewHyphens),
	toc:        style(serif, 100, 150, ink).aligned(ragged, fewHyphens),
	paraGap:    5 * pt, itemGap: 2 * pt,
	sectionGap: 17 * pt, subsectionGap: 12 * pt, sectionAfter: 4 * pt, titleAfter: 15 * pt,
}

var letterLook = lookOfLetter()

func lookOfLetter() look {
	l := deedLook
	l.left, l.measure = letterLeft, pageWidth-letterLeft-letterRight
	l.body = style(serif, 105, 145, ink).aligned(ragged, fewHyphens)
	l.lead = style(serif, 105, 145, ink)
	l.title = style(titleFaces, 160, 190, ink)
	l.section = style(serifBold, 115, 160, ink)
	l.toc = style(serif, 105, 150, ink).aligned(ragged, fewHyphens)
	l.paraGap, l.itemGap, l.sectionGap, l.sectionAfter, l.titleAfter = 6*pt, 2*pt, 13*pt, 2*pt, 8*pt
	return l
}

var sheetLook = lookOfSheet()

func lookOfSheet() look {
	l := deedLook
	l.body = l.body.aligned(ragged, fewHyphens)
	return l
}

// readable darkens a colour until text in it has a contrast of about 4.5 : 1 on white (WCAG 2.1 1.4.3).
func readable(c Color) Color {
	for luminance(c) > brightness {
		c = Color{c.R - c.R/16 - 1, c.G - c.G/16, c.B - c.B/16}
		if c.R > 250 { // it was 0
			c.R = 0
		}
	}
	return c
}

// luminance is the relative luminance · 10⁴ with a gamma of 2, a little above that of WCAG for mid tones.
func luminance(c Color) int {
	square := func(v uint8) int { return int(v) * int(v) }
	return (2126*square(c.R) + 7152*square(c.G) + 722*square(c.B)) / (255 * 255)
}
