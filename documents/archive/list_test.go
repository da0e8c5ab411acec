package archive_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

// write puts an object into a directory store without a sync: many at once.
func write(t testing.TB, root, key string) {
	t.Helper()
	name := filepath.Join(root, filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A page of the recent list reads about as many entries of a long list as of a short one, at its begin and in its middle.
func TestRecentPageReadsLittle(t *testing.T) {
	const step = 40 * time.Minute
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	read := func(n int) (first, middle int) {
		path := t.TempDir()
		d := openDir(t, path)
		for i := range n {
			write(t, path, archive.RecentKey("jana", fmt.Sprint("e", i), begin.Add(time.Duration(i)*step)))
		}
		for at, read := range map[int]*int{n: &first, n / 2: &middle} {
			after := ""
			if at < n {
				after = archive.RecentKey("jana", fmt.Sprint("e", at), begin.Add(time.Duration(at)*step))
			}
			keys, entries, err := d.ListRead(t.Context(), archive.RecentPrefix("jana"), after, 21)
			if err != nil || len(keys) != 21 || keys[0] != archive.RecentKey("jana", fmt.Sprint("e", at-1), begin.Add(time.Duration(at-1)*step)) {
				t.Fatalf("%q, %v", keys, err)
			}
			*read = entries
		}
		return first, middle
	}
	shortFirst, shortMiddle := read(100)
	longFirst, longMiddle := read(6000) // two thirds of a year
	// A folder of 28 hours has 42 of these; the list of such folders is longer in a long list: one entry for 42.
	if most := shortFirst + 6000/42 + 42; longFirst > most {
		t.Errorf("the first page reads %d entries of 6000, %d of 100", longFirst, shortFirst)
	}
	if most := shortMiddle + 6000/42 + 42; longMiddle > most {
		t.Errorf("a middle page reads %d entries of 6000, %d of 100", longMiddle, shortMiddle)
	}
}
