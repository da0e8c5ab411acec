package archivetest

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
)

func testList(t *testing.T, open Open) {
	s := open(t)
	wantList(t, s, query{"", "", 10})
	keys := []string{"a-b", "a.b", "a/b", "a/b-c", "a/b.c/d", "a/b0", "a0", "aa/b", "b/000001.json", "b/000002.json", "b/000010.json", "b=/x", "b_/x", "c/d/e/f"}
	for _, i := range []int{7, 3, 12, 0, 9, 1, 13, 5, 2, 11, 4, 10, 6, 8} {
		put(t, s, object(keys[i], keys[i]))
	}
	slices.Sort(keys)
	wantList(t, s, query{"", "", 100}, keys...)
	wantList(t, s, query{"a", "", 100}, keys[:8]...)
	wantList(t, s, query{"a/", "", 100}, "a/b", "a/b-c", "a/b.c/d", "a/b0")
	wantList(t, s, query{"a/b", "a/b", 100}, "a/b-c", "a/b.c/d", "a/b0")
	wantList(t, s, query{"a/b", "a/b", 2}, "a/b-c", "a/b.c/d")
	wantList(t, s, query{"b/", "b/000002.json", 100}, "b/000010.json")
	wantList(t, s, query{"b/00000", "", 100}, "b/000001.json", "b/000002.json")
	wantList(t, s, query{"c/d/e/f", "", 100}, "c/d/e/f")
	wantList(t, s, query{"c/d/e/f/", "", 100})
	wantList(t, s, query{"c/x/", "", 100})
	wantList(t, s, query{"", "b/5", 100}, "b=/x", "b_/x", "c/d/e/f")
	wantList(t, s, query{"", "zzz", 100})
	wantList(t, s, query{"a", "b", 100})
	wantList(t, s, query{"b", "a", 1}, "b/000001.json")
	wantList(t, s, query{"a", "", 0})
	wantList(t, s, query{"../", "", 100})
	wantList(t, s, query{"/", "", 100})
}

func testPages(t *testing.T, open Open) {
	s := open(t)
	var keys []string
	var objects []archive.Object
	for i := range 57 {
		key := fmt.Sprintf("t/%c/recent/%03d", 'a'+i%3, i)
		keys = append(keys, key)
		objects = append(objects, object(key, "x"))
	}
	put(t, s, objects...)
	slices.Sort(keys)
	var got []string
	for after := ""; ; {
		page, err := s.List(t.Context(), "t/", after, 10)
		if err != nil || len(page) > 10 {
			t.Fatalf("page of %d: %v", len(page), err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
		after = page[len(page)-1]
	}
	if !slices.Equal(got, keys) {
		t.Fatalf("pages give %q", got)
	}
}

// testLongList: a list longer than the page of any server.
func testLongList(t *testing.T, open Open) {
	s := open(t)
	const n = 1003
	keys := make([]string, n)
	objects := make([]archive.Object, n)
	for i := range n {
		keys[i] = fmt.Sprintf("open/2026-11-23/x/%04d", i)
		objects[i] = archive.Object{Key: keys[i], Bytes: []byte("x")}
	}
	put(t, s, objects...)
	for limit, count := range map[int]int{999: 999, 1000: 1000, 1001: 1001, 5000: n} {
		got, err := s.List(t.Context(), "open/", "", limit)
		if err != nil || !slices.Equal(got, keys[:count]) {
			t.Errorf("limit %d: %d keys, %v; want %d", limit, len(got), err, count)
		}
	}
	wantList(t, s, query{"open/", keys[n-2], 5000}, keys[n-1])
	if err := s.Delete(t.Context(), keys...); err != nil {
		t.Fatal(err)
	}
	wantList(t, s, query{"", "", 10})
}

// testLimits: as many keys as there are or as are wanted, whichever is less; a shorter list is the whole rest.
func testLimits(t *testing.T, open Open) {
	s := open(t)
	keys := []string{"a/1", "a/2", "a/3", "a/4"}
	for _, key := range keys {
		put(t, s, object(key, "x"))
	}
	put(t, s, object("b", "x"))
	for _, limit := range []int{math.MinInt, -1, 0, 1, 3, 4, 5, 1000, 1001, math.MaxInt} {
		wantList(t, s, query{"a/", "", limit}, keys[:min(max(limit, 0), 4)]...)
		wantList(t, s, query{"a/", "a/2", limit}, keys[2:2+min(max(limit, 0), 2)]...)
		wantList(t, s, query{"a/", "a/4", limit})
	}
}

// testListWhileWriting: while others write and delete around them, the keys that stay are in every list once, and so is every
// key whose write has returned; a walk by pages meets all that stay.
func testListWhileWriting(t *testing.T, open Open) {
	s, other := open(t), open(t)
	const rounds = 25
	var stay []string
	for i := range rounds {
		stay = append(stay, fmt.Sprintf("t/%02d/stays", i))
		put(t, s, object(stay[i], "x"))
	}
	var mu sync.Mutex
	var written []string
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range rounds {
			key, gone := fmt.Sprintf("t/%02d/new", (i*7)%rounds), fmt.Sprintf("t/%02d/goes", i)
			if err := other.Put(t.Context(), object(key, "x"), archive.Object{Key: gone, Bytes: []byte("x")}); err != nil {
				t.Errorf("put: %v", err)
			}
			mu.Lock()
			written = append(written, key)
			mu.Unlock()
			if err := other.Delete(t.Context(), gone); err != nil {
				t.Errorf("delete: %v", err)
			}
		}
	})
	for range rounds {
		mu.Lock()
		must := slices.Concat(stay, written)
		mu.Unlock()
		for _, page := range []int{7, 1000} {
			checkWalk(t, walk(t, s, page), must)
		}
	}
	wg.Wait()
	checkWalk(t, walk(t, s, 1000), slices.Concat(stay, written))
	if got := walk(t, s, 9); len(got) != 2*rounds {
		t.Errorf("in the end there are %d keys, want %d: %q", len(got), 2*rounds, got)
	}
}

// walk is all keys, page by page.
func walk(t *testing.T, s archive.Store, size int) (keys []string) {
	t.Helper()
	for after := ""; ; {
		page, err := s.List(t.Context(), "t/", after, size)
		if err != nil || len(page) > size {
			t.Fatalf("page of %d: %d keys, %v", size, len(page), err)
		}
		if keys = append(keys, page...); len(page) < size {
			return keys
		}
		after = page[len(page)-1]
	}
}

func checkWalk(t *testing.T, got, must []string) {
	t.Helper()
	for i := 1; i < len(got); i++ {
		if got[i-1] >= got[i] {
			t.Errorf("%q before %q", got[i-1], got[i])
		}
	}
	for _, key := range must {
		if _, ok := slices.BinarySearch(got, key); !ok {
			t.Errorf("%s is missing among %d keys", key, len(got))
		}
	}
}
