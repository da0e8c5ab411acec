package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// send posts to a hook by its address alone.
func (s *service) send(t *testing.T, hook string, body []byte, headers ...string) (*http.Response, *api.HookAnswer) {
	t.Helper()
	path, key := "/v1/hooks/"+hook, s.key
	if s.key = ""; !strings.Contains(path, "?") {
		path += "?key=" + s.hook
	}
	answer, b := s.call(t, http.MethodPost, path, body, headers...)
	s.key = key
	a := &api.HookAnswer{}
	if err := json.Unmarshal(b, a); err != nil && !isProblem(answer.StatusCode) {
		t.Fatalf("%s: %v %.300s", answer.Status, err, b)
	}
	return answer, a
}

// isProblem says that a hook answers with a problem document, as every route does.
func isProblem(status int) bool {
	return status >= http.StatusBadRequest && status != http.StatusConflict && status != http.StatusUnprocessableEntity
}

// order is the example newsletter as a flow in n8n sends it: without a reference, with ids of the run.
func order(t *testing.T, execution string, item int, edits map[string]any) []byte {
	t.Helper()
	body := edit(load(t, "newsletter"), []string{"reference"}, func(any) any { return dropped{} })
	body = edit(body, []string{"execution_id"}, func(any) any { return execution })
	body = edit(body, []string{"item_index"}, func(any) any { return item })
	for pointer, v := range edits {
		body = edit(body, steps(pointer), func(any) any { return v })
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A tool's own id names its delivery: a retry is repeated, another body is refused, and no Idempotency-Key looks like it.
func TestToolIDs(t *testing.T) {
	s := newService(t)
	answer, first := s.send(t, "engagement", order(t, "8", 0, nil))
	if answer.StatusCode != http.StatusCreated || first.OfferNumber != "AN-2026-0001" || first.Reference != "" {
		t.Fatal(answer.Status, first.Error)
	}
	answer, again := s.send(t, "engagement", order(t, "8", 0, map[string]any{"/submittedAt": "2026-11-23T12:00:00Z"}))
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "true" || again.ID != first.ID {
		t.Error("what was understood is the same:", answer.Status, again.Error)
	}
	answer, other := s.send(t, "engagement", order(t, "8", 0, map[string]any{"/client/name": "Andere"}))
	if answer.StatusCode != http.StatusUnprocessableEntity || other.Status != "incomplete" || other.OfferURL != "" ||
		other.Errors[0].Code != "idempotency_key_reused" || !strings.HasPrefix(other.Error, "Zu dieser Einsendung sind schon Dokumente mit anderen Angaben ausgestellt") {
		t.Errorf("%s %+v", answer.Status, other)
	}
	answer, next := s.send(t, "engagement", order(t, "8", 1, map[string]any{"/client/name": "Andere"}))
	if answer.StatusCode != http.StatusCreated || next.OfferNumber != "AN-2026-0002" {
		t.Error("another item of the run:", answer.Status, next.Error)
	}
	answer, named := s.send(t, "engagement", order(t, "8", 0, map[string]any{"/reference": "EIGENE"}))
	if answer.StatusCode != http.StatusCreated || named.ID == first.ID || answer.Header.Get("Idempotent-Replayed") != "" {
		t.Error("a reference counts before the id:", answer.Status, named.Error)
	}
	answer, keyed := s.send(t, "engagement", order(t, "8", 0, nil), "Idempotency-Key", "eigener")
	if answer.StatusCode != http.StatusCreated || keyed.ID == first.ID {
		t.Error("a key counts before the id:", answer.Status, keyed.Error)
	}
	if answer, _ := s.send(t, "engagement?dry_run=true&key="+s.hook, order(t, "8", 0, map[string]any{"/client/name": "Andere"})); answer.StatusCode != http.StatusOK {
		t.Error("a draft issues nothing:", answer.Status)
	}
}

// A tool's own id lives as long as Tally tries again, a caller's key for a day.
func TestToolIDsLive(t *testing.T) {
	store := archive.NewMemory()
	s := newServiceOn(t, store, store)
	s.send(t, "engagement", order(t, "8", 0, nil))
	s.send(t, "engagement", order(t, "9", 0, map[string]any{"/client/name": "Andere"}), "Idempotency-Key", "eigener")
	var lives []time.Duration
	keys, err := store.List(t.Context(), "t/default/idem/", "", 10)
	for _, key := range keys {
		b, _ := store.Get(t.Context(), key)
		var e struct{ At, Expires time.Time }
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatal(err)
		}
		lives = append(lives, e.Expires.Sub(e.At))
	}
	slices.Sort(lives)
	if err != nil || !slices.Equal(lives, []time.Duration{24 * time.Hour, 48 * time.Hour}) {
		t.Error(lives, err)
	}
}

// The items of a run arrive almost together, each several times: each is issued once.
func TestDeliveriesAtOnce(t *testing.T) {
	s := newService(t)
	key := s.key
	s.key = ""
	const items, tries = 3, 6
	ids := make([]map[string]bool, items)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for item := range items {
		ids[item] = map[string]bool{}
		body := order(t, "9", item, map[string]any{"/scope/title": "Auftrag " + string(rune('A'+item))})
		for range tries {
			wg.Go(func() {
				answer, b := s.call(t, http.MethodPost, "/v1/hooks/engagement?key="+s.hook, body)
				m := manifest(t, http.StatusCreated, answer, b)
				mu.Lock()
				defer mu.Unlock()
				ids[item][m.ID] = true
			})
		}
	}
	wg.Wait()
	s.key = key
	for item := range ids {
		if len(ids[item]) != 1 {
			t.Errorf("item %d became %v", item, ids[item])
		}
	}
	answer, b := s.call(t, http.MethodGet, "/v1/engagements", nil)
	var page api.Page
	if err := json.Unmarshal(b, &page); err != nil || len(page.Data) != items {
		t.Error(answer.Status, len(page.Data), err)
	}
}

// Tally is answered within 5 seconds, whatever is slow; the call goes on, and the retry gets what it issued.
func TestTallyIsAnsweredSoon(t *testing.T) {
	t.Parallel()
	files := newSlow()
	s := newServiceOn(t, archive.NewMemory(), files)
	body := order(t, "10", 0, nil)
	begun := time.Now()
	answer, running := s.send(t, "tally", body)
	if took := time.Since(begun); answer.StatusCode != http.StatusAccepted || running.Status != documents.StatusRunning || running.ID == "" || took > 5*time.Second {
		t.Errorf("%s after %s: %+v", answer.Status, took, running)
	}
	close(files.wait)
	answer, issued := s.send(t, "tally", body)
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "true" || issued.ID != running.ID || issued.OfferURL == "" {
		t.Error(answer.Status, issued.Error)
	}
}

// A delivery that takes long goes on: 202 with its place; an equal one is told to come again, in the same shape.
func TestDeliveryRuns(t *testing.T) {
	records, files := archive.NewMemory(), newSlow()
	s := newServiceOn(t, records, files, func(o *api.Options) { o.Issuer = newIssuer(t, records, files, 200*time.Millisecond) })
	body := order(t, "13", 0, nil)
	answer, running := s.send(t, "engagement", body)
	if answer.StatusCode != http.StatusAccepted || running.Status != documents.StatusRunning || len(running.Understood) == 0 || running.OfferURL != "" ||
		answer.Header.Get("Location") != s.URL+"/v1/engagements/"+running.ID {
		t.Errorf("%s %v %+v", answer.Status, answer.Header, running)
	}
	answer, waiting := s.send(t, "engagement", body)
	if answer.StatusCode != http.StatusConflict || answer.Header.Get("Retry-After") != "2" || waiting.Status != documents.StatusRunning ||
		waiting.Errors[0].Code != "running" || waiting.Error == "" || waiting.ID != "" {
		t.Errorf("%s %+v", answer.Status, waiting)
	}
	close(files.wait)
	answer, issued := s.send(t, "engagement", body)
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "true" || issued.ID != running.ID || issued.OfferURL == "" {
		t.Error(answer.Status, issued.Error)
	}
}

// Where all slots are taken, Tally is told in time as well.
func TestTallyWaitsForNoSlot(t *testing.T) {
	t.Parallel()
	files := newSlow()
	s := newServiceOn(t, archive.NewMemory(), files, func(o *api.Options) { o.Renders = 1 })
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.send(t, "engagement?key="+s.hook, order(t, "11", 0, nil))
	}()
	<-files.begun
	begun := time.Now()
	answer, _ := s.send(t, "tally?key="+s.hook, order(t, "11", 1, nil))
	if took := time.Since(begun); answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" || took > 5*time.Second {
		t.Error(answer.Status, took)
	}
	close(files.wait)
	<-done
}

