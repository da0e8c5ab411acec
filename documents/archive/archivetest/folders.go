package archivetest

import (
	"fmt"
	"slices"
	"testing"

	"auftragsmappe/documents/archive"
)

// testFolders: folders are named once, in byte order of their keys, more of them than a page of any server has.
func testFolders(t *testing.T, open Open) {
	s := open(t)
	wantFolders(t, s, "t/")
	var names []string
	var objects []archive.Object
	for i := range 1005 {
		names = append(names, fmt.Sprintf("t%04d", i))
		objects = append(objects, object("t/"+names[i]+"/e/x/1", "x"))
	}
	for _, key := range []string{"t/a/1", "t/a/2/3", "t/a-b/x", "t/file", "u/other/x", "t/a-b-c/y"} {
		objects = append(objects, object(key, "x"))
	}
	for i := range objects {
		objects[i].IfAbsent = false // together
	}
	put(t, s, objects...)
	wantFolders(t, s, "t/", slices.Concat([]string{"a-b-c", "a-b", "a"}, names)...)
	wantFolders(t, s, "t/a/", "2")
	wantFolders(t, s, "t/none/")
	wantFolders(t, s, "t/file/")
	wantFolders(t, s, "../")
}

func wantFolders(t *testing.T, s archive.Store, prefix string, want ...string) {
	t.Helper()
	if got, err := archive.Folders(t.Context(), s, prefix); err != nil || !slices.Equal(got, want) {
		t.Fatalf("folders of %s: %q, %v; want %q", prefix, got, err, want)
	}
}
