package texts

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"auftragsmappe/documents/content"
)

// never are words that no deed may say (void or harmful clauses, papers of the law of employment, chancery German).
var never = []string{
	"hiermit", "gegenständlich", "vorgenannt", "ist verpflichtet zu", "bzw.", "ggf.", "etc.", "soweit gesetzlich zulässig", "verfällt ersatzlos",
	"scheinselbst", "mitarbeiterin", "arbeitnehmer", " gehalt", " lohn", "§ 69b", "wettbewerbsverbot", "mahngebühr", "mahnpauschale", "der/die",
	"/in ", ":in ", "*in ", "er/sie", "höchstbetrag", "jeweils gültigen", "schriftformerfordernis", "urlaubsantrag", "überträgt das urheberrecht",
	"verzichtet", "aufrechnung",
}

// unclean are faults that a machine can see in a line of German.
var unclean = map[string]*regexp.Regexp{
	"blank before punctuation":   regexp.MustCompile(`[ \x{a0}][,;:!?.](\s|$)`),
	"two full stops":             regexp.MustCompile(`\.\.`),
	"unknown token":              regexp.MustCompile(`[{}]|%!|\?\?|<nil>`),
	"two blanks":                 regexp.MustCompile(`  `),
	"quotation marks":            regexp.MustCompile(`"|''`),
	"comma before full stop":     regexp.MustCompile(`,\s*[.,;:]`),
	"break after a section sign": regexp.MustCompile(`(§|Art\.|Abs\.|Nr\.) `),
}

// reader holds a filled document against the rules of wording.
type reader struct {
	t     *testing.T
	where string
	ids   map[string]bool
	links []string
	found *[]string // where faults go instead of failing the test
}

func (r *reader) fault(format string, args ...any) {
	r.t.Helper()
	if r.found != nil {
		*r.found = append(*r.found, fmt.Sprintf(format, args...))
		return
	}
	r.t.Errorf("%s: "+format, append([]any{r.where}, args...)...)
}

func (r *reader) document(d *content.Document) {
	r.ids = map[string]bool{}
	for i, b := range d.Blocks {
		r.block(b)
		r.neighbours(d.Blocks, i)
	}
	for _, link := range r.links {
		if !r.ids[link] {
			r.fault("link to #%s, which is not there", link)
		}
	}
	if d.Form == content.FormDeed {
		r.deed(d)
	}
}

// neighbours: text follows a heading, and something follows a colon.
func (r *reader) neighbours(blocks []content.Block, i int) {
	var next content.Block
	if i+1 < len(blocks) {
		next = blocks[i+1]
	}
	switch b := blocks[i].(type) {
	case content.Heading:
		if n, ok := next.(content.Heading); next == nil || ok && n.Level <= b.Level {
			r.fault("heading %q stands alone", plain(b.Text))
		}
		if _, ok := next.(content.Annex); ok {
			r.fault("heading %q stands alone", plain(b.Text))
		}
	case content.Para:
		text := plain(b.Text)
		_, isPara := next.(content.Para)
		_, isHeading := next.(content.Heading)
		if strings.HasSuffix(text, ":") && (next == nil || isHeading || isPara && !strings.Contains(text, "Leistung")) {
			r.fault("nothing follows %q", text)
		}
	}
}

func (r *reader) block(b content.Block) {
	switch b := b.(type) {
	case content.Heading:
		r.id(b.ID)
		r.text(b.Text)
	case content.Annex:
		r.id(b.ID)
	case content.Para:
		r.id(b.ID)
		r.text(b.Text)
	case content.List:
		if len(b.Items) == 0 {
			r.fault("an empty list")
		}
		for _, item := range b.Items {
			for _, inner := range item {
				r.block(inner)
			}
		}
	case content.Table:
		r.table(b)
	}
}

func (r *reader) table(b content.Table) {
	width := 0
	for _, col := range b.Columns {
		width += col.Width
	}
	if width != 1000 || len(b.Rows) == 0 {
		r.fault("table %q: columns of %d ‰, %d rows", b.Summary, width, len(b.Rows))
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			if strings.TrimSpace(plain(cell.Text)) == "" {
				r.fault("table %q has an empty cell", b.Summary)
			}
			r.text(cell.Text)
		}
	}
}

func (r *reader) id(id string) {
	if id != "" {
		r.ids[id] = true
	}
}

func (r *reader) text(spans []content.Span) {
	text := plain(spans)
	if strings.TrimSpace(text) == "" {
		r.fault("an empty text")
	}
	for _, s := range spans {
		if id, ok := strings.CutPrefix(s.Link, "#"); ok {
			r.links = append(r.links, id)
		}
	}
	if !utf8.ValidString(text) {
		r.fault("not UTF-8: %q", text)
	}
	for name, pattern := range unclean {
		if at := pattern.FindStringIndex(text); at != nil {
			r.fault("%s in %q", name, text)
		}
	}
	if word := doubled(text); word != "" {
		r.fault("doubled word %q in %q", word, text)
	}
}

// doubled is a word that stands twice in a row; the generator's own user text may do so.
func doubled(text string) string {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		if strings.EqualFold(words[i-1], words[i]) && !strings.ContainsAny(words[i], "0123456789_–-") {
			return words[i]
		}
	}
	return ""
}

var sentenceEnd = regexp.MustCompile(`[.!?] +(?:[A-ZÄÖÜ]|§)`)

// deed checks wording, the length of sentences and the frame of a deed: parties first, signatures before the annexes.
func (r *reader) deed(d *content.Document) {
	words, sentences, signed := 0, 0, false
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case content.Annex:
			if !signed {
				r.fault("an annex before the signatures")
			}
		case content.Signatures:
			signed = true
		case content.Para:
			text := plain(b.Text)
			r.forbidden(text)
			words += len(strings.Fields(text))
			sentences += 1 + len(sentenceEnd.FindAllString(text, -1))
		}
	}
	if !signed {
		r.fault("no signatures")
	}
	if words > 18*sentences {
		r.fault("%d words in %d sentences", words, sentences)
	}
	r.length(d)
}

func (r *reader) forbidden(text string) {
	lower := strings.ReplaceAll(strings.ToLower(text), "\u00a0", " ")
	for _, bad := range never {
		if strings.Contains(lower, bad) {
			r.fault("says %q in %q", bad, text)
		}
	}
}

// length holds a deed of the usual size in its range of words (about 380 a page, documents.md 3 to 5).
func (r *reader) length(d *content.Document) {
	least := map[string]int{"contract": 1100, "nda": 600, "avv": 1300}[d.Kind]
	if n := len(strings.Fields(content.PlainText(d, 100))); n < least {
		r.fault("only %d words", n)
	}
}
