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

// errand is what a tool wants, call by call, and what it was told.
type errand struct {
	calls []documents.Call
	files int // of the last one

	mu      sync.Mutex
	answers [][]*documents.Manifest // by call
}

// errands are all sizes and ways to be named: mostly small bundles by reference; some of six documents, some by request key, some
// that go on from the offer to the contract.
func errands(t *testing.T) (all []*errand, calls int) {
	for i := range engagements {
		e, key, steps := &errand{files: 2}, "", []func(map[string]any){small(fmt.Sprint("R", i))}
		switch i % 20 {
		case 7:
			e.files, steps = 6, []func(map[string]any){named(fmt.Sprint("R", i))}
		case 3, 13:
			key, steps = fmt.Sprint("key-", i), []func(map[string]any){edits(steps[0], loose)}
		case 11:
			e.files, steps = 3, []func(map[string]any){edits(steps[0], offer), edits(steps[0], contract, with(map[string]any{"exclude": []string{"nda"}}, "documents"))}
		}
		for _, edit := range steps {
			e.calls = append(e.calls, documents.Call{Tenant: "default", Engagement: example(t, launch, edit), Key: key})
		}
		e.answers = make([][]*documents.Manifest, len(e.calls))
		all, calls = append(all, e), calls+len(e.calls)
	}
	return all, calls
}

// run posts the calls as a tool does: the same body again, until there is an answer.
func (e *errand) run(is *documents.Issuer) (posts, tries int, err error) {
	for i := range e.calls {
		m, n, err := insist(is, e.calls[i])
		posts, tries = posts+1, tries+n
		if err != nil {
			return posts, tries, err
		}
		e.mu.Lock()
		e.answers[i] = append(e.answers[i], m)
		e.mu.Unlock()
	}
	return posts, tries, nil
}

func insist(is *documents.Issuer, c documents.Call) (m *documents.Manifest, tries int, err error) {
	for tries = 1; tries <= 50; tries++ {
		var r *documents.Result
		r, err = is.Issue(context.Background(), c)
		if err == nil && r.Manifest.Status == documents.StatusIssued {
			return r.Manifest, tries, nil
		}
		// Whatever else happens is what the API answers with 202, 409 or 503 and Retry-After.
		if err != nil && !errors.Is(err, archive.ErrStorage) && !errors.Is(err, documents.ErrRunning) && !errors.Is(err, context.DeadlineExceeded) {
			return nil, tries, err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, tries, fmt.Errorf("no answer after %d tries: %w", tries, err)
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
	all, calls := errands(t)
	start := time.Now()
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
	checkAfterFire(t, bucket(t, options), all, calls)
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
				p, n, err := e.run(replicas[w%len(replicas)])
				if err != nil {
					t.Errorf("%s: %v", e.name(), err)
				}
				mu.Lock()
				posts, tries = posts+p, tries+n
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
func checkAfterFire(t *testing.T, store archive.Store, all []*errand, calls int) {
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
		m := e.check(t, is)
		ids[m.ID]++
		numbers[m.OfferNumber]++
		numbers[m.InvoiceNumber]++
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
	if len(codes) != 0 || count.Engagements != len(all) || count.Numbers != 2*len(all) || count.Events != 2*calls || count.Open != 0 {
		t.Errorf("the audit finds %v in %+v", codes, count)
	}
}

func (e *errand) name() string { return e.calls[0].Engagement.Reference + e.calls[0].Key }

// check holds all that was told against what is stored, and returns the engagement as it stands.
func (e *errand) check(t *testing.T, is *documents.Issuer) *documents.Manifest {
	t.Helper()
	var now *documents.Manifest
	for i, told := range e.answers {
		r, err := is.Replay(t.Context(), e.calls[i])
		if err != nil || len(told) == 0 {
			t.Fatalf("%s, call %d: %d answers, %v", e.name(), i, len(told), err)
		}
		now = r.Manifest
		for _, m := range told {
			if a, b := manifestJSON(t, m.WithURLs("u")), manifestJSON(t, now.WithURLs("u")); a != b {
				t.Errorf("told\n%s\nstored\n%s", a, b)
			}
		}
	}
	files, err := is.Bundle(t.Context(), "default", now) // compares every file with its hash
	if err != nil || len(files) != e.files {
		t.Errorf("%s: %d files of %d, %v", e.name(), len(files), e.files, err)
	}
	return now
}
