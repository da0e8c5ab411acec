package texts

import (
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// TestReadingCopyCitesTheLaw: what a clause covers stands beside it with its source, and in the table with its name.
func TestReadingCopyCitesTheLaw(t *testing.T) {
	lib := library(t)
	for kind, text := range lib.texts {
		wording, table, ok := strings.Cut(content.PlainText(readingCopy(t, kind), wide), "\nWas der Text abdeckt\n")
		if !ok {
			t.Fatalf("%s: no table of the law", kind)
		}
		text.walk(func(a *attributes, _ []*attributes) {
			for _, code := range a.covers {
				if !strings.Contains(wording, code+" ·") && !strings.Contains(wording, code+", ") {
					t.Errorf("%s: %s stands beside no clause", kind, code)
				}
			}
		}, nil)
		for _, code := range covers(kind, text) {
			it := lib.law.item(code)
			if row := "· " + code + " | " + it.Name; !strings.Contains(table, strings.ReplaceAll(tie(row), "\u00a0", " ")) {
				t.Errorf("%s: no row %q", kind, row)
			}
		}
	}
}

func TestCoverage(t *testing.T) {
	l := &law{Items: []item{
		{Code: "A03", Source: "Art. 28 Abs. 3 DSGVO"}, {Code: "A04", Source: "Art. 28 Abs. 3 DSGVO"},
		{Code: "A18", Source: "Art. 33 Abs. 2 DSGVO; Stunden sind Vereinbarung"}, {Code: "R18", Source: "Art. 28 DSGVO: Ein Vertrag wird nicht angeboten"},
	}}
	r := copier{filler: filler{lib: &Library{law: l}}}
	got := r.coverage([]string{"A03", "A18", "A04", "R18"}, "\n")
	want := "A03, A04 · Art. 28 Abs. 3 DSGVO\nA18 · Art. 33 Abs. 2 DSGVO\nR18 · Art. 28 DSGVO"
	if strings.ReplaceAll(got, "\u00a0", " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}
