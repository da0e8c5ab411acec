package archive_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

// childVariable holds the directory of a child: this test binary, run again as a process of its own that can really die.
const childVariable = "AUFTRAGSMAPPE_TEST_CHILD"

func TestMain(m *testing.M) {
	dir := os.Getenv(childVariable)
	if dir == "" {
		os.Exit(m.Run())
	}
	n, _ := strconv.Atoi(os.Args[1])
	if len(os.Args) > 2 {
		fmt.Println(putOnce(dir, n))
		return
	}
	fmt.Fprintln(os.Stderr, putForEver(dir, n))
	os.Exit(1)
}

// putForEver writes batches and says the number of each that is done.
func putForEver(dir string, first int) error {
	d, err := archive.OpenDir(dir)
	if err != nil {
		return err
	}
	for n := first; ; n++ {
		if err := d.Put(context.Background(), batch(n)...); err != nil {
			return err
		}
		if _, err := fmt.Println(n); err != nil {
			return err
		}
	}
}

// batch is two files, a record, a file, two records: five steps, in folders of their own and in common ones.
func batch(n int) []archive.Object {
	var objects []archive.Object
	for i, key := range []string{"f/%04d/a", "f/%04d/b", "e/%04d/1", "f/all/%04d", "n/%04d", "e/%04d/2"} {
		body := bytes.Repeat([]byte(fmt.Sprintf("%d-%d ", n, i)), 1+n%7*1000)
		objects = append(objects, archive.Object{Key: fmt.Sprintf(key, n), Bytes: body, IfAbsent: key[0] != 'f'})
	}
	return objects
}

// TestDirKilled kills a process that writes, at any moment: what it had been told is done is there, of the batch in hand a first
// part, every object is whole, and nothing else is left but temporary files.
func TestDirKilled(t *testing.T) {
	dir := t.TempDir()
	next, cut := 0, 0
	for range 30 {
		done := killWriter(t, dir, next)
		d, err := archive.OpenDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for n := next; n <= done; n++ {
			if wholeOf(t, d, n) != len(batch(n)) {
				t.Fatalf("batch %d was acknowledged and is not whole", n)
			}
		}
		if wholeOf(t, d, done+1) > 0 {
			cut++
		}
		if wholeOf(t, d, done+2) > 0 {
			t.Fatal("a batch that was not begun")
		}
		next = done + 2
	}
	t.Logf("%d batches, %d deaths within one", next, cut)
	onlyTemporary(t, dir, next)
}

// killWriter lets a child write from batch number first on, kills it, and returns the last number that was acknowledged.
func killWriter(t *testing.T, dir string, first int) (done int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, strconv.Itoa(first))
	c.Env = append(os.Environ(), childVariable+"="+dir)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done = first - 1
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if done, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if done == first { // it is at work: from now on at any moment
			time.AfterFunc(rand.N(20*time.Millisecond), func() { _ = c.Process.Kill() })
		}
	}
	if err := c.Wait(); err == nil || said.Len() > 0 {
		t.Fatalf("the writer ended by itself: %v, %s", err, said.String())
	}
	return done
}

// wholeOf is how many objects of a batch are there: whole, and none without those of the steps before it.
func wholeOf(t *testing.T, d *archive.Dir, n int) (there int) {
	t.Helper()
	missing := -1
	for i, o := range batch(n) {
		b, err := d.Get(t.Context(), o.Key)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			missing = max(missing, i)
		case err != nil || !bytes.Equal(b, o.Bytes):
			t.Fatalf("%s has %d bytes of %d, %v", o.Key, len(b), len(o.Bytes), err)
		case missing > 0 || missing == 0 && i != 1: // the first two are one step
			t.Fatalf("%s is there without what comes before it", o.Key)
		default:
			there++
		}
	}
	return there
}

// onlyTemporary: the store lists nothing but objects of batches, and what the deaths left goes once it is old.
func onlyTemporary(t *testing.T, dir string, batches int) {
	t.Helper()
	temporary := func() []string {
		names, err := filepath.Glob(filepath.Join(dir, ".tmp", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	left := temporary()
	for _, name := range left {
		old := time.Now().Add(-2 * time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	d, err := archive.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if now := temporary(); len(left) == 0 || len(now) > 0 {
		t.Errorf("%d temporary files were left, now %d", len(left), len(now))
	}
	known := map[string]bool{}
	for n := range batches {
		for _, o := range batch(n) {
			known[o.Key] = true
		}
	}
	keys, err := d.List(t.Context(), "", "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if !known[key] {
			t.Errorf("%s is no object of a batch", key)
		}
	}
}
