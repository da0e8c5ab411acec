package documents

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"auftragsmappe/documents/ledger"
)

// No field of what was ever stored may lose its place: one that is renamed or removed would be read as if it had not been there.
func TestCorpusFields(t *testing.T) {
	files, err := filepath.Glob("testdata/store-v*/store/t/*/e/*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var e ledger.Event
		strictly(t, name, b, &e)
		switch e.Type {
		case ledger.Claimed:
			strictly(t, name, e.Body, new(claim))
		case ledger.Issued:
			strictly(t, name, e.Body, new(issued))
		default:
			t.Errorf("%s: event %q", name, e.Type)
		}
	}
}

func strictly(t *testing.T, name string, b []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
