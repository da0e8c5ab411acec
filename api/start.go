package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/api/start"
	"auftragsmappe/documents"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// Visitors of /start need no key, so they are held to a rate by address, and to half the processors: nobody who has a key
// waits for them.
const (
	visitorRate  = 2  // a second, for one address
	visitorBurst = 20 // a check and a look at each draft, some times
)

func visitorSlots() *slots { return newSlots(max(1, runtime.GOMAXPROCS(0)/2)) }

// formLimit is the largest form: an engagement of 1 MiB whose every sign is escaped.
var formLimit = limit{3 * engagement.MaxBytes, engagement.ErrTooLarge}

// startRoutes are the page for people: nothing of it is stored, and no number is taken.
func (s *server) startRoutes(e *echo.Echo) {
	read(e, "/start", s.startPage)
	read(e, "/start/:file", s.startFile)
	e.POST("/start", s.postStart)
	e.POST("/start/entwurf.pdf", s.postStartDraft)
}

func (s *server) startPage(c echo.Context) error {
	return s.sendStart(c, http.StatusOK, start.New(), &start.Outcome{})
}

func (s *server) startFile(c echo.Context) error {
	media, b, ok := start.Asset(c.Param("file"))
	if !ok {
		return echo.ErrNotFound
	}
	return static(c, media, b)
}

// postStart answers a form with the page again: what is decided, what is missing, what went wrong.
func (s *server) postStart(c echo.Context) error {
	in, err := s.startInput(c)
	if err != nil {
		return s.startFault(c, in, &start.Outcome{}, err)
	}
	switch {
	case in.Action == start.Example:
		in.FillExample(s.Issuer.Today())
	case in.Wants():
		return s.checkStart(c, in)
	}
	return s.sendStart(c, http.StatusOK, in, &start.Outcome{})
}

func (s *server) checkStart(c echo.Context, in *start.Input) error {
	if in.Action == start.Adopt && in.Fill() {
		return s.sendStart(c, http.StatusOK, in, &start.Outcome{})
	}
	o, err := s.startCall(c, in, func(context.Context, documents.Call) error { return nil })
	if err != nil {
		return s.startFault(c, in, o, err)
	}
	return s.sendStart(c, http.StatusOK, in, o)
}

// postStartDraft shows one draft as a PDF, or, where there is none, the page that says why.
func (s *server) postStartDraft(c echo.Context) error {
	in, err := s.startInput(c)
	if err != nil {
		return s.startFault(c, in, &start.Outcome{}, err)
	}
	w := wish{draft: true, format: formatPDF}
	if err := w.choose(c.QueryParam("kind"), true); err != nil {
		return s.startFault(c, in, &start.Outcome{}, err)
	}
	var r *reply
	o, err := s.startCall(c, in, func(ctx context.Context, call documents.Call) (err error) {
		r, err = s.draft(ctx, w, call)
		return err
	})
	if err != nil {
		return s.startFault(c, in, o, err)
	}
	return r.send(c)
}

// startCall reads the engagement of a form and does something with it, all in one slot. The outcome says what is known
// also where there is an error.
func (s *server) startCall(c echo.Context, in *start.Input, do func(context.Context, documents.Call) error) (*start.Outcome, error) {
	o := &start.Outcome{Base: s.Base}
	ctx, cancel := s.soon(c)
	defer cancel()
	name, p, err := s.startProfile(ctx, c, in)
	if err != nil {
		o.KeyFault = errors.Is(err, tenant.ErrKey)
		return o, err
	}
	places := s.visits
	if name != "" {
		places = s.slots
	}
	giveBack, err := places.take(ctx)
	if err != nil {
		return o, err
	}
	defer giveBack()
	call := documents.Call{Tenant: name, Profile: p.Version}
	if call.Engagement, err = s.startDecode(in, p, o); err == nil {
		err = do(ctx, call)
	}
	return o, err
}

// startProfile is the tenant of a form's key and what is stored for it; without a key there is neither.
func (s *server) startProfile(ctx context.Context, c echo.Context, in *start.Input) (string, *tenant.Profile, error) {
	if in.Key == "" {
		return "", &tenant.Profile{}, nil
	}
	key, err := s.admit(c, in.Key, tenant.Full)
	if err != nil {
		return "", nil, err
	}
	p, err := s.Profiles.Latest(ctx, key.Tenant)
	return key.Tenant, p, err
}

