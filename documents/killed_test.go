package documents_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
)

// checkSound: whatever died, after a recovery nothing is half done, doubled, missing or left over.
func checkSound(t *testing.T, s archive.Store) {
	t.Helper()
	later, err := documents.New(documents.Options{Records: s, Now: func() time.Time { return noon.AddDate(0, 0, 4) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := later.Recover(t.Context(), 0); err != nil { // entries of claims that were never written are given up by then
		t.Fatal(err)
	}
	if open := under(dump(t, s), "open/"); len(open) > 0 {
		t.Errorf("left in the work list: %q", open)
	}
	audited, err := later.Audit(t.Context(), func(f documents.Finding) { t.Errorf("%+v", f) })
	if err != nil || audited.Open > 0 {
		t.Errorf("%+v, %v", audited, err)
	}
	page, err := later.Engagements(t.Context(), documents.Query{Tenant: "default", Limit: 1000})
	if err != nil || len(page.Manifests) != audited.Engagements {
		t.Fatalf("%d listed of %d engagements, %v", len(page.Manifests), audited.Engagements, err)
	}
	known := map[string]bool{}
	for _, m := range page.Manifests {
		for _, d := range m.Documents {
			known[archive.FileKey("default", m.ID, d.SHA256, string(d.Kind)+".pdf")] = true
		}
	}
	if stored := under(dump(t, s), "t/default/f/"); !slices.Equal(stored, slices.Sorted(maps.Keys(known))) {
		t.Errorf("files %q, named %q", stored, slices.Sorted(maps.Keys(known)))
	}
}

// checkHalf: of every claim all documents can be had by their tokens, or none; what a list shows can be read.
func checkHalf(t *testing.T, s archive.Store) {
	t.Helper()
	is := repeater(t, s)
	all := dump(t, s)
	for _, key := range under(all, "t/default/e/") {
		_, id, n, _ := archive.ParseEvent(key)
		var e struct {
			Type string
			Body struct{ Secrets map[string]string }
		}
		if err := json.Unmarshal([]byte(all[key]), &e); err != nil {
			t.Fatal(err)
		}
		_, issued := all[archive.EventKey("default", id, n+1)]
		for kind, secret := range e.Body.Secrets {
			_, err := is.Document(t.Context(), fmt.Sprintf("default.%s.%s-%d.%s", id, kind, n, secret))
			if issued && err != nil || !issued && !errors.Is(err, documents.ErrNotFound) {
				t.Errorf("%s-%d of %s, issued %v: %v", kind, n, id, issued, err)
			}
		}
	}
	page, err := is.Engagements(t.Context(), documents.Query{Tenant: "default", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range page.Manifests {
		if files, err := is.Bundle(t.Context(), "default", m); len(m.Documents) > 0 && (err != nil || len(files) == 0) {
			t.Errorf("%s is listed with %d documents, %d files: %v", m.ID, len(m.Documents), len(files), err)
		}
	}
}

// checkKept: what a death has left of records has not been changed since.
func checkKept(t *testing.T, left map[string]string, s archive.Store) {
	t.Helper()
	now := dump(t, s)
	for key, body := range left {
		kept := strings.HasPrefix(key, "t/default/") && !strings.HasPrefix(key, "t/default/f/")
		if kept && now[key] != body {
			t.Errorf("%s was %q, now it is %q", key, body, now[key])
		}
	}
}

// checkNext: the next engagement has the next numbers.
func checkNext(t *testing.T, s archive.Store) {
	t.Helper()
	all := dump(t, s)
	m := issue(t, repeater(t, s), "default", example(t, launch, small("next"))).Manifest
	offers, invoices := len(under(all, "t/default/n/E/")), len(under(all, "t/default/n/RE/"))
	if got, want := m.OfferNumber+" "+m.InvoiceNumber, fmt.Sprintf("AN-2026-%04d RE-2026-%04d", offers+1, invoices+1); got != want {
		t.Errorf("the next engagement has %s instead of %s", got, want)
	}
}

// recoverTwice is what two replicas do that start at once: two of this process or, which is slower, two processes.
func recoverTwice(t *testing.T, e mission, processes bool) {
	t.Helper()
	e.Do, e.Dies = "recovery", false
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if processes {
				if said, err := e.run(t.Context()); err != nil || len(said) > 0 {
					t.Errorf("%v: %s", err, said)
				}
				return
			}
			if err := runMission(e); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// writesOf is how many objects a deed writes or deletes, and what it comes to.
func writesOf(t *testing.T, d *deed) (n int, want string) {
	t.Helper()
	count := archive.NewFault(prepared(t, d), 0, 0)
	if err := d.do(t.Context(), count); err != nil {
		t.Fatal(err)
	}
	return count.Writes(), d.again(t, count)
}

func prepared(t *testing.T, d *deed) archive.Store {
	t.Helper()
	s := archive.NewMemory()
	if d.before != nil {
		d.before(t, s)
	}
	return s
}

// TestKilled kills a process behind every write of every kind of call. What it leaves is finished by a repeat, and where a claim
// is written without one as well, by two replicas at once.
func TestKilled(t *testing.T) {
	t.Run("directory", func(t *testing.T) {
		killAll(t, func(t *testing.T, _ string) mission { t.Helper(); return mission{Dir: t.TempDir()} })
	})
	t.Run("versitygw", func(t *testing.T) {
		server := s3test.Start(t)
		killAll(t, func(_ *testing.T, name string) mission { return at(server, name) })
	})
}

func killAll(t *testing.T, at func(t *testing.T, name string) mission) {
	t.Helper()
	t.Run("", func(t *testing.T) { // the server lives as long as the parallel ones
		for name, d := range deeds {
			n, want := writesOf(t, &d)
			for after := range n {
				place := fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), after)
				t.Run(place, func(t *testing.T) {
					t.Parallel()
					e := at(t, place)
					e.Do = name
					e.copyTo(t, prepared(t, &d))
					e.dies(t, after)
					checkKilled(t, &d, e, want)
				})
			}
		}
	})
}

// inProcesses is how often, of so many, a recovery is made by processes of their own.
const inProcesses = 3

func checkKilled(t *testing.T, d *deed, e mission, want string) {
	t.Helper()
	s := e.open(t)
	checkHalf(t, s)
	left := dump(t, s)
	claimed := d.hasClaimed(t, left)
	repeated := copyOf(t, s)
	d.checkAgain(t, repeated, claimed, want)
	checkSound(t, repeated)
	checkKept(t, left, repeated)
	if d.open {
		recoverTwice(t, e, e.After%inProcesses == 0)
		checkSound(t, s)
	}
	d.checkAgain(t, s, claimed, want)
	checkKept(t, left, s)
	checkNext(t, s)
}

// A death in the middle of a write leaves no half object: bytes are there as a whole or not at all.
func TestKilledStoreIsWhole(t *testing.T) {
	e := mission{Dir: t.TempDir(), Do: "first call"}
	s := e.copyTo(t, archive.NewMemory())
	e.dies(t, 6)
	whole := archive.NewMemory()
	issue(t, issuer(t, whole, nil), "default", example(t, launch, nil))
	made := dump(t, whole)
	for key, body := range dump(t, s) {
		if want, ok := made[key]; ok && !bytes.Equal([]byte(body), []byte(want)) {
			t.Errorf("%s has other bytes", key)
		}
	}
}
