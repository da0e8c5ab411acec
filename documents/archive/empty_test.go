package archive_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// age makes a folder look as if nobody had touched it for a while.
func age(t *testing.T, by time.Duration, path ...string) {
	t.Helper()
	past := time.Now().Add(-by)
	if err := os.Chtimes(filepath.Join(path...), past, past); err != nil {
		t.Fatal(err)
	}
}

func exists(path ...string) bool {
	_, err := os.Stat(filepath.Join(path...))
	return err == nil
}

// A list removes folders that have been empty for an hour, and nothing else.
func TestDirRemovesEmptyFolders(t *testing.T) {
	path := t.TempDir()
	d := openDir(t, path)
	for _, key := range []string{"open/1/a/x", "open/1/b/x", "open/2/a/x", "open/2/b/x"} {
		if err := d.Put(t.Context(), obj(key)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Delete(t.Context(), "open/1/a/x", "open/1/b/x", "open/2/a/x"); err != nil {
		t.Fatal(err)
	}
	list := func() {
		t.Helper()
		if keys, err := d.List(t.Context(), "open/", "", 10); err != nil || len(keys) != 1 || keys[0] != "open/2/b/x" {
			t.Fatal(keys, err)
		}
	}
	age(t, 59*time.Minute, path, "open/1/a")
	list()
	if !exists(path, "open/1/a") {
		t.Fatal("a folder that was empty for less than an hour is gone")
	}
	for _, folder := range []string{"1/a", "1/b", "2/a", "2/b"} {
		age(t, 61*time.Minute, path, "open", folder)
	}
	list()
	for folder, want := range map[string]bool{"1": true, "1/a": false, "1/b": false, "2/a": false, "2/b": true} {
		if exists(path, "open", folder) != want {
			t.Errorf("folder %s: there %v", folder, !want)
		}
	}
	age(t, 61*time.Minute, path, "open/1")
	list()
	if exists(path, "open/1") {
		t.Error("the day without tenants is still there")
	}
	if err := d.Put(t.Context(), obj("open/1/a/x")); err != nil {
		t.Errorf("put into a folder that another list has removed: %v", err)
	}
}

// That a folder is durable is known for less time than an empty one is left alone, and no more folders than a bound are known.
func TestDirKnows(t *testing.T) {
	d := openDir(t, t.TempDir())
	now := time.Now()
	d.SetNow(func() time.Time { return now })
	if err := d.Put(t.Context(), obj("open/1/a/x")); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		pass time.Duration
		want int
	}{{0, 0}, {29 * time.Minute, 0}, {time.Minute, 3}} {
		now = now.Add(step.pass)
		if n, err := d.Unsure("open/1/a/y"); n != step.want || err != nil {
			t.Errorf("after %s: %d folders are synced, %v; want %d", step.pass, n, err, step.want)
		}
	}
	if err := d.Put(t.Context(), obj("open/1/b/x"), obj("open/1/a/x")); err == nil {
		t.Fatal("put twice")
	}
	if n, _ := d.Unsure("open/1/b/y"); n != 3 {
		t.Errorf("after a batch that failed %d folders are synced, not all", n)
	}
	for i := range 20 {
		dirs := make([]string, 1000)
		for n := range dirs {
			dirs[n] = fmt.Sprint(i, "/", n)
		}
		if d.Learn(dirs); d.Known() > 1<<14 {
			t.Fatal(d.Known())
		}
	}
	if d.Known() == 0 {
		t.Error("nothing is known")
	}
}

// Several processes write, delete and list in one folder that each of them removes as soon as it is empty: no write fails and none
// is lost.
func TestDirRemovalRace(t *testing.T) {
	const rounds, processes = 150, 4
	if path := os.Getenv("ARCHIVE_TEST_EMPTY"); path != "" {
		for err := range emptyRounds(t, path, rounds) {
			fmt.Println("FAULT", err)
		}
		return
	}
	path := t.TempDir()
	openDir(t, path)
	var wg sync.WaitGroup
	for range processes - 1 {
		wg.Go(func() {
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDirRemovalRace$", "-test.v")
			c.Env = append(os.Environ(), "ARCHIVE_TEST_EMPTY="+path)
			out, err := c.Output()
			if err != nil || len(out) > 200 {
				t.Errorf("process: %v: %.2000s", err, out)
			}
		})
	}
	for err := range emptyRounds(t, path, rounds) {
		t.Error(err)
	}
	wg.Wait()
	d := openDir(t, path)
	d.SetEmptyAge(0)
	for range 4 { // a level each
		if keys, err := d.List(t.Context(), "", "", 10); err != nil || len(keys) != 0 {
			t.Fatal(keys, err)
		}
	}
	if exists(path, "open") {
		t.Error("empty folders are left")
	}
}

// emptyRounds are the faults of one process's rounds.
func emptyRounds(t *testing.T, path string, rounds int) func(yield func(error) bool) {
	d := openDir(t, path)
	d.SetEmptyAge(0)
	return func(yield func(error) bool) {
		for i := range rounds {
			key := fmt.Sprintf("open/day/tenant/%d-%d", os.Getpid(), i)
			err := d.Put(t.Context(), obj(key))
			if err == nil {
				_, err = d.Get(t.Context(), key)
			}
			if err == nil {
				err = d.Delete(t.Context(), key)
			}
			if err == nil {
				_, err = d.List(t.Context(), "open/", "", 10)
			}
			if err != nil && !yield(fmt.Errorf("round %d: %w", i, err)) {
				return
			}
		}
	}
}
