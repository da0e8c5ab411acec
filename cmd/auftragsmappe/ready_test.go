package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
)

func TestPerSecond(t *testing.T) {
	for text, want := range map[string]int{"": 0, "0": -1, "1": 1, "500": 500, "1000000": 1_000_000} {
		if got, err := (&config{rate: text}).perSecond(); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"-1", "1.5", "viele", "1000001", " 5"} {
		if _, err := (&config{rate: text}).perSecond(); err == nil || !strings.HasPrefix(err.Error(), "AUFTRAGSMAPPE_RATE: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Each store is asked: one that does not answer is enough.
func TestReady(t *testing.T) {
	sound, gone := archive.NewWatch(archive.NewMemory()), archive.NewWatch(archive.NewFault(archive.NewMemory(), 1, archive.CrashLost))
	_ = gone.Put(t.Context(), archive.Object{Key: "k/x"})
	for _, c := range []struct {
		stores []*archive.Watch
		ready  bool
	}{{[]*archive.Watch{sound, sound}, true}, {[]*archive.Watch{sound, gone}, false}, {[]*archive.Watch{gone, sound}, false}} {
		err := ready(c.stores...)(context.Background())
		if (err == nil) != c.ready || err != nil && !errors.Is(err, archive.ErrStorage) {
			t.Error(c.ready, err)
		}
	}
}

// The configured rate is the API's, the stores are asked, and a stored profile is merged under an engagement and its look.
func TestServeIsWired(t *testing.T) {
	key := strings.Repeat("k", 32)
	p := startServe(t, false, "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+key, "AUFTRAGSMAPPE_RATE=2")
	get(t, p.url+"/readyz")
	send := func(method, path, body string) (*http.Response, string) {
		r, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-API-Key", key)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		b, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer, string(b)
	}
	if answer, b := send(http.MethodPut, "/v1/profile", `{"look": {"accent_color": "#aa2200"}}`); answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, b)
	}
	if answer, b := send(http.MethodPost, "/v1/engagements", string(read(t, examples, "nur-angebot.json"))); answer.StatusCode != http.StatusCreated ||
		!strings.Contains(b, `"profile_version":1`) {
		t.Error(answer.Status, b)
	}
	limited := 0
	for range 10 {
		if answer, _ := send(http.MethodGet, "/v1/profile", ""); answer.StatusCode == http.StatusTooManyRequests {
			limited++
		}
	}
	if limited == 0 {
		t.Error("a key makes more than its requests")
	}
	if code := p.end(t); code != exitOK {
		t.Error(code, p.stderr.String())
	}
}
