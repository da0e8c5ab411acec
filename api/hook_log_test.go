package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// The log of the hooks has routes, states and times: nothing of a form, no key, no signature, no parameter.
func TestHookLogHasNoPersonalData(t *testing.T) {
	s := newService(t)
	s.key = ""
	full := order(t, "lauf-4711", 0, nil)
	half := full[:len(full)/2]
	tally := payload(t, "tally-form_response.json")
	for _, c := range []struct {
		status int
		path   string
		body   []byte
	}{
		{http.StatusCreated, "engagement?key=" + s.hook, full},
		{http.StatusOK, "engagement?dry_run=true&key=" + s.hook, full},
		{http.StatusUnprocessableEntity, "engagement?key=" + s.hook, order(t, "lauf-4711", 0, map[string]any{"/client/name": "Hildegunst Mythenmetz"})},
		{http.StatusUnprocessableEntity, "engagement?key=" + s.hook, []byte(`{"kunde": "Hildegunst Mythenmetz", "e-mail": "hilde@mythen.example", "plz": "Lindwurm"}`)},
		{http.StatusBadRequest, "engagement?key=" + s.hook, half},
		{http.StatusUnprocessableEntity, "engagement?vornamensliste=1&key=" + s.hook, full},
		{http.StatusUnauthorized, "engagement?key=am_geheimschluessel", full},
		{http.StatusUnauthorized, "tally?key=" + s.signed, tally},
		{http.StatusUnprocessableEntity, "tally?key=" + s.hook, tally},
	} {
		answer, b := s.call(t, http.MethodPost, "/v1/hooks/"+c.path, c.body, "User-Agent", "agent-smith", "X-Note", "kopfnotiz")
		if answer.StatusCode != c.status {
			t.Error(c.path, answer.Status, string(b))
		}
	}
	signed, b := s.call(t, http.MethodPost, "/v1/hooks/tally?key="+s.signed, tally, "Tally-Signature", signature("geheim", tally))
	if signed.StatusCode != http.StatusUnprocessableEntity {
		t.Error(signed.Status, string(b))
	}
	log := s.log.String()
	for _, want := range []string{`"route":"/v1/hooks/engagement"`, `"route":"/v1/hooks/tally"`, `"tenant":"default"`, `"status":201`, `"status":422`, `"status":401`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	secrets := append(valuesOf(t, full), valuesOf(t, tally)...)
	secrets = append(secrets, s.hook, s.hook[4:], s.signed, s.signed[4:], signature("geheim", tally), "geheim")
	secrets = append(secrets, strings.Fields("Mythenmetz hilde@ Lindwurm vornamensliste lauf-4711 agent-smith kopfnotiz key=")...)
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}
