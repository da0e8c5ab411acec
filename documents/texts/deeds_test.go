package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement/engagementtest"
)

// mandatory are the contents that Art. 28 DSGVO asks of a processing agreement, and the transfer to third countries.
func mandatory() []string {
	items := []string{"A23"}
	for n := 1; n <= 20; n++ {
		items = append(items, fmt.Sprintf("A%02d", n))
	}
	return items
}

// TestAVVCoversArt28 proves that no combination of the conditions leaves a mandatory content out.
func TestAVVCoversArt28(t *testing.T) {
	text := library(t).texts[decision.AVV]
	for item, when := range uncovered(t, text, mandatory()) {
		t.Errorf("avv.md: %s is covered by no clause under %s", item, when)
	}
}

// TestDeedsCoverTheLaw proves the same of what contract and confidentiality agreement must regulate in every case.
func TestDeedsCoverTheLaw(t *testing.T) {
	lib := library(t)
	for kind, items := range map[decision.Kind][]string{
		decision.Contract: {"F01", "F02", "F03", "F07", "F08", "F09", "F10", "F11", "F12", "F20", "F21"},
		decision.NDA:      {"N01", "N02", "N03", "N04", "N05", "N06", "N08", "N09", "N10", "N12", "N13", "N14"},
		decision.AVV:      {"A21", "A22", "A24", "A25", "A27", "A28", "A29", "A30"},
	} {
		for item, when := range uncovered(t, lib.texts[kind], items) {
			t.Errorf("%s.md: %s is covered by no clause under %s", kind, item, when)
		}
	}
}

// TestUncoveredFindsGaps shows that the proof can fail: an item under a condition is not covered without it.
func TestUncoveredFindsGaps(t *testing.T) {
	if gaps := uncovered(t, library(t).texts[decision.NDA], []string{"N07", "N11", "X99"}); len(gaps) != 3 {
		t.Errorf("gaps of conditional and unknown items: %v", gaps)
	}
}

// TestEverySectionSpeaksPlainly: each § of a deed has its one plain sentence for the reading version.
func TestEverySectionSpeaksPlainly(t *testing.T) {
	lib := library(t)
	for _, kind := range deeds {
		seen := map[string]bool{}
		for _, s := range lib.texts[kind].sections {
			if s.annex {
				break
			}
			if s.level != 2 {
				continue
			}
			if fault := unplain(s.plain); fault != "" || seen[s.plain] {
				t.Errorf("%s.md: the plain sentence of #%s %s or is said twice: %q", kind, s.id, fault, s.plain)
			}
			seen[s.plain] = true
		}
	}
}

// unplain says why a text is no plain sentence: one whole sentence of at most 15 words without the words of lawyers.
func unplain(s string) string {
	lower := strings.ToLower(s)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return "is missing"
	case !strings.HasSuffix(s, ".") || len(stops.FindAllString(s, -1)) != 1 || !unicode.IsUpper(first):
		return "is not one sentence"
	case len(strings.Fields(s)) > 15:
		return "is too long"
	case strings.ContainsAny(s, "{};") || strings.Contains(lower, "auftraggeberin") || strings.Contains(lower, "auftragnehmer"):
		return "is not plain"
	}
	return ""
}

// TestUnplainFinds shows that the check can fail.
func TestUnplainFinds(t *testing.T) {
	for s, want := range map[string]string{
		"": "is missing", "Was kostet es?": "is not one sentence", "Preis und Zahlung": "is not one sentence", "das ist klein.": "is not one sentence",
		"Erstens. Zweitens.": "is not one sentence", strings.Repeat("Wort ", 15) + "zu viel.": "is too long",
		"Der Auftragnehmer schuldet nichts.": "is not plain", "So ist es; anders nicht.": "is not plain", "So lange gilt der Vertrag.": "",
	} {
		if got := unplain(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestDeedFamiliesAreDisjoint(t *testing.T) {
	seen := map[string]bool{}
	for _, family := range []map[string]predicate{sharedConditions, letterConditions, contractConditions, ndaConditions, avvConditions} {
		for name := range family {
			if seen[name] {
				t.Errorf("condition %q is defined twice", name)
			}
			seen[name] = true
		}
	}
	slots := len(contractSpans) + len(ndaSpans) + len(avvSpans)
	blocks := len(contractBlocks) + len(ndaBlocks) + len(avvBlocks)
	if slots != len(deedSpans) || blocks != len(deedBlocks) {
		t.Errorf("a slot of the deeds is defined twice: %d of %d spans, %d of %d blocks are left", len(deedSpans), slots, len(deedBlocks), blocks)
	}
}

var deeds = []decision.Kind{decision.Contract, decision.NDA, decision.AVV}

// TestGeneratedEngagements fills all texts for many engagements and reads them as far as a machine can.
func TestGeneratedEngagements(t *testing.T) {
	t.Parallel()
	lib := library(t)
	filled := map[decision.Kind]int{}
	for n := range 500 {
		c := caseOf(decoded(t, engagementtest.Generate(n)))
		for _, need := range c.Decision.Needs {
			if !need.Applies {
				continue
			}
			doc, err := lib.Fill(need.Kind, c)
			if err != nil {
				t.Fatalf("%d %s: %v", n, need.Kind, err)
			}
			filled[need.Kind]++
			r := reader{t: t, where: fmt.Sprintf("engagement %d, %s", n, need.Kind)}
			r.document(doc)
			if t.Failed() {
				t.FailNow()
			}
		}
	}
	for _, kind := range deeds {
		if filled[kind] < 200 {
			t.Errorf("%s was filled only %d times", kind, filled[kind])
		}
	}
}

// TestSentencesAreShort: one sentence a line, at most 25 words (a role form counts as two, a slot as one).
func TestSentencesAreShort(t *testing.T) {
	for kind, text := range library(t).texts {
		for _, s := range text.sections {
			for _, b := range s.blocks {
				for _, l := range allLines(&b) {
					if fault := lineFault(&l); fault != "" {
						t.Errorf("%s.md: %s", kind, fault)
					}
				}
			}
		}
	}
}

// lineFault says what is wrong with a line of a text.
func lineFault(l *line) string {
	n, text := length(l)
	switch {
	case n > 25:
		return fmt.Sprintf("%d words: %s", n, text)
	case len(stops.FindAllString(text, -1)) > 1:
		return "more than one sentence: " + text
	}
	return ""
}

// TestLineFaultFinds shows that the check can fail.
func TestLineFaultFinds(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("Wort ", 26): "26 words", "Das gilt. Jenes nicht.": "more than one sentence", "Das gilt nach Art.\u00a05 DSGVO.": "",
	} {
		got := lineFault(&line{inlines: []inline{{kind: inlineText, text: text}}})
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func allLines(b *block) []line {
	out := slices.Clone(b.lines)
	for i := range b.items {
		out = append(out, b.items[i].lines...)
	}
	return out
}

func length(l *line) (int, string) {
	var b strings.Builder
	for _, i := range l.inlines {
		switch i.kind {
		case inlineText:
			b.WriteString(i.text)
		case inlineWord:
			b.WriteString(i.word.In(0))
		default:
			b.WriteString("x")
		}
	}
	return len(strings.Fields(b.String())), b.String()
}
