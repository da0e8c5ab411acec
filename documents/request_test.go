package documents_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func timed(t *testing.T, store archive.Store, c *clock) *documents.Issuer {
	t.Helper()
	is, err := documents.New(documents.Options{Records: store, Now: c.Now, Random: rand.NewChaCha8([32]byte{1})})
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func keyed(t *testing.T, key string, edit func(map[string]any)) documents.Call {
	t.Helper()
	return documents.Call{Tenant: "default", Engagement: example(t, launch, edit), Key: key}
}

func loose(m map[string]any) { delete(m, "reference") }

// A request key names a request for a day: the same body gives the same answer, another body is refused.
func TestRequestKey(t *testing.T) {
	for name, edit := range map[string]func(map[string]any){"with a reference": func(map[string]any) {}, "without": loose} {
		t.Run(name, func(t *testing.T) {
			store, c := archive.NewMemory(), &clock{now: noon}
			first := post(t, timed(t, store, c), keyed(t, "n8n-1", edit))
			before := len(dump(t, store))
			c.pass(documents.KeyLife - time.Second)
			again := post(t, timed(t, store, c), keyed(t, "n8n-1", edit))
			if first.Replayed || !again.Replayed {
				t.Error("not a replay")
			}
			sameBundle(t, first, again)
			for _, other := range []func(map[string]any){edits(edit, with("du", "tone")), edits(edit, offer), edits(edit, named("OTHER"))} {
				if _, err := timed(t, store, c).Issue(t.Context(), keyed(t, "n8n-1", other)); !errors.Is(err, documents.ErrKeyReused) {
					t.Error(err)
				}
			}
			if len(dump(t, store)) != before {
				t.Error("a refused call or a replay wrote something")
			}
			if _, err := timed(t, store, c).Issue(t.Context(), documents.Call{Tenant: "other", Engagement: example(t, launch, named("x")), Key: "n8n-1"}); err != nil {
				t.Errorf("tenants share request keys: %v", err)
			}
		})
	}
}

// A key that has expired names a new request; with a reference the engagement is still the same.
func TestRequestKeyExpires(t *testing.T) {
	store, c := archive.NewMemory(), &clock{now: noon}
	first := post(t, timed(t, store, c), keyed(t, "8", loose))
	c.pass(documents.KeyLife)
	second := post(t, timed(t, store, c), keyed(t, "8", loose))
	if second.Replayed || second.Manifest.ID == first.Manifest.ID || second.Manifest.OfferNumber != "AN-2026-0002" {
		t.Errorf("%v %s", second.Replayed, second.Manifest.OfferNumber)
	}
	other := post(t, timed(t, store, c), keyed(t, "9", loose))
	if other.Replayed || other.Manifest.OfferNumber != "AN-2026-0003" {
		t.Error("another key is another request, also with an equal body")
	}
	bound := post(t, timed(t, store, c), keyed(t, "10", nil))
	c.pass(2 * documents.KeyLife)
	if r := post(t, timed(t, store, c), keyed(t, "10", nil)); !r.Replayed || r.Manifest.ID != bound.Manifest.ID {
		t.Error("a reference does not expire")
	}
	if _, err := timed(t, store, c).Issue(t.Context(), keyed(t, "10", with("du", "tone"))); !errors.Is(err, documents.ErrKeyReused) {
		t.Errorf("the key was renewed by the replay: %v", err)
	}
}

// Without reference and key an equal body is a retry for a day, and then a new engagement.
func TestEqualBody(t *testing.T) {
	store, c := archive.NewMemory(), &clock{now: noon}
	first := post(t, timed(t, store, c), keyed(t, "", loose))
	c.pass(documents.KeyLife - time.Minute)
	if r := post(t, timed(t, store, c), keyed(t, "", loose)); !r.Replayed || r.Manifest.ID != first.Manifest.ID {
		t.Error("an equal body is a new engagement")
	}
	c.pass(time.Minute)
	if r := post(t, timed(t, store, c), keyed(t, "", loose)); r.Replayed || r.Manifest.OfferNumber != "AN-2026-0002" {
		t.Error("an equal body is a retry for ever")
	}
}

// Items of one n8n run share a key and arrive together: one body wins, all others are refused.
func TestKeyRace(t *testing.T) {
	store := archive.NewMemory()
	issuers := []*documents.Issuer{issuer(t, store, nil), issuer(t, store, nil)}
	var mu sync.Mutex
	ids, refused := map[string]int{}, 0
	var wg sync.WaitGroup
	for i := range 12 {
		c := keyed(t, "8", edits(loose, small("x"), loose, with(fmt.Sprint("Kunde ", i%3), "client", "name")))
		wg.Go(func() {
			r, err := issuers[i%2].Issue(context.Background(), c)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				ids[r.Manifest.ID]++
			case errors.Is(err, documents.ErrKeyReused):
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(ids) != 1 || refused != 8 {
		t.Errorf("%v, %d refused", ids, refused)
	}
}

// After a fault at any write the same call gives one engagement; no key leads nowhere.
func TestKeyCrash(t *testing.T) {
	for _, mode := range modes {
		for at := 1; at <= maxWrites+2; at++ {
			store := archive.NewMemory()
			_, _ = issuer(t, archive.NewFault(store, at, mode), nil).Issue(t.Context(), keyed(t, "8", loose))
			restarted := copyOf(t, store)
			r := post(t, issuer(t, restarted, nil), keyed(t, "8", loose))
			again := post(t, issuer(t, restarted, nil), keyed(t, "8", loose))
			if !again.Replayed || r.Manifest.OfferNumber != "AN-2026-0001" || len(under(dump(t, restarted), "t/default/idem/")) != 1 {
				t.Fatalf("%d at %d: %s, %q", mode, at, r.Manifest.OfferNumber, under(dump(t, restarted), "t/default/"))
			}
			sameBundle(t, r, again)
		}
	}
}

// slow is a store whose files take their time.
type slow struct {
	archive.Store
	begun, release chan struct{}
}

func newSlow() *slow {
	return &slow{archive.NewMemory(), make(chan struct{}, 100), make(chan struct{})}
}

func (s *slow) Put(ctx context.Context, objects ...archive.Object) error {
	s.begun <- struct{}{}
	<-s.release
	return s.Store.Put(ctx, objects...)
}

// A call that takes long answers that it is running and goes on, also when its caller has gone; an equal one waits, then is
// told to come again.
func TestRunning(t *testing.T) {
	files := newSlow()
	is, err := documents.New(documents.Options{Records: archive.NewMemory(), Files: files, Wait: 300 * time.Millisecond, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, err := is.Issue(ctx, keyed(t, "", nil))
	cancel()
	if err != nil || r.Manifest.Status != documents.StatusRunning || r.Manifest.ID == "" || len(r.Manifest.Documents) != 0 || r.Replayed {
		t.Fatalf("%v %+v", err, r)
	}
	if _, err := is.Issue(t.Context(), keyed(t, "", nil)); !errors.Is(err, documents.ErrRunning) {
		t.Fatal(err)
	}
	m, err := is.Engagement(t.Context(), "default", r.Manifest.ID)
	if err != nil || m.Status != documents.StatusRunning || m.OfferNumber != "" || m.Stage != engagement.StageComplete {
		t.Fatalf("%v %+v", err, m)
	}
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	if err := is.Drain(late); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	stop()
	close(files.release)
	if err := is.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	m, err = is.Engagement(t.Context(), "default", r.Manifest.ID)
	if err != nil || m.Status != documents.StatusIssued || len(m.Documents) != 6 {
		t.Fatalf("%v %+v", err, m)
	}
	if r := post(t, is, keyed(t, "", nil)); !r.Replayed || r.Manifest.Status != documents.StatusIssued {
		t.Error("not a replay")
	}
}

// A caller that can wait for less than others is answered sooner; nobody waits for longer than the issuer does.
func TestWaitOfCall(t *testing.T) {
	for _, c := range []struct{ issuer, call, most time.Duration }{
		{time.Minute, 30 * time.Millisecond, 20 * time.Second},
		{30 * time.Millisecond, time.Minute, 20 * time.Second},
	} {
		files := newSlow()
		is, err := documents.New(documents.Options{Records: archive.NewMemory(), Files: files, Wait: c.issuer})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), c.call)
		begun := time.Now()
		if r, err := is.Issue(ctx, keyed(t, "", nil)); err != nil || r.Manifest.Status != documents.StatusRunning || time.Since(begun) > c.most {
			t.Errorf("%+v: %v, %s", c, err, time.Since(begun))
		}
		cancel()
		close(files.release)
		if err := is.Drain(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// A request key lives as long as its call says.
func TestKeyLifeOfCall(t *testing.T) {
	store, c := archive.NewMemory(), &clock{now: noon}
	call := keyed(t, "tally", loose)
	call.KeyLife = 48 * time.Hour
	first := post(t, timed(t, store, c), call)
	c.pass(48*time.Hour - time.Second)
	if again := post(t, timed(t, store, c), call); !again.Replayed {
		t.Error("not a replay within its life")
	} else {
		sameBundle(t, first, again)
	}
	c.pass(time.Second)
	if next := post(t, timed(t, store, c), call); next.Replayed || next.Manifest.ID == first.Manifest.ID {
		t.Error("a replay after its life")
	}
}

// An equal call that waits gets the answer as soon as the first one is done.
func TestWaiting(t *testing.T) {
	files := newSlow()
	is := issuer(t, archive.NewMemory(), files)
	results := make(chan *result, 2)
	for range 2 {
		go func() { results <- post(t, is, keyed(t, "", nil)) }()
	}
	<-files.begun
	close(files.release)
	a, b := <-results, <-results
	if a.Replayed == b.Replayed {
		t.Errorf("replayed: %v, %v", a.Replayed, b.Replayed)
	}
	sameBundle(t, a, b)
}

// A call that was cut off is finished by the next one of the engagement, whatever that wants.
func TestNextCallFinishes(t *testing.T) {
	store := archive.NewMemory()
	if err := try(t, issuer(t, archive.NewFault(store, 4, archive.CrashDone), nil), example(t, launch, offer)); err == nil {
		t.Fatal("no fault was met")
	}
	r := issue(t, issuer(t, store, nil), "default", example(t, launch, contract))
	if got := numbers(r.Manifest); got != "AN-2026-0001 issued, VT-2026-0001 issued, VV-2026-0001 issued, AV-2026-0001 issued, ZC-2026-0001 issued, RE-2026-0001 issued" {
		t.Error(got)
	}
}
