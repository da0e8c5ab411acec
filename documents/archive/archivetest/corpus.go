package archivetest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Fields holds what earlier releases stored against the types that read it, by pattern of keys. No field may lose its place: one
// that is renamed or removed would be read as if it had not been there. Corpora are the folders of stores: "testdata/store-v*/store".
func Fields(t *testing.T, corpora string, types map[string]any) {
	t.Helper()
	for pattern, into := range types {
		EachStored(t, corpora, pattern, func(name string, b []byte) { Strictly(t, name, b, into) })
	}
}

// EachStored calls visit with all objects of corpora that fit a pattern; that there are none is an error.
func EachStored(t *testing.T, corpora, pattern string, visit func(name string, b []byte)) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpora, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing like %s, %v", pattern, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		visit(name, b)
	}
}

// Strictly reads JSON that may have no other fields than those of a type.
func Strictly(t *testing.T, name string, b []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
