package backup_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/backup"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// world is an archive and those who write to it.
type world struct {
	t    testing.TB
	at   backup.Place
	is   *documents.Issuer
	body map[string]any

	mu     sync.Mutex
	n      int
	offers []string // references of offers that have no contract yet
}

func newWorld(t testing.TB, at backup.Place) *world {
	t.Helper()
	b, err := os.ReadFile("../testdata/launch-digistore24.json")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, at: at, is: issuer(t, at)}
	if err := json.Unmarshal(b, &w.body); err != nil {
		t.Fatal(err)
	}
	return w
}

func issuer(t testing.TB, at backup.Place) *documents.Issuer {
	t.Helper()
	is, err := documents.New(documents.Options{Records: at.Records, Files: at.Files})
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// engagement is the launch at a stage, without accesses and papers that take time to make.
func (w *world) engagement(reference, stage string) *engagement.Valid {
	m := map[string]any{}
	for k, v := range w.body {
		m[k] = v
	}
	delete(m, "access")
	m["reference"], m["stage"], m["date"] = reference, stage, "2026-11-23"
	m["documents"] = map[string]any{"exclude": []string{"contract", "nda"}}
	b, err := json.Marshal(m)
	if err != nil {
		w.t.Fatal(err)
	}
	v, err := engagement.Decode(bytes.NewReader(b), nil, date.Date{Year: 2026, Month: 11, Day: 23}, decision.Check)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

var tenants = []string{"jana", "ole"}

// step is what somebody does next: an offer, a contract with its invoice, a call that is cut off, a profile, a key, a seal.
func (w *world) step() {
	w.mu.Lock()
	w.n++
	n := w.n
	name := tenants[n%2]
	reference := fmt.Sprint(name, "-", n)
	agreed := ""
	if len(w.offers) > 2 {
		agreed, w.offers = w.offers[0], w.offers[1:]
	}
	w.mu.Unlock()
	switch {
	case n%19 == 0:
		w.profile(name, n)
	case n%17 == 0:
		if _, err := tenant.New(context.Background(), w.at.Records, tenant.Key{Tenant: name, Name: fmt.Sprint("k", n)}, rand.Reader); err != nil {
			w.t.Error(err)
		}
	case n%24 == 0: // seals are a day apart: no list meets two
		w.seal(n)
	case n%5 == 0:
		w.crash(name, reference)
	case agreed != "":
		of, _, _ := strings.Cut(agreed, "-")
		w.issue(w.is, documents.Call{Tenant: of, Engagement: w.engagement(agreed, "contract")})
	default:
		w.issue(w.is, documents.Call{Tenant: name, Engagement: w.engagement(reference, "offer"), Key: fmt.Sprint("request-", n)})
		w.mu.Lock()
		w.offers = append(w.offers, reference)
		w.mu.Unlock()
	}
}

func (w *world) issue(is *documents.Issuer, c documents.Call) *documents.Manifest {
	p, err := tenant.NewProfiles(w.at.Records).Latest(context.Background(), c.Tenant)
	if err != nil {
		w.t.Error(err)
		return nil
	}
	c.Profile = p.Version
	r, err := is.Issue(context.Background(), c)
	if err != nil {
		w.t.Error(err)
		return nil
	}
	return r.Manifest
}

// crash leaves a claim behind, with its numbers or without.
func (w *world) crash(name, reference string) {
	fault := archive.NewFault(w.at.Records, 2+mathrand.IntN(3), archive.CrashDone)
	if _, err := issuer(w.t, backup.Place{Records: fault, Files: fault}).Issue(context.Background(), documents.Call{Tenant: name, Engagement: w.engagement(reference, "contract")}); err == nil {
		w.t.Error("no crash")
	}
}

// seal seals a day of its own: a day is sealed once.
func (w *world) seal(n int) {
	is, err := documents.New(documents.Options{Records: w.at.Records, Now: func() time.Time { return someTime.AddDate(0, 0, n) }})
	if err == nil {
		_, err = is.Seal(context.Background())
	}
	if err != nil {
		w.t.Error(err)
	}
}

func (w *world) profile(name string, n int) {
	body := fmt.Sprintf(`{"look":{"accent_color":"#1f3a%02x"}}`, n%256)
	p, err := engagement.DecodeProfile(strings.NewReader(body))
	if err == nil {
		_, err = tenant.NewProfiles(w.at.Records).Put(context.Background(), name, p)
	}
	if err != nil {
		w.t.Error(err)
	}
}

func dump(t testing.TB, stores ...archive.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, s := range stores {
		keys, err := s.List(context.Background(), "", "", 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		err = archive.Each(8, keys, func(k string) error {
			b, err := s.Get(context.Background(), k)
			mu.Lock()
			defer mu.Unlock()
			all[k] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func one(s archive.Store) backup.Place { return backup.Place{Records: s, Files: s} }

func back(t testing.TB, from backup.Place, to archive.Store) *backup.Result {
	t.Helper()
	r, err := backup.Backup(context.Background(), from, to, backup.Options{Program: "test", Report: func(p backup.Problem) { t.Errorf("%+v", p) }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func restore(t testing.TB, from archive.Store, to backup.Place) *backup.Result {
	t.Helper()
	r, err := backup.Restore(context.Background(), from, to, backup.Options{Report: func(p backup.Problem) { t.Errorf("%+v", p) }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// equal says that two stores have the same objects, but for what a copy says of itself and the work list.
func equal(t testing.TB, a, b map[string]string) {
	t.Helper()
	own := func(k string) bool {
		return strings.HasPrefix(k, archive.BackupPrefix) || strings.HasPrefix(k, archive.OpenPrefix) || strings.HasPrefix(k, archive.ProbePrefix)
	}
	for k, v := range a {
		if w, ok := b[k]; !own(k) && (!ok || v != w) {
			t.Errorf("%s: there %v, equal %v", k, ok, v == w)
		}
	}
	for k := range b {
		if _, ok := a[k]; !own(k) && !ok {
			t.Errorf("%s is in one only", k)
		}
	}
}

var someTime = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
