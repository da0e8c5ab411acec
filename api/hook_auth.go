package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/tenant"
)

const hookKey = "hook"

// authenticateHook finds the key of a hook: in the parameter key of its address, for tools that cannot set headers, else in
// the headers. A key that may do everything is taken from a header only: addresses are copied and logged.
func (s *server) authenticateHook(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		text := c.QueryParam("key")
		inURL := text != ""
		if !inURL {
			text = apiKey(c)
		}
		key, err := s.admit(c, text, tenant.Hook, tenant.Full)
		switch {
		case errors.Is(err, tenant.ErrKey):
			return errHookKey
		case err != nil:
			return err
		case inURL && key.Scope == tenant.Full:
			return errKeyInURL
		}
		c.Set(hookKey, key)
		return next(c)
	}
}

// keyOf is the key of an authenticated request to a hook.
func keyOf(c echo.Context) *tenant.Key {
	key, _ := c.Get(hookKey).(*tenant.Key)
	return key
}

// checkSignature holds a body to the secret of its key: once there is one, nothing unsigned is taken. A signature that
// nobody can check must not look as if it were; only Tally's own hook knows that the header is one.
func checkSignature(c echo.Context, body []byte, tally bool) error {
	secret, given := keyOf(c).Secret, strings.TrimSpace(c.Request().Header.Get("Tally-Signature"))
	switch {
	case secret != "" && !signed(secret, given, body):
		return errSignature
	case secret == "" && given != "" && tally:
		return errNoSecret
	}
	return nil
}

// signed says that a signature is the HMAC-SHA256 of the body, in base64 with or without its padding.
func signed(secret, signature string, body []byte) bool {
	given, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(signature, "="))
	if err != nil {
		return false
	}
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write(body)
	return hmac.Equal(given, sum.Sum(nil))
}
