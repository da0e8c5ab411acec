package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/api/door"
	"auftragsmappe/documents"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// hookAnswer is the one shape of all that a hook makes of a delivery: tools map fields once, from whichever answer came
// first. So every key is always there, empty where there is nothing to say.
type hookAnswer struct {
	*documents.Manifest
	Understood []door.Understood      `json:"understood"`
	Guessed    []door.Guess           `json:"guessed"`
	Missing    []door.Question        `json:"missing"`
	Ignored    []string               `json:"ignored"`    // names of inputs
	Engagement json.RawMessage        `json:"engagement"` // as far as understood, for POST /v1/engagements
	Error      string                 `json:"error"`      // German sentences for a layman; "" when all went well
	Detail     string                 `json:"detail"`     // the same: n8n shows this one
	Errors     []engagement.Violation `json:"errors"`
	RequestID  string                 `json:"request_id"` // of a refusal; else "", so that a repeat is the same to the byte
}

// The status of a delivery that issued nothing.
const (
	statusIncomplete = "incomplete" // something is to be asked for, or cannot be taken as it is
	statusConflict   = "conflict"   // it does not fit what was issued before
)

// errIncomplete: something of the delivery is still to be asked for.
var errIncomplete = errors.New("api: incomplete")

// reported is a manifest with the report.
func (d *delivery) reported(m *documents.Manifest) *hookAnswer {
	a := &hookAnswer{Manifest: m, Errors: []engagement.Violation{}}
	if d.report == nil { // nothing was read
		a.Understood, a.Guessed, a.Missing, a.Ignored = []door.Understood{}, []door.Guess{}, []door.Question{}, []string{}
		a.Engagement = json.RawMessage("{}")
		return a
	}
	a.Understood, a.Guessed, a.Missing, a.Ignored = d.report.Understood, d.report.Guessed, d.report.Missing, d.report.Ignored
	a.Engagement = d.report.Engagement
	return a
}

// refusal is the answer to an error of the delivery's content; every other error stays one. Many tools go on with what the
// body of a refusal says, so it has the same shape.
func (d *delivery) refusal(c echo.Context, err error) (*reply, error) {
	p := d.complaint(err)
	if p.Status != http.StatusConflict && p.Status != http.StatusUnprocessableEntity {
		return nil, err
	}
	status := statusIncomplete
	switch {
	case errors.Is(err, documents.ErrRunning):
		status = documents.StatusRunning
	case p.Status == http.StatusConflict:
		status = statusConflict
	}
	a := d.reported(d.blank(status))
	a.Error, a.Detail, a.Errors = p.Detail, p.Detail, p.Errors
	a.RequestID = c.Response().Header().Get(echo.HeaderXRequestID)
	r, err := jsonReply(p.Status, a)
	if err == nil && p.retry != "" {
		r.header.Set("Retry-After", p.retry)
	}
	return r, err
}

// blank is the manifest of a delivery that issued nothing, with what a tool needs to ask the client.
func (d *delivery) blank(status string) *documents.Manifest {
	m := &documents.Manifest{
		Status: status, Decision: []decision.Need{}, Documents: []documents.Document{}, Notices: []decision.Notice{}, Events: []documents.Event{},
	}
	var known struct {
		Reference string
		Client    struct{ Email string }
	}
	if d.report != nil && json.Unmarshal(d.report.Engagement, &known) == nil {
		m.Reference, m.ClientEmail = known.Reference, known.Client.Email
	}
	return m
}

// complaint is what is wrong: the problem of the error, in words for somebody who has filled in a form.
func (d *delivery) complaint(err error) *problem {
	if errors.Is(err, errIncomplete) {
		p := newProblem(answer{status: http.StatusUnprocessableEntity, detail: d.asks()})
		p.Errors = d.violations()
		return p
	}
	p := toProblem(err)
	var changed *documents.ConflictError
	switch {
	case errors.As(err, &changed):
		p.Detail = "Es wurde nichts Neues ausgestellt, denn die Angaben passen nicht zu dem, was schon ausgestellt ist. " + p.Detail
	case errors.Is(err, documents.ErrKeyReused) && d.key == "":
		p.Detail = "Zu dieser Einsendung sind schon Dokumente mit anderen Angaben ausgestellt; es wurde nichts Neues ausgestellt. " +
			"Ist es ein neuer Auftrag, füllen Sie das Formular bitte neu aus."
	}
	if len(p.Errors) == 0 {
		p.Errors = []engagement.Violation{{Code: p.Type[strings.LastIndexByte(p.Type, ':')+1:], Detail: p.Detail}}
	}
	return p
}

// maxAsked is how many questions the sentence has; missing has all.
const maxAsked = 3

// asks is what is missing, as questions that can be passed on.
func (d *delivery) asks() string {
	var questions []string
	for _, q := range d.report.Missing {
		questions = append(questions, q.Question)
	}
	if len(questions) == 0 {
		for _, v := range d.found {
			questions = append(questions, v.Detail)
		}
	}
	if len(questions) == 1 {
		return "Es fehlt noch: " + questions[0]
	}
	said := "Es fehlt noch:"
	for i, q := range questions[:min(len(questions), maxAsked)] {
		said += fmt.Sprintf(" (%d) %s", i+1, q)
	}
	switch rest := len(questions) - maxAsked; {
	case rest == 1:
		said += " Eine weitere Frage steht in missing."
	case rest > 1:
		said += fmt.Sprintf(" %d weitere Fragen stehen in missing.", rest)
	}
	return said
}

// violations are those of the engagement, and what the door could not read where they have nothing to say.
func (d *delivery) violations() engagement.Violations {
	all := append(engagement.Violations{}, d.found...)
	named := map[string]bool{}
	for _, v := range all {
		named[v.Pointer] = true
	}
	for _, q := range d.report.Missing {
		if !named[q.Field] {
			all = append(all, engagement.Violation{Pointer: q.Field, Code: "unclear", Detail: q.Question})
		}
	}
	return all
}
