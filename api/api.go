// Package api is HTTP and nothing else: routes, authentication, problem documents, URLs made from the public base.
//
// It is the only importer of Echo. Handlers return errors; one table turns them into answers (problem.go).
package api

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

// Issuer issues engagements and finds issued documents; *documents.Issuer is one.
type Issuer interface {
	Issue(ctx context.Context, tenant string, v *engagement.Valid) (*documents.Result, error)
	Document(ctx context.Context, token string) (*documents.File, error)
	Today() date.Date
}

// Options are what the API needs.
type Options struct {
	Issuer Issuer
	// Tenant finds the tenant of an API key, or an error that wraps tenant.ErrKey.
	Tenant func(ctx context.Context, key string) (string, error)
	// Rules are checked with the engagement's own, so that all violations come at once.
	Rules []func(*engagement.Engagement) engagement.Violations
	Base  string // public base of all URLs, without a slash at its end; never taken from a Host header
	Log   *slog.Logger
}

type server struct{ Options }

// New is the handler of all routes.
func New(o Options) http.Handler {
	s := &server{o}
	e := echo.New()
	e.HTTPErrorHandler = s.problem
	e.Use(s.observe, secure, recovered)

	e.GET("/healthz", health)
	e.GET("/v1/documents/:token/:name", s.document)
	e.HEAD("/v1/documents/:token/:name", s.document)

	v1 := e.Group("/v1", s.authenticate)
	v1.POST("/engagements", s.postEngagement)
	return e
}

// health answers that the process serves; it asks nothing of the storage.
func health(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}
