package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// Memory is bounded whoever calls, and who calls often is not forgotten.
func TestLimitsForget(t *testing.T) {
	l := newLimits(1)
	for range 2 {
		if !l.allow("often") {
			t.Fatal("refused within the burst")
		}
	}
	for i := range 5 * generation {
		l.of(strconv.Itoa(i))
		if i%100 == 0 && l.allow("often") && i < 100 {
			t.Fatal("allowed over the burst")
		}
		if n := len(l.current) + len(l.former); n > 2*generation {
			t.Fatalf("remembers %d callers", n)
		}
	}
	if _, ok := l.former["0"]; ok {
		t.Error("a caller of long ago is remembered")
	}
	if l.of("often").Tokens() > 1.9 {
		t.Error("who calls often was forgotten")
	}
}

func TestAddress(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.7:1234":            "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64",
		"[2001:db8:1:2::9]:81":      "2001:db8:1:2::/64",
		"[fe80::1%eth0]:80":         "fe80::/64",
		"[::ffff:192.0.2.7]:80":     "192.0.2.7",
		"@":                         "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = remote
		r.Header.Set("X-Forwarded-For", "203.0.113.9")
		if got := address(echo.New().NewContext(r, nil)); got != want {
			t.Errorf("%s: %q, want %q", remote, got, want)
		}
	}
}

// Who finds no slot waits, but not for ever, and not in any number.
func TestSlots(t *testing.T) {
	s := newSlots(1)
	s.wait, s.most = 20*time.Millisecond, 1
	first, err := s.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.take(t.Context()); !errors.Is(err, errBusy) {
		t.Error("no end of waiting:", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := s.take(gone); !errors.Is(err, context.Canceled) {
		t.Error("waits for a caller that has gone:", err)
	}
	s.wait = time.Minute
	got := make(chan func())
	go func() {
		giveBack, err := s.take(context.Background())
		if err != nil {
			t.Error(err)
		}
		got <- giveBack
	}()
	for s.queue.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := s.take(t.Context()); !errors.Is(err, errBusy) {
		t.Error("the queue has no end:", err)
	}
	first()
	(<-got)()
	if s.queue.Load() != 0 || len(s.taken) != 0 {
		t.Error("not given back:", s.queue.Load(), len(s.taken))
	}
}

// A check that hangs is waited for as long as it may take, once, and asked again only when it has come back.
func TestProbeHangs(t *testing.T) {
	t.Parallel()
	asked, hang := make(chan struct{}, 10), make(chan struct{})
	p := &probe{check: func(context.Context) error {
		asked <- struct{}{}
		<-hang
		return nil
	}}
	start := time.Now()
	if err := p.ask(); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) < probeTime {
		t.Error(err, time.Since(start))
	}
	p.at = time.Time{} // as if its life were over
	close(hang)
	if err := p.ask(); err != nil || len(asked) != 1 {
		t.Error(err, len(asked))
	}
	p = &probe{check: func(context.Context) error { panic("a fault") }}
	if err := p.ask(); err == nil {
		t.Error("a panic is no answer")
	}
	if err := (&probe{}).ask(); err != nil {
		t.Error("nothing to ask:", err)
	}
}

func TestWants(t *testing.T) {
	for accept, want := range map[string]float64{
		"": 0, "*/*": 0, "application/*": 0, "application/zip": 1, "APPLICATION/ZIP": 1, "text/html, application/zip;q=0.3": 0.3,
		"application/zip;q=0": 0, "application/zip; level=1; q=0.5": 0.5, "application/zip;q=viel": 0, "application/zip;q=-1": 0, "application/zip;q=2": 0,
		"application/zip;q=NaN": 0, "application/zip;q=0, application/zip": 1, "application/zip-x": 0, ",;,": 0,
	} {
		if got := wants(http.Header{"Accept": {accept}}, mediaZip).q; got != want {
			t.Errorf("%q: %v, want %v", accept, got, want)
		}
	}
	if wants(http.Header{"Accept": {"text/html", "application/zip"}}, mediaZip).q != 1 {
		t.Error("a second header line is not read")
	}
}

// Names in a bundle are unique, and the manifest keeps its own.
func TestUnique(t *testing.T) {
	taken := map[string]bool{manifestName: true}
	for _, c := range [][2]string{
		{"Rechnung.pdf", "Rechnung.pdf"}, {"Rechnung.pdf", "Rechnung-2.pdf"}, {"Rechnung.pdf", "Rechnung-3.pdf"}, {"Rechnung-2.pdf", "Rechnung-2-2.pdf"},
		{"manifest.json", "manifest-2.json"}, {"ohne", "ohne"}, {"ohne", "ohne-2"},
	} {
		if got := unique(c[0], taken); got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
}

// The name of a bundle is that of the engagement's papers, whichever there are.
func TestBundleName(t *testing.T) {
	for want, m := range map[string]documents.Manifest{
		"Auftrag-Entwurf.zip":      {Status: documents.StatusDraft, Flat: documents.Flat{OfferNumber: "AN-2026-0007"}},
		"Auftrag-AN-2026-0007.zip": {Flat: documents.Flat{OfferNumber: "AN-2026-0007", ContractNumber: "VT-2026-0007"}},
		"Auftrag-VT-2026-0007.zip": {Flat: documents.Flat{ContractNumber: "VT-2026-0007"}},
		"Auftrag-abc.zip":          {ID: "abc"},
	} {
		if got := bundleName(&m); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Every error that can be told has a title and a sentence that says what to do; what passes by itself says when.
func TestAnswers(t *testing.T) {
	for _, a := range append(answers, internal) {
		p := newProblem(a)
		if a.err != nil {
			p = toProblem(a.err)
		}
		if p.Title == "" || p.Detail == "" || p.Error != p.Detail || p.Status < 400 || p.Errors == nil {
			t.Errorf("%s: %+v", a.kind, p)
		}
		passes := p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests || p.Status == http.StatusConflict
		if passes != (p.retry != "") {
			t.Errorf("%s: Retry-After %q", a.kind, p.retry)
		}
	}
}

// Documents need no key, so their readers are held to a rate by address; the headers of every answer are there all the same.
func TestReadersLimit(t *testing.T) {
	is, err := documents.New(documents.Options{Records: archive.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(Options{Issuer: is, Base: "https://mappe.example", Log: slog.New(slog.DiscardHandler)})
	s.readers = newLimits(1)
	handler := s.routes()
	for i, want := range []int{http.StatusNotFound, http.StatusNotFound, http.StatusTooManyRequests} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/documents/geraten/Angebot.pdf", http.NoBody))
		if h := w.Header(); w.Code != want || h.Get("Strict-Transport-Security") != "max-age=31536000" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Error(i, w.Code, h)
		}
	}
}

// No caller can name a request as a tool's own id does.
func TestToolKeyIsApart(t *testing.T) {
	h := http.Header{"Idempotency-Key": {toolKey + "8"}}
	if key, err := requestKey(h); err == nil {
		t.Errorf("%q is taken", key)
	}
}
