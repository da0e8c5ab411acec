package api

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/engagement"
)

// postEngagement validates, decides, renders and archives: 201 with the manifest. A repeat of the same call gives the same
// answer, marked Idempotent-Replayed.
func (s *server) postEngagement(c echo.Context) error {
	r := c.Request()
	if !isJSON(r.Header) {
		return errContentType
	}
	if r.ContentLength > engagement.MaxBytes {
		return engagement.ErrTooLarge // before a byte of it is read
	}
	v, err := engagement.Decode(r.Body, nil, s.Issuer.Today(), s.Rules...)
	if err != nil {
		return err
	}
	result, err := s.Issuer.Issue(r.Context(), documents.Call{Tenant: tenantOf(c), Engagement: v})
	if err != nil {
		return err
	}
	if result.Replayed {
		c.Response().Header().Set("Idempotent-Replayed", "true")
	}
	return sendJSON(c, http.StatusCreated, result.Manifest.WithURLs(s.Base))
}

// isJSON says that a body is plain JSON; one without a type is read as JSON, as many tools send none.
func isJSON(h http.Header) bool {
	if e := h.Get(echo.HeaderContentEncoding); e != "" && !strings.EqualFold(e, "identity") {
		return false
	}
	contentType := h.Get(echo.HeaderContentType)
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == echo.MIMEApplicationJSON || media == "text/json" || strings.HasSuffix(media, "+json"))
}

const mediaJSON = "application/json; charset=utf-8"

// sendJSON is the answer v as JSON.
func sendJSON(c echo.Context, status int, v any) error { return send(c, status, mediaJSON, v) }

// send encodes before the header is written, so that a fault is still a proper answer.
func send(c echo.Context, status int, media string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	return c.Blob(status, media, b.Bytes())
}
