package texts

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement/engagementtest"
)

// The bounds of reading. A sentence of the program's own wording has at most longest words; the contract's LIX stays
// below hardest (40 to 50 is a newspaper, 50 to 60 a textbook), that of a paper with few sentences a little above.
const (
	longest = 40
	average = 25
	hardest = 50.0
	short   = 2.0
)

// A sentence ends at a full stop, a question or an exclamation mark, so that a semicolon makes no long sentence short.
// LIX counts Björnsson's periods: a colon ends one too, a semicolon does not. Abbreviations and dates are followed by a
// blank that does not break and so end nothing.
var (
	stops   = regexp.MustCompile(`[.!?]+[“”)]*(?: |$)`)
	periods = regexp.MustCompile(`[.!?:]+[“”)]*(?: |$)`)
	wordsIn = regexp.MustCompile(`[\pL\d](?:[\pL\d]|[-–.,/@_][\pL\d])*`)
)

// effort is what reading a document costs. Own paragraphs count; headings, lists, tables and what a caller wrote do
// not.
type effort struct {
	words, long, sentences, periods int
	longest                         string
	most                            int
}

func (m *effort) add(text string) {
	m.periods += max(len(periods.FindAllString(text, -1)), 1)
	for _, s := range stops.Split(text, -1) {
		words := wordsIn.FindAllString(s, -1)
		if len(words) == 0 {
			continue
		}
		m.sentences++
		m.words += len(words)
		for _, w := range words {
			if utf8.RuneCountInString(w) > 6 {
				m.long++
			}
		}
		if len(words) > m.most {
			m.most, m.longest = len(words), s
		}
	}
}

func (m *effort) average() float64 { return float64(m.words) / float64(max(m.sentences, 1)) }

// lix is words a period and the share of words of more than six letters, in percent.
func (m *effort) lix() float64 {
	return float64(m.words)/float64(max(m.periods, 1)) + 100*float64(m.long)/float64(max(m.words, 1))
}

// faults says what is too hard to read.
func (m *effort) faults(kind decision.Kind) []string {
	var out []string
	if m.average() > average {
		out = append(out, fmt.Sprintf("%.1f words a sentence", m.average()))
	}
	if m.most > longest {
		out = append(out, fmt.Sprintf("%d words: %s", m.most, m.longest))
	}
	limit := hardest
	if kind != decision.Contract {
		limit += short
	}
	if m.lix() >= limit {
		out = append(out, fmt.Sprintf("LIX %.1f", m.lix()))
	}
	return out
}

// saidIn are the texts of an engagement, line by line.
func saidIn(t testing.TB, source []byte) map[string]bool {
	t.Helper()
	var e any
	if err := json.Unmarshal(source, &e); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	collect(e, said)
	return said
}

func collect(v any, said map[string]bool) {
	switch v := v.(type) {
	case string:
		for _, line := range strings.Split(v, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				said[line] = true
			}
		}
	case []any:
		for _, inner := range v {
			collect(inner, said)
		}
	case map[string]any:
		for _, inner := range v {
			collect(inner, said)
		}
	}
}

// own is a paragraph without what the caller wrote; "" when all of it is the caller's.
func own(text string, said map[string]bool) string {
	if said[text] {
		return ""
	}
	if label, rest, ok := strings.Cut(text, ": "); ok && said[strings.TrimSuffix(rest, ".")] {
		return label + ":"
	}
	return text
}

func measureOf(d *content.Document, said map[string]bool) *effort {
	m := &effort{}
	for _, b := range d.Blocks {
		if p, ok := b.(content.Para); ok {
			if text := own(plain(p.Text), said); text != "" {
				m.add(text)
			}
		}
	}
	return m
}

// TestDocumentsAreReadable measures every document of many engagements; -v shows the figures.
func TestDocumentsAreReadable(t *testing.T) {
	t.Parallel()
	type worst struct {
		n                  int
		lix, average, most float64
		sum, words         float64
	}
	lib, figures := library(t), map[decision.Kind]*worst{}
	for n := range engagements {
		source := engagementtest.Generate(n)
		said := saidIn(t, source)
		for kind, doc := range filledDocuments(t, lib, caseOf(decoded(t, source))) {
			m := measureOf(doc, said)
			for _, fault := range m.faults(kind) {
				t.Errorf("engagement %d, %s: %s", n, kind, fault)
			}
			if figures[kind] == nil {
				figures[kind] = &worst{}
			}
			f := figures[kind]
			f.n, f.sum, f.words = f.n+1, f.sum+m.lix(), f.words+m.average()
			f.lix, f.average, f.most = max(f.lix, m.lix()), max(f.average, m.average()), max(f.most, float64(m.most))
		}
	}
	for _, row := range decision.Kinds {
		f := figures[row.Kind]
		t.Logf("%-16s %4d documents: LIX %.1f, at most %.1f; words a sentence %.1f, at most %.1f on average, %.0f in one",
			row.Kind, f.n, f.sum/float64(f.n), f.lix, f.words/float64(f.n), f.average, f.most)
	}
}

// manyDuties says that a paragraph asks for more than two things at once.
func manyDuties(text string) bool {
	n := 0
	for _, s := range stops.Split(text, -1) {
		if must.MatchString(s) {
			n++
		}
	}
	return n > 2
}

var must = regexp.MustCompile(`\b(?:muss|müssen)\b`)

// TestOneDutyAParagraph: what a deed asks for stands apart, so that it can be cited.
func TestOneDutyAParagraph(t *testing.T) {
	lib := library(t)
	generatedCases(t, func(n int, c *Case) {
		for kind, doc := range filledDocuments(t, lib, c) {
			for _, b := range doc.Blocks {
				if p, ok := b.(content.Para); ok && manyDuties(plain(p.Text)) {
					t.Errorf("engagement %d, %s: many duties: %s", n, kind, plain(p.Text))
				}
			}
		}
	})
	if manyDuties("Sie muss zahlen. Sie muss prüfen.") || !manyDuties("Sie muss zahlen. Sie muss prüfen. Beide müssen schweigen.") {
		t.Error("duties are not counted")
	}
}

// TestMeasureFinds shows that the measure can fail, and what it counts.
func TestMeasureFinds(t *testing.T) {
	for _, v := range []struct {
		text  string
		fault string
	}{
		{strings.Repeat("Wort ", 41) + "Ende.", "42 words"},
		{strings.Repeat("kurz ", 26) + "aus.", "27.0 words a sentence"},
		{"Vertragsparteien vereinbaren Zahlungsfristen. Zahlungsfristen beginnen.", "LIX 102.5"},
		{"Das ist ein kurzer Satz. Er ist gut.", ""},
	} {
		m := &effort{}
		m.add(v.text)
		got := strings.Join(m.faults(decision.Contract), "; ")
		if v.fault == "" && got != "" || !strings.Contains(got, v.fault) {
			t.Errorf("%q: %q, want %q", v.text, got, v.fault)
		}
	}
	m := &effort{}
	m.add("Nach Art.\u00a028 Abs.\u00a03 DSGVO gilt dies: am 7.\u00a0Dezember 2026; dann endet es.")
	if m.words != 15 || m.sentences != 1 || m.periods != 2 || m.long != 1 {
		t.Errorf("counted %+v", m)
	}
	if got := own("Zweck: Versand", map[string]bool{"Versand": true}) + own("Versand", map[string]bool{"Versand": true}); got != "Zweck:" {
		t.Errorf("own text: %q", got)
	}
}
