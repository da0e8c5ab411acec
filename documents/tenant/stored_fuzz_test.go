package tenant_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// FuzzStored: whatever stands in a key, in its name or in a profile, nothing panics or hangs; no damage makes a key of one
// tenant that of another without being readable as such, and what cannot be read is an error and not nothing.
func FuzzStored(f *testing.F) {
	whole := archive.NewMemory()
	plain, signed := add(f, whole, "jana", "jana"), hook(f, whole, "jana", "tally", "secret")
	if _, err := tenant.NewProfiles(whole).Put(context.Background(), "jana", body(f, 7)); err != nil {
		f.Fatal(err)
	}
	all := dump(f, whole)
	places := []string{place(plain), place(signed), archive.KeyName("jana", "jana", 1), archive.KeyName("jana", "tally", 1), archive.ProfileKey("jana", 1), archive.KeysNamed}
	for i, at := range places {
		if _, ok := all[at]; !ok {
			f.Fatalf("no %s in %v", at, all)
		}
		f.Add(uint8(i), []byte(all[at]))
		f.Add(uint8(i), []byte(all[at][:len(all[at])/2]))
		for _, text := range []string{``, `null`, `{}`, `{"v":1}`, `{"v":2}`, `{"v":1,"tenant":"../x","name":"a"}`, `{"v":2,"tenant":"jana","name":"","sealed":"AAAA"}`, `{"v":1,"profile":"{}"}`, `{"v":1,"profile":"null"}`, `{"v":1,"hash":"../../x"}`, `{"v":1,"hash":""}`} {
			f.Add(uint8(i), []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, b []byte) {
		at := places[int(n)%len(places)]
		s := archive.NewMemory()
		for k, text := range all {
			store(t, s, k, []byte(text))
		}
		store(t, s, at, b)
		useKeys(t, s, plain, signed)
		p, err := tenant.NewProfiles(s).Latest(context.Background(), "jana")
		if errors.Is(err, archive.ErrNotFound) || err == nil && p.Version != 1 {
			t.Errorf("the profile: %+v, %v", p, err)
		}
	})
}

func store(t *testing.T, s *archive.Memory, at string, b []byte) {
	t.Helper()
	s.Tamper(at, append([]byte{}, b...))
}

// useKeys does with keys what can be done.
func useKeys(t *testing.T, s archive.Store, texts ...string) {
	ctx := context.Background()
	for _, text := range texts {
		k, err := tenant.Find(ctx, s, text, tenant.Full, tenant.Hook)
		if err == nil && !tenant.ValidName(k.Tenant) {
			t.Errorf("a key of the tenant %q", k.Tenant)
		}
		if errors.Is(err, archive.ErrNotFound) {
			t.Error(err)
		}
	}
	_, _ = tenant.All(ctx, s)
	_, _ = tenant.Exists(ctx, s, "jana")
	_, _ = tenant.List(ctx, s, "jana")
	_, _ = tenant.Add(ctx, s, "jana", rand.NewChaCha8([32]byte{7}))
	for _, name := range []string{"tally", "jana"} {
		if left, err := tenant.Revoke(ctx, s, "jana", name); err == nil && left > 2 {
			t.Errorf("%d keys left", left)
		}
	}
}
