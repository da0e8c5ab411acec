// Package api is HTTP and nothing else: routes, authentication, problem documents, URLs made from the public base.
//
// It is the only importer of Echo. Handlers return errors; one table turns them into answers (answers.go).
package api

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// Options are what the API needs; what has no default must be given.
type Options struct {
	Issuer *documents.Issuer
	// Records is where API keys are stored.
	Records archive.Store
	// Profiles are what tenants have stored; they are merged under their engagements.
	Profiles *tenant.Profiles
	// Rules are checked with the engagement's own, so that all violations come at once.
	Rules []func(*engagement.Engagement) engagement.Violations
	// Base is the public base of all URLs ("https://mappe.example"), without a slash at its end; never a Host header.
	Base string
	// Ready says whether the stores answer; nil: they always do.
	Ready func(context.Context) error
	// Rate is how many requests a second a key may make, and twice as many at once; 0 = 500, negative = no limit.
	Rate int
	// Renders is how many requests may be decoded and rendered at once: it bounds memory. 0 = 16 for each processor.
	Renders int
	// Patience is how long a request waits for the stores; 0 = 8 seconds.
	Patience time.Duration
	// WithoutStart leaves out the page /start, which visitors need no key for.
	WithoutStart bool
	Log          *slog.Logger
}

type server struct {
	Options
	ready     *probe
	slots     *slots
	callers   *limits // by API key
	strangers *limits // who shows no known key, by address
	readers   *limits // of documents, by address
	visitors  *limits // of /start without a key, by address
	visits    *slots  // theirs
}

const (
	defaultRate       = 500
	readerRate        = 2000 // documents in a second, for one address
	rendersPerProcess = 16
)

// New is the handler of all routes.
func New(o Options) http.Handler { return newServer(o).routes() }

func (s *server) routes() *echo.Echo {
	e := echo.New()
	e.HTTPErrorHandler = s.problem
	e.Use(s.observe, s.secure, recovered)

	read(e, "/healthz", health)
	read(e, "/readyz", s.readyz)
	read(e, "/v1/documents/:token/:name", s.document, s.readersLimit) // the token is the key
	read(e, "/openapi.yaml", s.openapiYAML)
	read(e, "/docs", s.docsPage)
	read(e, "/docs/*", s.docsPage)
	e.POST("/v1/engagements", s.postEngagement, s.authenticate)
	read(e, "/v1/engagements", s.listEngagements, s.authenticate)
	read(e, "/v1/engagements/:id", s.getEngagement, s.authenticate)
	read(e, "/v1/engagements/:id/bundle.zip", s.getBundle, s.authenticate)
	e.POST("/v1/decisions", s.postDecision, s.authenticate)
	e.POST("/v1/hooks/engagement", s.postHook, s.authenticateHook)
	e.POST("/v1/hooks/tally", s.postTally, s.authenticateHook)
	e.POST("/v1/verify", s.postVerify, s.authenticate)
	read(e, "/v1/profile", s.getProfile, s.authenticate)
	e.PUT("/v1/profile", s.putProfile, s.authenticate)
	if !s.WithoutStart {
		s.startRoutes(e)
	}
	return e
}

func newServer(o Options) *server {
	if o.Rate == 0 {
		o.Rate = defaultRate
	}
	if o.Patience <= 0 {
		o.Patience = defaultPatience
	}
	if o.Renders <= 0 {
		o.Renders = rendersPerProcess * runtime.GOMAXPROCS(0)
	}
	return &server{
		Options: o, ready: &probe{check: o.Ready}, slots: newSlots(o.Renders),
		callers: newLimits(o.Rate), strangers: newLimits(o.Rate), readers: newLimits(readerRate),
		visitors: newBurstLimits(visitorRate, visitorBurst), visits: visitorSlots(),
	}
}

// read registers a route that changes nothing: HEAD answers like GET, without the body.
func read(e *echo.Echo, path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	e.GET(path, h, m...)
	e.HEAD(path, h, m...)
}
