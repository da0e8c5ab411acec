package tenant_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// Of many adders of one name at once, in several processes, one has a key that works; all others are told.
func TestAddersAtOnce(t *testing.T) {
	for range 20 {
		s := archive.NewMemory()
		texts := make([]string, 8)
		var wg sync.WaitGroup
		for i := range texts {
			wg.Go(func() {
				text, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "a"}, rand.Reader)
				if err == nil {
					texts[i] = text
				} else if !errors.Is(err, tenant.ErrTaken) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		valid := slices.DeleteFunc(texts, func(text string) bool { return text == "" })
		if len(valid) != 1 || !works(t, s, valid[0]) {
			t.Fatalf("%d keys of one name: %v", len(valid), dump(t, s))
		}
		checkOneValid(t, s)
	}
}

// checkOneValid: of the keys named a of tenant a one is valid, by the list and by the records.
func checkOneValid(t *testing.T, s archive.Store) {
	t.Helper()
	all, err := tenant.All(t.Context(), s)
	n := 0
	for _, k := range all {
		if k.Revoked.IsZero() {
			n++
		}
	}
	if err != nil || n != 1 || strings.Count(" "+listed(t, s, "a"), " a") != 1 {
		t.Errorf("%d valid keys, listed %q, %v", n, listed(t, s, "a"), err)
	}
}

// The same operator's key at once, as when replicas start together: it is stored once, and nobody fails.
func TestBootstrapAtOnce(t *testing.T) {
	for range 20 {
		s := archive.NewMemory()
		text := strings.Repeat("b", 32)
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := tenant.Put(t.Context(), s, tenant.Key{Tenant: "a", Name: "a"}, text); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if !works(t, s, text) {
			t.Fatal("the key does not work")
		}
		checkOneValid(t, s)
	}
}

// reading is a store in which something happens when a key is first read.
type reading struct {
	archive.Store
	key       string
	meanwhile func()
}

func (r *reading) Get(ctx context.Context, key string) ([]byte, error) {
	if f := r.meanwhile; f != nil && key == r.key {
		r.meanwhile = nil
		f()
	}
	return r.Store.Get(ctx, key)
}

// A replica that stores the same operator's key while this one decides is no conflict; another key of the name is.
func TestDecidedMeanwhile(t *testing.T) {
	for text, want := range map[string]error{"same": nil, "other": tenant.ErrTaken} {
		s := archive.NewMemory()
		k := tenant.Key{Tenant: "a", Name: "a"}
		held := &reading{s, archive.KeyName("a", "a", 1), func() {
			if err := tenant.Put(t.Context(), s, k, "same"); err != nil {
				t.Error(err)
			}
		}}
		if err := tenant.Put(t.Context(), held, k, text); !errors.Is(err, want) || !works(t, s, "same") || works(t, s, "other") {
			t.Error(text, err)
		}
		checkOneValid(t, s)
	}
}

// slow is an adder's store that is held up between the name and the key.
type slow struct {
	archive.Store
	meanwhile func()
}

func (s *slow) Put(ctx context.Context, objects ...archive.Object) error {
	if len(objects) != 2 {
		return s.Store.Put(ctx, objects...)
	}
	if err := s.Store.Put(ctx, objects[0]); err != nil {
		return err
	}
	if f := s.meanwhile; f != nil {
		s.meanwhile = nil
		f()
	}
	return s.Store.Put(ctx, objects[1])
}

// An adder that is overtaken between name and key does not get a second valid key of the name.
func TestOvertaken(t *testing.T) {
	for _, revoke := range []bool{false, true} {
		s := archive.NewMemory()
		fast := ""
		held := &slow{s, func() {
			fast = add(t, s, "a", "a")
			if revoke {
				if _, err := tenant.Revoke(t.Context(), s, "a", "a"); err != nil {
					t.Error(err)
				}
			}
		}}
		text, err := tenant.New(t.Context(), held, tenant.Key{Tenant: "a", Name: "a"}, rand.Reader)
		if revoke { // the name is free again
			if err != nil || works(t, s, fast) || !works(t, s, text) {
				t.Error(err, dump(t, s))
			}
		} else if !errors.Is(err, tenant.ErrTaken) || !works(t, s, fast) {
			t.Error(err, dump(t, s))
		}
		checkOneValid(t, s)
	}
	s := archive.NewMemory() // revoked before it was written: it never becomes valid
	held := &slow{s, func() {
		if _, err := tenant.Revoke(t.Context(), s, "a", "a"); !errors.Is(err, tenant.ErrRevoked) {
			t.Error(err)
		}
	}}
	if err := tenant.Put(t.Context(), held, tenant.Key{Tenant: "a", Name: "a"}, "chosen"); !errors.Is(err, tenant.ErrRevoked) || works(t, s, "chosen") {
		t.Error(err)
	}
}

// After a fault at any write of an adder the name can be had, by this process or the next, and has one valid key.
func TestAddFaults(t *testing.T) {
	for _, mode := range modes {
		for at := 1; at <= 3; at++ {
			t.Run(fmt.Sprintf("%d at %d", mode, at), func(t *testing.T) {
				s := archive.NewMemory()
				fault := archive.NewFault(s, at, mode)
				if text, err := tenant.Add(t.Context(), fault, "a", rand.Reader); text != "" || !errors.Is(err, archive.ErrUnknown) {
					t.Fatalf("%q, %v", text, err)
				}
				var again archive.Store = s
				if mode == archive.Lost || mode == archive.Unanswered {
					again = fault
				}
				written := at == 3 && (mode == archive.Unanswered || mode == archive.CrashDone)
				text, err := tenant.Add(t.Context(), again, "a", rand.Reader)
				if written { // nobody has seen the key: it has to be revoked by its name
					if !errors.Is(err, tenant.ErrTaken) {
						t.Fatal(err)
					}
					if left, err := tenant.Revoke(t.Context(), again, "a", "a"); left != 0 || err != nil {
						t.Fatal(left, err)
					}
					text, err = tenant.Add(t.Context(), again, "a", rand.Reader)
				}
				if err != nil || !works(t, s, text) {
					t.Fatal(err)
				}
				checkOneValid(t, s)
			})
		}
	}
}

// After a fault at the write of a revocation, a second call revokes.
func TestRevokeFaults(t *testing.T) {
	for _, mode := range modes {
		s := archive.NewMemory()
		text := add(t, s, "a", "a")
		if _, err := tenant.Revoke(t.Context(), archive.NewFault(s, 1, mode), "a", "a"); !errors.Is(err, archive.ErrUnknown) {
			t.Error(mode, err)
		}
		if _, err := tenant.Revoke(t.Context(), s, "a", "a"); err != nil && !errors.Is(err, tenant.ErrRevoked) || works(t, s, text) {
			t.Error(mode, err)
		}
	}
}

// A revocation is on disk when Revoke returns: another process sees it, and no file of the key is left elsewhere.
func TestRevokeInDirectory(t *testing.T) {
	path := t.TempDir()
	s, err := archive.OpenDir(path)
	if err != nil {
		t.Fatal(err)
	}
	text := add(t, s, "a", "a")
	if _, err := tenant.Revoke(t.Context(), s, "a", "a"); err != nil {
		t.Fatal(err)
	}
	again, err := archive.OpenDir(path)
	if err != nil || works(t, again, text) || listed(t, again, "a") != "-a" {
		t.Error(err, dump(t, again))
	}
}
