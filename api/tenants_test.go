package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

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

// public are the routes that need no key: a document's token is one, and /start takes one in its form.
var public = map[string]bool{
	"/healthz": true, "/readyz": true, "/openapi.yaml": true, "/docs": true, "/docs/*": true, "/start": true, "/start/:file": true, "/start/entwurf.pdf": true, "/v1/documents/:token/:name": true,
}

func routes(t *testing.T, s *service) []*echo.Route {
	t.Helper()
	all := s.handler.(*echo.Echo).Routes()
	if len(all) < 12 {
		t.Fatal("too few routes:", len(all))
	}
	return all
}

// Every route but the public ones asks for a key, and none of them takes one from anywhere but its two headers.
func TestRoutesAskForAKey(t *testing.T) {
	s := newService(t)
	key := s.key
	s.key = ""
	for _, r := range routes(t, s) {
		if public[r.Path] {
			continue
		}
		path := strings.ReplaceAll(r.Path, ":id", strings.Repeat("a", 20))
		for _, try := range []string{path, path + "?key=" + key, path + "?access_token=" + key} {
			answer, b := s.call(t, r.Method, try, []byte("{}"), "Cookie", "key="+key, "Proxy-Authorization", "Bearer "+key, "Authorization", "Basic "+key)
			if answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("WWW-Authenticate") == "" {
				t.Error(r.Method, r.Path, answer.Status, string(b))
			}
		}
	}
}

// plain is an answer without what is different each time.
func plain(t *testing.T, answer *http.Response, body []byte) string {
	t.Helper()
	id := answer.Header.Get("X-Request-Id")
	if id == "" {
		t.Error("no request id")
	}
	answer.Header.Del("X-Request-Id")
	answer.Header.Del("Date")
	var h strings.Builder
	if err := answer.Header.Write(&h); err != nil {
		t.Fatal(err)
	}
	return answer.Status + "\n" + h.String() + strings.ReplaceAll(string(body), id, "ID")
}

// On every route another tenant's id or token is answered as one that never was: the same status, headers and body.
func TestOthersAreNotThere(t *testing.T) {
	s := newService(t)
	answer, b := s.post(t, example(t, "launch"))
	m := manifest(t, http.StatusCreated, answer, b)
	s.key = s.other
	tried := 0
	for _, r := range routes(t, s) {
		if !strings.Contains(r.Path, ":id") {
			continue
		}
		tried++
		answer, b := s.call(t, r.Method, strings.ReplaceAll(r.Path, ":id", m.ID), nil)
		got := plain(t, answer, b)
		answer, b = s.call(t, r.Method, strings.ReplaceAll(r.Path, ":id", strings.Repeat("a", 20)), nil)
		if want := plain(t, answer, b); answer.StatusCode != http.StatusNotFound || got != want {
			t.Errorf("%s %s\n%s\nfor an id that never was\n%s", r.Method, r.Path, got, want)
		}
	}
	if tried < 4 {
		t.Error("too few routes tried:", tried)
	}
	url := strings.TrimPrefix(m.OfferURL, s.URL)
	answer, b = s.call(t, http.MethodGet, "/v1/documents/nichts/Angebot.pdf", nil)
	want := plain(t, answer, b)
	secret := url[strings.LastIndex(url[:strings.LastIndex(url, "/")], ".")+1 : strings.LastIndex(url, "/")]
	for _, other := range []string{
		strings.Replace(url, "/default.", "/zweite.", 1), strings.Replace(url, ".offer-1.", ".invoice-1.", 1),
		strings.Replace(url, secret, strings.Repeat("A", len(secret)), 1), strings.Replace(url, secret, "", 1),
	} {
		answer, b := s.call(t, http.MethodGet, other, nil)
		if got := plain(t, answer, b); answer.StatusCode != http.StatusNotFound || got != want {
			t.Errorf("%s\n%s\nwant\n%s", other, got, want)
		}
	}
}
