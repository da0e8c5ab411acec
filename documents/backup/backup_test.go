package backup_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/backup"
	"auftragsmappe/documents/tenant"
)

// moving is a store that others write to while it is listed: up to a place in its order a list shows what was there before, and
// behind it what is there after. No server promises more.
type moving struct {
	archive.Store
	step func()
	mu   *sync.Mutex // tenants are listed side by side
	rand *rand.Rand
}

func newMoving(s archive.Store, step func(), seed uint64) moving {
	return moving{s, step, new(sync.Mutex), rand.New(rand.NewPCG(seed, seed))}
}

func (m moving) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before, err := m.Store.List(ctx, prefix, after, 1<<20)
	if err != nil {
		return nil, err
	}
	for range m.rand.IntN(4) {
		m.step()
	}
	now, err := m.Store.List(ctx, prefix, after, 1<<20)
	if err != nil || len(now) == 0 {
		return now, err
	}
	split := now[m.rand.IntN(len(now))]
	keys := slices.DeleteFunc(before, func(k string) bool { return k > split })
	keys = append(keys, slices.DeleteFunc(now, func(k string) bool { return k <= split })...)
	return keys[:min(len(keys), limit)], nil
}

// Whatever is written while a copy is made, the copy is one that a crash could have left, and a second run brings it up to date.
func TestConsistent(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			store := archive.NewMemory()
			w := newWorld(t, one(store))
			for range 12 {
				w.step()
			}
			to := archive.NewMemory()
			for range 2 {
				back(t, one(newMoving(store, w.step, seed)), to)
				restored := archive.NewMemory()
				restore(t, to, one(restored))
				equal(t, dump(t, to), dump(t, restored))
				consistent(t, one(restored))
			}
			if _, err := w.is.Recover(t.Context(), 0); err != nil {
				t.Error(err)
			}
			w.crash("jana", "last")
			back(t, one(store), to)
			equal(t, dump(t, store), dump(t, to))
			if n := under(dump(t, to), archive.OpenPrefix); n != 1 {
				t.Errorf("%d entries in the work list", n)
			}
		})
	}
}

