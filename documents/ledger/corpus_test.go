package ledger

import (
	"testing"

	"auftragsmappe/documents/archive/archivetest"
)

func TestCorpusFields(t *testing.T) {
	archivetest.Fields(t, "../testdata/store-v*/store", map[string]any{
		"t/*/e/*/*.json":    new(Event),
		"t/*/n/*/*/*":       new(numberBody),
		"t/*/idem/*/*.json": new(Request),
		"t/*/seal/*.json":   new(Seal),
	})
}
