package documents_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// kept is a store of files that forgets what is written: whatever is made of damaged records is not read again.
type kept struct{ archive.Store }

func (kept) Put(context.Context, ...archive.Object) error { return nil }
func (kept) Delete(context.Context, ...string) error      { return nil }

// whole is a store that has one record of every shape, before it is damaged.
type whole struct {
	records map[string]string
	keys    []string // of records that are damaged
	files   archive.Store
	is      *documents.Issuer
	before  []*result // answers
	same    *engagement.Valid
	next    *engagement.Valid
}

// wholeStore: an offer, another one, the invoice; a call that was cut off; a request key, a profile, a seal.
func wholeStore(f *testing.F) *whole {
	records, files := archive.NewMemory(), archive.NewMemory()
	w := &whole{files: kept{files}, is: issuer(f, records, files)}
	p, err := engagement.DecodeProfile(strings.NewReader(`{"tone": "du", "look": {"accent_color": "#1f3a5f"}}`))
	if err == nil {
		_, err = tenant.NewProfiles(records).Put(context.Background(), "default", p)
	}
	if err != nil {
		f.Fatal(err)
	}
	w.same = example(f, launch, edits(small("A"), second, contract))
	w.next = example(f, launch, edits(small("A"), third))
	for i, v := range []*engagement.Valid{example(f, launch, edits(small("A"), offer)), example(f, launch, edits(small("A"), offer, second)), w.same} {
		w.before = append(w.before, post(f, w.is, documents.Call{Tenant: "default", Engagement: v, Key: "abc"[i : i+1], Profile: 1}))
	}
	if _, err := w.is.Seal(context.Background()); err != nil {
		f.Fatal(err)
	}
	if err := try(f, issuer(f, archive.NewFault(records, 3, archive.CrashLost), files), example(f, launch, small("B"))); err == nil {
		f.Fatal("no call was cut off")
	}
	w.records = dump(f, records)
	w.keys = slices.Sorted(maps.Keys(w.records))
	w.keys = slices.DeleteFunc(w.keys, func(k string) bool {
		return strings.HasPrefix(k, archive.OpenPrefix) || strings.Contains(k, "/recent/")
	})
	return w
}

// FuzzStoredEvents: whatever stands in a record (event, number, request key, profile, seal), nothing ends the program or hangs,
// and nobody is told that there is nothing. A record is damaged as a whole, or a value in it is another one.
func FuzzStoredEvents(f *testing.F) {
	w := wholeStore(f)
	for i, k := range w.keys {
		f.Add(uint8(i), uint16(0), []byte(w.records[k][:len(w.records[k])/2]))
		for at, value := range []string{`null`, `9007199254740993`, `"1e999999999"`, `[{"v":1},{}]`} {
			f.Add(uint8(i), uint16(1+at*7), []byte(value))
		}
	}
	for _, file := range []string{"testdata/v1/claimed.json", "testdata/v1/issued.json"} {
		var e corpusEvent
		b, err := os.ReadFile(file)
		if err := errors.Join(err, json.Unmarshal(b, &e)); err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(0), uint16(0), []byte(e.Event))
		f.Add(uint8(1), uint16(0), []byte(e.Event))
	}
	f.Fuzz(func(t *testing.T, record uint8, at uint16, value []byte) {
		key := w.keys[int(record)%len(w.keys)]
		is := w.damaged(t, key, damage(w.records[key], int(at), value))
		began := time.Now()
		w.use(t, is, strings.Contains(key, "/e/"))
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("%s: it took %s", key, took)
		}
	})
}

// damaged is an issuer over the store with one record changed.
func (w *whole) damaged(t *testing.T, key string, b []byte) *documents.Issuer {
	m := archive.NewMemory()
	for k, v := range w.records {
		if err := m.Put(t.Context(), archive.Object{Key: k, Bytes: []byte(v)}); err != nil {
			t.Fatal(err)
		}
	}
	m.Tamper(key, append([]byte{}, b...))
	return w.is.Over(m, w.files)
}

// use does with the store whatever can be done.
func (w *whole) use(t *testing.T, is *documents.Issuer, event bool) {
	ctx, last := context.Background(), w.before[len(w.before)-1]
	there := func(what string, err error) {
		if event && (errors.Is(err, documents.ErrNotFound) || errors.Is(err, archive.ErrNotFound)) {
			t.Fatalf("%s: who is told this believes that there is nothing: %v", what, err)
		}
	}
	m, err := is.Engagement(ctx, "default", last.Manifest.ID)
	there("engagement", err)
	if err == nil {
		_, _ = is.Bundle(ctx, "default", m)
		_ = m.WithURLs("u")
	}
	page, err := is.Engagements(ctx, documents.Query{Tenant: "default", Reference: "A", Limit: 10})
	if there("reference", err); err == nil && len(page.Manifests) != 1 {
		t.Fatal("the reference is not found")
	}
	_, err = is.Engagements(ctx, documents.Query{Tenant: "default", Limit: 10})
	there("engagements", err)
	for _, d := range last.Manifest.Documents {
		_, _ = is.Document(ctx, d.Token)
	}
	_, err = is.Verify(ctx, "", last.Files[0].Bytes)
	there("verify", err)
	_, err = is.Audit(ctx, func(documents.Finding) {})
	there("audit", err)
	_, err = is.Seal(ctx)
	there("seal", err)
	for _, c := range []documents.Call{{Engagement: w.same, Key: "c"}, {Engagement: w.next, Profile: 1}, {Engagement: w.next, Key: "c"}} {
		c.Tenant = "default"
		_, err = is.Issue(ctx, c)
		there("issue", err)
	}
	_, err = is.Recover(ctx, 0)
	there("recover", err)
}

// damage is a record in which one value is another one; all of it where at is 0, or where that is no value.
func damage(record string, at int, value []byte) []byte {
	var v any
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.UseNumber()
	if at == 0 || dec.Decode(&v) != nil {
		return value
	}
	r, err := json.Marshal(replaced(record, at, v))
	if err != nil {
		return value
	}
	return r
}

// replaced is a JSON text with another value at place at (counted as it is read), as often as that goes round.
func replaced(text string, at int, value any) any {
	var root any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if dec.Decode(&root) != nil {
		return value
	}
	n := 0
	root = walk(root, &n, -1, nil)
	at %= n
	n = 0
	return walk(root, &n, at, value)
}

// walk counts the values below v and puts another one at place at. Texts that are objects themselves are gone into.
func walk(v any, n *int, at int, value any) any {
	if *n++; *n-1 == at {
		return value
	}
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			v[k] = walk(v[k], n, at, value)
		}
	case []any:
		for i := range v {
			v[i] = walk(v[i], n, at, value)
		}
	case string:
		var inner map[string]any
		dec := json.NewDecoder(strings.NewReader(v))
		dec.UseNumber()
		if strings.HasPrefix(v, "{") && dec.Decode(&inner) == nil {
			b, err := json.Marshal(walk(inner, n, at, value))
			if err == nil {
				return string(b)
			}
		}
	}
	return v
}
