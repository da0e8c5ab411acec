package archivetest

import (
	"testing"

	"auftragsmappe/documents/archive"
)

func testDelete(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("open/1/a", "x"), object("open/1/b", "x"), object("open/2/a", "x"))
	if err := s.Delete(t.Context(), "open/1/a", "open/9/none", "open/2/a"); err != nil {
		t.Fatal(err)
	}
	wantList(t, s, query{"open/", "", 10}, "open/1/b")
	missing(t, s, "open/1/a")
	want(t, s, "open/1/b", "x")
	put(t, s, archive.Object{Key: "open/1/a", Bytes: []byte("again")}) // as work lists do
	want(t, s, "open/1/a", "again")
	if err := s.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// testDeleteFolder: a key that others are below is one that is not there.
func testDeleteFolder(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("open/1/b", "x"))
	if err := s.Delete(t.Context(), "open/1"); err != nil {
		t.Fatal(err)
	}
	want(t, s, "open/1/b", "x")
}

// testCreateAgain: what was deleted can be created again.
func testCreateAgain(t *testing.T, open Open) {
	s := open(t)
	put(t, s, object("open/1/a", "x"), object("open/2/a", "x"))
	if err := s.Delete(t.Context(), "open/1/a", "open/2/a"); err != nil {
		t.Fatal(err)
	}
	put(t, s, object("open/1/a", "again"), object("open/2/a", "again"))
	want(t, s, "open/1/a", "again")
}
