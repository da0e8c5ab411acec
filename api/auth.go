package api

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/tenant"
)

const tenantKey = "tenant"

// authenticate finds the tenant of the key in `Authorization: Bearer KEY` or `X-API-Key: KEY`.
func (s *server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, err := s.admit(c, apiKey(c), tenant.Full); err != nil {
			return err
		}
		return next(c)
	}
}

// admit finds a key of one of the scopes, and holds it to its rate. Who guesses keys is held to a rate by address.
func (s *server) admit(c echo.Context, text string, scopes ...tenant.Scope) (*tenant.Key, error) {
	ctx, cancel := s.soon(c)
	defer cancel()
	key, err := tenant.Find(ctx, s.Records, text, scopes...)
	switch {
	case errors.Is(err, tenant.ErrKey) && !s.strangers.allow(address(c)):
		return nil, errRate
	case err != nil:
		return nil, err
	case !s.callers.allow(hashed(text)):
		return nil, errRate
	}
	c.Set(tenantKey, key.Tenant)
	return key, nil
}

// apiKey is the key of a request; a bearer key counts before the other header.
func apiKey(c echo.Context) string {
	h := c.Request().Header
	if scheme, key, ok := strings.Cut(h.Get(echo.HeaderAuthorization), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(key)
	}
	return strings.TrimSpace(h.Get("X-API-Key"))
}

// tenantOf is the tenant of an authenticated request, else "".
func tenantOf(c echo.Context) string {
	name, _ := c.Get(tenantKey).(string)
	return name
}
