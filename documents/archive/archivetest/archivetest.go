// Package archivetest is the conformance suite of all stores: what archive.Store promises, as tests.
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
		{"batch", testBatch},
		{"batch in order", testOrder},
		{"order seen", testOrderSeen},
		{"list", testList},
		{"list pages", testPages},
		{"long list", testLongList},
		{"folders", testFolders},
		{"delete", testDelete},
		{"bad keys", testBadKeys},
		{"directories", testDirectories},
		{"sizes", testSizes},
		{"restart", testRestart},
		{"concurrent", testConcurrent},
		{"own bytes", testOwnBytes},
		{"cancelled", testCancelled},
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

// testOrder: a refused object ends a batch; those after it are not there, those before it may be.
func testOrder(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("b", "old"))
	err := s.Put(t.Context(), object("a", "1"), object("b", "2"), object("c", "3"))
	if !errors.Is(err, archive.ErrExists) {
		t.Fatalf("batch over a taken key: %v, want ErrExists", err)
	}
	want(t, s, "b", "old")
	missing(t, s, "c")
	if got, err := s.Get(t.Context(), "a"); err == nil && string(got) != "1" {
		t.Fatalf("a = %q", got)
	}
}

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

func testDelete(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("open/1/a", "x"), object("open/1/b", "x"), object("open/2/a", "x"))
	if err := s.Delete(t.Context(), "open/1/a", "open/9/none", "open/2/a"); err != nil {
		t.Fatal(err)
	}
	wantList(t, s, query{"open/", "", 10}, "open/1/b")
	missing(t, s, "open/1/a")
	if err := s.Delete(t.Context(), "open/1"); err != nil {
		t.Fatal(err)
	}
	want(t, s, "open/1/b", "x")
	put(t, s, object("open/1/a", "again"), object("open/2/a", "again"))
	want(t, s, "open/1/a", "again")
	if err := s.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
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
			if !errors.Is(err, archive.ErrKey) {
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
