package archive_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/archivetest"
)

func openDir(t testing.TB, path string) *archive.Dir {
	t.Helper()
	d, err := archive.OpenDir(path)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDir(t *testing.T) {
	archivetest.Test(t, func(t *testing.T) archivetest.Open {
		path := filepath.Join(t.TempDir(), "new", "data")
		return func(t *testing.T) archive.Store { return openDir(t, path) }
	})
}

func TestMemory(t *testing.T) {
	archivetest.Test(t, func(*testing.T) archivetest.Open {
		m := archive.NewMemory()
		return func(*testing.T) archive.Store { return m }
	})
}

// Watching takes nothing away.
func TestWatchKeeps(t *testing.T) {
	archivetest.Test(t, func(*testing.T) archivetest.Open {
		w := archive.NewWatch(archive.NewMemory())
		return func(*testing.T) archive.Store { return w }
	})
}

// The fault store without a fault keeps every promise of the one below.
func TestFaultWithoutFault(t *testing.T) {
	archivetest.Test(t, func(*testing.T) archivetest.Open {
		f := archive.NewFault(archive.NewMemory(), 0, archive.Lost)
		return func(*testing.T) archive.Store { return f }
	})
}

// With a fault it loses an answer, over any store.
func TestFaultLosesAnswers(t *testing.T) {
	for name, below := range map[string]func(t *testing.T) archivetest.Open{
		"memory": func(*testing.T) archivetest.Open {
			m := archive.NewMemory()
			return func(*testing.T) archive.Store { return m }
		},
		"directory": func(t *testing.T) archivetest.Open {
			path := t.TempDir()
			return func(t *testing.T) archive.Store { return openDir(t, path) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			archivetest.TestLost(t, func(t *testing.T) (archivetest.Open, archivetest.Losing) {
				open := below(t)
				return open, func(t *testing.T, at int, done bool) archive.Store {
					return archive.NewFault(open(t), at, map[bool]archive.Mode{true: archive.Unanswered, false: archive.Lost}[done])
				}
			})
		})
	}
}

// Every object and every deletion counts as a write.
func TestFaultCounts(t *testing.T) {
	s := archive.NewFault(archive.NewMemory(), 0, archive.Lost)
	if err := s.Put(t.Context(), obj("a"), obj("b")); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), obj("b")); !errors.Is(err, archive.ErrExists) {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), "a"); err != nil || s.Writes() != 4 {
		t.Fatal(err, s.Writes())
	}
}

// A folder is no key: deleting it removes nothing.
func TestDeleteFolder(t *testing.T) {
	for _, s := range []archive.Store{openDir(t, t.TempDir()), archive.NewMemory()} {
		if err := errors.Join(s.Put(t.Context(), obj("a/b")), s.Delete(t.Context(), "a")); err != nil {
			t.Fatal(err)
		}
		if b, err := s.Get(t.Context(), "a/b"); err != nil || string(b) != "a/b" {
			t.Errorf("%T: %q, %v", s, b, err)
		}
	}
}

func obj(key string) archive.Object {
	return archive.Object{Key: key, Bytes: []byte(key), IfAbsent: true}
}

func TestFault(t *testing.T) {
	for _, c := range []struct {
		mode           archive.Mode
		written, lives bool
	}{{archive.Lost, false, true}, {archive.Unanswered, true, true}, {archive.CrashLost, false, false}, {archive.CrashDone, true, false}} {
		t.Run(fmt.Sprint(c.mode), func(t *testing.T) {
			below := archive.NewMemory()
			s := archive.NewFault(below, 2, c.mode)
			err := s.Put(t.Context(), obj("a"), obj("b"), obj("c"))
			if !errors.Is(err, archive.ErrCrashed) || !errors.Is(err, archive.ErrUnknown) {
				t.Fatalf("put: %v", err)
			}
			want := 1
			if c.written {
				want = 2
			}
			if keys, _ := below.List(t.Context(), "", "", 9); len(keys) != want {
				t.Fatalf("written: %q", keys)
			}
			_, get := s.Get(t.Context(), "a")
			_, list := s.List(t.Context(), "", "", 1)
			for name, err := range map[string]error{"put": s.Put(t.Context(), obj("d")), "get": get, "list": list, "delete": s.Delete(t.Context(), "d")} {
				if (err == nil) != c.lives || err != nil && !errors.Is(err, archive.ErrStorage) {
					t.Errorf("%s after the fault: %v", name, err)
				}
			}
		})
	}
}

func TestFaultAtDelete(t *testing.T) {
	for mode, left := range map[archive.Mode]int{archive.Lost: 1, archive.Unanswered: 0} {
		below := archive.NewMemory()
		s := archive.NewFault(below, 2, mode)
		if err := s.Put(t.Context(), obj("a")); err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), "a"); !errors.Is(err, archive.ErrUnknown) {
			t.Fatal(err)
		}
		if keys, _ := below.List(t.Context(), "", "", 9); len(keys) != left {
			t.Fatalf("mode %d: %q", mode, keys)
		}
	}
}

// What a crash leaves is no object; it is removed once it is old, and what may belong to a living process stays.
func TestDirTemporaryFiles(t *testing.T) {
	path := t.TempDir()
	openDir(t, path)
	young, old := filepath.Join(path, ".tmp", "put-1"), filepath.Join(path, ".tmp", "put-2")
	for _, name := range []string{young, old} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	d := openDir(t, path)
	if keys, err := d.List(t.Context(), "", "", 10); err != nil || len(keys) != 0 {
		t.Fatalf("%q, %v", keys, err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("the old temporary file is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("the young temporary file is gone")
	}
	if err := d.Put(t.Context(), obj("a"), obj("b")); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), obj("c"), obj("a")); !errors.Is(err, archive.ErrExists) {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(path, ".tmp")); err != nil || len(left) != 1 {
		t.Errorf("temporary files after writing: %v, %v", left, err)
	}
}

func TestOpenDirErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.OpenDir(file); !errors.Is(err, archive.ErrStorage) {
		t.Errorf("a file was opened as a store: %v", err)
	}
	path := t.TempDir()
	d := openDir(t, path)
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), obj("a")); !errors.Is(err, archive.ErrStorage) {
		t.Errorf("put into a removed directory: %v", err)
	}
	if _, err := d.Get(t.Context(), "a"); !errors.Is(err, archive.ErrStorage) {
		t.Error(err)
	}
}

// Several processes race for the same names in one directory: each name has one winner.
func TestDirProcesses(t *testing.T) {
	const names, processes = 60, 4
	if path := os.Getenv("ARCHIVE_TEST_DIR"); path != "" {
		d := openDir(t, path)
		for i := range names {
			if d.Put(t.Context(), obj(fmt.Sprintf("n/%d/%08d", i%7, i))) == nil {
				fmt.Println("won", i)
			}
		}
		return
	}
	path := t.TempDir()
	var mu sync.Mutex
	won := map[string]int{}
	var wg sync.WaitGroup
	for range processes {
		wg.Go(func() {
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDirProcesses$", "-test.v")
			c.Env = append(os.Environ(), "ARCHIVE_TEST_DIR="+path)
			out, err := c.Output()
			if err != nil {
				t.Errorf("process: %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, line := range splitLines(out) {
				won[line]++
			}
		})
	}
	wg.Wait()
	for i := range names {
		if n := won[fmt.Sprint("won ", i)]; n != 1 {
			t.Errorf("name %d has %d winners", i, n)
		}
	}
}