// A delivery that was answered before is repeated, though today's profile leaves something to ask for.
func TestRedelivered(t *testing.T) {
	s := newService(t)
	put := func(profile string) {
		t.Helper()
		if answer, b := s.call(t, http.MethodPut, "/v1/profile", []byte(profile)); answer.StatusCode != http.StatusOK {
			t.Fatal(string(b))
		}
	}
	contractor, err := json.Marshal(at(load(t, "newsletter"), []string{"contractor"}))
	if err != nil {
		t.Fatal(err)
	}
	body := edit(load(t, "newsletter"), []string{"contractor"}, func(any) any { return dropped{} })
	b, err := json.Marshal(edit(body, []string{"reference"}, func(any) any { return "WIEDER" }))
	if err != nil {
		t.Fatal(err)
	}
	if answer, a := s.send(t, "engagement", b); answer.StatusCode != http.StatusUnprocessableEntity || len(a.Missing) == 0 {
		t.Fatal("without a profile:", answer.Status)
	}
	put(`{"contractor": ` + string(contractor) + `}`)
	answer, first := s.send(t, "engagement", b)
	if answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.Status, first.Error)
	}
	put(`{}`)
	answer, again := s.send(t, "engagement", b)
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "true" || again.ID != first.ID || len(again.Missing) != 0 {
		t.Error(answer.Status, again.Error)
	}
	if answer, _ := s.send(t, "engagement", bytes.ReplaceAll(b, []byte("WIEDER"), []byte("NEU"))); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Error("another delivery:", answer.Status)
	}
	if answer, _ := s.send(t, "engagement?dry_run=1&key="+s.hook, b); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Error("a draft is of today:", answer.Status)
	}
}

