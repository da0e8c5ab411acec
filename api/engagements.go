package api

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/engagement"
)

// postEngagement validates, decides, renders and archives: 201 with the manifest. A repeat of the same call gives the same
// answer, marked Idempotent-Replayed.
func (s *server) postEngagement(c echo.Context) error {
	if !isJSON(c.Request().Header.Get(echo.HeaderContentType)) {
		return errContentType
	}
	v, err := engagement.Decode(c.Request().Body, nil, s.Issuer.Today(), s.Rules...)
	if err != nil {
		return err
	}
	result, err := s.Issuer.Issue(c.Request().Context(), tenantOf(c), v)
	if err != nil {
		return err
	}
	if result.Replayed {
		c.Response().Header().Set("Idempotent-Replayed", "true")
	}
	return sendJSON(c, http.StatusCreated, result.Manifest.WithURLs(s.Base))
}

// isJSON says that a content type is JSON; none is read as JSON, as many tools send none.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == "application/json" || media == "text/json" || strings.HasSuffix(media, "+json"))
}

// sendJSON encodes before the header is written, so that a fault is still a proper answer.
func sendJSON(c echo.Context, status int, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	return c.Blob(status, "application/json; charset=utf-8", b.Bytes())
}
