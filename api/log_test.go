package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// The log of all routes has ids, routes, states and times: nothing of an engagement or a profile, no token, no key, no
// parameter.
func TestLogHasNoPersonalData(t *testing.T) {
	s := newService(t)
	body := example(t, "agentur-raten")
	answer, b := s.call(t, http.MethodPost, "/v1/engagements", body, "Idempotency-Key", "vorgang-4711")
	m := manifest(t, http.StatusCreated, answer, b)
	for _, d := range m.Documents {
		if answer, _ := s.call(t, http.MethodGet, strings.TrimPrefix(d.URL, s.URL), nil); answer.StatusCode != http.StatusOK {
			t.Error(d.URL, answer.Status)
		}
	}
	profile := []byte(`{"contractor": {"form": "person", "name": "Hildegunst Mythenmetz", "address": {"street": "Lindwurmgasse 5", "postal_code": "04109", ` +
		`"city": "Leipzig"}, "email": "hilde@mythen.example", "tax_number": "231/123/45678", "bank": {"iban": "DE02120300000000202051"}}}`)
	for _, c := range []struct {
		status       int
		method, path string
		body         []byte
	}{
		{http.StatusConflict, http.MethodPost, "/v1/engagements", bytes.ReplaceAll(body, []byte("Hannah"), []byte("Johanna"))},
		{http.StatusUnprocessableEntity, http.MethodPost, "/v1/engagements", bytes.ReplaceAll(body, []byte("on_order"), []byte("gelegentlich"))},
		{http.StatusBadRequest, http.MethodPost, "/v1/engagements", body[:len(body)/2]},
		{http.StatusOK, http.MethodPost, "/v1/engagements?dry_run=true&format=zip", body},
		{http.StatusUnprocessableEntity, http.MethodPost, "/v1/engagements?dry_run=vielleicht", body},
		{http.StatusUnprocessableEntity, http.MethodPost, "/v1/engagements?vornamensliste=1", body},
		{http.StatusOK, http.MethodPost, "/v1/decisions", body},
		{http.StatusOK, http.MethodGet, "/v1/engagements?reference=geheimreferenz", nil},
		{http.StatusUnprocessableEntity, http.MethodGet, "/v1/engagements?cursor=zeigerwert", nil},
		{http.StatusOK, http.MethodGet, "/v1/engagements/" + m.ID, nil},
		{http.StatusOK, http.MethodGet, "/v1/engagements/" + m.ID + "/bundle.zip", nil},
		{http.StatusOK, http.MethodPut, "/v1/profile", profile},
		{http.StatusUnprocessableEntity, http.MethodPut, "/v1/profile", bytes.ReplaceAll(profile, []byte("0202051"), []byte("0202052"))},
		{http.StatusOK, http.MethodGet, "/v1/profile", nil},
	} {
		if answer, b := s.call(t, c.method, c.path, c.body, "Idempotency-Key", "vorgang-4712", "User-Agent", "agent-smith"); answer.StatusCode != c.status {
			t.Error(c.method, c.path, answer.Status, string(b))
		}
	}
	log := s.log.String()
	for _, want := range []string{
		`"status":201`, `"status":200`, `"status":409`, `"status":422`, `"status":400`, `"tenant":"default"`, `"route":"/v1/documents/:token/:name"`,
		`"route":"/v1/engagements/:id/bundle.zip"`, `"route":"/v1/profile"`, `"route":"/v1/decisions"`,
	} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	secrets := append(valuesOf(t, body), s.key, s.key[4:], m.OfferURL, strings.Split(m.OfferURL, "/")[5])
	secrets = append(secrets, strings.Fields(`Johanna gelegentlich vielleicht vornamensliste geheimreferenz zeigerwert vorgang-47 Mythenmetz Lindwurmgasse hilde@ 0202051
		agent-smith`)...)
	for _, secret := range secrets {
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
	if len(all) < 20 {
		t.Fatal("too few values", len(all))
	}
	return all
}
