// Package layout sets content on pages: hyphenation, total fit, kerning, page breaks, DIN 5008, and the structure tree.
//
// The result is plain data with integer lengths: everything the painter needs, nothing left to decide.
package layout

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/fonts"
)

// Unit is 1/1000 point; y grows downwards from the top edge of the page.
type Unit int32

// Color is sRGB.
type Color struct{ R, G, B uint8 }

// Document is a set document.
type Document struct {
	Meta    Meta
	Pages   []Page
	Nodes   []Node // structure tree in reading order, parent before child; Nodes[0] is the Document
	Outline []Bookmark
	Dests   []Dest
	Images  []content.Image
}

// Meta is the file's metadata.
type Meta struct {
	Title, Lang, Author, Subject string
	Created                      date.Date // the document's date; the file says 00:00:00Z of it, never the time of the claim
	ID                           string    // what the document is known by where it was issued; "" = nothing, as of a draft
}

// Page is one page; items in paint order.
type Page struct {
	Width, Height Unit
	Items         []Item
	Annots        []Annot
}

// Role is a standard structure type of ISO 32000-1 14.8.4.
type Role uint8

// The roles.
const (
	RoleDocument Role = iota
	RoleSect
	RoleH1
	RoleH2
	RoleH3
	RoleH4
	RoleP
	RoleL
	RoleLI
	RoleLbl
	RoleLBody
	RoleTable
	RoleTHead
	RoleTBody
	RoleTR
	RoleTH
	RoleTD
	RoleFigure
	RoleLink
	RoleForm
	RoleTOC
	RoleTOCI
	RoleReference
	RoleNote
	RoleCaption
	RoleSpan
	RoleDiv
)

// Scope is the reach of a TH.
type Scope uint8

// The scopes.
const (
	ScopeNone Scope = iota
	ScopeColumn
	ScopeRow
	ScopeBoth
)

// Node is an element of the structure tree; one node may own items on several pages, and annotations.
type Node struct {
	Parent    int32 // index in Nodes; -1 for the root
	Role      Role
	Alt       string
	Lang      string
	ID        string // for Note and TH
	Scope     Scope
	Span      int    // columns that a TH or TD spans; 0 = 1
	Summary   string // of a Table
	Numbering string // of an L: None, Decimal, LowerAlpha, Unordered …
	BBox      Box    // of a Figure, on Page
	Page      int    // of BBox
}

// Box is a rectangle; X, Y is its upper left corner.
type Box struct{ X, Y, W, H Unit }

// Kind is the kind of an item.
type Kind uint8

// The kinds of items.
const (
	KindRun   Kind = iota // a run of glyphs; Box.X, Box.Y is the start of the baseline
	KindRule              // a filled rectangle used as a line
	KindFill              // a filled rectangle: a ground
	KindFrame             // an outlined rectangle of LineWidth: a box to tick
	KindImage             // Images[Image] in Box
)

// Artifact says which kind of artifact an item without a node is.
type Artifact uint8

// The artifact kinds.
const (
	ArtifactLayout     Artifact = iota // rules, fold marks
	ArtifactPagination                 // heads, feet, repeated table heads, carries
	ArtifactBackground                 // ENTWURF
)

// Item is something to paint. Node 0 (the root) means: an artifact.
type Item struct {
	Kind      Kind
	Artifact  Artifact
	Node      int32
	Box       Box
	Color     Color
	LineWidth Unit
	Image     int
	Turn      int // degrees counter-clockwise around Box.X, Box.Y; 0 but for ENTWURF
	Run       Run
}

// Glyph is a glyph with the kern that follows it.
type Glyph struct {
	fonts.Glyph
	Kern int16 // 1/1000 em, added after the glyph's advance
}

// Run is glyphs of one face and size on one baseline.
type Run struct {
	Face    fonts.Face
	Size    Unit
	Glyphs  []Glyph
	Stretch Unit   // added to each blank (code 32 of plane 0) of a justified line
	Text    string // logical text
	Hyphen  bool   // the last glyph is a hyphen that the text does not have: ActualText U+00AD
	Replace bool   // the glyphs do not spell Text (a bullet, a box): write ActualText
}

// AnnotKind is the kind of an annotation.
type AnnotKind uint8

// The annotation kinds.
const (
	AnnotLink AnnotKind = iota
	AnnotSignature
)

// Annot is an annotation on a page; it belongs to Node (a Link or a Form).
type Annot struct {
	Kind  AnnotKind
	Rect  Box
	Node  int32
	URI   string // of a link
	Dest  string // name of a destination, of an internal link
	Label string // Contents or TU
	Field string // T of a signature field
}

// Bookmark is an outline entry.
type Bookmark struct {
	Title string
	Level int // 1 = top
	Dest  string
}

// Dest is a named destination.
type Dest struct {
	Name string
	Page int
	Y    Unit
}

// Style is the tenant's look; geometry is constants.
type Style struct {
	Accent Color // for the title, rules and table heads; the zero value is a quiet dark blue
}
