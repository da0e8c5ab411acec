package tenant_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

func add(t testing.TB, s archive.Store, owner, name string) string {
	t.Helper()
	text, err := tenant.New(t.Context(), s, tenant.Key{Tenant: owner, Name: name}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// works says whether a key lets somebody in.
func works(t testing.TB, s archive.Store, text string) bool {
	t.Helper()
	_, err := tenant.Find(t.Context(), s, text, tenant.Full, tenant.Hook)
	if err != nil && !errors.Is(err, tenant.ErrKey) {
		t.Fatal(err)
	}
	return err == nil
}

// listed are the keys of a tenant: their names, with "-" when revoked.
func listed(t testing.TB, s archive.Store, owner string) string {
	t.Helper()
	all, err := tenant.List(t.Context(), s, owner)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, k := range all {
		if k.Tenant != owner {
			t.Errorf("%+v listed for %s", k, owner)
		}
		if !k.Revoked.IsZero() {
			k.Name = "-" + k.Name
		}
		names = append(names, k.Name)
	}
	return strings.Join(names, " ")
}

func TestRevoke(t *testing.T) {
	s := archive.NewMemory()
	first, second, other := add(t, s, "a", "a"), add(t, s, "a", "zapier"), add(t, s, "b", "a")
	for _, c := range []struct {
		tenant, name string
		left         int
		err          error
	}{
		{"a", "make", 0, tenant.ErrNoName}, {"c", "a", 0, tenant.ErrNoName}, {"a", "../b", 0, tenant.ErrNoName}, {"..", "a", 0, tenant.ErrNoName},
		{"a", "a", 1, nil}, {"a", "a", 0, tenant.ErrRevoked}, {"a", "zapier", 0, nil},
	} {
		if left, err := tenant.Revoke(t.Context(), s, c.tenant, c.name); left != c.left || !errors.Is(err, c.err) {
			t.Errorf("%s of %s: %d left, %v", c.name, c.tenant, left, err)
		}
	}
	if works(t, s, first) || works(t, s, second) || !works(t, s, other) {
		t.Error("not the right keys are revoked")
	}
	if got := listed(t, s, "a") + "; " + listed(t, s, "b") + "; " + listed(t, s, "c"); got != "-a -zapier; a; " {
		t.Error(got)
	}
	again := add(t, s, "a", "a") // the name is free, the old key stays dead
	if works(t, s, first) || !works(t, s, again) || listed(t, s, "a") != "-a a -zapier" {
		t.Error(listed(t, s, "a"))
	}
	if _, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "a"}, rand.Reader); !errors.Is(err, tenant.ErrTaken) {
		t.Error(err)
	}
	if left, err := tenant.Revoke(t.Context(), s, "a", "a"); left != 0 || err != nil || works(t, s, again) {
		t.Error(left, err)
	}
	all, err := tenant.All(t.Context(), s)
	if err != nil || len(all) != 4 || all[3].Tenant != "b" {
		t.Errorf("%+v, %v", all, err)
	}
}

// An operator's key that was revoked does not come back by being set again.
func TestRevokedTextStaysDead(t *testing.T) {
	s := archive.NewMemory()
	text, k := strings.Repeat("x", 32), tenant.Key{Tenant: tenant.Default, Name: "bootstrap"}
	for range 2 { // at each start
		if err := tenant.Put(t.Context(), s, k, text); err != nil || !works(t, s, text) {
			t.Fatal(err)
		}
	}
	if err := tenant.Put(t.Context(), s, k, text+"y"); !errors.Is(err, tenant.ErrTaken) {
		t.Error(err)
	}
	if err := tenant.Put(t.Context(), s, tenant.Key{Tenant: "a", Name: "b"}, text); !errors.Is(err, tenant.ErrTaken) {
		t.Error("one text, two keys:", err)
	}
	if _, err := tenant.Revoke(t.Context(), s, k.Tenant, k.Name); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bootstrap", "other"} {
		if err := tenant.Put(t.Context(), s, tenant.Key{Tenant: tenant.Default, Name: name}, text); !errors.Is(err, tenant.ErrRevoked) || works(t, s, text) {
			t.Error(name, err)
		}
	}
	if err := tenant.Put(t.Context(), s, k, text+"y"); err != nil || !works(t, s, text+"y") {
		t.Error("a new bootstrap key:", err)
	}
}

// A key of a scope that the program does not know is no key; an older program refuses all of its kind by V.
func TestScopes(t *testing.T) {
	s := archive.NewMemory()
	text, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "later", Scope: "later"}, rand.Reader)
	if err != nil || works(t, s, text) {
		t.Error(err)
	}
	if got := dump(t, s)[place(text)]; !strings.HasPrefix(got, `{"v":2,"tenant":"a","name":"later","scope":"later",`) {
		t.Error(got)
	}
	valid := add(t, s, "a", "b")
	if _, err := tenant.Revoke(t.Context(), s, "a", "b"); err != nil || !strings.HasPrefix(dump(t, s)[place(valid)], `{"v":2,`) {
		t.Error(err, dump(t, s))
	}
}

func place(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "k/" + hex.EncodeToString(sum[:])
}

// oldStore has three keys as they were stored before keys had names: one without a time, two of one name.
func oldStore(t testing.TB) *archive.Memory {
	t.Helper()
	s := archive.NewMemory()
	for text, record := range map[string]string{
		"one": `{"v":1,"tenant":"a","name":"a"}`, "two": `{"v":1,"tenant":"b","name":"x","created":"2026-01-01T00:00:00Z"}`, "three": `{"v":1,"tenant":"b","name":"x","created":"2026-01-02T00:00:00Z"}`,
	} {
		if err := s.Put(t.Context(), archive.Object{Key: place(text), Bytes: []byte(record), IfAbsent: true}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestOldStore(t *testing.T) {
	s := oldStore(t)
	if !works(t, s, "one") || len(dump(t, s)) != 3 {
		t.Error("reading a key has written something")
	}
	if _, err := tenant.New(t.Context(), s, tenant.Key{Tenant: "a", Name: "a"}, rand.Reader); !errors.Is(err, tenant.ErrTaken) {
		t.Error(err)
	}
	if got := listed(t, s, "a") + "; " + listed(t, s, "b"); got != "a; x x" {
		t.Error(got)
	}
	if exists, err := tenant.Exists(t.Context(), s, "b"); !exists || err != nil {
		t.Error(err)
	}
	if left, err := tenant.Revoke(t.Context(), s, "b", "x"); left != 0 || err != nil || works(t, s, "two") || works(t, s, "three") || !works(t, s, "one") {
		t.Error(left, err)
	}
	if left, err := tenant.Revoke(t.Context(), oldStore(t), "a", "a"); left != 0 || err != nil {
		t.Error("revoke alone:", left, err)
	}
	for _, mode := range modes { // whatever interrupts the naming, the next call ends it
		for at := 1; at <= 5; at++ {
			s := oldStore(t)
			fault := archive.NewFault(s, at, mode)
			_, err := tenant.List(t.Context(), fault, "a")
			if tried := at == 3 && mode == archive.Unanswered; (err == nil) != tried { // there the write itself met a taken name
				t.Error(mode, at, err)
			}
			if got := listed(t, s, "a") + "; " + listed(t, s, "b"); got != "a; x x" || len(dump(t, s)) != 7 {
				t.Error(mode, at, got, dump(t, s))
			}
		}
	}
}
