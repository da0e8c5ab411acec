// Package api is HTTP and nothing else: routes, authentication, problem documents, URLs made from the public base.
//
// It is the only importer of Echo. Handlers return errors; one table turns them into answers (problem.go).
package api

import (
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
)

// Options are what the API needs; all but Rules must be given.
type Options struct {
	Issuer *documents.Issuer
	// Records is where API keys are stored.
	Records archive.Store
	// Rules are checked with the engagement's own, so that all violations come at once.
	Rules []func(*engagement.Engagement) engagement.Violations
	// Base is the public base of all URLs ("https://mappe.example"), without a slash at its end; never a Host header.
	Base string
	Log  *slog.Logger
}

type server struct{ Options }

// New is the handler of all routes.
func New(o Options) http.Handler {
	s := &server{o}
	e := echo.New()
	e.HTTPErrorHandler = s.problem
	e.Use(s.observe, secure, recovered)

	e.GET("/healthz", health)
	e.GET("/openapi.yaml", s.openapiYAML)
	e.GET("/docs", s.docsPage)
	e.GET("/docs/*", s.docsPage)
	e.POST("/v1/engagements", s.postEngagement, s.authenticate)
	e.GET("/v1/documents/:token/:name", s.document) // the token is the key
	e.HEAD("/v1/documents/:token/:name", s.document)
	return e
}

// health answers that the process serves; it asks nothing of the storage.
func health(c echo.Context) error {
	return sendJSON(c, http.StatusOK, map[string]string{"status": "ok"})
}
