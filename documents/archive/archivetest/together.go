package archivetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"auftragsmappe/documents/archive"
)

// testRace: of fifty writers at two handles one creates the object, and all others are told so.
func testRace(t *testing.T, open Open) {
	handles := []archive.Store{open(t), open(t)}
	s := handles[0]
	for round := range 5 {
		key := fmt.Sprintf("n/%08d", round)
		var winner atomic.Int32
		var won atomic.Int32
		var wg sync.WaitGroup
		start := make(chan struct{})
		for i := range 50 {
			wg.Go(func() {
				<-start
				switch err := handles[i%2].Put(t.Context(), object(key, fmt.Sprint(i))); {
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
	put(t, s, object("k", "here"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, get := s.Get(ctx, "k")
	_, list := s.List(ctx, "k", "", 1)
	for name, err := range map[string]error{"put": s.Put(ctx, object("l", "x")), "replace": s.Put(ctx, archive.Object{Key: "k"}), "get": get, "list": list, "delete": s.Delete(ctx, "k")} {
		if !errors.Is(err, context.Canceled) || errors.Is(err, archive.ErrStorage) {
			t.Errorf("%s: %v, want context.Canceled", name, err)
		}
	}
	want(t, s, "k", "here")
	missing(t, s, "l")
}

// testTwoHandles: what one process has written the next one reads at once, and so it is with what is replaced or deleted.
func testTwoHandles(t *testing.T, open Open) {
	handles := []archive.Store{open(t), open(t)}
	for i := range 10 {
		s, other := handles[i%2], handles[1-i%2]
		key := fmt.Sprintf("t/%d", i)
		missing(t, other, key)
		put(t, s, object(key, "1"))
		want(t, other, key, "1")
		wantList(t, other, query{key, "", 9}, key)
		put(t, s, archive.Object{Key: key, Bytes: []byte("2")})
		want(t, other, key, "2")
		if err := s.Delete(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		missing(t, other, key)
		wantList(t, other, query{key, "", 9})
	}
}

// testReadWhole: who reads an object while it is replaced gets the former one or the new one, whole.
func testReadWhole(t *testing.T, open Open) {
	s, other := open(t), open(t)
	value := func(i int) string { return strings.Repeat(fmt.Sprint(i%10), 50_000+1000*(i%10)) }
	put(t, s, archive.Object{Key: "k/00ff", Bytes: []byte(value(0))})
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				got, err := other.Get(t.Context(), "k/00ff")
				if err != nil || string(got) != value(int(got[0]-'0')) {
					t.Errorf("%d bytes, %v", len(got), err)
					return
				}
			}
		})
	}
	for i := range 40 {
		put(t, s, archive.Object{Key: "k/00ff", Bytes: []byte(value(i))})
	}
	close(done)
	wg.Wait()
}

// testDelete: what was deleted is gone, and can be written without a condition; a missing key is no error. Whether the key can be
// created again is not promised: a bucket with versions may refuse.
func testDelete(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("open/1/a", "x"), object("open/1/b", "x"), object("open/2/a", "x"))
	for range 2 {
		if err := s.Delete(t.Context(), "open/1/a", "open/9/none", "open/2/a"); err != nil {
			t.Fatal(err)
		}
		wantList(t, s, query{"open/", "", 10}, "open/1/b")
		missing(t, s, "open/1/a")
	}
	put(t, s, archive.Object{Key: "open/1/a", Bytes: []byte("again")}, archive.Object{Key: "open/2/a", Bytes: []byte("again")})
	want(t, s, "open/1/a", "again")
	wantList(t, s, query{"open/", "", 10}, "open/1/a", "open/1/b", "open/2/a")
	if err := s.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
}
