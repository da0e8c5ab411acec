package ledger_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// held is a store whose first write waits until it is let go, and does what then says.
type held struct {
	archive.Store
	writes atomic.Int32
	begun  chan struct{}
	then   func()
}

func (h *held) Put(ctx context.Context, objects ...archive.Object) error {
	if h.writes.Add(1) == 1 {
		close(h.begun)
		h.then()
	}
	return h.Store.Put(ctx, objects...)
}

// takeTogether lets one call begin to write and others come meanwhile.
func takeTogether(t *testing.T, h *held, others int) (numbers []int, failed int) {
	t.Helper()
	l := ledger.New(h)
	w := []ledger.Want{{Series: "RE", Year: 2026}}
	var mu sync.Mutex
	var wg sync.WaitGroup
	take := func(i int) {
		defer func() { _ = recover() }()
		n, err := l.Take(context.Background(), "jana", ledger.Owner{ID: "abc", Event: i}, w)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			failed++
			return
		}
		numbers = append(numbers, n[0])
	}
	wg.Go(func() { take(0) })
	<-h.begun
	for i := range others {
		wg.Go(func() { take(i + 1) })
	}
	wg.Wait()
	return numbers, failed
}

// Calls that wait for one another take their numbers in one write.
func TestTakeTogether(t *testing.T) {
	h := &held{Store: archive.NewMemory(), begun: make(chan struct{}), then: func() { time.Sleep(100 * time.Millisecond) }}
	numbers, failed := takeTogether(t, h, 20)
	seen := map[int]bool{}
	for _, n := range numbers {
		seen[n] = n >= 1 && n <= 21
	}
	if failed != 0 || len(seen) != 21 {
		t.Errorf("%v, %d failed", numbers, failed)
	}
	if n := h.writes.Load(); n < 2 || n > 4 {
		t.Errorf("%d writes for 21 numbers", n)
	}
}

// A fault of the one that leads leaves nobody waiting.
func TestLeaderPanics(t *testing.T) {
	h := &held{Store: archive.NewMemory(), begun: make(chan struct{}), then: func() { time.Sleep(50 * time.Millisecond); panic("a fault") }}
	numbers, failed := takeTogether(t, h, 5)
	if len(numbers) != 5 || failed != 0 {
		t.Errorf("%v, %d failed", numbers, failed)
	}
}
