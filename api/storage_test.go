package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents/archive"
)

// Storage that fails is 503 with Retry-After, and the next identical call finishes what the first one began.
func TestStorageFails(t *testing.T) {
	for at := 1; ; at++ {
		files := archive.NewFault(archive.NewMemory(), at, archive.Lost)
		s := newServiceOn(t, archive.NewMemory(), files)
		answer, b := s.post(t, example(t, "newsletter"))
		if answer.StatusCode == http.StatusCreated {
			if at == 1 {
				t.Fatal("no fault was met")
			}
			return
		}
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Fatal(at, answer.Status, string(b))
		}
		if strings.Contains(string(b), "archive") || strings.Contains(string(b), "injected") {
			t.Errorf("the answer shows internals: %s", b)
		}
		if answer, b = s.post(t, example(t, "newsletter")); answer.StatusCode != http.StatusCreated {
			t.Fatal(at, answer.Status, string(b))
		}
	}
}

// broken is a store of a faulty program.
type broken struct{ archive.Store }

func (b broken) Put(_ context.Context, objects ...archive.Object) error {
	panic("a fault at " + objects[0].Key)
}

// A panic is 500 without internals; the log has the place, the service goes on.
func TestPanic(t *testing.T) {
	records := archive.NewMemory()
	s := newServiceOn(t, records, broken{archive.NewMemory()})
	answer, b := s.post(t, example(t, "newsletter"))
	var p struct {
		Status    int    `json:"status"`
		Error     string `json:"error"`
		RequestID string `json:"request_id"`
	}
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err, string(b))
	}
	if answer.StatusCode != http.StatusInternalServerError || p.Status != answer.StatusCode || !strings.HasPrefix(p.Error, "Bei uns ist etwas schiefgegangen") {
		t.Error(answer.Status, string(b))
	}
	if strings.Contains(string(b), "fault") || strings.Contains(string(b), ".go") {
		t.Errorf("the answer shows internals: %s", b)
	}
	log := s.log.String()
	if !strings.Contains(log, p.RequestID) || !strings.Contains(log, "storage_test.go") {
		t.Errorf("the log does not name the place:\n%s", log)
	}
	if strings.Contains(log, "a fault at") {
		t.Error("the log has the value of the panic, which may be a caller's text")
	}
	r, _ := http.NewRequest(http.MethodGet, s.URL+"/healthz", http.NoBody)
	if answer, _ := s.do(t, r); answer.StatusCode != http.StatusOK {
		t.Error("the service is down:", answer.Status)
	}
}

// switched is a store that can be switched off and on, as storage behind a network goes and comes.
type switched struct {
	archive.Store
	off atomic.Bool
}

func (s *switched) Put(ctx context.Context, objects ...archive.Object) error {
	if s.off.Load() {
		return archive.ErrUnknown
	}
	return s.Store.Put(ctx, objects...)
}

func (s *switched) Get(ctx context.Context, key string) ([]byte, error) {
	if s.off.Load() {
		return nil, archive.ErrStorage
	}
	return s.Store.Get(ctx, key)
}

func (s *switched) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if s.off.Load() {
		return nil, archive.ErrStorage
	}
	return s.Store.List(ctx, prefix, after, limit)
}

// Without storage every route but /healthz says so, with Retry-After; when it is back all goes on, without a restart.
func TestStorageGoesAndComes(t *testing.T) {
	store := &switched{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store)
	body := example(t, "newsletter")
	answer, b := s.post(t, body)
	m := manifest(t, http.StatusCreated, answer, b)
	paths := []string{"/v1/engagements", "/v1/engagements/" + m.ID, "/v1/engagements/" + m.ID + "/bundle.zip", "/v1/profile", strings.TrimPrefix(m.OfferURL, s.URL)}
	store.off.Store(true)
	for _, path := range paths {
		if answer, b := s.call(t, http.MethodGet, path, nil); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" ||
			!strings.Contains(string(b), "Der Speicher antwortet gerade nicht") || answer.Header.Get("ETag") != "" {
			t.Error(path, answer.Status, string(b))
		}
	}
	for _, c := range [][2]string{{http.MethodPost, "/v1/engagements?format=zip"}, {http.MethodPost, "/v1/decisions"}, {http.MethodPut, "/v1/profile"}} {
		if answer, b := s.call(t, c[0], c[1], body); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Error(c, answer.Status, string(b))
		}
	}
	if answer, _ := s.call(t, http.MethodGet, "/healthz", nil); answer.StatusCode != http.StatusOK {
		t.Error("health:", answer.Status)
	}
	store.off.Store(false)
	for _, path := range paths {
		if answer, b := s.call(t, http.MethodGet, path, nil); answer.StatusCode != http.StatusOK {
			t.Error(path, answer.Status, string(b))
		}
	}
}

// Readiness is what the stores say, asked at most once a second and never waited for longer than two.
func TestReady(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	var mu sync.Mutex
	err := archive.ErrStorage
	store := archive.NewMemory()
	s := newServiceOn(t, store, store, func(o *api.Options) {
		o.Ready = func(context.Context) error {
			asked.Add(1)
			mu.Lock()
			defer mu.Unlock()
			return err
		}
	})
	var body struct{ Status, Detail string }
	for range 5 {
		answer, b := s.call(t, http.MethodGet, "/readyz", nil)
		if e := json.Unmarshal(b, &body); e != nil || answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" ||
			body.Status != "unavailable" || !strings.HasPrefix(body.Detail, "Der Speicher antwortet gerade nicht.") || strings.Contains(string(b), "archive") {
			t.Fatal(answer.Status, string(b))
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("asked the stores %d times within a second", n)
	}
	mu.Lock()
	err = nil
	mu.Unlock()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answer, b := s.call(t, http.MethodGet, "/readyz", nil)
		if answer.StatusCode == http.StatusOK && string(b) == "{\"status\":\"ok\"}\n" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the stores are back:", answer.Status, string(b))
		}
	}
	if answer, b := s.call(t, http.MethodHead, "/readyz", nil); answer.StatusCode != http.StatusOK || len(b) != 0 {
		t.Error(answer.Status, b)
	}
}
