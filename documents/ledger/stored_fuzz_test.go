package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// FuzzStored: whatever stands in an event, a number, a request entry or a seal, nothing panics or hangs, and what cannot be
// read is an error and not nothing.
func FuzzStored(f *testing.F) {
	k := ledger.RequestKey("jana", "n8n-7", nil)
	places := []string{
		archive.EventKey("jana", "abc", 1), archive.NumberKey("jana", "RE", 2026, 1),
		archive.RequestKey("jana", k.Hash, 1), archive.SealKey("jana", "2026-11-23"),
	}
	for _, text := range []string{
		``, `null`, `{}`, `7`, `{"v":1}`, `{"v":2}`, `{"v":1,"type":"claimed","at":"2026-11-23T11:00:00Z","body":{"numbers":[]}}`, `{"v":1,"type":"issued","body":null}`,
		`{"v":1,"id":"abc","event":1}`, `{"v":1,"id":"abc","event":-1}`, `{"v":1,"id":"abc","event":1e9}`,
		`{"v":1,"id":"abc","body":"` + ledger.Sum(nil) + `","at":"2026-11-23T11:00:00Z","expires":"2026-11-24T11:00:00Z"}`, `{"v":1,"expires":"9999-12-31T23:59:59Z"}`,
		`{"v":1,"day":"2026-11-22","at":"2026-11-23T22:59:00Z","previous":"","events":[{"event":"abc/000001","sha256":"00"}]}`, `{"v":1,"day":"x","events":[{}, null]}`,
	} {
		for place := range places {
			f.Add(uint8(place), []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, place uint8, b []byte) {
		store := archive.NewMemory()
		put(t, store, places[int(place)%len(places)], b)
		readStored(t, ledger.New(store), k, int(place)%len(places))
	})
}

// readStored reads everything; the record at a place is there, whatever is in it.
func readStored(t *testing.T, l *ledger.Ledger, k ledger.Key, place int) {
	ctx := context.Background()
	owner := ledger.Owner{ID: "abc", Event: 1}
	s, load := l.Load(ctx, "jana", "abc")
	numbers, take := l.Take(ctx, "jana", owner, []ledger.Want{{Series: "RE", Year: 2026, From: 1}})
	r, _, request := l.LastRequest(ctx, k)
	var seals []ledger.Seal
	seal := l.EachSeal(ctx, "jana", func(s *ledger.Seal) { seals = append(seals, *s) })
	for what, err := range map[string]error{"event": load, "number": take, "request": request, "seal": seal} {
		if errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrStorage) {
			t.Errorf("%s: %v", what, err)
		}
	}
	missed := []bool{
		load == nil && len(s.Events) == 0, take == nil && numbers[0] < 1, request == nil && r == nil, seal == nil && len(seals) == 0,
	}
	if missed[place] {
		t.Error("what is there was not read, and nobody is told")
	}
	if load == nil {
		_ = l.Claim(ctx, s, at, nil)
		_ = l.Issue(ctx, s, at, nil)
	}
	if _, err := l.Seal(ctx, "jana", "2026-11-24", at.Add(time.Hour)); err != nil && seal == nil {
		t.Errorf("sealed: %v", err)
	}
	if _, err := l.Unfinished(ctx); err != nil {
		t.Error(err)
	}
}
