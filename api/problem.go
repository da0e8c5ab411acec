package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// problem is an error document (RFC 9457) with two additions: error, the sentence that no-code tools show, and request_id.
type problem struct {
	Type      string                 `json:"type"`
	Title     string                 `json:"title"`
	Status    int                    `json:"status"`
	Detail    string                 `json:"detail"`
	Errors    []engagement.Violation `json:"errors"`
	Error     string                 `json:"error"`
	RequestID string                 `json:"request_id"`
}

var (
	// errContentType: the body is of another content type than JSON, or compressed.
	errContentType = errors.New("api: body is not plain JSON")
	// errRange: the document has no such bytes.
	errRange = errors.New("api: range not satisfiable")
)

// answer is how an error is told.
type answer struct {
	err    error // sentinel, compared with errors.Is
	status int
	kind   string // last part of the type URI
	title  string
	detail string // German sentence that says what to do
}

// answers is the one table from errors to statuses; the first that fits counts.
var answers = []answer{
	{errContentType, http.StatusUnsupportedMediaType, "content_type", "Falscher Content-Type",
		"Bitte senden Sie den Auftrag unkomprimiert als JSON mit dem Content-Type application/json."},
	{engagement.ErrTooLarge, http.StatusRequestEntityTooLarge, "too_large", "Anfrage zu groß",
		"Der Auftrag ist größer als 1 MiB. Bitte kürzen Sie die Texte."},
	{tenant.ErrKey, http.StatusUnauthorized, "key", "Schlüssel fehlt oder ist ungültig",
		"Bitte senden Sie Ihren API-Schlüssel mit: im Header „Authorization: Bearer SCHLÜSSEL“ oder „X-API-Key: SCHLÜSSEL“."},
	{documents.ErrNotFound, http.StatusNotFound, "not_found", "Dokument nicht gefunden",
		"Unter dieser Adresse gibt es kein Dokument. Bitte verwenden Sie die vollständige URL aus der Antwort."},
	{echo.ErrNotFound, http.StatusNotFound, "not_found", "Adresse nicht gefunden",
		"Diese Adresse gibt es nicht. Aufträge nimmt POST /v1/engagements an."},
	{echo.ErrMethodNotAllowed, http.StatusMethodNotAllowed, "method", "Methode nicht möglich",
		"Diese Adresse kennt die HTTP-Methode nicht. Welche möglich sind, steht im Header Allow."},
	{errRange, http.StatusRequestedRangeNotSatisfiable, "range", "Bereich nicht vorhanden",
		"Das Dokument ist kürzer als der verlangte Bereich. Bitte laden Sie es ohne den Header Range."},
	{archive.ErrStorage, http.StatusServiceUnavailable, "storage", "Speicher nicht erreichbar",
		"Der Speicher antwortet gerade nicht. Bitte senden Sie dieselbe Anfrage gleich noch einmal; nichts wird doppelt ausgestellt."},
	{context.Canceled, http.StatusServiceUnavailable, "interrupted", "Anfrage abgebrochen",
		"Die Anfrage wurde abgebrochen. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "interrupted", "Anfrage abgebrochen",
		"Die Anfrage hat zu lange gedauert. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt."},
}

// internal is the answer to every other error; what failed stands in the log only.
var internal = answer{nil, http.StatusInternalServerError, "internal", "Interner Fehler",
	"Bei uns ist etwas schiefgegangen. Bitte senden Sie dieselbe Anfrage noch einmal; bleibt es dabei, hilft die request_id bei der Suche."}

// retryAfter is how many seconds a caller should wait when the storage is gone.
const retryAfter = "2"

// problem is Echo's error handler: it writes the problem document of an error.
func (s *server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := toProblem(err)
	h := c.Response().Header()
	p.RequestID = h.Get(echo.HeaderXRequestID)
	if p.Status >= http.StatusInternalServerError {
		s.fault(c, "request failed", err)
	}
	forget(h)
	switch p.Status {
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="auftragsmappe"`)
	}
	if err := write(c, p); err != nil {
		s.fault(c, "answer not sent", err)
	}
}

// forget takes back what a handler has set for the answer that it could not give.
func forget(h http.Header) {
	for _, name := range []string{echo.HeaderContentType, echo.HeaderContentDisposition, "ETag", "Accept-Ranges"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
}

// fault logs what failed, under the id that the caller was given.
func (s *server) fault(c echo.Context, what string, err error) {
	s.Log.LogAttrs(c.Request().Context(), slog.LevelError, what,
		slog.String("request_id", c.Response().Header().Get(echo.HeaderXRequestID)), slog.String("error", err.Error()))
}

// write sends a problem as application/json unless Accept names application/problem+json: n8n and Make parse only the former.
func write(c echo.Context, p *problem) error {
	if c.Request().Method == http.MethodHead {
		return c.NoContent(p.Status)
	}
	if strings.Contains(c.Request().Header.Get(echo.HeaderAccept), "application/problem+json") {
		return send(c, p.Status, "application/problem+json", p)
	}
	return send(c, p.Status, mediaJSON, p)
}

// toProblem finds the answer to an error.
func toProblem(err error) *problem {
	var violations engagement.Violations
	var syntax *engagement.SyntaxError
	var changed *documents.ConflictError
	switch {
	case errors.As(err, &violations):
		return invalid(violations)
	case errors.As(err, &syntax):
		return newProblem(answer{nil, http.StatusBadRequest, "syntax", "Kein lesbares JSON", syntax.Detail})
	case errors.As(err, &changed):
		return conflict(changed)
	}
	for _, a := range answers {
		if errors.Is(err, a.err) {
			return newProblem(a)
		}
	}
	return newProblem(internal)
}

func newProblem(a answer) *problem {
	return &problem{
		Type: "urn:auftragsmappe:problem:" + a.kind, Title: a.title, Status: a.status,
		Detail: a.detail, Error: a.detail, Errors: []engagement.Violation{},
	}
}

// invalid tells all violations. Its sentence is the first one with its place: many tools show nothing else.
func invalid(v engagement.Violations) *problem {
	detail := v[0].Detail
	if v[0].Pointer != "" {
		detail = v[0].Pointer + ": " + detail
	}
	switch more := len(v) - 1; {
	case more == 1:
		detail += " (Ein weiterer Punkt steht in errors.)"
	case more > 1:
		detail += fmt.Sprintf(" (%d weitere Punkte stehen in errors.)", more)
	}
	p := newProblem(answer{nil, http.StatusUnprocessableEntity, "invalid", "Der Auftrag ist noch nicht vollständig", detail})
	p.Errors = v
	return p
}

// conflict tells which fields differ from what was issued under the same reference.
func conflict(changed *documents.ConflictError) *problem {
	p := newProblem(answer{nil, http.StatusConflict, "reference_changed", "Die reference ist schon vergeben", changed.Detail()})
	p.Errors = changed.Violations()
	return p
}
