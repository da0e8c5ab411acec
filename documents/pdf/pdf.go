// Package pdf paints set pages with gofpdf and finishes the file as PDF/A-3a and PDF/UA-1.
//
// gofpdf writes the page contents; the finishing step takes them where they are and writes the file around them: deflated
// streams, fonts, structure tree, metadata, output intent, annotations, attachments. The package decides nothing: where things stand
// and what they mean comes from package layout. It is the only importer of gofpdf and of the deflater.
//
// The same document gives the same bytes: no clock, no randomness, no environment, no map order.
package pdf

import (
	"errors"
	"io"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/layout"
)

// Relationship says what an attachment is to the document (AFRelationship, ISO 19005-3 annex E).
type Relationship uint8

// The relationships.
const (
	Unspecified Relationship = iota
	Alternative              // the same content in another form: factur-x.xml from profile BASIC on
	Data                     // data behind the page: a CSV
	Source                   // what the page was made from
	Supplement               // anything else that belongs to it
)

var relationshipNames = [...]string{"Unspecified", "Alternative", "Data", "Source", "Supplement"}

// Attachment is a file embedded in the document (ISO 19005-3 6.8).
type Attachment struct {
	Name         string // file name, unique in the document
	MediaType    string // "text/xml", "text/csv"
	Description  string
	Relationship Relationship
	Modified     date.Date // the zero value is the document's date
	Bytes        []byte
	FacturX      *FacturX // for the XML of a hybrid invoice, else nil
}

// FacturX fills the Factur-X extension schema of the metadata; its DocumentFileName is the attachment's name.
type FacturX struct {
	Level   string // "EN 16931", "XRECHNUNG"
	Version string // "1.0"; "" is that
}

// Errors of documents that layout should not have made.
var (
	ErrEmpty     = errors.New("pdf: document without pages or nodes")
	ErrDate      = errors.New("pdf: document without a date")
	ErrReference = errors.New("pdf: reference to a node, page, image or destination that is not there")
	ErrName      = errors.New("pdf: name missing or used twice")
	ErrImage     = errors.New("pdf: image cannot be used")
)

// Write paints d, finishes it with the attachments and writes it to w in one call.
// Errors are those above (a fault of layout or an unreadable image) or w's.
func Write(w io.Writer, d *layout.Document, files ...Attachment) error {
	f := finishers.take()
	defer f.release()
	if err := f.build(d, files); err != nil {
		return err
	}
	_, err := w.Write(f.out.b)
	return err
}

// Bytes is Write into memory of its own, of just the right size.
func Bytes(d *layout.Document, files ...Attachment) ([]byte, error) {
	f := finishers.take()
	defer f.release()
	if err := f.build(d, files); err != nil {
		return nil, err
	}
	return append(make([]byte, 0, len(f.out.b)), f.out.b...), nil
}
