package archivetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

func testBatch(t *testing.T, open Open) {
	s := open(t)
	var objects []archive.Object
	for i := range 20 {
		objects = append(objects, archive.Object{Key: fmt.Sprintf("t/x%d/f/%02d", i%3, i), Bytes: []byte{byte(i)}, IfAbsent: i%2 == 0})
	}
	put(t, s, objects...)
	for _, o := range objects {
		want(t, s, o.Key, string(o.Bytes))
	}
}

// testOrder: a refused object ends a batch. Those after it are not there; those before it may be, and are right then.
func testOrder(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("c", "old"))
	file := func(key, value string) archive.Object { return archive.Object{Key: key, Bytes: []byte(value)} }
	err := s.Put(t.Context(), object("a", "1"), file("b", "2"), object("c", "3"), file("d", "4"), object("e", "5"))
	if !errors.Is(err, archive.ErrExists) || errors.Is(err, archive.ErrStorage) {
		t.Fatalf("batch over a taken key: %v, want ErrExists", err)
	}
	want(t, s, "c", "old")
	missing(t, s, "d")
	missing(t, s, "e")
	for key, value := range map[string]string{"a": "1", "b": "2"} {
		if got, err := s.Get(t.Context(), key); err == nil && string(got) != value {
			t.Errorf("%s = %q", key, got)
		}
	}
	put(t, s, file("b", "2"), file("d", "4"), object("e", "5")) // the caller has looked, and goes on behind it
	want(t, s, "e", "5")
}

// testBatchLasts: whoever opens the store after a batch finds all of it, also behind a refused one.
func testBatchLasts(t *testing.T, open Open) {
	s := open(t)
	var objects []archive.Object
	var keys []string
	for i := range 12 {
		key := fmt.Sprintf("t/%02d/f/x", i)
		keys = append(keys, key)
		objects = append(objects, archive.Object{Key: key, Bytes: []byte(key), IfAbsent: i%3 == 0})
	}
	put(t, s, objects...)
	if err := s.Put(t.Context(), object("u/1", "1"), object(keys[0], "other")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("batch over a taken key: %v, want ErrExists", err)
	}
	again := open(t)
	for _, key := range keys {
		want(t, again, key, key)
	}
	wantList(t, again, query{"t/", "", 100}, keys...)
	if err := again.Put(t.Context(), objects[0]); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("create after restart: %v, want ErrExists", err)
	}
}

// testSameKey: objects of one batch with one key follow each other as those of two batches would; of neighbours without a
// condition either one may be the last.
func testSameKey(t *testing.T, open Open) {
	s := open(t)
	file := func(key, value string) archive.Object { return archive.Object{Key: key, Bytes: []byte(value)} }
	put(t, s, object("a", "1"), file("a", "2"))
	want(t, s, "a", "2")
	for key, first := range map[string]archive.Object{"b": object("b", "1"), "c": file("c", "1")} {
		if err := s.Put(t.Context(), first, object(key, "2")); !errors.Is(err, archive.ErrExists) {
			t.Errorf("%s is created twice: %v, want ErrExists", key, err)
		}
		want(t, s, key, "1")
	}
	put(t, s, file("d", "one"), file("d", "another"))
	if got, err := s.Get(t.Context(), "d"); err != nil || string(got) != "one" && string(got) != "another" {
		t.Errorf("d = %q, %v", got, err)
	}
	wantList(t, s, query{"", "", 9}, "a", "b", "c", "d")
}

// testCancelledMidway: a write whose context ends while it is under way is done, or ends in ErrUnknown (in the bare end of the
// context when it had not begun); what is there are the first objects of its order, whole.
func testCancelledMidway(t *testing.T, open Open) {
	s := open(t)
	for round := range 12 {
		prefix := fmt.Sprintf("t/%02d/", round)
		var objects []archive.Object
		var keys []string
		for i := range 10 {
			keys = append(keys, fmt.Sprintf("%s%d", prefix, i))
			objects = append(objects, object(keys[i], keys[i]))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(round)*time.Millisecond)
		err := s.Put(ctx, objects...)
		cancel()
		got, list := s.List(t.Context(), prefix, "", 100)
		begun := len(got) > 0
		switch {
		case list != nil:
			t.Fatal(list)
		case err == nil && len(got) != len(keys):
			t.Errorf("done, and there are %q", got)
		case err != nil && !errors.Is(err, context.DeadlineExceeded):
			t.Errorf("%v does not say that the context has ended", err)
		case err != nil && begun && !errors.Is(err, archive.ErrUnknown):
			t.Errorf("%v, and there are %q", err, got)
		case !slices.Equal(got, keys[:len(got)]):
			t.Errorf("not the first ones: %q", got)
		}
		for _, key := range got {
			want(t, s, key, key)
		}
	}
}
