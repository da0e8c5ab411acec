package documents_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/content"
)

var modes = []archive.Mode{archive.Lost, archive.Unanswered, archive.CrashLost, archive.CrashDone}

// maxWrites is what a bundle of six may cost, the deletion of its work list entry not counted.
const maxWrites = 12

func TestWrites(t *testing.T) {
	count := archive.NewFault(archive.NewMemory(), 0, 0)
	issue(t, issuer(t, count, nil), "default", example(t, launch, nil))
	if n := count.Writes(); n != maxWrites+1 {
		t.Errorf("%d writes and deletions", n)
	}
}

// After a fault at any write, the same call (after a restart or not) and Recover give the same numbers and documents;
// nothing is doubled, nothing is visible before all of it is.
func TestCrash(t *testing.T) {
	v := example(t, launch, nil)
	want := issue(t, issuer(t, archive.NewMemory(), nil), "default", v)
	for _, mode := range modes {
		for at := 1; at <= maxWrites+1; at++ {
			t.Run(fmt.Sprintf("%d at %d", mode, at), func(t *testing.T) {
				store := archive.NewMemory()
				fault := archive.NewFault(store, at, mode)
				is := issuer(t, fault, nil)
				err := try(t, is, v)
				if (err == nil) != (at > maxWrites) { // the last one strikes off the work list: not the caller's trouble
					t.Fatalf("issue: %v", err)
				}
				claimed, visible := len(under(dump(t, store), "t/default/e/")) > 0, len(under(dump(t, store), "t/default/e/")) > 1
				checkVisible(t, store, want, visible)
				restarted := copyOf(t, store)
				r := issue(t, issuer(t, restarted, nil), "default", v)
				checkBundle(t, restarted, r, visible)
				if claimed {
					sameBundle(t, want, r)
				}
				recovered := copyOf(t, store)
				n, err := issuer(t, recovered, nil).Recover(t.Context(), 0)
				if err != nil || (n == 1) != (claimed && !visible) {
					t.Fatalf("recovered %d, %v; claimed %v, visible %v", n, err, claimed, visible)
				}
				r = issue(t, issuer(t, recovered, nil), "default", v)
				checkBundle(t, recovered, r, claimed)
				if mode == archive.Lost || mode == archive.Unanswered { // the same process goes on
					checkBundle(t, store, issue(t, is, "default", v), visible)
				}
			})
		}
	}
}

// checkVisible: without "issued" no document can be fetched, with it all can.
func checkVisible(t *testing.T, s archive.Store, want *result, visible bool) {
	t.Helper()
	is := issuer(t, s, nil)
	for i, d := range want.Manifest.Documents { // same clock, same random numbers: same tokens
		f, err := is.Document(t.Context(), d.Token)
		if visible && (err != nil || f.SHA256 != want.Files[i].SHA256) || !visible && !errors.Is(err, documents.ErrNotFound) {
			t.Errorf("%s: visible %v, but %v", d.Kind, visible, err)
		}
	}
}