// startDecode reads the engagement and decides about it; beside what is wrong, as far as the rest lets it.
func (s *server) startDecode(in *start.Input, p *tenant.Profile, o *start.Outcome) (*engagement.Valid, error) {
	o.Stored = p.Profile != nil && p.Contractor != nil
	body, doubts := in.Engagement(o.Stored)
	o.Body = body
	soFar := func(e *engagement.Engagement) engagement.Violations {
		d := decision.Decide(&engagement.Valid{Engagement: *e})
		if e.Pricing.Model == "" { // then nothing is known about an invoice
			d.Needs = slices.DeleteFunc(d.Needs, func(n decision.Need) bool { return n.Kind == decision.Invoice })
		}
		o.Decision = &d
		return nil
	}
	v, err := engagement.Decode(bytes.NewReader(body), p.Profile, s.Issuer.Today(), append(s.Rules[:len(s.Rules):len(s.Rules)], soFar)...)
	var found engagement.Violations
	if err != nil && !errors.As(err, &found) {
		return nil, err
	}
	if found = beside(found, doubts); len(found) > 0 {
		return nil, found
	}
	return v, nil
}

// beside are the violations and those of the form itself, which count for their fields: what is left out of the JSON is
// not missing.
func beside(found, doubts engagement.Violations) engagement.Violations {
	all := append(engagement.Violations{}, doubts...)
	for _, v := range found {
		asked := false
		for _, d := range doubts {
			asked = asked || d.Pointer == v.Pointer
		}
		if !asked {
			all = append(all, v)
		}
	}
	return all
}

// startFault is the page with what went wrong, in the words that the API has for it.
func (s *server) startFault(c echo.Context, in *start.Input, o *start.Outcome, err error) error {
	p := toProblem(err)
	if p.Status >= http.StatusInternalServerError {
		s.fault(c, "page failed", err)
	}
	if p.retry != "" {
		c.Response().Header().Set("Retry-After", p.retry)
	}
	var found engagement.Violations
	var syntax *engagement.SyntaxError
	switch {
	case errors.As(err, &found):
		o.Violations = found
	case errors.As(err, &syntax):
		o.Title, o.Problem = "Das JSON ist nicht lesbar", syntax.Detail
	case o.KeyFault:
		o.Title, o.Problem = "Der Schlüssel stimmt nicht", "Diesen API-Schlüssel gibt es nicht, oder er wurde widerrufen. Bitte prüfen Sie ihn, oder lassen Sie das Feld leer."
	default:
		o.Title, o.Problem = p.Title, p.Detail
		return s.sendStart(c, p.Status, in, o)
	}
	if strings.HasSuffix(c.Path(), ".pdf") { // there is no draft
		return s.sendStart(c, p.Status, in, o)
	}
	return s.sendStart(c, http.StatusOK, in, o) // what is wrong with an engagement is what was asked
}

func (s *server) sendStart(c echo.Context, status int, in *start.Input, o *start.Outcome) error {
	b, err := in.HTML(o)
	if err != nil {
		return err
	}
	r := newReply(status, echo.MIMETextHTMLCharsetUTF8, b)
	r.header.Set("Content-Security-Policy", start.Policy)
	return r.send(c)
}

// startInput reads the form of a request, and holds who shows no key to the rate of visitors. What was read is there also
// where there is an error, so that the page can show it again.
func (s *server) startInput(c echo.Context) (*start.Input, error) {
	sent, err := readForm(c.Request())
	if err != nil {
		return start.New(), err
	}
	in := start.Read(sent)
	if in.Key == "" && !s.visitors.allow(address(c)) {
		return in, errRate
	}
	return in, nil
}

// readForm reads a form of a browser, of either kind.
func readForm(r *http.Request) (url.Values, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || media != echo.MIMEApplicationForm && media != echo.MIMEMultipartForm {
		return nil, errFormType
	}
	b, err := readBytes(r, formLimit)
	if err != nil {
		return nil, err
	}
	if media == echo.MIMEApplicationForm {
		sent, err := url.ParseQuery(string(b))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errForm, err)
		}
		return sent, nil
	}
	form, err := multipart.NewReader(bytes.NewReader(b), params["boundary"]).ReadForm(formLimit.bytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errForm, err)
	}
	return url.Values(form.Value), form.RemoveAll()
}
