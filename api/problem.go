package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/api/door"
	"auftragsmappe/documents"
	"auftragsmappe/documents/engagement"
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
	retry     string                 // header Retry-After
}

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
	if p.retry != "" {
		h.Set("Retry-After", p.retry)
	}
	if p.Status == http.StatusUnauthorized {
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
	level := slog.LevelError
	if c.Request().Context().Err() != nil { // the caller has gone
		level = slog.LevelInfo
	}
	s.Log.LogAttrs(c.Request().Context(), level, what,
		slog.String("request_id", c.Response().Header().Get(echo.HeaderXRequestID)), slog.String("error", err.Error()))
}

// write sends a problem as application/json unless Accept names application/problem+json: n8n and Make parse only the former.
func write(c echo.Context, p *problem) error {
	media := mediaJSON
	if wants(c.Request().Header, mediaProblem).q > 0 {
		media = mediaProblem
	}
	b, err := encode(p, "")
	if err != nil {
		return err
	}
	return newReply(p.Status, media, b).send(c)
}

// toProblem finds the answer to an error.
func toProblem(err error) *problem {
	var profile *profileError
	var violations engagement.Violations
	var unreadable *door.UnreadableError
	var syntax *engagement.SyntaxError
	var parameter *parameterError
	var changed *documents.ConflictError
	switch {
	case errors.As(err, &profile):
		return invalid(profile.Violations, "Das Profil ist noch nicht richtig")
	case errors.As(err, &violations):
		return invalid(violations, "Der Auftrag ist noch nicht vollständig")
	case errors.As(err, &unreadable):
		return newProblem(answer{status: http.StatusBadRequest, kind: "unreadable", title: "Inhalt nicht lesbar",
			detail: "Der Inhalt der Anfrage ist nicht lesbar. " + unreadable.Detail})
	case errors.As(err, &syntax):
		return newProblem(answer{status: http.StatusBadRequest, kind: "syntax", title: "Kein lesbares JSON", detail: syntax.Detail})
	case errors.As(err, &parameter):
		return misread(parameter)
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
		Detail: a.detail, Error: a.detail, Errors: []engagement.Violation{}, retry: a.retry,
	}
}

// invalid tells all violations. Its sentence is the first one with its place: many tools show nothing else.
func invalid(v engagement.Violations, title string) *problem {
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
	p := newProblem(answer{status: http.StatusUnprocessableEntity, kind: "invalid", title: title, detail: detail})
	p.Errors = v
	return p
}

// misread tells which parameter of the URL or which header is not understood. It has no place in the body: no pointer.
func misread(e *parameterError) *problem {
	p := newProblem(answer{status: http.StatusUnprocessableEntity, kind: "parameter", title: "Parameter nicht verständlich", detail: e.detail})
	p.Errors = engagement.Violations{{Code: "parameter", Detail: e.detail}}
	return p
}

// conflicts are the titles of what a call can be at odds with.
var conflicts = map[string]string{
	"reference_changed": "Die reference ist schon vergeben",
	"invoice_issued":    "Die Rechnung ist schon ausgestellt",
}

// conflict tells which fields differ from what was issued under the same reference.
func conflict(changed *documents.ConflictError) *problem {
	violations := changed.Violations()
	kind := "reference_changed"
	if len(violations) > 0 {
		kind = violations[0].Code
	}
	p := newProblem(answer{status: http.StatusConflict, kind: kind, title: conflicts[kind], detail: changed.Detail()})
	p.Errors = violations
	return p
}
