package archive_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

// putOnce writes one batch and dies at a step of it.
func putOnce(dir string, at int) error {
	d, err := archive.OpenDir(dir)
	if err != nil {
		return err
	}
	archive.AtStep(at, func() {
		if p, err := os.FindProcess(os.Getpid()); err == nil && p.Kill() == nil {
			time.Sleep(time.Minute) // the signal comes first
		}
	})
	return d.Put(context.Background(), batch(0)...)
}

// dieAt lets a child write a batch up to a step; false when there is no such step.
func dieAt(t *testing.T, dir string, at int) bool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, strconv.Itoa(at), "once")
	c.Env = append(os.Environ(), childVariable+"="+dir)
	said, err := c.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() && len(said) == 0 {
		return true
	}
	if err != nil || string(said) != "<nil>\n" {
		t.Fatalf("%v, %s", err, said)
	}
	return false
}

// TestDirKilledAtEveryStep kills a process at every step of one batch: before each temporary file, before each name, before and
// behind the sync of the folders.
func TestDirKilledAtEveryStep(t *testing.T) {
	size := len(batch(0))
	steps := 0
	for ; ; steps++ {
		dir := t.TempDir()
		if !dieAt(t, dir, steps) {
			break
		}
		d := openDir(t, dir)
		named := min(max(steps-size, 0), size)
		if got := wholeOf(t, d, 0); got != named {
			t.Errorf("killed at step %d: %d objects, want %d", steps, got, named)
		}
		want := min(steps, size)
		for _, o := range batch(0)[:named] {
			if !o.IfAbsent { // it was renamed
				want--
			}
		}
		if n := checkRest(t, dir, named); n != want {
			t.Errorf("killed at step %d: %d temporary files, want %d", steps, n, want)
		}
		makeOld(t, dir)
		openDir(t, dir)
		if n := checkRest(t, dir, named); n > 0 {
			t.Errorf("killed at step %d: %d temporary files stay", steps, n)
		}
		if err := d.Put(t.Context(), rest(named)...); err != nil || wholeOf(t, d, 0) != size {
			t.Errorf("killed at step %d: cannot be carried on: %v", steps, err)
		}
	}
	if steps != 2*size+2 {
		t.Errorf("%d steps", steps)
	}
}

// rest is what a batch lacks when so many of its objects are there.
func rest(named int) []archive.Object { return batch(0)[named:] }

// makeOld makes what is left old.
func makeOld(t *testing.T, dir string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, ".tmp", "*"))
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, name := range names {
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
}

// checkRest: a directory has so many objects, temporary files, whose number it returns, and no other file.
func checkRest(t *testing.T, dir string, objects int) (temporary int) {
	t.Helper()
	known := map[string]bool{}
	for _, o := range batch(0)[:objects] {
		known[filepath.Join(dir, filepath.FromSlash(o.Key))] = true
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil || e.IsDir():
			return err
		case strings.HasPrefix(path, filepath.Join(dir, ".tmp")):
			temporary++
		case !known[path]:
			return fmt.Errorf("%s is no object", path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return temporary
}
