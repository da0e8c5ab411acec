package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// reads is a store that counts what is read of it.
type reads struct {
	*archive.Memory
	n int
}

func (r *reads) Get(ctx context.Context, key string) ([]byte, error) {
	r.n++
	return r.Memory.Get(ctx, key)
}

func (r *reads) write(t *testing.T, key, body string) {
	t.Helper()
	if err := r.Put(t.Context(), archive.Object{Key: key, Bytes: []byte(body)}); err != nil {
		t.Fatal(err)
	}
}

// A tenant without new events costs one read, however many seals it has; also where early programs have sealed, whose seals do not
// count, nothing is sealed twice and nothing is left out.
func TestSealReads(t *testing.T) {
	store := &reads{Memory: archive.NewMemory()}
	l := ledger.New(store)
	seal := func(day, events, most int) *ledger.Seal {
		t.Helper()
		store.n = 0
		s, err := l.Seal(t.Context(), "jana", fmt.Sprintf("2026-11-%02d", day), at)
		if err != nil || (s == nil) != (events == 0) || s != nil && len(s.Events) != events || store.n > most {
			t.Fatalf("day %d: %+v, %v, %d reads; want %d events and at most %d reads", day, s, err, store.n, events, most)
		}
		return s
	}
	seal(1, 0, 0)
	for day := 2; day <= 9; day++ {
		store.write(t, archive.EventKey("jana", fmt.Sprint("e", day), 1), "{}")
		if s := seal(day, 1, day); s.Total != day-1 {
			t.Errorf("day %d: %d in total", day, s.Total)
		}
	}
	seal(9, 0, 1)
	seal(10, 0, 1)
	early := archive.SealKey("jana", "2026-11-09")
	b, err := store.Memory.Get(t.Context(), early)
	if err != nil {
		t.Fatal(err)
	}
	store.Tamper(early, []byte(strings.Replace(string(b), `,"total":8`, "", 1)))
	seal(10, 0, 10)
	store.write(t, archive.EventKey("jana", "e1", 1), "{}")
	store.write(t, archive.EventKey("jana", "e2", 2), "{}")
	if s := seal(10, 2, 12); s.Total != 10 {
		t.Errorf("%d in total", s.Total)
	}
	seal(11, 0, 1)
}
