package documents_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

const (
	hurtShare   = 0.3
	engagements = 200
	workers     = 8
	someWork    = 500 * time.Millisecond // what one request may take, and all requests of one call of the store
)

// errand is what a tool wants, and what it was told.
type errand struct {
	call  documents.Call
	files int

	mu      sync.Mutex
	answers []*documents.Manifest
}

// errands are all sizes and ways to be named: mostly small bundles by reference, some of six documents, some by request key.
func errands(t *testing.T) []*errand {
	all := make([]*errand, engagements)
	for i := range all {
		e := &errand{call: documents.Call{Tenant: "default"}, files: 2}
		edit := small(fmt.Sprint("R", i))
		switch i % 20 {
		case 7:
			e.files, edit = 6, named(fmt.Sprint("R", i))
		case 3, 13:
			e.call.Key, edit = fmt.Sprint("key-", i), edits(edit, loose)
		}
		e.call.Engagement = example(t, launch, edit)
		all[i] = e
	}
	return all
}

// run posts the errand as a tool does: the same body again, until there is an answer.
func (e *errand) run(is *documents.Issuer) (tries int, err error) {
	for tries = 1; tries <= 50; tries++ {
		var r *documents.Result
		r, err = is.Issue(context.Background(), e.call)
		if err == nil && r.Manifest.Status == documents.StatusIssued {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.answers = append(e.answers, r.Manifest)
			return tries, nil
		}
		// Whatever else happens is what the API answers with 202, 409 or 503 and Retry-After.
		if err != nil && !errors.Is(err, archive.ErrStorage) && !errors.Is(err, documents.ErrRunning) && !errors.Is(err, context.DeadlineExceeded) {
			return tries, err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return tries, fmt.Errorf("no answer after %d tries: %w", tries, err)
}

// TestIssueThroughFaults: eight workers of two replicas, whose clocks differ, issue 200 bundles while three of ten requests are
// hurt, and repeat what fails. Nothing that was acknowledged is lost, nothing is there twice, no number is left out.
func TestIssueThroughFaults(t *testing.T) {
	options := s3test.Start(t)
	proxy := s3test.NewProxy(t, options.Endpoint, s3test.Weather{Seed: 1, Shares: s3test.Evenly(hurtShare), Long: 2 * someWork})
	hurt := options
	hurt.Endpoint, hurt.Try, hurt.Call = proxy.URL, someWork, someWork
	var replicas []*documents.Issuer
	for _, ahead := range []time.Duration{0, -10 * time.Minute} {
		is, err := documents.New(documents.Options{Records: bucket(t, hurt), Now: func() time.Time { return time.Now().Add(ahead) }})
		if err != nil {
			t.Fatal(err)
		}
		replicas = append(replicas, is)
	}
	all, start := errands(t), time.Now()
	posts, tries := fire(t, replicas, all)
	took := time.Since(start)
	for _, is := range replicas {
		if err := is.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	proxy.Settle()
	requests, kinds := proxy.Counts()
	total := 0
	for _, n := range kinds {
		total += n
	}
	t.Logf("%d engagements, %d posts in %d tries, %s; %d requests, %d hurt (%.1f %%): %v",
		len(all), posts, tries, took.Round(time.Millisecond), requests, total, 100*float64(total)/float64(requests), kinds)
	if tries == posts {
		t.Error("no post had to be repeated")
	}
	for _, k := range s3test.Kinds() {
		if kinds[k] < requests/100 {
			t.Errorf("only %d of %d requests met %s", kinds[k], requests, k)
		}
	}
	checkAfterFire(t, bucket(t, options), all)
}

func bucket(t *testing.T, o s3.Options) *s3.Store {
	t.Helper()
	s, err := s3.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fire runs all errands, every fifth at the same time by workers of both replicas.
func fire(t *testing.T, replicas []*documents.Issuer, all []*errand) (posts, tries int) {
	queue := make(chan *errand)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for e := range queue {
				n, err := e.run(replicas[w%len(replicas)])
				if err != nil {
					t.Errorf("%q %q: %v", e.call.Engagement.Reference, e.call.Key, err)
				}
				mu.Lock()
				posts, tries = posts+1, tries+n
				mu.Unlock()
			}
		})
	}
	for i, e := range all {
		queue <- e
		if i%5 == 0 {
			queue <- e
		}
	}
	close(queue)
	wg.Wait()
	return posts, tries
}

// checkAfterFire reads without faults.
func checkAfterFire(t *testing.T, store archive.Store, all []*errand) {
	t.Helper()
	is := issuer(t, store, nil)
	if _, err := is.Recover(t.Context(), 0); err != nil {
		t.Errorf("recover: %v", err)
	}
	if left, err := store.List(t.Context(), archive.OpenPrefix, "", 10); err != nil || len(left) != 0 {
		t.Errorf("left in the work list: %q, %v", left, err)
	}
	ids, numbers := map[string]int{}, map[string]int{}
	for _, e := range all {
		ids[e.check(t, is)]++
		for _, n := range []string{e.answers[0].OfferNumber, e.answers[0].InvoiceNumber} {
			numbers[n]++
		}
	}
	var want []string
	for i := range all {
		want = append(want, fmt.Sprintf("AN-2026-%04d", i+1), fmt.Sprintf("RE-2026-%04d", i+1))
	}
	strange := slices.DeleteFunc(slices.Sorted(maps.Keys(numbers)), func(n string) bool { return slices.Contains(want, n) })
	if len(ids) != len(all) || len(numbers) != len(want) || len(strange) > 0 {
		t.Errorf("%d engagements, want %d; %d numbers, want %d; not among them: %q", len(ids), len(all), len(numbers), len(want), strange)
	}
	codes, count := audit(t, store)
	if len(codes) != 0 || count.Engagements != len(all) || count.Numbers != 2*len(all) || count.Events != 2*len(all) || count.Open != 0 {
		t.Errorf("the audit finds %v in %+v", codes, count)
	}
}

// check holds all that was told against what is stored, and returns the engagement's id.
func (e *errand) check(t *testing.T, is *documents.Issuer) string {
	t.Helper()
	now, err := is.Replay(t.Context(), e.call)
	if err != nil || len(e.answers) == 0 {
		t.Fatalf("%q %q: %d answers, %v", e.call.Engagement.Reference, e.call.Key, len(e.answers), err)
	}
	for _, m := range e.answers {
		if a, b := manifestJSON(t, m.WithURLs("u")), manifestJSON(t, now.Manifest.WithURLs("u")); a != b {
			t.Errorf("told\n%s\nstored\n%s", a, b)
		}
	}
	files, err := is.Bundle(t.Context(), "default", now.Manifest) // compares every file with its hash
	if err != nil || len(files) != e.files {
		t.Errorf("%s: %d files of %d, %v", now.Manifest.ID, len(files), e.files, err)
	}
	return now.Manifest.ID
}
