// Package archivetest is the conformance suite of all stores: what package archive promises in words, as tests. Its words name
// the parts in brackets.
package archivetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
)

// Open returns the store under test. Called again in the same test it opens the same objects again, as after a restart;
// a store that does not last returns the same one.
type Open func(t *testing.T) archive.Store

// Test runs the suite; fresh returns an opener of a new, empty place for each part.
func Test(t *testing.T, fresh func(t *testing.T) Open) {
	parts := []struct {
		name string
		test func(t *testing.T, open Open)
	}{
		{"get", testGet},
		{"create if absent", testCreate},
		{"again", testAgain},
		{"replace", testReplace},
		{"create race", testRace},
		{"read whole", testReadWhole},
		{"batch", testBatch},
		{"batch in order", testOrder},
		{"batch lasts", testBatchLasts},
		{"order seen", testOrderSeen},
		{"same key twice", testSameKey},
		{"list", testList},
		{"list limits", testLimits},
		{"list pages", testPages},
		{"list while writing", testListWhileWriting},
		{"long list", testLongList},
		{"folders", testFolders},
		{"delete", testDelete},
		{"bad keys", testBadKeys},
		{"directories", testDirectories},
		{"sizes", testSizes},
		{"restart", testRestart},
		{"two handles", testTwoHandles},
		{"concurrent", testConcurrent},
		{"own bytes", testOwnBytes},
		{"cancelled", testCancelled},
		{"kept", testKept},
		{"kept files", testKeptFiles},
		{"kept with a time", testKeptTimes},
		{"cancelled midway", testCancelledMidway},
	}
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) { p.test(t, fresh(t)) })
	}
}

func object(key, value string) archive.Object {
	return archive.Object{Key: key, Bytes: []byte(value), IfAbsent: true}
}

func put(t *testing.T, s archive.Store, objects ...archive.Object) {
	t.Helper()
	if err := s.Put(t.Context(), objects...); err != nil {
		t.Fatalf("put: %v", err)
	}
}

func want(t *testing.T, s archive.Store, key, value string) {
	t.Helper()
	if got, err := s.Get(t.Context(), key); err != nil || string(got) != value {
		t.Fatalf("get %s = %.40q, %v; want %.40q", key, got, err, value)
	}
}

func missing(t *testing.T, s archive.Store, key string) {
	t.Helper()
	if got, err := s.Get(t.Context(), key); !errors.Is(err, archive.ErrNotFound) {
		t.Fatalf("get %s = %.40q, %v; want ErrNotFound", key, got, err)
	}
}

// query is the arguments of a List.
type query struct {
	prefix, after string
	limit         int
}

func wantList(t *testing.T, s archive.Store, q query, keys ...string) {
	t.Helper()
	got, err := s.List(t.Context(), q.prefix, q.after, q.limit)
	if err != nil || !slices.Equal(got, keys) {
		t.Fatalf("list %+v = %q, %v; want %q", q, got, err, keys)
	}
}

func testGet(t *testing.T, open Open) {
	s := open(t)
	missing(t, s, "a")
	missing(t, s, "a/b/c")
	put(t, s, object("a/b", "1"))
	want(t, s, "a/b", "1")
	missing(t, s, "a")
	missing(t, s, "a/b/c")
	missing(t, s, "a/c")
	put(t, s)
}

func testCreate(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("n/1", "first"))
	if err := s.Put(t.Context(), object("n/1", "second")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("second create: %v, want ErrExists", err)
	}
	if err := s.Put(t.Context(), object("n/1", "first")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("equal second create: %v, want ErrExists", err)
	}
	want(t, s, "n/1", "first")
}

func testAgain(t *testing.T, open Open) {
	s := open(t)
	file := archive.Object{Key: "f/x/0011-offer.pdf", Bytes: []byte("pdf")}
	put(t, s, file)
	put(t, s, file)
	put(t, s, file, file)
	want(t, s, file.Key, "pdf")
	if err := s.Put(t.Context(), object(file.Key, "pdf")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("create over a file: %v, want ErrExists", err)
	}
}

func testReplace(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("k/00ff", "valid, and longer"), object("k/11ff", "other"))
	for _, value := range []string{"revoked", "", "revoked again, and longer than before"} {
		put(t, s, archive.Object{Key: "k/00ff", Bytes: []byte(value)})
		want(t, s, "k/00ff", value)
		want(t, open(t), "k/00ff", value)
	}
	if err := s.Put(t.Context(), object("k/00ff", "new")); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("create over a replaced object: %v, want ErrExists", err)
	}
	wantList(t, s, query{"k/", "", 9}, "k/00ff", "k/11ff")
}

// BadKeys are keys that no store takes.
var BadKeys = []string{
	"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", ".tmp/a", "a/.b", "a b", "ä", "a\\b", "a\x00b", "a\n", "a?b", "a%2Fb", "a+b", "a:b",
	strings.Repeat("a", 201), "a/" + strings.Repeat("b", 201), strings.Repeat("a/", 500) + "b",
}

func testBadKeys(t *testing.T, open Open) {
	s := open(t)
	for _, key := range BadKeys {
		if err := s.Put(t.Context(), object("good", "x"), object(key, "x")); !errors.Is(err, archive.ErrKey) {
			t.Errorf("put %q: %v, want ErrKey", key, err)
		}
		if _, err := s.Get(t.Context(), key); !errors.Is(err, archive.ErrKey) {
			t.Errorf("get %q: %v, want ErrKey", key, err)
		}
		if err := s.Delete(t.Context(), key); !errors.Is(err, archive.ErrKey) {
			t.Errorf("delete %q: %v, want ErrKey", key, err)
		}
	}
	wantList(t, s, query{"", "", 10})
	put(t, s, object("good", "x"))
	if err := s.Delete(t.Context(), "good", "a//b"); !errors.Is(err, archive.ErrKey) {
		t.Errorf("delete: %v, want ErrKey", err)
	}
	want(t, s, "good", "x")
	long := strings.Repeat("a", 200) + "/" + strings.Repeat("b", 200)
	put(t, s, object(long, "x"), object("A-Z_a=z.0/x..9", "y"))
	want(t, s, long, "x")
}

func testDirectories(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("a/b/c", "x"))
	for _, key := range []string{"a", "a/b", "a/b/c/d", "a/b/c/d/e"} {
		for _, ifAbsent := range []bool{true, false} {
			err := s.Put(t.Context(), archive.Object{Key: key, Bytes: []byte("y"), IfAbsent: ifAbsent})
			if errors.Is(err, archive.ErrStorage) || !errors.Is(err, archive.ErrKey) {
				t.Errorf("put %s: %v, want ErrKey", key, err)
			}
		}
	}
	wantList(t, s, query{"", "", 10}, "a/b/c")
	want(t, s, "a/b/c", "x")
}

func testSizes(t *testing.T, open Open) {
	s := open(t)
	for _, n := range []int{0, 1, 4096, 1 << 20, 8 << 20} {
		value := bytes.Repeat([]byte{byte(n % 251), 0, 255}, n/3+1)[:n]
		key := fmt.Sprintf("f/%d", n)
		put(t, s, archive.Object{Key: key, Bytes: value})
		got, err := s.Get(t.Context(), key)
		if err != nil || !bytes.Equal(got, value) {
			t.Fatalf("%d bytes came back as %d: %v", n, len(got), err)
		}
	}
}
