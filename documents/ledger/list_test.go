package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// flatKey is the key that the first programs gave an engagement: all of a tenant in one folder.
func flatKey(id string, at time.Time) string {
	return fmt.Sprintf("t/jana/recent/%013d-%s", 9999999999999-at.UnixMilli(), id)
}

// pages are the ids of all pages of the recent list.
func pages(t *testing.T, l *ledger.Ledger, after string, limit int) (ids []string) {
	t.Helper()
	for {
		keys, err := l.Recent(t.Context(), "jana", after, limit)
		if err != nil || len(keys) > limit {
			t.Fatalf("%d keys, %v", len(keys), err)
		}
		for _, key := range keys {
			ids = append(ids, archive.RecentID(key))
		}
		if len(keys) < limit {
			return ids
		}
		var ok bool
		if after, ok = archive.RecentAfter("jana", archive.RecentCursor(keys[limit-1])); !ok {
			t.Fatalf("no cursor for %s", keys[limit-1])
		}
	}
}

// A store that the first programs have begun is listed as before: newest first, everything once, also what a later call has
// listed again in folders, and cursors that were given out lead on.
func TestRecentOfFirstPrograms(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	put := func(key string) {
		if err := store.Put(t.Context(), archive.Object{Key: key, Bytes: []byte(`{"v":1}`)}); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	const n, flat = 60, 35 // the first 35 were written flat
	for i := range n {
		id, when := fmt.Sprint("e", i), at.Add(time.Duration(i)*7*time.Hour+time.Duration(i)*time.Second)
		if want = append(want, id); i < flat {
			put(flatKey(id, when))
		} else {
			put(archive.RecentKey("jana", id, when))
		}
	}
	slices.Reverse(want)
	for _, limit := range []int{1, 2, 7, 100} {
		if got := pages(t, l, "", limit); !slices.Equal(got, want) {
			t.Fatalf("limit %d: %q", limit, got)
		}
	}
	given := flatKey("e10", at.Add(10*7*time.Hour+10*time.Second)) // a cursor of the first programs is the key's last part
	after, ok := archive.RecentAfter("jana", given[len("t/jana/recent/"):])
	if got := pages(t, l, after, 4); !ok || !slices.Equal(got, want[n-10:]) {
		t.Errorf("%v, after e10: %q", ok, got)
	}
	for _, i := range []int{3, 10, 11, 12, 34} { // called again: listed in folders as well
		put(archive.RecentKey("jana", fmt.Sprint("e", i), at.Add(time.Duration(i)*7*time.Hour+time.Duration(i)*time.Second)))
	}
	slices.Sort(want)
	for _, limit := range []int{1, 2, 7, 100} {
		got := pages(t, l, "", limit)
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Fatalf("limit %d, some listed twice: %q", limit, got)
		}
	}
}
