package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
	"auftragsmappe/documents/texts"
)

var client = &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse // no answer of the API redirects
}}

// service is the API on real parts with a key of tenant default, and one of another tenant.
type service struct {
	*httptest.Server
	handler    http.Handler
	key, other string
	log        *lockedBuffer
}

// lockedBuffer is a log that requests write and a test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newService(t *testing.T) *service {
	t.Helper()
	store := archive.NewMemory()
	return newServiceOn(t, store, store)
}

// newServiceOn is the API on two stores; keys and the issuer's events are in records.
func newServiceOn(t *testing.T, records, files archive.Store, change ...func(*api.Options)) *service {
	t.Helper()
	s := &service{log: &lockedBuffer{}}
	s.key, s.other = newKey(t, records, tenant.Default), newKey(t, records, "zweite")
	is, err := documents.New(documents.Options{Records: records, Files: files, Now: func() time.Time {
		return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	}})
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewUnstartedServer(nil)
	o := api.Options{
		Issuer: is, Records: records, Profiles: tenant.NewProfiles(records), Base: "http://" + s.Listener.Addr().String(),
		Rules: []func(*engagement.Engagement) engagement.Violations{decision.Check, texts.CheckMeasures},
		Log:   slog.New(slog.NewJSONHandler(s.log, nil)),
	}
	for _, f := range change {
		f(&o)
	}
	s.handler = api.New(o)
	s.Config.Handler = s.handler
	s.Config.ReadTimeout = time.Second
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func newKey(t *testing.T, records archive.Store, name string) string {
	t.Helper()
	key, err := tenant.Add(context.Background(), records, name, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// post sends an engagement and returns status, header and body.
func (s *service) post(t *testing.T, body []byte) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.URL+"/v1/engagements", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", s.key)
	return s.do(t, r)
}

func (s *service) do(t *testing.T, r *http.Request) (*http.Response, []byte) {
	t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, b
}

func example(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "examples", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func load(t *testing.T, name string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(example(t, name), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// The log of a whole story has ids, routes, states and times: nothing of the engagement, no token, no key.
func TestLogHasNoPersonalData(t *testing.T) {
	s := newService(t)
	body := example(t, "agentur-raten")
	var manifest documents.Manifest
	answer, b := s.post(t, body)
	if err := json.Unmarshal(b, &manifest); err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.Status, err, string(b))
	}
	for _, d := range manifest.Documents {
		r, _ := http.NewRequest(http.MethodGet, d.URL, http.NoBody)
		if answer, _ := s.do(t, r); answer.StatusCode != http.StatusOK {
			t.Error(d.URL, answer.Status)
		}
	}
	s.post(t, bytes.ReplaceAll(body, []byte("Hannah"), []byte("Johanna")))        // 409
	s.post(t, bytes.ReplaceAll(body, []byte("on_order"), []byte("gelegentlich"))) // 422
	s.post(t, body[:len(body)/2])                                                 // 400
	log := s.log.String()
	for _, want := range []string{`"status":201`, `"status":200`, `"status":409`, `"status":422`, `"status":400`, `"tenant":"default"`, `"route":"/v1/documents/:token/:name"`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	for _, secret := range append(valuesOf(t, body), s.key, s.key[4:], "Johanna", "gelegentlich", manifest.OfferURL, strings.Split(manifest.OfferURL, "/")[5]) {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}

// valuesOf are all values of the engagement that are long enough to be told from other words.
func valuesOf(t *testing.T, body []byte) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func(any)
	walk = func(v any) {
		switch x := v.(type) {
		case string:
			if len(x) > 4 {
				all = append(all, x)
			}
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(v)
	if len(all) < 50 {
		t.Fatal("too few values", len(all))
	}
	return all
}

// Another tenant's key does not see what is issued, and the same reference is free for it.
func TestTenantsAreApart(t *testing.T) {
	store := archive.NewMemory()
	s := newServiceOn(t, store, store)
	body := example(t, "newsletter")
	_, first := s.post(t, body)
	s.key = s.other
	answer, second := s.post(t, body)
	var a, b documents.Manifest
	if err := json.Unmarshal(first, &a); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(second, &b); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "" || a.ID == b.ID || a.OfferURL == b.OfferURL {
		t.Error(answer.Status, a.ID, b.ID)
	}
	if a.OfferNumber != b.OfferNumber {
		t.Errorf("each tenant counts by itself: %s, %s", a.OfferNumber, b.OfferNumber)
	}
}

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
	if !strings.Contains(log, p.RequestID) || !strings.Contains(log, "api_test.go") {
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

// Equal calls at the same time give one engagement with one set of numbers.
func TestCallsAtOnce(t *testing.T) {
	s := newService(t)
	body := example(t, "newsletter")
	var wg sync.WaitGroup
	urls := make([]string, 8)
	for i := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r, _ := http.NewRequest(http.MethodPost, s.URL+"/v1/engagements", bytes.NewReader(body))
			r.Header.Set("X-API-Key", s.key)
			answer, err := client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			defer answer.Body.Close()
			var m documents.Manifest
			if err := json.NewDecoder(answer.Body).Decode(&m); err != nil || answer.StatusCode != http.StatusCreated {
				t.Error(answer.Status, err)
			}
			urls[i] = m.OfferURL
		}()
	}
	wg.Wait()
	for _, url := range urls {
		if url == "" || url != urls[0] {
			t.Errorf("%s and %s", url, urls[0])
		}
	}
}
