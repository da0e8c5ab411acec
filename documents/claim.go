package documents

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/ledger"
)

// The series of numbers: one for engagements, whose papers carry it, and one for invoices (§ 14 (4) Nr. 4 UStG).
const (
	seriesEngagement = "E"
	seriesInvoice    = "RE"
)

// claim is the body of a "claimed" event: all inputs of a call, so that it can always be finished.
type claim struct {
	Reference string           `json:"reference"`
	Stage     engagement.Stage `json:"stage"`
	Revision  int              `json:"revision"`
	// Canonical is the caller's JSON in canonical form, as text: embedded JSON would be escaped anew.
	Canonical  string                `json:"canonical"`
	Engagement engagement.Engagement `json:"engagement"`        // with profile, defaults and date
	Profile    int                   `json:"profile,omitempty"` // version of the stored profile that Engagement was decoded with
	Decision   storedDecision        `json:"decision"`
	Task       *task                 `json:"task,omitempty"` // nil in claims of early programs: all that applies is made
	// Engaged is the engagement's number when an earlier call took it, else it is among Numbers.
	Engaged Number                   `json:"engaged,omitzero"`
	Secrets map[decision.Kind]string `json:"secrets"` // of the document tokens
	Numbers []ledger.Want            `json:"numbers"`
}

// storedDecision keeps what the answer's JSON leaves out.
type storedDecision struct {
	Needs      []storedNeed      `json:"needs"`
	Required   bool              `json:"avv_required"`
	Precaution bool              `json:"avv_precaution"`
	Reason     string            `json:"avv_reason"`
	Notices    []decision.Notice `json:"notices"`
}

type storedNeed struct {
	decision.Need
	Precaution bool `json:"precaution"`
}

func newClaim(call *Call, d *decision.Decision, t *task) *claim {
	v := call.Engagement
	c := &claim{
		Reference: v.Reference, Stage: v.Stage, Revision: revision(v), Canonical: string(v.Canonical), Engagement: v.Engagement,
		Profile: call.Profile, Task: t,
		Decision: storedDecision{Required: d.AVVRequired, Precaution: d.AVVPrecaution, Reason: d.AVVReason, Notices: t.notices(d)},
		Secrets:  map[decision.Kind]string{},
		Numbers:  []ledger.Want{},
	}
	for _, n := range d.Needs {
		c.Decision.Needs = append(c.Decision.Needs, storedNeed{n, n.Precaution})
	}
	if slices.Contains(t.Issues, decision.Invoice) {
		c.Numbers = append(c.Numbers, ledger.Want{Series: seriesInvoice, Year: v.Date.Year})
	}
	return c
}

func revision(v *engagement.Valid) int {
	if v.Revision == nil {
		return 1
	}
	return *v.Revision
}

// readClaim is the claim that is event n of the stream.
func readClaim(s *ledger.Stream, n int) (*claim, error) {
	if n == 0 {
		return nil, fmt.Errorf("read claim of %s: there is none", s.ID)
	}
	var c claim
	if err := json.Unmarshal(s.Events[n-1].Body, &c); err != nil {
		return nil, fmt.Errorf("read claim of %s: %w", s.ID, err)
	}
	if !c.whole() {
		return nil, fmt.Errorf("read claim of %s: %w", s.ID, errNoClaim)
	}
	return &c, nil
}

// errNoClaim: the body of a "claimed" event is not one. Finished as it stands it would make nothing, for ever.
var errNoClaim = errors.New("documents: damaged claim")

// whole says that the claim has what every one has: a body, a decision, and a secret for each document.
func (c *claim) whole() bool {
	if c.Canonical == "" || len(c.Decision.Needs) == 0 {
		return false
	}
	return !slices.ContainsFunc(c.task().Issues, func(k decision.Kind) bool { return c.Secrets[k] == "" })
}

func (c *claim) valid() *engagement.Valid {
	return &engagement.Valid{Engagement: c.Engagement, Canonical: []byte(c.Canonical)}
}

