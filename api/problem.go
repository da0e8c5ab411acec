package api

import (
	"bytes"
	"encoding/json"
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

// errContentType: the body is of another content type than JSON.
var errContentType = errors.New("api: content type is not JSON")

// answer is how an error is told.
type answer struct {
	err    error // sentinel, compared with errors.Is
	status int
	kind   string // last part of the type URI
	title  string
	detail string
}

// answers is the one table from errors to statuses.
var answers = []answer{
	{errContentType, http.StatusUnsupportedMediaType, "content-type", "Falscher Content-Type", "Bitte den Auftrag als JSON mit dem Content-Type application/json senden."},
	{engagement.ErrTooLarge, http.StatusRequestEntityTooLarge, "too-large", "Anfrage zu groß", "Der Auftrag ist größer als 1 MiB; bitte die Texte kürzen."},
	{tenant.ErrKey, http.StatusUnauthorized, "key", "Schlüssel fehlt oder ist ungültig", "Bitte den API-Schlüssel im Header Authorization: Bearer SCHLÜSSEL mitsenden."},
	{documents.ErrNotFound, http.StatusNotFound, "not-found", "Nicht gefunden", "Diese Adresse gibt es nicht; bitte die vollständige URL aus der Antwort verwenden."},
	{echo.ErrNotFound, http.StatusNotFound, "not-found", "Nicht gefunden", "Diese Adresse gibt es nicht."},
	{echo.ErrMethodNotAllowed, http.StatusMethodNotAllowed, "method", "Methode nicht möglich", "Diese Adresse kennt die HTTP-Methode nicht; welche möglich sind, steht im Header Allow."},
	{archive.ErrUnknown, http.StatusServiceUnavailable, "storage", "Speicher nicht erreichbar", "Der Speicher antwortet gerade nicht. Bitte dieselbe Anfrage gleich noch einmal senden; nichts wird doppelt ausgestellt."},
}

// internal is the answer to every other error; what failed stands in the log only.
var internal = answer{nil, http.StatusInternalServerError, "internal", "Interner Fehler", "Bei uns ist etwas schiefgegangen. Bitte dieselbe Anfrage noch einmal senden; bleibt es dabei, hilft die request_id bei der Suche."}

// retryAfter is how many seconds a caller should wait when the storage is gone.
const retryAfter = "2"

// problem is Echo's error handler: it writes the problem document of an error.
func (s *server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := toProblem(err)
	p.RequestID = c.Response().Header().Get(echo.HeaderXRequestID)
	if p.Status >= http.StatusInternalServerError {
		s.Log.LogAttrs(c.Request().Context(), slog.LevelError, "fault", slog.String("request_id", p.RequestID), slog.String("error", err.Error()))
	}
	h := c.Response().Header()
	switch p.Status {
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="auftragsmappe"`)
	}
	if err := write(c, p); err != nil {
		s.Log.LogAttrs(c.Request().Context(), slog.LevelError, "answer not sent", slog.String("request_id", p.RequestID), slog.String("error", err.Error()))
	}
}

// write sends a problem as application/json unless Accept names application/problem+json: n8n and Make parse only the former.
func write(c echo.Context, p *problem) error {
	if c.Request().Method == http.MethodHead {
		return c.NoContent(p.Status)
	}
	media := "application/json; charset=utf-8"
	if strings.Contains(c.Request().Header.Get(echo.HeaderAccept), "application/problem+json") {
		media = "application/problem+json"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		return err
	}
	return c.Blob(p.Status, media, b.Bytes())
}

// toProblem finds the answer to an error.
func toProblem(err error) *problem {
	var violations engagement.Violations
	var syntax *engagement.SyntaxError
	var changed *documents.ChangedError
	switch {
	case errors.As(err, &violations):
		return invalid(violations)
	case errors.As(err, &syntax):
		return newProblem(answer{nil, http.StatusBadRequest, "syntax", "Kein gültiges JSON", syntax.Detail})
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

// invalid tells all violations; its sentence is the first one with its place.
func invalid(v engagement.Violations) *problem {
	p := newProblem(answer{nil, http.StatusUnprocessableEntity, "invalid", "Der Auftrag ist noch nicht vollständig", v[0].Pointer + ": " + v[0].Detail})
	if len(v) > 1 {
		p.Detail += fmt.Sprintf(" (und %d weitere; alle stehen in errors)", len(v)-1)
	}
	p.Errors = v
	return p
}

// conflict tells which fields differ from what was issued under the same reference.
func conflict(changed *documents.ChangedError) *problem {
	p := newProblem(answer{
		nil, http.StatusConflict, "reference-changed", "Die reference ist schon vergeben",
		"Zu dieser reference wurde schon ein anderer Auftrag ausgestellt (verschieden: " + strings.Join(changed.Pointers, ", ") +
			"). Bitte eine andere reference verwenden oder den Auftrag unverändert senden.",
	})
	for _, pointer := range changed.Pointers {
		p.Errors = append(p.Errors, engagement.Violation{Pointer: pointer, Code: "reference_changed", Detail: "Dieser Wert ist ein anderer als beim ausgestellten Auftrag."})
	}
	return p
}
