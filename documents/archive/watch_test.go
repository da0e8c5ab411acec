package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

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
