package texts

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"auftragsmappe/documents/content"
)

// spot is where in a document a passage stands.
type spot uint8

const (
	inHeading spot = iota
	inParagraph
	inLead
	inItem
	inCell
	inLabel // of a sum, of the info block, of a signature
	inFoot
)

// passage is one text of a document. Own is the text with the caller's words masked, so that rules of wording see only
// what the program wrote.
type passage struct {
	spot
	text, own string
	caller    bool // the caller wrote all of it
}

// mask stands for what the caller wrote.
const mask = "◆_"

// codes are texts such as "hour" and "12.5", which may be part of other words and numbers.
var codes = regexp.MustCompile(`^(?:[a-z_]+|[\d.,-]+)$`)

// masker hides the caller's words; longer texts first, so that none is hidden in part. Codes and words of three letters
// and fewer stay.
type masker struct {
	*strings.Replacer
	said map[string]bool
}

func newMasker(said map[string]bool) *masker {
	var texts []string
	for s := range said {
		if len(s) > 3 && !codes.MatchString(s) {
			texts = append(texts, s)
		}
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	pairs := make([]string, 0, 4*len(texts))
	for _, s := range texts {
		pairs = append(pairs, s, mask, tiedName(s), mask)
	}
	return &masker{strings.NewReplacer(pairs...), said}
}

// passages are all texts of a document in reading order.
func passages(d *content.Document, m *masker) []passage {
	w := &passageWalk{m: m}
	if l := d.Letter; l != nil {
		for _, p := range l.Info {
			w.add(inLabel, p.Label)
			w.add(inLabel, plain(p.Value))
		}
	}
	for _, b := range d.Blocks {
		w.block(b, inParagraph)
	}
	for _, column := range d.Footer {
		for _, line := range column {
			w.add(inFoot, line)
		}
	}
	return w.out
}

type passageWalk struct {
	m   *masker
	out []passage
}

func (w *passageWalk) add(at spot, text string) {
	if text != "" {
		w.out = append(w.out, passage{at, text, w.m.Replace(text), w.m.said[strings.TrimSpace(text)]})
	}
}

func (w *passageWalk) block(b content.Block, at spot) {
	switch b := b.(type) {
	case content.Heading:
		w.add(inHeading, plain(b.Text))
	case content.Annex:
		w.add(inHeading, b.Title)
	case content.Para:
		if b.Style == content.Lead && at == inParagraph {
			at = inLead
		}
		w.add(at, plain(b.Text))
	case content.List:
		for _, item := range b.Items {
			for _, inner := range item {
				w.block(inner, inItem)
			}
		}
	case content.Table:
		for _, row := range append([][]content.Cell{b.Head}, b.Rows...) {
			for _, cell := range row {
				w.add(inCell, plain(cell.Text))
			}
		}
	case content.Sums:
		for _, r := range b.Rows {
			w.add(inLabel, r.Label)
			w.add(inLabel, plain(r.Value))
		}
	case content.Signatures:
		for _, s := range b.Parties {
			for _, text := range []string{s.Label, s.Place, s.Name, s.Role, s.Tooltip} {
				w.add(inLabel, text)
			}
		}
	}
}
