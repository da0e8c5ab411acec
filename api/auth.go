package api

import (
	"strings"

	"github.com/labstack/echo/v4"
)

const tenantKey = "tenant"

// authenticate finds the tenant of the key in `Authorization: Bearer KEY` or `X-API-Key: KEY`.
func (s *server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		tenant, err := s.Tenant(c.Request().Context(), apiKey(c))
		if err != nil {
			return err
		}
		c.Set(tenantKey, tenant)
		return next(c)
	}
}

func apiKey(c echo.Context) string {
	h := c.Request().Header
	if scheme, key, ok := strings.Cut(h.Get(echo.HeaderAuthorization), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(key)
	}
	return h.Get("X-API-Key")
}

// tenantOf is the tenant of an authenticated request, else "".
func tenantOf(c echo.Context) string {
	tenant, _ := c.Get(tenantKey).(string)
	return tenant
}
