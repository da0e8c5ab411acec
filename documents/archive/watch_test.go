package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"auftragsmappe/documents/archive"
)

// full is a store that takes nothing while it is full.
type full struct {
	archive.Store
	full bool // takes nothing above 10 bytes
	puts int
}

func (f *full) Put(ctx context.Context, objects ...archive.Object) error {
	f.puts++
	for _, o := range objects {
		if f.full && len(o.Bytes) > 10 {
			return archive.ErrStorage
		}
	}
	return f.Store.Put(ctx, objects...)
}

// A store that refused a write is not ready until one succeeds; nothing is written to a sound one.
func TestWatch(t *testing.T) {
	f := &full{Store: archive.NewMemory()}
	w := archive.NewWatch(f)
	ready := func(want bool) {
		t.Helper()
		if err := w.Ready(t.Context()); (err == nil) != want {
			t.Fatalf("ready: %v, want %v", err, want)
		}
	}
	ready(true)
	if f.puts != 0 {
		t.Error("a question wrote something")
	}
	f.full = true
	ready(true) // nobody knows yet
	if err := w.Put(t.Context(), archive.Object{Key: "a", Bytes: make([]byte, 20)}); !errors.Is(err, archive.ErrStorage) {
		t.Fatal(err)
	}
	ready(false)
	if err := w.Put(t.Context(), archive.Object{Key: "small"}); err != nil {
		t.Fatal(err)
	}
	ready(false) // what is small says nothing
	f.full = false
	ready(true)
	puts := f.puts
	ready(true)
	if f.puts != puts {
		t.Error("a question wrote something after the store was well again")
	}
	if err := w.Put(t.Context(), archive.Object{Key: "b", IfAbsent: true}, archive.Object{Key: "b", IfAbsent: true}); !errors.Is(err, archive.ErrExists) {
		t.Fatal(err)
	}
	ready(true) // a lost race is no trouble
}

// hangs is a store whose large writes take half a minute.
type hangs struct{ archive.Store }

func (h hangs) Put(ctx context.Context, objects ...archive.Object) error {
	if len(objects[0].Bytes) > 10 {
		select {
		case <-time.After(30 * time.Second):
		case <-ctx.Done():
			return archive.ErrUnknown
		}
	}
	return h.Store.Put(ctx, objects...)
}

// A write that does not end is trouble before it ends, and none any more once it has succeeded.
func TestWatchLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := archive.NewWatch(hangs{archive.NewMemory()})
		done := make(chan error)
		go func() { done <- w.Put(t.Context(), archive.Object{Key: "a", Bytes: make([]byte, 20)}) }()
		ready := func(want bool) {
			t.Helper()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			if err := w.Ready(ctx); (err == nil) != want {
				t.Fatalf("ready: %v, want %v", err, want)
			}
		}
		time.Sleep(4 * time.Second)
		ready(true)
		time.Sleep(2 * time.Second)
		ready(false)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		ready(true)
	})
}

// A directory that is gone, as when its disk is, is no empty store.
func TestDirGone(t *testing.T) {
	root := filepath.Join(t.TempDir(), "data")
	d, err := archive.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), archive.Object{Key: "k/x", Bytes: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	w := archive.NewWatch(d)
	if err := w.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(filepath.Join(root, ".tmp")); err != nil || len(entries) != 0 {
		t.Errorf("a question left %v, %v", entries, err)
	}
	for _, stand := range []func(){func() {}, func() { _ = os.Mkdir(root, 0o700) }} { // gone; an empty mount point in its place
		if err := os.Rename(root, root+"-away"); err != nil {
			t.Fatal(err)
		}
		stand()
		_, get := d.Get(t.Context(), "k/x")
		_, list := d.List(t.Context(), "k/", "", 1)
		for what, err := range map[string]error{"get": get, "list": list, "ready": w.Ready(t.Context()), "put": d.Put(t.Context(), archive.Object{Key: "k/y"})} {
			if !errors.Is(err, archive.ErrStorage) || errors.Is(err, archive.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := errors.Join(os.RemoveAll(root), os.Rename(root+"-away", root)); err != nil {
			t.Fatal(err)
		}
		if b, err := d.Get(t.Context(), "k/x"); err != nil || string(b) != "x" {
			t.Errorf("after it came back: %q, %v", b, err)
		}
		if err := w.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// A directory that goes in the middle of a write is not made anew: it could not come back. Nothing in it is said to be missing.
func TestDirGoes(t *testing.T) {
	root := filepath.Join(t.TempDir(), "data")
	d, err := archive.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var stop atomic.Bool
	var wait sync.WaitGroup
	for n := range 4 {
		wait.Go(func() {
			for i := 0; !stop.Load(); i++ {
				_ = d.Put(t.Context(), archive.Object{Key: fmt.Sprintf("k/%d-%d/a/b/c/x", n, i)}) // it may fail
			}
		})
	}
	if err := d.Put(t.Context(), archive.Object{Key: "k/there"}); err != nil {
		t.Fatal(err)
	}
	wait.Go(func() {
		for !stop.Load() {
			if _, err := d.Get(t.Context(), "k/there"); errors.Is(err, archive.ErrNotFound) {
				t.Error("an object is said to be missing")
			}
			if keys, err := d.List(t.Context(), "k/there", "", 1); err == nil && len(keys) == 0 {
				t.Error("a list lacks an object")
			}
		}
	})
	for range 100 {
		away := os.Rename(root, root+"-away")
		time.Sleep(time.Millisecond)
		if err := errors.Join(away, os.Rename(root+"-away", root)); err != nil {
			t.Error(err)
			break
		}
		time.Sleep(time.Millisecond)
	}
	stop.Store(true)
	wait.Wait()
}