// checkBundle: one bundle with the first numbers, six files, no work left, and the next engagement has the second numbers.
func checkBundle(t *testing.T, s archive.Store, r *result, replayed bool) {
	t.Helper()
	m := r.Manifest
	if r.Replayed != replayed || m.OfferNumber != "AN-2026-0001" || m.InvoiceNumber != "RE-2026-0001" || len(r.Files) != 6 {
		t.Fatalf("replayed %v, %s, %s, %d files", r.Replayed, m.OfferNumber, m.InvoiceNumber, len(r.Files))
	}
	is := issuer(t, s, nil)
	if _, err := is.Recover(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	all := dump(t, s)
	for prefix, n := range map[string]int{"t/default/e/": 2, "t/default/n/": 2, "t/default/f/": 6, "t/default/recent/": 1} {
		if keys := under(all, prefix); len(keys) != n {
			t.Errorf("%d of %s: %q", len(keys), prefix, keys)
		}
	}
	next := issue(t, is, "default", example(t, launch, small("next"))).Manifest
	if next.OfferNumber != "AN-2026-0002" || next.InvoiceNumber != "RE-2026-0002" {
		t.Errorf("next engagement: %s, %s", next.OfferNumber, next.InvoiceNumber)
	}
}

// small is an engagement of an offer and an invoice only.
func small(reference string) func(map[string]any) {
	return func(m map[string]any) {
		m["reference"] = reference
		m["documents"] = map[string]any{"exclude": []string{"contract", "nda"}}
		delete(m, "access")
	}
}

// Of identical calls at once, in two processes, one issues and all others give what it issued.
func TestIdenticalCalls(t *testing.T) {
	store := archive.NewMemory()
	issuers := []*documents.Issuer{issuer(t, store, nil), issuer(t, store, nil)}
	results := make([]*result, 16)
	var wg sync.WaitGroup
	for i := range results {
		v := example(t, launch, nil)
		wg.Go(func() { results[i] = issue(t, issuers[i%2], "default", v) })
	}
	wg.Wait()
	issued := 0
	for _, r := range results {
		if !r.Replayed {
			issued++
		}
		sameBundle(t, results[0], r)
	}
	if issued != 1 {
		t.Errorf("issued %d times", issued)
	}
	checkBundle(t, store, issue(t, issuers[0], "default", example(t, launch, nil)), true)
}

// Different engagements at once over two processes on one directory: numbers are dense, every engagement has its own.
func TestDifferentCalls(t *testing.T) {
	path := t.TempDir()
	var issuers []*documents.Issuer
	for range 2 {
		dir, err := archive.OpenDir(path)
		if err != nil {
			t.Fatal(err)
		}
		issuers = append(issuers, issuer(t, dir, nil))
	}
	const calls = 16
	numbers := make([][]string, 2)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range calls {
		v := example(t, launch, small(fmt.Sprint("R", i)))
		wg.Go(func() {
			m := issue(t, issuers[i%2], "default", v).Manifest
			mu.Lock()
			defer mu.Unlock()
			numbers[0], numbers[1] = append(numbers[0], m.OfferNumber), append(numbers[1], m.InvoiceNumber)
		})
	}
	wg.Wait()
	for i, prefix := range []string{"AN", "RE"} {
		slices.Sort(numbers[i])
		for n, got := range numbers[i] {
			if want := fmt.Sprintf("%s-2026-%04d", prefix, n+1); got != want {
				t.Fatalf("numbers are not dense: %q", numbers[i])
			}
		}
	}
}

// A claim does not depend on the caller's connection.
func TestCallerGoesAway(t *testing.T) {
	store := archive.NewMemory()
	ctx, cancel := context.WithCancel(t.Context())
	is := issuer(t, goesAway{store, cancel}, nil)
	r, err := is.Issue(ctx, documents.Call{Tenant: "default", Engagement: example(t, launch, nil)})
	if err != nil || len(r.Manifest.Documents) != 6 || ctx.Err() == nil {
		t.Fatalf("%v, %v", err, ctx.Err())
	}
}

// goesAway ends the caller's context once something was written.
type goesAway struct {
	archive.Store
	cancel func()
}

func (g goesAway) Put(ctx context.Context, objects ...archive.Object) error {
	defer g.cancel()
	return g.Store.Put(ctx, objects...)
}

func TestRecoverGoesOn(t *testing.T) {
	store := archive.NewMemory()
	for i, id := range []string{"R1", "R2"} {
		fault := archive.NewFault(store, 4, archive.CrashDone)
		if err := try(t, issuer(t, fault, nil), example(t, launch, named(id))); err == nil {
			t.Fatal(i)
		}
	}
	open := under(dump(t, store), "open/")
	broken := under(dump(t, store), "t/default/e/")[0]
	good := dump(t, store)[broken]
	put := func(body string) { store.Tamper(broken, []byte(body)) }
	noItems := regexp.MustCompile(`"items":\[`).ReplaceAllString(good, `"items":[null,`)
	for _, body := range []string{"{", `{"v":1,"type":"claimed","body":7}`, `{"v":1,"type":"claimed","body":null}`, `{"v":1,"body":{}}`, noItems} {
		put(body)
		n, err := issuer(t, copyOf(t, store), nil).Recover(t.Context(), 0)
		if n != 1 || err == nil {
			t.Errorf("%s: recovered %d of %d, %v", body, n, len(open), err)
		}
	}
	put(good)
	if n, err := issuer(t, store, nil).Recover(t.Context(), 0); n != 2 || err != nil {
		t.Errorf("recovered %d, %v", n, err)
	}
}

// A young claim is left to its call.
func TestRecoverAge(t *testing.T) {
	store, c := archive.NewMemory(), &clock{now: noon}
	if err := try(t, timed(t, archive.NewFault(store, 4, archive.CrashDone), c), example(t, launch, nil)); err == nil {
		t.Fatal("no fault was met")
	}
	for _, step := range []struct {
		pass time.Duration
		want int
	}{{59 * time.Second, 0}, {time.Second, 1}, {0, 0}} {
		c.pass(step.pass)
		if n, err := timed(t, store, c).Recover(t.Context(), time.Minute); n != step.want || err != nil {
			t.Errorf("recovered %d, %v; want %d", n, err, step.want)
		}
	}
}

// An entry whose claim may be just being written stays; an old one is given up.
func TestRecoverOrphans(t *testing.T) {
	store := archive.NewMemory()
	for _, day := range []string{"2026-11-20", "2026-11-21", "2026-11-23"} {
		orphan := archive.Open{Day: day, Tenant: "default", ID: "aaaaaaaaaaaaaaaaaaaa", Event: 1, What: "claimed"}
		if err := store.Put(t.Context(), archive.Object{Key: orphan.Key()}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := issuer(t, store, nil).Recover(t.Context(), 0); n != 0 || err != nil || len(dump(t, store)) != 2 {
		t.Errorf("recovered %d, %v, left %q", n, err, under(dump(t, store), ""))
	}
}

// A program that cannot make a document leaves a claim; its numbers stay its own until a better program finishes it.
func TestPoisonedClaim(t *testing.T) {
	store := archive.NewMemory()
	poor, err := documents.New(documents.Options{Records: store, Now: func() time.Time { return noon }, Logo: &content.Image{PNG: []byte("no picture")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := try(t, poor, example(t, launch, nil)); err == nil {
		t.Fatal("issued with a broken logo")
	}
	is := issuer(t, store, nil)
	if m := issue(t, is, "default", example(t, launch, small("next"))).Manifest; m.OfferNumber != "AN-2026-0002" || m.InvoiceNumber != "RE-2026-0002" {
		t.Errorf("the next engagement has %s, %s", m.OfferNumber, m.InvoiceNumber)
	}
	if n, err := is.Recover(t.Context(), 0); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if m := issue(t, is, "default", example(t, launch, nil)).Manifest; m.OfferNumber != "AN-2026-0001" || m.InvoiceNumber != "RE-2026-0001" {
		t.Errorf("the claim has %s, %s", m.OfferNumber, m.InvoiceNumber)
	}
}
