package tenant_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// body is a profile that differs by n.
func body(t testing.TB, n int) *engagement.Profile {
	t.Helper()
	p, err := engagement.DecodeProfile(strings.NewReader(fmt.Sprintf(`{"tone":"du", "pricing":{"payment":{"due_days":%d}}}`, n)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dueDays(p *tenant.Profile) int {
	if p.Profile == nil {
		return -1
	}
	return *p.Pricing.Payment.DueDays
}

// counting counts reads.
type counting struct {
	archive.Store
	mu   sync.Mutex
	gets int
}

func (c *counting) Get(ctx context.Context, key string) ([]byte, error) {
	c.mu.Lock()
	c.gets++
	c.mu.Unlock()
	return c.Store.Get(ctx, key)
}

func (c *counting) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.gets
	c.gets = 0
	return n
}

func TestProfiles(t *testing.T) {
	s := archive.NewMemory()
	p := tenant.NewProfiles(s)
	if got, err := p.Latest(t.Context(), "a"); err != nil || got.Version != 0 || got.Profile != nil || got.JSON != nil {
		t.Fatal(got, err)
	}
	for n, want := range []int{1, 1, 2, 3} { // due days 0, 0, 7, 0: only what differs from the newest is a version
		got, err := p.Put(t.Context(), "a", body(t, []int{0, 0, 7, 0}[n]))
		if err != nil || got.Version != want {
			t.Fatal(n, got, err)
		}
	}
	for _, p := range []*tenant.Profiles{p, tenant.NewProfiles(s)} {
		got, err := p.Latest(t.Context(), "a")
		if err != nil || got.Version != 3 || dueDays(got) != 0 || string(got.JSON) != `{"pricing":{"payment":{"due_days":0}},"tone":"du"}` || !bytes.Equal(got.JSON, got.Canonical) {
			t.Error(got, err)
		}
		for n, want := range []int{-1, 0, 7, 0} {
			if got, err := p.Version(t.Context(), "a", n); err != nil || got.Version != n || dueDays(got) != want {
				t.Error(n, got, err)
			}
		}
		if _, err := p.Version(t.Context(), "a", 4); !errors.Is(err, archive.ErrNotFound) {
			t.Error(err)
		}
		if got, err := p.Latest(t.Context(), "b"); err != nil || got.Version != 0 {
			t.Error("another tenant's profile", got, err)
		}
	}
	if _, err := p.Put(t.Context(), "../a", body(t, 1)); !errors.Is(err, tenant.ErrName) {
		t.Error(err)
	}
}

func TestProfileIsStoredAsText(t *testing.T) {
	s := archive.NewMemory()
	e, err := engagement.DecodeProfile(strings.NewReader(`{"terms":{"signing_city":"<Köln> & \"Umland\""}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tenant.NewProfiles(s).Put(t.Context(), "a", e); err != nil {
		t.Fatal(err)
	}
	b, err := s.Get(t.Context(), "t/a/profile/000001.json")
	if err != nil || !bytes.HasPrefix(b, []byte(`{"v":1,"at":"20`)) {
		t.Fatal(string(b), err)
	}
	got, err := tenant.NewProfiles(s).Latest(t.Context(), "a")
	if err != nil || !bytes.Equal(got.JSON, e.Canonical) || got.Terms.SigningCity != `<Köln> & "Umland"` {
		t.Error(got, err)
	}
	for _, bad := range []string{`{`, `{"v":2,"profile":"{}"}`, `{"v":1,"profile":"{"}`, `{"v":1,"profile":"{\"later\":1}"}`} {
		s.Tamper("t/a/profile/000001.json", []byte(bad))
		if got, err := tenant.NewProfiles(s).Latest(t.Context(), "a"); err == nil {
			t.Errorf("%s: %+v", bad, got)
		} else if newer := strings.HasPrefix(bad, `{"v":2`); newer != errors.Is(err, tenant.ErrVersion) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// The newest version is found in few steps, and costs one read that finds nothing once it is known.
func TestLatestReads(t *testing.T) {
	for _, versions := range []int{0, 1, 2, 3, 4, 7, 8, 100} {
		s := &counting{Store: archive.NewMemory()}
		writer := tenant.NewProfiles(s)
		for n := range versions {
			if _, err := writer.Put(t.Context(), "a", body(t, n)); err != nil {
				t.Fatal(err)
			}
		}
		reader := tenant.NewProfiles(s)
		for round, most := range []int{15, 1} {
			s.count()
			got, err := reader.Latest(t.Context(), "a")
			if err != nil || got.Version != versions || dueDays(got) != versions-1 {
				t.Fatal(versions, got, err)
			}
			if n := s.count(); n > most {
				t.Errorf("%d versions, round %d: %d reads", versions, round, n)
			}
		}
		if _, err := writer.Put(t.Context(), "a", body(t, 200)); err != nil { // another replica
			t.Fatal(err)
		}
		if got, err := reader.Latest(t.Context(), "a"); err != nil || got.Version != versions+1 || dueDays(got) != 200 {
			t.Error("an old profile", got, err)
		}
	}
}

// Puts at once, in two processes: each differing one is a version, none is lost, none is doubled.
func TestPutsAtOnce(t *testing.T) {
	s := archive.NewMemory()
	replicas := []*tenant.Profiles{tenant.NewProfiles(s), tenant.NewProfiles(s)}
	const puts = 12
	var wg sync.WaitGroup
	for i := range puts {
		e := body(t, i%(puts/2)) // each body twice
		wg.Go(func() {
			if got, err := replicas[i%2].Put(t.Context(), "a", e); err != nil || dueDays(got) != i%(puts/2) {
				t.Error(got, err)
			}
		})
	}
	wg.Wait()
	latest, err := tenant.NewProfiles(s).Latest(t.Context(), "a")
	if err != nil || latest.Version < puts/2 || latest.Version > puts {
		t.Fatal(latest, err)
	}
	met := map[int]bool{}
	before := ""
	for n := 1; n <= latest.Version; n++ {
		got, err := replicas[0].Version(t.Context(), "a", n)
		if err != nil || string(got.JSON) == before {
			t.Fatal(n, got, err)
		}
		before = string(got.JSON)
		met[dueDays(got)] = true
	}
	if len(met) != puts/2 {
		t.Errorf("%d of %d bodies are stored", len(met), puts/2)
	}
}

// Whatever happens to the write: a call again stores the profile once.
func TestPutFaults(t *testing.T) {
	for _, mode := range modes {
		s := archive.NewMemory()
		if _, err := tenant.NewProfiles(s).Put(t.Context(), "a", body(t, 1)); err != nil {
			t.Fatal(err)
		}
		p := tenant.NewProfiles(archive.NewFault(s, 1, mode))
		if _, err := p.Put(t.Context(), "a", body(t, 2)); !errors.Is(err, archive.ErrUnknown) {
			t.Errorf("%d: %v", mode, err)
		}
		if mode == archive.CrashLost || mode == archive.CrashDone {
			p = tenant.NewProfiles(s) // after a restart
		}
		if got, err := p.Put(t.Context(), "a", body(t, 2)); err != nil || got.Version != 2 || dueDays(got) != 2 {
			t.Errorf("%d: %+v, %v", mode, got, err)
		}
		if got, err := tenant.NewProfiles(s).Latest(t.Context(), "a"); err != nil || got.Version != 2 {
			t.Errorf("%d: %+v, %v", mode, got, err)
		}
	}
}

// What is kept is bounded, and forgetting changes nothing.
func TestManyTenants(t *testing.T) {
	s := archive.NewMemory()
	p := tenant.NewProfiles(s)
	const tenants = 2500
	for n := range tenants {
		if _, err := p.Put(t.Context(), fmt.Sprint("t", n), body(t, n%365)); err != nil {
			t.Fatal(err)
		}
	}
	if newest, kept, bytes := p.Kept(); newest > 1000 || kept > 1000 || bytes > 64<<20 || kept == 0 {
		t.Errorf("%d tenants, %d profiles, %d bytes", newest, kept, bytes)
	}
	for n := 0; n < tenants; n += 100 {
		if got, err := p.Latest(t.Context(), fmt.Sprint("t", n)); err != nil || got.Version != 1 || dueDays(got) != n%365 {
			t.Error(n, got, err)
		}
	}
	large := body(t, 1)
	large.Look.Logo = make([]byte, 1<<20)
	for n := range 100 {
		large.Canonical = fmt.Append(nil, n)
		if _, err := p.Put(t.Context(), fmt.Sprint("large", n), large); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, bytes := p.Kept(); bytes > 64<<20 || bytes < 1<<20 {
		t.Errorf("%d bytes", bytes)
	}
}
