package api

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/api/door"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// delivery is what a form or a no-code tool has sent to a hook, and what became of it.
type delivery struct {
	tenant  string
	input   door.Input
	draft   bool
	key     string // Idempotency-Key, "" none
	report  *door.Report
	profile *tenant.Profile
	found   engagement.Violations // of the engagement that was understood
}

// tallyTime is within what Tally is promised (5 s; it gives up after 10): issuing may take half a second longer.
const tallyTime = 4 * time.Second

// toolKeyLife is how long a tool's own id names its delivery. Tally tries again for 31 hours and a half.
const toolKeyLife = 48 * time.Hour

// toolKey is before a tool's own id: no Idempotency-Key of a caller can look like that.
const toolKey = "tool\x00"

// postHook takes what any form or no-code tool sends.
func (s *server) postHook(c echo.Context) error {
	return s.receive(c, &delivery{}, false)
}

// postTally takes what Tally sends: signed, and answered soon.
func (s *server) postTally(c echo.Context) error {
	return s.receive(c, &delivery{}, true)
}

// receive answers in one shape, whether something was issued, drafted, is still to be asked for or stands in the way.
func (s *server) receive(c echo.Context, d *delivery, tally bool) error {
	r, err := s.process(c, d, tally)
	if err != nil {
		r, err = d.refusal(c, err)
	}
	if err != nil {
		return err
	}
	return r.send(c)
}

func (s *server) process(c echo.Context, d *delivery, tally bool) (*reply, error) {
	r := c.Request()
	if !isPlain(r.Header) {
		return nil, errCompressed
	}
	body, err := readBytes(r, engagementLimit)
	if err != nil {
		return nil, err
	}
	if err := checkSignature(c, body, tally); err != nil {
		return nil, err
	}
	q, err := query(c, "dry_run", "key")
	if err != nil {
		return nil, err
	}
	if d.draft, err = choose(q, "dry_run", yesOrNo); err != nil {
		return nil, err
	}
	if d.key, err = requestKey(r.Header); err != nil {
		return nil, err
	}
	d.tenant, d.input = tenantOf(c), door.Input{Body: body, ContentType: r.Header.Get(echo.HeaderContentType)}
	patience := s.Patience
	if tally {
		patience = min(patience, tallyTime)
	}
	ctx, end, err := s.beginWithin(c, patience)
	if err != nil {
		return nil, err
	}
	defer end()
	return s.deliver(ctx, d)
}

// deliver is all that needs memory, as make is for engagements.
func (s *server) deliver(ctx context.Context, d *delivery) (*reply, error) {
	v, err := s.understand(ctx, d)
	switch {
	case err != nil:
		return nil, err
	case v == nil:
		return s.redeliver(ctx, d)
	case d.draft:
		m, _, err := s.Issuer.Preview(ctx, documents.Call{Tenant: d.tenant, Engagement: v, Profile: d.profile.Version})
		if err != nil {
			return nil, err
		}
		return jsonReply(http.StatusOK, d.reported(m.WithURLs(s.Base)))
	}
	result, err := s.Issuer.Issue(ctx, d.call(v))
	if err != nil {
		return nil, err
	}
	return s.delivered(d, result)
}

// understand reads the delivery; nil when something is still to be asked for.
func (s *server) understand(ctx context.Context, d *delivery) (v *engagement.Valid, err error) {
	if d.profile, err = s.Profiles.Latest(ctx, d.tenant); err != nil {
		return nil, err
	}
	if d.report, err = door.Read(d.input, d.profile.Profile); err != nil {
		return nil, err
	}
	v, err = engagement.Decode(bytes.NewReader(d.report.Engagement), d.profile.Profile, s.Issuer.Today(), s.Rules...)
	if err != nil && !errors.As(err, &d.found) {
		return nil, err
	}
	d.report.Add(d.found)
	if len(d.found) > 0 || len(d.report.Missing) > 0 {
		return nil, nil
	}
	return v, nil
}

// call is the request to issue. What names it is, in this order: the caller's reference or Idempotency-Key, the tool's own
// id, what was understood. Of a tool's id the understanding is compared, not the bytes: tools send a retry with another time.
func (d *delivery) call(v *engagement.Valid) documents.Call {
	c := documents.Call{Tenant: d.tenant, Engagement: v, Key: d.key, Profile: d.profile.Version}
	if d.byTool(v) {
		c.Key, c.KeyLife = toolKey+d.report.Key, toolKeyLife
	}
	return c
}

// byTool says that the tool's own id names the delivery.
func (d *delivery) byTool(v *engagement.Valid) bool {
	return d.key == "" && v.Reference == "" && d.report.Key != ""
}

// redeliver repeats a delivery that was answered before, though today's profile or rules leave something to ask for; every
// other one is asked about.
func (s *server) redeliver(ctx context.Context, d *delivery) (*reply, error) {
	v, err := engagement.Recall(bytes.NewReader(d.report.Engagement))
	if err != nil || d.draft {
		return nil, errIncomplete
	}
	result, err := s.Issuer.Replay(ctx, d.call(v))
	switch {
	case errors.Is(err, archive.ErrStorage):
		return nil, err
	case err != nil:
		return nil, errIncomplete
	}
	d.report.Missing = []door.Question{}
	return s.delivered(d, result)
}

// delivered is the answer to a delivery that issued something, or found what was issued.
func (s *server) delivered(d *delivery, result *documents.Result) (*reply, error) {
	status := http.StatusCreated
	if result.Manifest.Status == documents.StatusRunning {
		status = http.StatusAccepted
	}
	r, err := jsonReply(status, d.reported(result.Manifest.WithURLs(s.Base)))
	if err != nil {
		return nil, err
	}
	s.mark(r, result)
	return r, nil
}
