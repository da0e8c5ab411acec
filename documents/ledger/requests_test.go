package ledger_test

import (
	"errors"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

func TestRequests(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	k := ledger.RequestKey("default", "n8n-7", nil)
	if r, n, err := l.LastRequest(t.Context(), k); r != nil || n != 0 || err != nil {
		t.Fatal(r, n, err)
	}
	for n := 1; n <= 5; n++ {
		want := ledger.Request{ID: k.ID(n), Body: ledger.Sum([]byte("x")), Expires: time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)}
		if err := l.OpenRequest(t.Context(), k, n, want); err != nil {
			t.Fatal(err)
		}
		if err := l.OpenRequest(t.Context(), k, n, ledger.Request{}); !errors.Is(err, archive.ErrExists) {
			t.Fatalf("a second entry %d: %v", n, err)
		}
		r, last, err := ledger.New(store).LastRequest(t.Context(), k)
		if err != nil || last != n || r.ID != want.ID || r.Body != want.Body || !r.Expires.Equal(want.Expires) {
			t.Errorf("%d: %+v %d %v", n, r, last, err)
		}
	}
	if r, _, err := l.LastRequest(t.Context(), ledger.RequestKey("other", "n8n-7", nil)); r != nil || err != nil {
		t.Error("tenants share request keys", r, err)
	}
	for body, want := range map[string]error{`{"v":2}`: ledger.ErrVersion, `{`: nil} {
		if err := store.Put(t.Context(), archive.Object{Key: archive.RequestKey("default", k.Hash, 6), Bytes: []byte(body)}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := l.LastRequest(t.Context(), k); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}
