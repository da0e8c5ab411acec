package archivetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"auftragsmappe/documents/archive"
)

func testRace(t *testing.T, open Open) {
	s := open(t)
	for round := range 5 {
		key := fmt.Sprintf("n/%08d", round)
		var winner atomic.Int32
		var won atomic.Int32
		var wg sync.WaitGroup
		start := make(chan struct{})
		for i := range 50 {
			wg.Go(func() {
				<-start
				switch err := s.Put(t.Context(), object(key, fmt.Sprint(i))); {
				case err == nil:
					won.Add(1)
					winner.Store(int32(i))
				case !errors.Is(err, archive.ErrExists):
					t.Errorf("put: %v", err)
				}
			})
		}
		close(start)
		wg.Wait()
		if won.Load() != 1 {
			t.Fatalf("round %d: %d winners", round, won.Load())
		}
		want(t, s, key, fmt.Sprint(winner.Load()))
	}
}

func testRestart(t *testing.T, open Open) {
	first := open(t)
	put(t, first, object("t/x/e/1", "one"), object("t/x/e/2", "two"))
	second := open(t)
	want(t, second, "t/x/e/1", "one")
	if err := second.Put(t.Context(), object("t/x/e/2", "other")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("create after restart: %v, want ErrExists", err)
	}
	put(t, second, object("t/x/e/3", "three"))
	wantList(t, first, query{"t/", "", 10}, "t/x/e/1", "t/x/e/2", "t/x/e/3") // both are open, as two processes would be
}

func testConcurrent(t *testing.T, open Open) {
	stores := []archive.Store{open(t), open(t)}
	const writers, each = 8, 12
	var taken [each]atomic.Int32
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			s := stores[w%2]
			for i := range each {
				own := object(fmt.Sprintf("own/%d/%02d", w, i), "x")
				if err := s.Put(t.Context(), own); err != nil {
					t.Errorf("own: %v", err)
				}
				if err := s.Put(t.Context(), object(fmt.Sprintf("n/%02d", i), "x")); err == nil {
					taken[i].Add(1)
				}
				if keys, err := s.List(t.Context(), fmt.Sprintf("own/%d/", w), "", 100); err != nil || len(keys) != i+1 {
					t.Errorf("list after write: %d keys, %v; want %d", len(keys), err, i+1)
				}
			}
		})
	}
	wg.Wait()
	for i := range taken {
		if taken[i].Load() != 1 {
			t.Errorf("number %d was created %d times", i, taken[i].Load())
		}
	}
}

// testOwnBytes: the store keeps its own bytes, whatever the caller does to his afterwards.
func testOwnBytes(t *testing.T, open Open) {
	s := open(t)
	mine := []byte("abc")
	put(t, s, archive.Object{Key: "k", Bytes: mine, IfAbsent: true})
	mine[0] = 'x'
	got, err := s.Get(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	got[1] = 'x'
	want(t, s, "k", "abc")
}

func testCancelled(t *testing.T, open Open) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, get := s.Get(ctx, "k")
	_, list := s.List(ctx, "k", "", 1)
	for name, err := range map[string]error{"put": s.Put(ctx, object("k", "x")), "get": get, "list": list, "delete": s.Delete(ctx, "k")} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", name, err)
		}
	}
	missing(t, s, "k")
}
