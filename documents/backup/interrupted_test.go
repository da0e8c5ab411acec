package backup_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/backup"
)

// A run that is cut off at any write leaves the state of the run before, and the next run goes on.
func TestInterrupted(t *testing.T) {
	store := archive.NewMemory()
	w := newWorld(t, one(store))
	for range 9 {
		w.step()
	}
	first := archive.NewMemory()
	back(t, one(store), first)
	before := dump(t, first)
	for range 8 {
		w.step()
	}
	for at := 1; ; at += 5 {
		to := archive.NewMemory()
		for k, v := range before {
			if err := to.Put(t.Context(), archive.Object{Key: k, Bytes: []byte(v)}); err != nil {
				t.Fatal(err)
			}
		}
		fault := archive.NewFault(to, at, archive.CrashDone)
		if _, err := backup.Backup(t.Context(), one(store), fault, backup.Options{}); err == nil {
			if at < 20 {
				t.Fatal(at, "writes")
			}
			break
		}
		if backup.Whole(t.Context(), to) != nil {
			restored := archive.NewMemory()
			if r := restore(t, to, one(restored)); !r.Broken || r.AsOf.IsZero() {
				t.Errorf("%+v", r)
			}
			equal(t, before, dump(t, restored))
			consistent(t, one(restored))
		}
		back(t, one(store), to)
		equal(t, dump(t, store), dump(t, to))
		if left := under(dump(t, to), archive.BackupNewPrefix); left != 0 {
			t.Errorf("%d lists are left", left)
		}
		restored := archive.NewMemory()
		restore(t, to, one(restored))
		consistent(t, one(restored))
	}
}

// A first run that was cut off is no backup; a restore that was cut off goes on, and nobody may use what it has left.
func TestFirstInterrupted(t *testing.T) {
	store, to := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	for range 9 {
		w.step()
	}
	if _, err := backup.Backup(t.Context(), one(store), archive.NewFault(to, 20, archive.CrashLost), backup.Options{}); err == nil {
		t.Fatal("no fault")
	}
	if _, err := backup.Restore(t.Context(), to, one(archive.NewMemory()), backup.Options{}); !errors.Is(err, backup.ErrIncomplete) {
		t.Error(err)
	}
	back(t, one(store), to)
	restored := archive.NewMemory()
	if _, err := backup.Restore(t.Context(), to, one(archive.NewFault(restored, 20, archive.CrashLost)), backup.Options{}); err == nil {
		t.Fatal("no fault")
	}
	if err := backup.Whole(t.Context(), restored); !errors.Is(err, backup.ErrIncomplete) {
		t.Error(err)
	}
	restore(t, to, one(restored))
	if err := backup.Whole(t.Context(), restored); err != nil {
		t.Error(err)
	}
	consistent(t, one(restored))
}

// Of two runs at once the first one to begin does not call the backup whole.
func TestOvertaken(t *testing.T) {
	store, to := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	w.step()
	second := false
	step := func() {
		if !second {
			second = true
			back(t, one(store), to)
		}
	}
	_, err := backup.Backup(t.Context(), one(newMoving(store, step, 1)), to, backup.Options{Now: func() time.Time { return someTime }})
	if !errors.Is(err, backup.ErrOvertaken) || !second {
		t.Error(err, second)
	}
}

// An entry of the recent list that is moved in the store is moved in the backup, and not lost where the run is cut off.
func TestMoved(t *testing.T) {
	store, first := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	w.step()
	old, moved := archive.RecentPrefix("jana")+"9-x", archive.RecentPrefix("jana")+"8/9-x"
	put := func(s archive.Store, key, body string) {
		if err := s.Put(t.Context(), archive.Object{Key: key, Bytes: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	put(store, old, "{}")
	back(t, one(store), first)
	put(store, moved, "{}")
	if err := store.Delete(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	for at := 1; ; at++ {
		to := archive.NewMemory()
		for k, v := range dump(t, first) {
			put(to, k, v)
		}
		_, failed := backup.Backup(t.Context(), one(store), archive.NewFault(to, at, archive.CrashDone), backup.Options{})
		if failed != nil {
			restored := archive.NewMemory()
			restore(t, to, one(restored))
			all := dump(t, restored)
			if _, there := all[old]; !there && all[moved] == "" {
				t.Errorf("cut off at write %d, the entry is lost", at)
			}
		}
		back(t, one(store), to)
		if all := dump(t, to); all[moved] == "" || all[old] != "" {
			t.Errorf("cut off at write %d: moved %q, old %q", at, all[moved], all[old])
		}
		if failed == nil {
			break
		}
	}
}

// locking is a store that notes what is not to be kept for any time.
type locking struct {
	archive.Store
	mu    sync.Mutex
	loose []string
}

func (l *locking) Put(ctx context.Context, objects ...archive.Object) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range objects {
		if archive.Kept(objects[i].Key) && objects[i].Keep.IsZero() {
			l.loose = append(l.loose, objects[i].Key)
		}
	}
	return l.Store.Put(ctx, objects...)
}

// A restore that goes on keeps also the files whose events the run before has copied.
func TestInterruptedKeeps(t *testing.T) {
	store, copied := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	w.issue(w.is, documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract")})
	back(t, one(store), copied)
	for at := 1; ; at++ {
		to := &locking{Store: archive.NewMemory()}
		keep := func() backup.Options { return backup.Options{Keep: documents.NewKeeper(nil).Until} }
		_, failed := backup.Restore(t.Context(), copied, one(archive.NewFault(to, at, archive.CrashDone)), keep())
		if failed == nil {
			break
		}
		if _, err := backup.Restore(t.Context(), copied, one(to), keep()); err != nil && backup.Whole(t.Context(), to) != nil {
			t.Error(err) // else only the end of the run before was lost
		}
		if len(to.loose) > 0 {
			t.Errorf("cut off at write %d: not kept: %v", at, to.loose)
		}
	}
}

// ended is a source whose files are gone, and that ends the run as they are asked for.
type ended struct {
	archive.Store
	end context.CancelFunc
}

func (e ended) Get(ctx context.Context, key string) ([]byte, error) {
	if _, file := archive.FileSum(key); !file {
		return e.Store.Get(ctx, key)
	}
	e.end()
	return nil, archive.ErrNotFound
}

// A run that is ended as nothing is left to be written of some objects ends with an error, not a panic.
func TestEnded(t *testing.T) {
	store := archive.NewMemory()
	w := newWorld(t, one(store))
	w.issue(w.is, documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract")})
	ctx, end := context.WithCancel(t.Context())
	if _, err := backup.Backup(ctx, one(ended{store, end}), archive.NewMemory(), backup.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
