package documents_test

import (
	"context"
	"fmt"
	"math/bits"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// requests are what a bucket counts: a Put is one for each object, a List one for each page of a thousand keys.
type requests struct{ put, get, list, delete int }

func (r requests) String() string {
	return fmt.Sprintf("%d | %d | %d | %d", r.put, r.get, r.list, r.delete)
}

func (r requests) minus(other requests) requests {
	return requests{r.put - other.put, r.get - other.get, r.list - other.list, r.delete - other.delete}
}

// counted counts the requests that a store in a bucket would make.
type counted struct {
	archive.Store
	mu    sync.Mutex
	total requests
}

func (c *counted) add(r requests) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total = requests{c.total.put + r.put, c.total.get + r.get, c.total.list + r.list, c.total.delete + r.delete}
}

func (c *counted) sum() requests {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total
}

func (c *counted) Put(ctx context.Context, objects ...archive.Object) error {
	c.add(requests{put: len(objects)})
	return c.Store.Put(ctx, objects...)
}

func (c *counted) Get(ctx context.Context, key string) ([]byte, error) {
	c.add(requests{get: 1})
	return c.Store.Get(ctx, key)
}

const bucketPage = 1000

func (c *counted) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	keys, err := c.Store.List(ctx, prefix, after, limit)
	pages := len(keys)/bucketPage + 1
	if len(keys) == limit && len(keys)%bucketPage == 0 {
		pages--
	}
	c.add(requests{list: pages})
	return keys, err
}

func (c *counted) FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	c.add(requests{list: 1})
	return archive.NewWatch(c.Store).FoldersAfter(ctx, prefix, after, limit)
}

func (c *counted) Delete(ctx context.Context, keys ...string) error {
	c.add(requests{delete: len(keys)})
	return c.Store.Delete(ctx, keys...)
}

// service is an issuer and what package api asks before it: the key, and the profile.
type service struct {
	t        testing.TB
	store    *counted
	is       *documents.Issuer
	profiles *tenant.Profiles
	tenant   string
	clock    *clock
}

