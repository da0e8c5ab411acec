package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/engagement"
)

// limit is the largest body of a request, and the error for a larger one.
type limit struct {
	bytes int64
	err   error
}

var (
	engagementLimit = limit{engagement.MaxBytes, engagement.ErrTooLarge}
	profileLimit    = limit{engagement.MaxProfileBytes, engagement.ErrProfileTooLarge}
)

// maxPassed is how much of a body that is too large is passed over.
const maxPassed = 16 << 20

// refuse passes over the rest of a body: many clients read no answer before they have sent all, and would see nothing but a
// broken connection. One that asks before it sends (Expect: 100-continue) is answered before it sends a byte.
func (l limit) refuse(r *http.Request) error {
	if r.Header.Get("Expect") == "" {
		_, _ = io.CopyN(io.Discard, r.Body, maxPassed)
	}
	return l.err
}

// readBody reads the JSON of a request.
func readBody(r *http.Request, most limit) ([]byte, error) {
	if !isJSON(r.Header) {
		return nil, errContentType
	}
	return readBytes(r, most)
}

// readBytes reads a request as a whole before anything else happens, so that a slow line holds nothing but its own bytes.
func readBytes(r *http.Request, most limit) ([]byte, error) {
	if r.ContentLength > most.bytes {
		return nil, most.refuse(r)
	}
	return readFrom(r.Body, r, most)
}

// readFrom reads a request's body, or a part of it.
func readFrom(part io.Reader, r *http.Request, most limit) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(part, most.bytes+1))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, fmt.Errorf("%w: %w", errSlow, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errCut, err)
	case int64(len(b)) > most.bytes:
		return nil, most.refuse(r)
	}
	return b, nil
}

// isJSON says that a body is plain JSON; one without a type is read as JSON, as many tools send none.
func isJSON(h http.Header) bool {
	if !isPlain(h) {
		return false
	}
	contentType := h.Get(echo.HeaderContentType)
	if contentType == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (media == echo.MIMEApplicationJSON || media == "text/json" || strings.HasSuffix(media, "+json"))
}

// isPlain says that a body is not compressed: what it unpacks to could be of any size.
func isPlain(h http.Header) bool {
	e := h.Get(echo.HeaderContentEncoding)
	return e == "" || strings.EqualFold(e, "identity")
}

const (
	mediaJSON    = "application/json; charset=utf-8"
	mediaProblem = "application/problem+json"
	mediaZip     = "application/zip"
)

// reply is a finished answer.
type reply struct {
	status int
	header http.Header // beside those of every answer
	body   []byte
}

// send writes the answer; the length is said for HEAD as well.
func (r *reply) send(c echo.Context) error {
	h := c.Response().Header()
	for name, values := range r.header {
		h[name] = values
	}
	h.Set(echo.HeaderContentLength, fmt.Sprint(len(r.body)))
	c.Response().WriteHeader(r.status)
	_, err := c.Response().Write(r.body)
	return err
}

func newReply(status int, media string, body []byte) *reply {
	return &reply{status: status, header: http.Header{echo.HeaderContentType: {media}}, body: body}
}

// jsonReply encodes before anything is sent, so that a fault is still a proper answer.
func jsonReply(status int, v any) (*reply, error) {
	b, err := encode(v, "")
	return newReply(status, mediaJSON, b), err
}

// encode writes JSON as people read it: no \u0026.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return b.Bytes(), err
}

// fileReply is a draft as a PDF.
func fileReply(f *documents.File) *reply {
	r := newReply(http.StatusOK, f.MediaType, f.Bytes)
	r.header.Set(echo.HeaderContentDisposition, disposition(f.Name, false))
	r.header["Content-Security-Policy"] = nil // of pages; browsers apply it to their own PDF viewer
	return r
}

// sendJSON is the answer v as JSON.
func sendJSON(c echo.Context, status int, v any) error {
	r, err := jsonReply(status, v)
	if err != nil {
		return err
	}
	return r.send(c)
}
