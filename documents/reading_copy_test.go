package documents_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
)

// The copies of all texts, as what package texts holds against its goldens, and as PDFs that say only the day they were made.
func TestReadingCopies(t *testing.T) {
	copies, err := documents.ReadingCopies()
	if err != nil || len(copies) != len(decision.Kinds) {
		t.Fatalf("%d copies, %v", len(copies), err)
	}
	day := date.Date{Year: 2026, Month: 11, Day: 24}
	for i, row := range decision.Kinds {
		c := &copies[i]
		golden, err := os.ReadFile("texts/testdata/lesefassung-" + string(row.Kind) + ".txt")
		if err != nil || c.Kind != row.Kind || c.Text() != string(golden) {
			t.Errorf("%s: not its golden: %v", row.Kind, err)
		}
		first, err := c.PDF(day)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := c.PDF(day)
		later, _ := c.PDF(day.AddDays(1))
		if !bytes.Equal(first, again) || bytes.Equal(first, later) || !bytes.HasPrefix(first, []byte("%PDF-1.7")) {
			t.Errorf("%s: the same copy gives other bytes, or another day the same", row.Kind)
		}
		if !strings.Contains(c.Text(), c.Version) || !strings.Contains(c.Text(), c.State) {
			t.Errorf("%s: the copy does not say version and state", row.Kind)
		}
		if _, err := c.PDF(date.Date{}); err == nil {
			t.Errorf("%s: a copy of no day", row.Kind)
		}
	}
}

func TestReadingCopiesOfNoText(t *testing.T) {
	if copies, err := documents.ReadingCopies(decision.NDA, "letter"); err == nil {
		t.Errorf("%d copies", len(copies))
	}
}

// A copy of a text names the version that the manifest of its documents names.
func TestReadingCopyVersion(t *testing.T) {
	copies, err := documents.ReadingCopies()
	if err != nil {
		t.Fatal(err)
	}
	versions := map[decision.Kind]string{}
	for _, c := range copies {
		versions[c.Kind] = c.Version
	}
	drafts := preview(t, issuer(t, archive.NewMemory(), nil), example(t, launch, nil)).Manifest.Documents
	for _, d := range drafts {
		if d.TextVersion != versions[d.Kind] {
			t.Errorf("%s: the copy is of version %q, the document of %q", d.Kind, versions[d.Kind], d.TextVersion)
		}
	}
	if len(drafts) != len(copies) {
		t.Errorf("only %d kinds compared", len(drafts))
	}
}
