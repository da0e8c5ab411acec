package documents

import (
	"fmt"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/pdf"
	"auftragsmappe/documents/texts"
)

// ReadingCopy is the whole text of a kind for a lawyer's review (the Lesefassung), with all its variants.
type ReadingCopy struct {
	Kind    decision.Kind
	Version string // of the text
	State   string // of its review, in German; begins with "geprüft" when this very version was read
	content *content.Document
}

// ReadingCopies are those of some kinds, in the order of the kinds; of all when none is named.
func ReadingCopies(kinds ...decision.Kind) ([]ReadingCopy, error) {
	lib, err := texts.Load()
	if err != nil {
		return nil, fmt.Errorf("reading copies: %w", err)
	}
	if len(kinds) == 0 {
		for _, row := range decision.Kinds {
			kinds = append(kinds, row.Kind)
		}
	}
	out := make([]ReadingCopy, 0, len(kinds))
	for _, k := range kinds {
		d, err := lib.ReadingCopy(k)
		if err != nil {
			return nil, err
		}
		state, err := lib.ReviewState(k)
		if err != nil {
			return nil, fmt.Errorf("reading copy: %w", err)
		}
		out = append(out, ReadingCopy{Kind: k, Version: lib.Version(k), State: state, content: d})
	}
	return out, nil
}

// textWidth is the measure of copies as text.
const textWidth = 100

// Text is the copy as text. It has no date: two of one version are equal, so that versions can be compared.
func (c *ReadingCopy) Text() string { return content.PlainText(c.content, textWidth) }

// PDF is the copy as PDF/A-3a and PDF/UA-1, with the day on which it was made in its foot: a lawyer's copies pile up.
func (c *ReadingCopy) PDF(made date.Date) ([]byte, error) {
	d := *c.content
	d.Date = made
	d.Footer = append(d.Footer[:len(d.Footer):len(d.Footer)], content.Column{"Ausgegeben am " + de.ShortDate(made)})
	set, err := layout.Pages(&d, &layout.Style{})
	if err != nil {
		return nil, fmt.Errorf("reading copy of %s: %w", c.Kind, err)
	}
	b, err := pdf.Bytes(set)
	if err != nil {
		return nil, fmt.Errorf("reading copy of %s: %w", c.Kind, err)
	}
	return b, nil
}
