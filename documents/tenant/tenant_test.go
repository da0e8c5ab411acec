package tenant_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

var modes = []archive.Mode{archive.Lost, archive.Unanswered, archive.CrashLost, archive.CrashDone}

// dump is all that a store holds.
func dump(t testing.TB, s archive.Store) map[string]string {
	t.Helper()
	keys, err := s.List(t.Context(), "", "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, key := range keys {
		b, err := s.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		all[key] = string(b)
	}
	return all
}

func TestAddAndFind(t *testing.T) {
	s := archive.NewMemory()
	anna, err := tenant.Add(t.Context(), s, "anna", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^am_[a-z2-7]{32}$`).MatchString(anna) {
		t.Errorf("key %q", anna)
	}
	jana, err := tenant.Add(t.Context(), s, "jana-2", rand.Reader)
	if err != nil || jana == anna {
		t.Fatal(err)
	}
	for key, want := range map[string]string{anna: "anna", jana: "jana-2"} {
		if got, err := tenant.Find(t.Context(), s, key, tenant.Full); err != nil || got.Tenant != want || got.Name != want || got.Created.IsZero() || len(got.Hash) != 64 {
			t.Errorf("%s: %+v, %v", want, got, err)
		}
	}
	for _, key := range []string{"", "am_", anna[:34], anna + "a", strings.ToUpper(anna), "../" + anna, strings.Repeat("x", 10000)} {
		if got, err := tenant.Find(t.Context(), s, key, tenant.Full); !errors.Is(err, tenant.ErrKey) {
			t.Errorf("%q found: %+v, %v", key, got, err)
		}
	}
}

func TestStoredHashed(t *testing.T) {
	s := archive.NewMemory()
	text, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "b", Created: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}, bytes.NewReader(make([]byte, 20)))
	if err != nil || text != "am_"+strings.Repeat("a", 32) {
		t.Fatal(text, err)
	}
	const hash = "1dfe55f6b2b4d4998564acf83378b22325bff81bc26a2d31355e64e13a19176f"
	stored := map[string]string{
		"k/" + hash:           `{"v":1,"tenant":"a","name":"b","created":"2026-11-23T00:00:00Z"}`,
		"t/a/k/b/000001.json": `{"v":1,"hash":"` + hash + `"}`,
		"index/keys.json":     `{"v":1}`,
	}
	if got := dump(t, s); !maps.Equal(got, stored) {
		t.Errorf("stored %q", got)
	}
}

func TestNames(t *testing.T) {
	s := archive.NewMemory()
	for _, name := range []string{"", "Anna", "a b", "ä", "a/b", "..", "a_b", strings.Repeat("a", 41), "a\n"} {
		if _, err := tenant.Add(t.Context(), s, name, rand.Reader); !errors.Is(err, tenant.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"a", "0", "-", strings.Repeat("a", 40), tenant.Default} {
		if _, err := tenant.Add(t.Context(), s, name, rand.Reader); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := tenant.Add(t.Context(), s, "a", rand.Reader); !errors.Is(err, tenant.ErrTaken) {
		t.Errorf("second key of the name: %v", err)
	}
	second, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "0"}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tenant.Find(t.Context(), s, second, tenant.Full); err != nil || got.Tenant != "a" || got.Name != "0" {
		t.Errorf("%+v, %v", got, err)
	}
	if all, err := tenant.All(t.Context(), s); err != nil || len(all) != 6 {
		t.Errorf("%v, %v", all, err)
	}
	chosen := strings.Repeat("Z", 32)
	if err := tenant.Put(t.Context(), s, tenant.Key{Tenant: tenant.Default, Name: "bootstrap"}, chosen); err != nil {
		t.Fatal(err)
	}
	if got, err := tenant.Find(t.Context(), s, chosen, tenant.Full); err != nil || got.Tenant != tenant.Default {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestErrors(t *testing.T) {
	s := archive.NewMemory()
	if _, err := tenant.Add(t.Context(), s, "a", bytes.NewReader(make([]byte, 19))); err == nil {
		t.Error("a key of too few random bits")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tenant.Find(ctx, s, "am_x", tenant.Full); !errors.Is(err, context.Canceled) {
		t.Errorf("trouble with the store must not look like an unknown key: %v", err)
	}
	if _, err := tenant.Add(ctx, s, "a", rand.Reader); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := tenant.Add(t.Context(), archive.NewFault(s, 1, archive.Lost), "a", rand.Reader); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("%v", err)
	}
	key, err := tenant.Add(t.Context(), s, "a", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	stored, _ := s.List(t.Context(), "k/", "", 1)
	for _, bad := range []string{"{", `{"v":3,"tenant":"a"}`, `{"v":1,"tenant":"../b"}`} {
		if err := s.Put(t.Context(), archive.Object{Key: stored[0], Bytes: []byte(bad)}); err != nil {
			t.Fatal(err)
		}
		if got, err := tenant.Find(t.Context(), s, key, tenant.Full); err == nil || errors.Is(err, tenant.ErrKey) {
			t.Errorf("%s: %+v, %v", bad, got, err)
		} else if newer := strings.Contains(bad, `"v":3`); newer != errors.Is(err, tenant.ErrVersion) {
			t.Errorf("%s: %v", bad, err)
		}
		if _, err := tenant.All(t.Context(), s); err == nil {
			t.Errorf("%s listed", bad)
		}
	}
}
