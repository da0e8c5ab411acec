package api

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
)

// observe gives each request an id and logs it: no body, no query, no path parameters, no headers, so no personal data,
// no tokens and no keys.
func (s *server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		c.Response().Header().Set(echo.HeaderXRequestID, requestID())
		err := next(c)
		if err != nil {
			c.Error(err) // writes the answer, so that its status can be logged
		}
		s.Log.LogAttrs(c.Request().Context(), level(c), "request",
			slog.String("request_id", c.Response().Header().Get(echo.HeaderXRequestID)),
			slog.String("method", c.Request().Method), slog.String("route", c.Path()),
			slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size),
			slog.Duration("duration", time.Since(start)), slog.String("tenant", tenantOf(c)))
		return nil
	}
}

// level is that of an error only for faults of ours: a caller that has gone is none.
func level(c echo.Context) slog.Level {
	if c.Response().Status >= http.StatusInternalServerError && c.Request().Context().Err() == nil {
		return slog.LevelError
	}
	return slog.LevelInfo
}

func requestID() string {
	b := make([]byte, 12)
	_, _ = rand.Read(b) // never fails on the platforms of Go 1.24 and later
	return hex.EncodeToString(b)
}

// secure sets the headers that keep a browser from doing more with an answer than show it.
func (s *server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if strings.HasPrefix(s.Base, "https://") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// recovered turns a panic into an error, so that one request's fault stays its own.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = documents.NewPanic(v)
			}
		}()
		return next(c)
	}
}