func (c *claim) decision() *decision.Decision {
	d := &decision.Decision{
		AVVRequired: c.Decision.Required, AVVPrecaution: c.Decision.Precaution, AVVReason: c.Decision.Reason, Notices: c.Decision.Notices,
	}
	for _, n := range c.Decision.Needs {
		n.Need.Precaution = n.Precaution
		d.Needs = append(d.Needs, n.Need)
	}
	return d
}

// task is what the claim does; that of an early program makes all that applies.
func (c *claim) task() *task {
	if c.Task != nil {
		return c.Task
	}
	t := &task{}
	for _, n := range c.Decision.Needs {
		if n.Applies {
			t.Issues = append(t.Issues, n.Kind)
		}
	}
	return t
}

// stamp is what the claim adds to the engagement: its place in the stream, its moment, numbers and secrets.
func (c *claim) stamp(s *ledger.Stream, n int, numbers []int) *Stamp {
	st := &Stamp{ID: s.ID, Event: n, At: s.Events[0].At, Claimed: s.Events[n-1].At, Engagement: c.Engaged, Secrets: c.Secrets, Profile: c.Profile, task: c.task()}
	for i, w := range c.Numbers {
		switch w.Series {
		case seriesEngagement:
			st.Engagement = Number{w.Year, numbers[i]}
		case seriesInvoice:
			st.Invoice = Number{w.Year, numbers[i]}
		}
	}
	return st
}

// issued is the body of an "issued" event: the manifest, and the secrets that its JSON does not show.
type issued struct {
	Manifest *Manifest         `json:"manifest"`
	Tokens   map[string]string `json:"tokens"` // by document id
}

func newIssued(m *Manifest, at time.Time) *issued {
	b := &issued{Manifest: m, Tokens: map[string]string{}}
	for i := range m.Documents {
		d := &m.Documents[i]
		b.Tokens[d.ID] = d.Token
		if d.IssuedAt == "" {
			d.IssuedAt = timestamp(at)
		}
	}
	return b
}

func readIssued(e *ledger.Event) (*Manifest, error) {
	var b issued
	if err := json.Unmarshal(e.Body, &b); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if b.Manifest == nil {
		return nil, errors.New("read manifest: there is none")
	}
	for i := range b.Manifest.Documents {
		d := &b.Manifest.Documents[i]
		d.Token = b.Tokens[d.ID]
		d.keptBefore()
	}
	return b.Manifest, nil
}

// current is the manifest of an engagement as it stands, with its time line; while a call is at work it is running.
func current(s *ledger.Stream) (*Manifest, error) {
	if n := s.Pending(); n > 0 {
		return running(s, n)
	}
	return manifestAt(s, s.Last(ledger.Issued))
}

// manifestAt is the manifest that event n issued, with the time line up to it; claims are no news to anybody.
func manifestAt(s *ledger.Stream, n int) (*Manifest, error) {
	if n == 0 {
		return nil, fmt.Errorf("read manifest of %s: nothing is issued", s.ID)
	}
	m, err := readIssued(&s.Events[n-1])
	if err != nil {
		return nil, err
	}
	m.Events = timeline(s.Events[:n])
	return m, nil
}

func timeline(events []ledger.Event) []Event {
	line := []Event{}
	for _, e := range events {
		if e.Type != ledger.Claimed {
			line = append(line, Event{Type: e.Type, At: timestamp(e.At)})
		}
	}
	return line
}

// running is the manifest of a call that is at work: what was issued before it, and what it decided.
func running(s *ledger.Stream, n int) (*Manifest, error) {
	c, err := readClaim(s, n)
	if err != nil {
		return nil, err
	}
	before, err := standingBefore(s, n)
	if err != nil {
		return nil, err
	}
	m := newManifest(c.valid(), c.decision(), &Stamp{ID: s.ID, At: s.Events[0].At, former: before})
	m.Status = StatusRunning
	m.Events = timeline(s.Events[:n])
	return m, nil
}
