package documents_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// corpusEvent is an event as an earlier version stored it, with the engagement it belongs to. Files are added, never changed.
type corpusEvent struct {
	ID    string          `json:"id"`
	Event json.RawMessage `json:"event"`
}

func corpus(t *testing.T, kind string) (events []corpusEvent) {
	t.Helper()
	files, err := filepath.Glob("testdata/v*/" + kind + "*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var e corpusEvent
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatal(f, err)
		}
		events = append(events, e)
	}
	return events
}

func store(t *testing.T, s archive.Store, key string, b []byte) {
	t.Helper()
	s.(*archive.Memory).Tamper(key, append([]byte{}, b...))
}

// Claims of every earlier version can be finished.
func TestCorpusClaims(t *testing.T) {
	for _, c := range corpus(t, "claimed") {
		s := archive.NewMemory()
		store(t, s, archive.EventKey("default", c.ID, 1), c.Event)
		store(t, s, archive.Open{Day: "2026-11-23", Tenant: "default", ID: c.ID, Event: 1, What: "claimed"}.Key(), nil)
		if n, err := issuer(t, s, nil).Recover(t.Context(), 0); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		r := issue(t, issuer(t, s, nil), "default", example(t, launch, nil))
		if !r.Replayed || r.Manifest.CreatedAt != "2026-11-23T11:00:00Z" || len(r.Files) != 6 || r.Manifest.InvoiceGross != "1850.00" {
			t.Errorf("%v %s", r.Replayed, manifestJSON(t, r.Manifest))
		}
	}
}

// Documents that any earlier version issued are found by their tokens.
func TestCorpusIssued(t *testing.T) {
	for _, c := range corpus(t, "issued") {
		s := archive.NewMemory()
		store(t, s, archive.EventKey("default", c.ID, 1), []byte(`{"v":1,"type":"claimed"}`))
		store(t, s, archive.EventKey("default", c.ID, 2), c.Event)
		var body struct {
			Body struct {
				Tokens map[string]string `json:"tokens"`
			} `json:"body"`
		}
		if err := json.Unmarshal(c.Event, &body); err != nil || len(body.Body.Tokens) != 6 {
			t.Fatal(err)
		}
		for id, token := range body.Body.Tokens {
			_, err := issuer(t, s, nil).Document(t.Context(), token)
			if errors.Is(err, documents.ErrNotFound) || !errors.Is(err, archive.ErrNotFound) { // found, but the corpus has no files
				t.Errorf("%s: %v", id, err)
			}
		}
	}
}
