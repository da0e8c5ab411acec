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

var client = &http.Client{Timeout: 30 * time.Second, Transport: contract{http.DefaultTransport}, CheckRedirect: func(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse // no answer of the API redirects
}}

// service is the API on real parts with a key of tenant default, and one of another tenant.
type service struct {
	*httptest.Server
	handler    http.Handler
	key, other string
	hook       string // key of a hook of tenant default
	signed     string // likewise, with a secret
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
	s.hook, s.signed = newHook(t, records, "formular", ""), newHook(t, records, "tally", "geheim")
	s.Server = httptest.NewUnstartedServer(nil)
	o := api.Options{
		Issuer: newIssuer(t, records, files, 0), Records: records, Profiles: tenant.NewProfiles(records), Base: "http://" + s.Listener.Addr().String(),
		Rules: []func(*engagement.Engagement) engagement.Violations{decision.Check, texts.CheckMeasures},
		Log:   slog.New(slog.NewJSONHandler(s.log, nil)),
	}
	for _, f := range change {
		f(&o)
	}
	s.handler = api.New(o)
	s.Config.Handler = s.handler
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// newIssuer waits for a call as long as it should (0: the default) before it says that the call is running.
func newIssuer(t *testing.T, records, files archive.Store, wait time.Duration) *documents.Issuer {
	t.Helper()
	is, err := documents.New(documents.Options{Records: records, Files: files, Wait: wait, Now: func() time.Time {
		return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func newKey(t *testing.T, records archive.Store, name string) string {
	t.Helper()
	key, err := tenant.Add(context.Background(), records, name, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newHook(t *testing.T, records archive.Store, name, secret string) string {
	t.Helper()
	key, err := tenant.New(context.Background(), records, tenant.Key{Tenant: tenant.Default, Name: name, Scope: tenant.Hook, Secret: secret}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// keys are all keys by the names that scripts have for them.
func (s *service) keys() map[string]string {
	return map[string]string{"KEY": s.key, "OTHER": s.other, "HOOK": s.hook, "SIGNED": s.signed}
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

// call sends a request with the service's key; headers are pairs of name and value.
func (s *service) call(t *testing.T, method, path string, body []byte, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if s.key != "" {
		r.Header.Set("X-API-Key", s.key)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.do(t, r)
}

// manifest is the manifest of an answer that must have the status.
func manifest(t *testing.T, status int, answer *http.Response, body []byte) *documents.Manifest {
	t.Helper()
	var m documents.Manifest
	if err := json.Unmarshal(body, &m); err != nil || answer.StatusCode != status {
		t.Fatalf("%s, want %d: %v %.300s", answer.Status, status, err, body)
	}
	return &m
}
