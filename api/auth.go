package api

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/tenant"
)

const tenantKey = "tenant"

// authenticate finds the tenant of the key in `Authorization: Bearer KEY` or `X-API-Key: KEY`, and holds the key to its
// rate. Who guesses keys is held to a rate by address.
func (s *server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		text := apiKey(c)
		key, err := s.find(c, text)
		switch {
		case errors.Is(err, tenant.ErrKey) && !s.strangers.allow(address(c)):
			return errRate
		case err != nil:
			return err
		case !s.callers.allow(hashed(text)):
			return errRate
		}
		c.Set(tenantKey, key.Tenant)
		return next(c)
	}
}

func (s *server) find(c echo.Context, text string) (*tenant.Key, error) {
	ctx, cancel := s.soon(c)
	defer cancel()
	return tenant.Find(ctx, s.Records, text)
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
