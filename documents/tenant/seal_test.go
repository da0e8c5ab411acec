package tenant_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

func hook(t testing.TB, s archive.Store, owner, name, secret string) string {
	t.Helper()
	text, err := tenant.New(t.Context(), s, tenant.Key{Tenant: owner, Name: name, Scope: tenant.Hook, Secret: secret}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A key lets in where its scope is allowed, and nowhere else.
func TestFindByScope(t *testing.T) {
	s := archive.NewMemory()
	full, limited := add(t, s, "a", "a"), hook(t, s, "a", "tally", "")
	for _, c := range []struct {
		text    string
		allowed []tenant.Scope
		found   bool
	}{
		{full, []tenant.Scope{tenant.Full}, true},
		{full, []tenant.Scope{tenant.Hook}, false},
		{full, []tenant.Scope{tenant.Hook, tenant.Full}, true},
		{full, nil, false},
		{limited, []tenant.Scope{tenant.Full}, false},
		{limited, []tenant.Scope{tenant.Hook}, true},
		{limited, []tenant.Scope{tenant.Full, tenant.Hook}, true},
	} {
		k, err := tenant.Find(t.Context(), s, c.text, c.allowed...)
		if found := err == nil && k.Tenant == "a"; found != c.found || !found && !errors.Is(err, tenant.ErrKey) {
			t.Errorf("%v: %+v, %v", c.allowed, k, err)
		}
	}
	if left, err := tenant.Revoke(t.Context(), s, "a", "tally"); left != 1 || err != nil {
		t.Error(left, err)
	}
	if _, err := tenant.Find(t.Context(), s, limited, tenant.Hook); !errors.Is(err, tenant.ErrKey) {
		t.Error("revoked:", err)
	}
}

// The store has neither the key nor the secret; with the key the secret is readable, and a revoked key takes it along.
func TestSecret(t *testing.T) {
	s := archive.NewMemory()
	const secret = "Öffne dich, Sesam"
	text, other := hook(t, s, "a", "tally", secret), hook(t, s, "a", "typeform", secret)
	stored := fmt.Sprint(dump(t, s))
	for _, open := range []string{text, secret, "Sesam"} {
		if strings.Contains(stored, open) {
			t.Errorf("the store shows %q", open)
		}
	}
	record, second := dump(t, s)[place(text)], dump(t, s)[place(other)]
	if !strings.HasPrefix(record, `{"v":2,"tenant":"a","name":"tally","scope":"hook",`) || record[strings.Index(record, "sealed"):] == second[strings.Index(second, "sealed"):] {
		t.Error(record, second)
	}
	if k, err := tenant.Find(t.Context(), s, text, tenant.Hook); err != nil || k.Secret != secret {
		t.Errorf("%+v, %v", k, err)
	}
	if all, err := tenant.All(t.Context(), s); err != nil || len(all) != 2 || all[0].Secret != "" {
		t.Errorf("%+v, %v", all, err)
	}
	for from, to := range map[string]string{`"tenant":"a"`: `"tenant":"b"`, `"sealed":"`: `"sealed":"AAAA`} { // of another tenant; damaged
		if err := s.Put(t.Context(), archive.Object{Key: place(text), Bytes: []byte(strings.Replace(record, from, to, 1))}); err != nil {
			t.Fatal(err)
		}
		if k, err := tenant.Find(t.Context(), s, text, tenant.Hook); err == nil || errors.Is(err, tenant.ErrKey) || k.Secret != "" {
			t.Errorf("%s: %+v, %v", to, k, err)
		}
	}
	if _, err := tenant.Revoke(t.Context(), s, "a", "typeform"); err != nil || strings.Contains(dump(t, s)[place(other)], "sealed") {
		t.Error(err, dump(t, s))
	}
}
