package api_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/api"
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
	answer, b := s.post(t, example(t, "newsletter"))
	m := manifest(t, http.StatusCreated, answer, b)
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
	if answer, b := s.post(t, example(t, "newsletter")); answer.StatusCode != http.StatusCreated {
		t.Error("after it came back:", answer.Status, string(b))
	}
}