// Keys, and a key that is revoked after it was copied, profiles, request keys and documents go on in a restored store.
func TestRestored(t *testing.T) {
	store, to, restored := archive.NewMemory(), archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	key := func(name string) string {
		text, err := tenant.New(t.Context(), store, tenant.Key{Tenant: "jana", Name: name}, zeros(name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	good, bad := key("gut"), key("weg")
	w.profile("jana", 1)
	call := documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract"), Key: "n8n-1"}
	was := w.issue(issuer(t, one(store)), call)
	back(t, one(store), to)
	if _, err := tenant.Revoke(t.Context(), store, "jana", "weg"); err != nil {
		t.Fatal(err)
	}
	if r := back(t, one(store), to); r.Objects != 1 {
		t.Errorf("a key was revoked: %d objects copied", r.Objects)
	}
	restore(t, to, one(restored))
	for text, want := range map[string]error{good: nil, bad: tenant.ErrKey} {
		if _, err := tenant.Find(t.Context(), restored, text, tenant.Full); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	is := issuer(t, one(restored))
	again, err := is.Replay(t.Context(), call)
	if err != nil || again.Manifest.InvoiceNumber != was.InvoiceNumber || again.Manifest.Documents[0].Token != was.Documents[0].Token {
		t.Fatal(err)
	}
	for _, d := range was.Documents {
		if f, err := is.Document(t.Context(), d.Token); err != nil || f.SHA256 != d.SHA256 {
			t.Errorf("%s: %v", d.ID, err)
		}
	}
	if m := newWorld(t, one(restored)).issue(is, documents.Call{Tenant: "jana", Engagement: w.engagement("b", "contract")}); m.InvoiceNumber != "RE-2026-0002" {
		t.Error(m.InvoiceNumber)
	}
	numbers, err := backup.Numbers(t.Context(), restored)
	if want := []backup.Highest{{"jana", "E", 2026, 2}, {"jana", "RE", 2026, 2}}; err != nil || !slices.Equal(numbers, want) {
		t.Error(numbers, err)
	}
}

// zeros is a source of bytes that is not random.
type zeros string

func (z zeros) Read(b []byte) (int, error) { return copy(b, strings.Repeat(string(z), len(b))), nil }

func under(all map[string]string, prefix string) (n int) {
	for k := range all {
		if strings.HasPrefix(k, prefix) {
			n++
		}
	}
	return n
}

// What a copy refuses, and that it then changes nothing.
func TestRefused(t *testing.T) {
	store := archive.NewMemory()
	w := newWorld(t, one(store))
	for range 9 {
		w.step()
	}
	whole := archive.NewMemory()
	back(t, one(store), whole)
	foreign := archive.NewMemory()
	if err := foreign.Put(t.Context(), archive.Object{Key: "t/jana/note"}); err != nil {
		t.Fatal(err)
	}
	newer := archive.NewMemory()
	if err := newer.Put(t.Context(), archive.Object{Key: archive.BackupState, Bytes: []byte(`{"v":2}`)}); err != nil {
		t.Fatal(err)
	}
	restored := archive.NewMemory()
	restore(t, whole, one(restored))
	for name, c := range map[string]struct {
		run  func(o backup.Options) error
		want error
		to   archive.Store
	}{
		"a backup into another store": {func(o backup.Options) error { _, err := backup.Backup(t.Context(), one(store), foreign, o); return err }, backup.ErrNotEmpty, foreign},
		"a backup into a restored one": {func(o backup.Options) error {
			_, err := backup.Backup(t.Context(), one(store), restored, o)
			return err
		}, backup.ErrNotEmpty, restored},
		"a newer backup": {func(o backup.Options) error { _, err := backup.Backup(t.Context(), one(store), newer, o); return err }, backup.ErrVersion, newer},
		"restoring into another store": {func(o backup.Options) error {
			_, err := backup.Restore(t.Context(), whole, one(foreign), o)
			return err
		}, backup.ErrNotEmpty, foreign},
		"restoring twice": {func(o backup.Options) error {
			_, err := backup.Restore(t.Context(), whole, one(restored), o)
			return err
		}, backup.ErrNotEmpty, restored},
		"restoring into a backup": {func(o backup.Options) error { _, err := backup.Restore(t.Context(), whole, one(whole), o); return err }, backup.ErrNotEmpty, whole},
		"restoring what is no backup": {func(o backup.Options) error {
			_, err := backup.Restore(t.Context(), store, one(archive.NewMemory()), o)
			return err
		}, backup.ErrNoBackup, store},
		"restoring a store made of one": {func(o backup.Options) error {
			_, err := backup.Restore(t.Context(), restored, one(archive.NewMemory()), o)
			return err
		}, backup.ErrNoBackup, restored},
	} {
		before := dump(t, c.to)
		if err := c.run(backup.Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		equal(t, before, dump(t, c.to))
	}
}

// A store that was set back and has given numbers anew is not the one that was backed up: nothing is mixed.
func TestSetBack(t *testing.T) {
	old, to := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(old))
	is := issuer(t, one(old))
	w.issue(is, documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract")})
	back(t, one(old), to)
	setBack := archive.NewMemory()
	restore(t, to, one(setBack))
	for _, reference := range []string{"b", "c"} {
		w.issue(is, documents.Call{Tenant: "jana", Engagement: w.engagement(reference, "contract")})
	}
	back(t, one(old), to)
	var o backup.Options
	before := dump(t, to)
	if _, err := backup.Backup(t.Context(), one(setBack), to, o); !errors.Is(err, backup.ErrAhead) || !strings.Contains(err.Error(), "/n/") {
		t.Error(err)
	}
	w.at = one(setBack)
	w.issue(issuer(t, one(setBack)), documents.Call{Tenant: "jana", Engagement: w.engagement("other", "contract")})
	if _, err := backup.Backup(t.Context(), one(setBack), to, o); !errors.Is(err, backup.ErrConflict) || !strings.Contains(err.Error(), "/n/") {
		t.Error(err)
	}
	for k, v := range before {
		if now := dump(t, to)[k]; now != v && k != archive.BackupState {
			t.Error("overwritten:", k)
		}
	}
}

// What is damaged in the store does not get into the backup, and what is damaged in the backup is found when it is asked for.
func TestDamaged(t *testing.T) {
	store, to := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(store))
	w.issue(issuer(t, one(store)), documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract")})
	keys, err := store.List(t.Context(), archive.FilesPrefix("jana"), "", 10)
	if err != nil || len(keys) == 0 {
		t.Fatal(err)
	}
	sound, err := store.Get(t.Context(), keys[0])
	if err != nil {
		t.Fatal(err)
	}
	put := func(s *archive.Memory, key string, b []byte) { s.Tamper(key, b) }
	put(store, keys[0], []byte("x"))
	gone := archive.NumberKey("jana", "RE", 2026, 3)
	put(store, gone, []byte(`{"v":1,"id":"aaaaaaaaaaaaaaaaaaaa","event":1}`))
	put(store, archive.NumberKey("jana", "X", 2026, 1), []byte(`{`))
	told := map[string]string{}
	if _, err := backup.Backup(t.Context(), one(store), to, backup.Options{Report: func(p backup.Problem) { told[p.Key] = p.Code }}); err != nil {
		t.Fatal(err)
	}
	for key, code := range map[string]string{
		keys[0]: backup.FileChanged, archive.NumberKey("jana", "RE", 2026, 2): backup.Missing,
		archive.EventKey("jana", "aaaaaaaaaaaaaaaaaaaa", 1): backup.Missing, archive.NumberKey("jana", "X", 2026, 1): backup.NumberInvalid,
	} {
		if told[key] != code {
			t.Errorf("%s: %q, want %q", key, told[key], code)
		}
	}
	if len(told) != 4 {
		t.Error(told)
	}
	put(store, keys[0], sound)
	if r, err := backup.Backup(t.Context(), one(store), to, backup.Options{}); err != nil || r.Objects != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	put(to, keys[0], []byte("y"))
	if _, err := backup.Backup(t.Context(), one(store), to, backup.Options{}); err != nil {
		t.Error("what is there is read without being asked:", err)
	}
	if _, err := backup.Backup(t.Context(), one(store), to, backup.Options{Compare: true}); !errors.Is(err, backup.ErrConflict) || !strings.Contains(err.Error(), keys[0]) {
		t.Error(err)
	}
}

// Lists of many pages give the same as short ones, wherever a page ends.
func TestPages(t *testing.T) {
	store := archive.NewMemory()
	w := newWorld(t, one(store))
	for range 40 {
		w.step()
	}
	for page := 1; page <= 7; page += 2 {
		for skip := 1; skip <= 4; skip++ {
			backup.SmallPages(t, page, skip)
			to, restored := archive.NewMemory(), archive.NewMemory()
			back(t, one(store), to)
			if r := back(t, one(store), to); r.Objects != 0 || r.Gone != 0 {
				t.Errorf("%+v", r)
			}
			equal(t, dump(t, store), dump(t, to))
			restore(t, to, one(restored))
			equal(t, dump(t, store), dump(t, restored))
		}
	}
}
