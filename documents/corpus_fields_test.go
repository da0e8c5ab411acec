package documents

import (
	"testing"

	"auftragsmappe/documents/archive/archivetest"
	"auftragsmappe/documents/ledger"
)

// The bodies of events have no field that the program would not read.
func TestCorpusFields(t *testing.T) {
	archivetest.EachStored(t, "testdata/store-v*/store", "t/*/e/*/*.json", func(name string, b []byte) {
		var e ledger.Event
		archivetest.Strictly(t, name, b, &e)
		switch e.Type {
		case ledger.Claimed:
			archivetest.Strictly(t, name, e.Body, new(claim))
		case ledger.Issued:
			archivetest.Strictly(t, name, e.Body, new(issued))
		default:
			t.Errorf("%s: event %q", name, e.Type)
		}
	})
}
