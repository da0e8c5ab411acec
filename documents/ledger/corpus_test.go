package ledger

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// No field of what was ever stored may lose its place: one that is renamed or removed would be read as if it had not been there.
func TestCorpusFields(t *testing.T) {
	for pattern, into := range map[string]any{
		"t/*/e/*/*.json":    new(Event),
		"t/*/n/*/*/*":       new(numberBody),
		"t/*/idem/*/*.json": new(Request),
		"t/*/seal/*.json":   new(Seal),
	} {
		files, err := filepath.Glob("../testdata/store-v*/store/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("nothing like %s, %v", pattern, err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(b))
			d.DisallowUnknownFields()
			if err := d.Decode(into); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
