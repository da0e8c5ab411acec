// Package door reads what forms, spreadsheets and no-code tools send, flat, German and half typed, and makes the engagement's
// JSON of it, with a report: what was understood, what was guessed, what has to be asked, what was ignored.
//
// It is pure: bytes in, data out. A body becomes inputs (encoding.go, body.go, tree.go, payloads.go), their names become
// fields (names.go, aliases.go), their values are read (values_*.go), parties, prices and accesses are put together
// (party.go, pricing.go, access.go), and what contradicts itself is left out and asked for (places.go). Nothing that would
// change money, a party or the decision on the AVV is ever guessed.
package door

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"auftragsmappe/documents/engagement"
)

// ErrTooLarge says that a body is over engagement.MaxBytes; nothing of it was read.
var ErrTooLarge = engagement.ErrTooLarge

// UnreadableError says that nothing at all can be read of a body.
type UnreadableError struct {
	Detail string // German sentence that says what to do
	err    error
}

// Error is for logs: it has nothing of the body.
func (e *UnreadableError) Error() string { return "unreadable body" }

// Unwrap is the cause: of JSON an *engagement.SyntaxError with the position, else nil.
func (e *UnreadableError) Unwrap() error { return e.err }

// Input is a request as it came.
type Input struct {
	Body        []byte
	ContentType string // as in the header; "" is read as what the body looks like
}

// Understood is a field whose value stood in an input.
type Understood struct {
	Field string `json:"field"` // JSON pointer into the engagement
	Value any    `json:"value"` // string, bool, int, list of strings, or nil: said to be unknown or not wanted
	From  string `json:"from"`  // name of the input
}

// Guess is a field that follows from others, and why; money, parties and the AVV never do.
type Guess struct {
	Field string `json:"field"`
	Value any    `json:"value"`
	Why   string `json:"why"` // German sentence
	From  string `json:"from,omitempty"`
}

// Question is what has to be asked before documents can be made.
type Question struct {
	Field    string `json:"field"`
	Question string `json:"question"`       // German, for a layman
	From     string `json:"from,omitempty"` // the input, or inputs, whose value cannot be used
}

// Report is what was made of a body. Every input that is not blank stands in one of the four lists. While Missing is not
// empty nothing may be issued, even if the engagement as it stands would be valid.
type Report struct {
	Engagement json.RawMessage `json:"engagement"` // canonical JSON as far as understood, for POST /v1/engagements; "{}" when nothing was
	Understood []Understood    `json:"understood"`
	Guessed    []Guess         `json:"guessed"`
	Missing    []Question      `json:"missing"`
	Ignored    []string        `json:"ignored"` // names of inputs
	Key        string          `json:"-"`       // the sending tool's own id of this delivery, "" none
}

// Read makes the engagement of a body as far as it can be understood. p is what is stored for the tenant (nil: nothing).
//
// The error is ErrTooLarge or an *UnreadableError; all else is in the report.
func Read(in Input, p *engagement.Profile) (*Report, error) {
	if len(in.Body) > engagement.MaxBytes {
		return nil, ErrTooLarge
	}
	root, err := parseBody(in)
	if err != nil {
		return nil, err
	}
	d := unwrap(root)
	r := newReading(p)
	r.ignored = append(r.ignored, d.passed...)
	switch {
	case d.stop != "":
		r.refuseAll(d, d.stop)
	case d.rows > 1:
		r.refuseAll(d, manyRows)
	default:
		r.read(d.inputs)
	}
	return r.report(d.key), nil
}

// Add puts into the report what Decode still finds, as questions; a field that is asked for already is not asked for twice.
func (r *Report) Add(v engagement.Violations) {
	asked := map[string]bool{}
	for _, q := range r.Missing {
		asked[q.Field] = true
	}
	for _, q := range Ask(v) {
		country := strings.TrimSuffix(q.Field, "postal_code") + "country" // the postal code is judged by the country
		if !asked[q.Field] && !askedAbove(asked, q.Field) && !r.askedBelow(q.Field) && (country == q.Field+"country" || !asked[country]) {
			asked[q.Field] = true
			r.Missing = append(r.Missing, q)
		}
	}
}

// askedBelow says that a part of a field is asked for: a line without its price is no missing line.
func (r *Report) askedBelow(pointer string) bool {
	return slices.ContainsFunc(r.Missing, func(q Question) bool { return strings.HasPrefix(q.Field, pointer+"/") })
}

// askedAbove says that a question about the whole of a part is open: its fields are not asked for one by one.
func askedAbove(asked map[string]bool, pointer string) bool {
	if asked[""] {
		return true
	}
	for i := strings.LastIndexByte(pointer, '/'); i > 0; i = strings.LastIndexByte(pointer[:i], '/') {
		if asked[pointer[:i]] {
			return true
		}
	}
	return false
}

// report closes the reading. Lists are never nil: they are sent as they are.
func (r *reading) report(key string) *Report {
	out := &Report{Key: key, Understood: []Understood{}, Guessed: []Guess{}, Missing: []Question{}, Ignored: []string{}}
	out.Engagement = r.build()
	for _, c := range r.kept {
		field := r.final(c.place)
		if c.why == "" {
			out.Understood = append(out.Understood, Understood{Field: field, Value: c.value, From: c.from()})
			continue
		}
		out.Guessed = append(out.Guessed, Guess{Field: field, Value: c.value, Why: c.why, From: c.from()})
	}
	for _, q := range r.questions {
		q.Field = r.final(q.Field)
		out.Missing = append(out.Missing, q)
	}
	out.Ignored = append(out.Ignored, r.ignored...)
	return out
}

// manyRows: several rows of a table could be several orders; one call is one engagement.
const manyRows = "Angekommen sind mehrere Zeilen auf einmal. Ist jede Zeile ein eigener Auftrag? Bitte senden Sie dann jede Zeile für sich " +
	"(in n8n: „Loop Over Items“; in Make und Zapier: ein Lauf je Zeile)."

// refuseAll reads nothing of a delivery and asks why it came.
func (r *reading) refuseAll(d delivery, question string) {
	r.ask("", question)
	for _, in := range d.inputs {
		r.ignored = append(r.ignored, in.name)
	}
}

// maxNamed bounds how many inputs one question names.
const maxNamed = 20

func unreadable(detail string, cause error) error {
	var syntax *engagement.SyntaxError
	if errors.As(cause, &syntax) {
		detail = syntax.Detail
	}
	return &UnreadableError{Detail: detail, err: cause}
}
