package api_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// silent is a store that stops answering, as behind a network that swallows everything.
type silent struct {
	archive.Store
	off atomic.Bool
}

func (s *silent) Get(ctx context.Context, key string) ([]byte, error) {
	if s.off.Load() {
		<-ctx.Done()
		return nil, fmt.Errorf("%w: %w", archive.ErrStorage, ctx.Err())
	}
	return s.Store.Get(ctx, key)
}

// A store that does not answer keeps nobody waiting for longer than the patience, on any route.
func TestPatience(t *testing.T) {
	store := &silent{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store, func(o *api.Options) { o.Patience = 50 * time.Millisecond })
	m := patiently(t, s)
	store.off.Store(true)
	for _, url := range []string{m.OfferURL, s.URL + "/v1/engagements", s.URL + "/v1/engagements/" + m.ID, m.BundleURL, s.URL + "/v1/profile"} {
		r, err := http.NewRequest(http.MethodGet, url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-API-Key", s.key)
		if answer, b := s.do(t, r); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Error(url, answer.Status, string(b))
		}
	}
	if answer, b := s.post(t, example(t, "newsletter")); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Error(answer.Status, string(b))
	}
	store.off.Store(false)
	patiently(t, s) // it is back
}

// patiently posts until it is answered in time: on a busy machine this may take a few tries.
func patiently(t *testing.T, s *service) *documents.Manifest {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answer, b := s.post(t, example(t, "newsletter"))
		if answer.StatusCode == http.StatusCreated {
			return manifest(t, http.StatusCreated, answer, b)
		}
		if time.Now().After(deadline) {
			t.Fatal(answer.Status, string(b))
		}
	}
}

// tired is a store that takes its time for every read, as one behind a slow line.
type tired struct {
	archive.Store
	nap atomic.Int64
}

func (s *tired) Get(ctx context.Context, key string) ([]byte, error) {
	select {
	case <-time.After(time.Duration(s.nap.Load())):
		return s.Store.Get(ctx, key)
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", archive.ErrStorage, ctx.Err())
	}
}

// The patience is that of the whole request: what finding the key has taken is taken off, on hooks as elsewhere.
func TestPatienceOfAll(t *testing.T) {
	const patience = 400 * time.Millisecond
	store := &tired{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store, func(o *api.Options) { o.Patience = patience })
	m := patiently(t, s)
	store.nap.Store(int64(patience * 3 / 4)) // enough for the key, not for what comes then
	for _, c := range [][2]string{
		{http.MethodPost, "/v1/engagements"}, {http.MethodPost, "/v1/decisions"}, {http.MethodGet, "/v1/engagements/" + m.ID + "/bundle.zip"},
		{http.MethodPost, "/v1/hooks/engagement"}, {http.MethodPost, "/v1/hooks/engagement?dry_run=true"},
	} {
		begun := time.Now()
		answer, b := s.call(t, c[0], c[1], example(t, "newsletter"))
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s %.200s", c, answer.Status, b)
		}
		if took := time.Since(begun); took < patience*3/4 || took > 5*patience {
			t.Error(c, "was answered after", took)
		}
	}
}
