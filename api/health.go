package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
)

// health answers that the process serves; it asks nothing of the storage.
func health(c echo.Context) error {
	return sendJSON(c, http.StatusOK, map[string]string{"status": "ok"})
}

// unready is the answer of /readyz while the stores do not answer.
type unready struct {
	Status string `json:"status"`
	Detail string `json:"detail"` // German
}

// readyz answers whether the stores do: 200, or 503 without internals.
func (s *server) readyz(c echo.Context) error {
	err := s.ready.ask()
	if err == nil {
		return sendJSON(c, http.StatusOK, map[string]string{"status": "ok"})
	}
	s.fault(c, "not ready", err)
	c.Response().Header().Set("Retry-After", retryAfter)
	return sendJSON(c, http.StatusServiceUnavailable, unready{
		"unavailable", "Der Speicher antwortet gerade nicht. Bitte prüfen Sie, ob er läuft, erreichbar ist und Platz hat; was fehlschlug, steht im Log.",
	})
}

const (
	probeTime = 2 * time.Second // for an answer of the stores
	probeLife = time.Second     // how long an answer counts: whoever asks more often costs the stores nothing
)

// probe asks the stores, for all who want to know. The zero value is always ready.
type probe struct {
	check func(context.Context) error

	mu    sync.Mutex
	asked chan error // of the check that is under way; nil: none is
	err   error      // the last answer
	at    time.Time  // and when it came
}

// ask returns nil, or why the stores do not answer. A check that hangs is not asked again beside itself.
func (p *probe) ask() error {
	if p.check == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.at) < probeLife {
		return p.err
	}
	if p.asked == nil {
		p.asked = make(chan error, 1)
		go p.run(p.asked)
	}
	late := time.NewTimer(probeTime)
	defer late.Stop()
	select {
	case p.err = <-p.asked:
		p.asked = nil
	case <-late.C:
		p.err = context.DeadlineExceeded
	}
	p.at = time.Now()
	return p.err
}

// run is one check; a panic of it is an answer, not the end of the process.
func (p *probe) run(answer chan<- error) {
	ctx, cancel := context.WithTimeout(context.Background(), probeTime)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			answer <- documents.NewPanic(v)
		}
	}()
	answer <- p.check(ctx)
}
