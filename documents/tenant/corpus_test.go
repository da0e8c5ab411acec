package tenant

import (
	"testing"

	"auftragsmappe/documents/archive/archivetest"
)

func TestCorpusFields(t *testing.T) {
	archivetest.Fields(t, "../testdata/store-v*/store", map[string]any{
		"k/*":                new(Key),
		"t/*/k/*/*.json":     new(named),
		"t/*/profile/*.json": new(profileRecord),
	})
}
