package documents_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

var (
	noon  = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	today = date.Date{Year: 2026, Month: time.November, Day: 23}
)

// issuer is one with a standing clock and known random numbers.
func issuer(t testing.TB, records, files archive.Store) *documents.Issuer {
	t.Helper()
	is, err := newIssuer(records, files)
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func newIssuer(records, files archive.Store) (*documents.Issuer, error) {
	return documents.New(documents.Options{
		Records: records, Files: files, Now: func() time.Time { return noon }, Random: rand.NewChaCha8([32]byte{1}),
	})
}

// example is an engagement of testdata after an edit of its JSON.
func example(t testing.TB, name string, edit func(m map[string]any)) *engagement.Valid {
	t.Helper()
	v, err := edited(name, edit)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func edited(name string, edit func(m map[string]any)) (*engagement.Valid, error) {
	b, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		return nil, err
	}
	if edit != nil {
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			return nil, err
		}
		edit(m)
		if b, err = json.Marshal(m); err != nil {
			return nil, err
		}
	}
	return engagement.Decode(bytes.NewReader(b), nil, today, decision.Check)
}

const launch = "launch-digistore24"

func named(reference string) func(map[string]any) {
	return func(m map[string]any) { m["reference"] = reference }
}

// result is what a call gives, with the bytes of the bundle.
type result struct {
	*documents.Result
	Files []documents.File
}

func issue(t testing.TB, is *documents.Issuer, tenant string, v *engagement.Valid) *result {
	t.Helper()
	return post(t, is, documents.Call{Tenant: tenant, Engagement: v})
}

func post(t testing.TB, is *documents.Issuer, c documents.Call) *result {
	t.Helper()
	r, err := is.Issue(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	files, err := is.Bundle(context.Background(), c.Tenant, r.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	return &result{r, files}
}

// try is a call whose result does not matter.
func try(t testing.TB, is *documents.Issuer, v *engagement.Valid) error {
	t.Helper()
	_, err := is.Issue(context.Background(), documents.Call{Tenant: "default", Engagement: v})
	return err
}

func preview(t testing.TB, is *documents.Issuer, v *engagement.Valid) *result {
	t.Helper()
	m, files, err := is.Preview(context.Background(), documents.Call{Tenant: "default", Engagement: v})
	if err != nil {
		t.Fatal(err)
	}
	return &result{&documents.Result{Manifest: m}, files}
}

// dump is all objects of a store.
func dump(t testing.TB, s archive.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	keys, err := s.List(context.Background(), "", "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		b, err := s.Get(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		all[k] = string(b)
	}
	return all
}

// copyOf is a memory store with the same objects: what a restart finds.
func copyOf(t testing.TB, s archive.Store) *archive.Memory {
	t.Helper()
	m := archive.NewMemory()
	for k, v := range dump(t, s) {
		if err := m.Put(context.Background(), archive.Object{Key: k, Bytes: []byte(v)}); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func under(all map[string]string, prefix string) (keys []string) {
	for k := range all {
		if strings.HasPrefix(k, prefix) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

func manifestJSON(t testing.TB, m *documents.Manifest) string {
	t.Helper()
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sameBundle says that two results are the same for whoever sees them.
func sameBundle(t testing.TB, a, b *result) {
	t.Helper()
	if x, y := manifestJSON(t, a.Manifest.WithURLs("u")), manifestJSON(t, b.Manifest.WithURLs("u")); x != y {
		t.Fatalf("manifests differ:\n%s\n%s", x, y)
	}
	if len(a.Files) != len(b.Files) {
		t.Fatalf("%d files and %d", len(a.Files), len(b.Files))
	}
	for i := range a.Files {
		if a.Files[i].Name != b.Files[i].Name || !bytes.Equal(a.Files[i].Bytes, b.Files[i].Bytes) {
			t.Fatalf("file %s differs from %s", a.Files[i].Name, b.Files[i].Name)
		}
	}
}
