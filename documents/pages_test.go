package documents_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// pageRange is how many pages a document of usual data has, at least and at most.
type pageRange struct{ least, most int }

var usualPages = map[decision.Kind]pageRange{
	decision.Offer: {1, 2}, decision.Contract: {4, 6}, decision.NDA: {2, 3}, decision.AVV: {5, 7},
	decision.AccessChecklist: {1, 2}, decision.Invoice: {1, 1},
}

// longData are documents of examples with very long names and lists, or with every option: they may take more.
var longData = map[string]pageRange{
	"agentur-raten offer": {3, 3}, "agentur-raten nda": {4, 4}, "agentur-raten avv": {7, 8},
	"langer-auftrag offer": {8, 12}, "langer-auftrag contract": {6, 8}, "langer-auftrag invoice": {5, 8},
}

var pageCount = regexp.MustCompile(`/Type /Pages /Count (\d+)`)

// TestPages: new wording must not push the documents of the examples onto another sheet.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("../examples/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	is := issuer(t, archive.NewMemory(), nil)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := engagement.Decode(bytes.NewReader(b), nil, today, decision.Check)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range issue(t, is, "default", v).Files {
			what := strings.TrimSuffix(filepath.Base(name), ".json") + " " + f.Kind
			if fault := pagesFault(f.Bytes, what, decision.Kind(f.Kind)); fault != "" {
				t.Errorf("%s: %s", what, fault)
			}
		}
	}
}

// pagesFault says that a file has fewer or more pages than it may; "" for files that are no PDF.
func pagesFault(file []byte, what string, kind decision.Kind) string {
	if !bytes.HasPrefix(file, []byte("%PDF-")) {
		return ""
	}
	m := pageCount.FindSubmatch(file)
	if m == nil {
		return "no count of pages"
	}
	n, _ := strconv.Atoi(string(m[1]))
	limits, ok := longData[what]
	if !ok {
		limits = usualPages[kind]
	}
	if n < limits.least || n > limits.most {
		return fmt.Sprintf("%d pages, not %d to %d", n, limits.least, limits.most)
	}
	return ""
}

// TestPagesFaultFinds shows that the check can fail.
func TestPagesFaultFinds(t *testing.T) {
	for file, want := range map[string]string{
		"%PDF-1.7 /Type /Pages /Count 3": "3 pages, not 1 to 2", "%PDF-1.7 /Type /Pages /Count 2": "", "%PDF-1.7": "no count of pages", "<xml/>": "",
	} {
		if got := pagesFault([]byte(file), "launch offer", decision.Offer); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}