func newService(t testing.TB, s archive.Store, name string) *service {
	store, c := &counted{Store: s}, &clock{now: noon}
	profiles := tenant.NewProfiles(store)
	is, err := documents.New(documents.Options{Records: store, Profiles: profiles, Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	return &service{t, store, is, profiles, name, c}
}

func (s *service) admit() {
	s.t.Helper()
	if _, err := tenant.Find(s.t.Context(), s.store, keyText(s.tenant), tenant.Full); err != nil {
		s.t.Fatal(err)
	}
}

func (s *service) post(key string, edit ...func(map[string]any)) *documents.Result {
	s.t.Helper()
	s.admit()
	p, err := s.profiles.Latest(s.t.Context(), s.tenant)
	if err != nil {
		s.t.Fatal(err)
	}
	v := example(s.t, launch, edits(edit...))
	r, err := s.is.Issue(s.t.Context(), documents.Call{Tenant: s.tenant, Engagement: v, Profile: p.Version, Key: key})
	if err != nil {
		s.t.Fatal(err)
	}
	s.clock.pass(time.Second)
	return r
}

func (s *service) page(q documents.Query) *documents.Page {
	s.t.Helper()
	s.admit()
	q.Tenant = s.tenant
	p, err := s.is.Engagements(s.t.Context(), q)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// calls are the kinds of calls by their names in DESIGN.md. Each is prepared, then counted.
var calls = []struct {
	name string
	call func(*service)
}{
	{"POST of a new engagement, six documents", func(s *service) { s.post("", named("six")) }},
	{"the same with an `Idempotency-Key`", func(s *service) { s.post("key", named("keyed")) }},
	{"POST again", func(s *service) { s.post("", named("six")) }},
	{"GET a document", func(s *service) {
		m := s.page(documents.Query{Reference: "six", Limit: 1}).Manifests[0]
		before := s.store.sum()
		if _, err := s.is.Document(s.t.Context(), m.Documents[0].Token); err != nil {
			s.t.Fatal(err)
		}
		s.store.total = s.store.sum().minus(before) // the lookup is not the document's
	}},
	{"GET a reference", func(s *service) { s.page(documents.Query{Reference: "six", Limit: 20}) }},
	{"GET a page of 20", func(s *service) { s.page(documents.Query{Limit: 20}) }},
	{"GET a page of 20 in the middle", func(s *service) {
		s.page(documents.Query{Limit: 20, After: archive.RecentCursor(archive.RecentKey(s.tenant, "x", noon.Add(-15*spread)))})
	}},
	{"sweep, nothing open", func(s *service) {
		if n, err := s.is.Recover(s.t.Context(), time.Minute); n != 0 || err != nil {
			s.t.Fatal(n, err)
		}
	}},
	{"POST of an offer", func(s *service) { s.post("", named("two"), offer) }},
	{"POST of its contract, five documents more", func(s *service) { s.post("", named("two"), contract) }},
}

// counts are the requests of all calls, by their names, in a process that has issued something for the tenant before.
func counts(t *testing.T, store archive.Store, name string) map[string]requests {
	t.Helper()
	s := newService(t, store, name)
	s.post("", named("warm"))
	all := map[string]requests{}
	for _, c := range calls {
		s.store.total = requests{}
		c.call(s)
		all[c.name] = s.store.sum()
	}
	return all
}

// Calls cost as many requests in a store with many tenants and engagements as in one with few, and as many as DESIGN.md says.
func TestGrowthCosts(t *testing.T) {
	few := inMemory(t, population{tenants: 1, engagements: 50})
	many := inMemory(t, population{tenants: 1, engagements: 1000}, population{100, 10, "other-"})
	name := population{}.name(0)
	a, b := counts(t, few, name), counts(t, many, name)
	for _, c := range calls {
		if a[c.name] != b[c.name] {
			t.Errorf("%s: %s requests in a small store, %s in a large one", c.name, a[c.name], b[c.name])
		}
		designSays(t, c.name, a[c.name].String())
	}
}

// A process that knows nothing of a tenant finds its next numbers by doubling and halving.
func TestGrowthCostsAfterRestart(t *testing.T) {
	for n, row := range map[int]string{10: "", 1000: "POST, the first of a process for a tenant with 1,000 engagements"} {
		s := newService(t, inMemory(t, population{tenants: 1, engagements: n}), population{}.name(0))
		s.post("", named("cold"))
		r := s.store.sum()
		if most := 9 + 4*bits.Len(uint(n)); r.get > most || r.put != 12 {
			t.Errorf("%d engagements: %s requests, more than %d GETs", n, r, most)
		}
		if row != "" {
			designSays(t, row, r.String())
		}
	}
}

// The night: what the seal of a tenant costs, with and without new events, and an audit.
func TestNightCosts(t *testing.T) {
	s := newService(t, archive.NewMemory(), "jana")
	for _, o := range account(t, "jana") {
		if err := s.store.Store.Put(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	night := func(row string, sealed int) {
		t.Helper()
		s.store.total = requests{}
		got, err := s.is.Seal(t.Context())
		if err != nil || len(got) != sealed {
			t.Fatal(got, err)
		}
		r := s.store.sum()
		r.list-- // that of the tenants: one for a thousand of them
		designSays(t, row, r.String())
		s.clock.pass(24 * time.Hour)
	}
	night("seal of a tenant that has issued nothing", 0)
	for i := range 3 {
		s.post("", named(fmt.Sprint("R", i)))
		if _, err := s.is.Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.clock.pass(24 * time.Hour)
	}
	night("seal of a tenant without new events", 0)
	s.post("", named("R3"))
	night("seal of a tenant with two new events and three seals before", 1)
	audit := func() requests {
		s.store.total = requests{}
		if count, err := s.is.Audit(t.Context(), func(f documents.Finding) { t.Error(f) }); err != nil || count.Findings != 0 {
			t.Fatal(count, err)
		}
		return s.store.sum()
	}
	before := audit()
	s.post("", named("R4"))
	designSays(t, "audit of an engagement of six documents", audit().minus(before).String())
}
