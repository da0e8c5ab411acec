package texts

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
)

var update = flag.Bool("update", false, "write the goldens")

// decoded reads an engagement as the service does.
func decoded(t testing.TB, source []byte) *engagement.Valid {
	t.Helper()
	v, err := engagement.Decode(bytes.NewReader(source), nil, date.Date{Year: 2026, Month: 11, Day: 24}, decision.Check, CheckMeasures)
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return v
}

// caseOf is the case of an engagement with the numbers that a first call of a year would give.
func caseOf(v *engagement.Valid) *Case {
	d := decision.Decide(v)
	c := &Case{Engagement: v, Decision: &d, Papers: Papers{}, Price: invoice.Quote(&v.Engagement), Estimate: invoice.EstimateOf(&v.Engagement)}
	for kind, number := range map[decision.Kind]string{
		decision.Offer: "AN-2026-0007", decision.Contract: "VT-2026-0007", decision.NDA: "VV-2026-0007",
		decision.AVV: "AV-2026-0007", decision.AccessChecklist: "ZC-2026-0007", decision.Invoice: "RE-2026-0003",
	} {
		if d.Applies(kind) {
			c.Papers[kind] = Paper{Number: number, Date: v.Date}
		}
	}
	if d.Applies(decision.Invoice) {
		c.Invoice = invoice.New(&v.Engagement, c.Price, "RE-2026-0003", v.Date)
	}
	return c
}

// samples are the engagements with goldens, by name: those of this package and the examples that are not among them.
func samples(t *testing.T) map[string][]byte {
	t.Helper()
	out, seen := map[string][]byte{}, map[string]bool{}
	for _, pattern := range []string{"testdata/*.json", "../../examples/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no samples in %s: %v", pattern, err)
		}
		for _, f := range files {
			source, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !seen[string(source)] {
				out[strings.TrimSuffix(filepath.Base(f), ".json")] = source
			}
			seen[string(source)] = true
		}
	}
	return out
}

// TestGoldens holds every document of every sample and example against its text, and every golden against a document.
func TestGoldens(t *testing.T) {
	lib, made := library(t), map[string]bool{}
	for name, source := range samples(t) {
		for kind, doc := range filledDocuments(t, lib, caseOf(decoded(t, source))) {
			file := "testdata/" + name + "." + string(kind) + ".txt"
			golden(t, file, content.PlainText(doc, 100))
			made[file] = true
		}
	}
	goldens, err := filepath.Glob("testdata/*.*.txt")
	if err != nil || len(goldens) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, file := range goldens {
		if !made[file] {
			t.Errorf("%s is the golden of no document", file)
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("no golden (go test -update makes it): %v", err)
		return
	}
	if got != string(want) {
		t.Errorf("%s differs; go test -update and read the diff. Now:\n%s", file, got)
	}
}
