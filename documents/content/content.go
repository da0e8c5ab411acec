// Package content is a filled document without geometry: blocks and spans.
//
// All numbers (§, paragraphs, lists) and references are resolved before a document stands here.
package content

import "auftragsmappe/documents/date"

// Form is the outer shape of a document.
type Form uint8

// The forms.
const (
	FormLetter Form = iota // DIN 5008 form B letter
	FormDeed               // a contract: title, parties, §§, signatures
	FormSheet              // a plain sheet with a title: lists, time sheets
)

// Document is everything that layout needs of one paper.
type Document struct {
	Kind    string // offer, contract, nda, avv, access_checklist, invoice
	Title   string // "Angebot AN-2026-0007": file title and, on following pages, the short subject
	Lang    string // "de-DE"
	Subject string
	Author  string
	Date    date.Date
	Form    Form
	Letter  *Letter  // for FormLetter
	Logo    *Image   // optional, for every form
	Footer  []Column // business details in the foot of every page
	Draft   bool     // ENTWURF behind every page
	Blocks  []Block
}

// Letter is the head of a DIN 5008 letter.
type Letter struct {
	Sender  []string // letterhead: name, then a line each (place, mail …); beside or instead of the logo
	Return  string   // one line above the address
	Address []string // at most six lines are set at full size; more or longer lines are broken or set smaller
	Info    []Pair   // info block
}

// Column is one column of the foot: lines of text.
type Column []string

// Style is the face of a span.
type Style uint8

// The styles.
const (
	Regular Style = iota
	Italic
	Strong // semibold
	Small  // sans, one step smaller: labels and notes inside text
)

// Flags say how a span may be broken.
type Flags uint8

// The flags.
const (
	NoHyphen Flags = 1 << iota // break at blanks only: names, addresses, e-mail
	NoBreak                    // keep on one line where the measure allows: numbers, IBANs
)

// Span is a run of text in one style. "\n" in Text is a forced line break, U+00A0 a blank that does not break.
type Span struct {
	Text  string
	Style Style
	Link  string // "", "#id", "mailto:…", "https://…", "tel:…"
	Flags Flags
}

// Pair is a label and a value.
type Pair struct {
	Label  string
	Value  []Span
	Strong bool // the row that counts: the total
}

// Block is one of the types below; layout switches over this closed set.
type Block interface{ block() }

// Heading opens a section. Level 1 is the document's title (once, first); levels never skip.
type Heading struct {
	Level  int
	Kicker string // small label line above the text: "Angebot AN-2026-0007"
	Number string // "§ 4"
	Text   []Span
	ID     string // link target
}

// Keep ties a paragraph to its surroundings.
type Keep uint8

// The ties.
const (
	KeepNone     Keep = 0
	KeepWithNext Keep = 1 << (iota - 1) // stands on the page of the next block's first lines
	KeepTogether                        // is not split
)

// ParaStyle is the look of a paragraph.
type ParaStyle uint8

// The paragraph styles.
const (
	Body  ParaStyle = iota // justified in deeds, ragged in letters
	Lead                   // ragged, no hyphens: salutation, closing lines, party blocks
	Note                   // smaller: footnote-like remarks
	Label                  // sans label above a block: "Auftraggeberin"
)

// Para is a paragraph, numbered "(2)" or not.
type Para struct {
	Number string
	Text   []Span
	ID     string
	Keep   Keep
	Style  ParaStyle
}

// ListStyle is the label of list items.
type ListStyle uint8

// The list styles.
const (
	Dash    ListStyle = iota // –
	Alpha                    // a)
	Decimal                  // 1.
	Box                      // an empty box to tick, drawn as lines
)

// List is a list of items; an item is blocks (usually one Para).
type List struct {
	Style ListStyle
	Items [][]Block
}

// Align is the alignment of a table column.
type Align uint8

// The alignments. Decimal numbers align at the comma.
const (
	Left Align = iota
	Right
	AtComma
)

// TableColumn is one column of a table.
type TableColumn struct {
	Width int // ‰ of the measure; all columns together 1000
	Align Align
}

// TableStyle is the look of a table.
type TableStyle uint8

// The table styles.
const (
	Lined TableStyle = iota // head line, hairlines between rows: positions, accesses
	Facts                   // label and value rows, first column is the row header: Eckdaten, "Auf einen Blick"
)

// NoCarry says that a table has no running sum.
const NoCarry = -1

// Table is a table; its head is repeated on every page and its rows are not split while they fit a page.
type Table struct {
	Style   TableStyle
	Columns []TableColumn
	Head    []Cell
	Rows    [][]Cell
	Carry   int      // column whose running sum is carried over a page break, or NoCarry
	Carries []string // running sum after each row, formatted, when Carry >= 0
	Summary string   // what the table shows, for screen readers
}

// Cell is a cell of a table.
type Cell struct {
	Text []Span
	Span int  // columns; 0 = 1
	Head bool // row header
}

// Sums are the totals under a table of positions: labels and amounts, right-aligned, kept together and with the table's last row.
type Sums struct{ Rows []Pair }

// Signatures are the blocks to sign, side by side, kept together and with some text before.
type Signatures struct{ Parties []Signature }

// Signature is one party's block.
type Signature struct {
	Field   string // name of the signature field, unique in the document: "client"
	Tooltip string // "Unterschrift der Auftraggeberin"
	Label   string // "Auftraggeberin"
	Place   string // printed before "Ort, Datum" is filled by hand, or ""
	Name    string // printed name
	Role    string // function, or ""
}

// Figure is a picture with its alternative text.
type Figure struct {
	Image Image
	Alt   string
	Width int // ‰ of the measure
}

// Image is PNG or JPEG bytes, or a QR code's modules.
type Image struct {
	PNG, JPEG []byte
	Modules   [][]bool
	Alt       string
}

// TOC is a table of contents over headings of level 2.
type TOC struct{}

// Annex starts an annex on a new page; its title is a heading of level 2.
type Annex struct {
	Number string // "Anlage 1"
	Title  string
	ID     string
}

func (Heading) block()    {}
func (Para) block()       {}
func (List) block()       {}
func (Table) block()      {}
func (Sums) block()       {}
func (Signatures) block() {}
func (Figure) block()     {}
func (TOC) block()        {}
func (Annex) block()      {}