// Storage that fails is 503, and the next identical delivery finishes what the first one began.
func TestDeliveryStorageFails(t *testing.T) {
	for at := 1; at <= 2; at++ {
		files := archive.NewFault(archive.NewMemory(), at, archive.Lost)
		s := newServiceOn(t, archive.NewMemory(), files)
		answer, _ := s.send(t, "engagement", order(t, "12", 0, nil))
		if answer.StatusCode == http.StatusCreated && at > 1 {
			return
		}
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
			t.Fatal(at, answer.Status)
		}
		if answer, a := s.send(t, "engagement", order(t, "12", 0, nil)); answer.StatusCode != http.StatusCreated || a.OfferNumber != "AN-2026-0001" {
			t.Fatal(at, answer.Status, a.Error)
		}
	}
}

// The address of a hook has a rate like any key, and who guesses addresses is slowed down.
func TestHookRate(t *testing.T) {
	store := archive.NewMemory()
	s := newServiceOn(t, store, store, func(o *api.Options) { o.Rate = 3 })
	for path, want := range map[string]int{"engagement?key=" + s.hook: http.StatusUnprocessableEntity, "tally?key=am_geraten": http.StatusUnauthorized} {
		n := map[int]int{}
		for range 20 {
			answer, _ := s.send(t, path, []byte("{}"))
			n[answer.StatusCode]++
		}
		if n[want] < 6 || n[http.StatusTooManyRequests] == 0 || n[want]+n[http.StatusTooManyRequests] != 20 {
			t.Error(path, n)
		}
	}
}
