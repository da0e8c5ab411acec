package documents

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// Call is a request to issue, or to draft.
type Call struct {
	Tenant     string
	Engagement *engagement.Valid
	Key        string // Idempotency-Key: names the request for 24 hours; "" = none
	Profile    int    // version of the stored profile that Engagement was decoded with; 0 = none
	// KeyLife is how long Key names the request; 0 = the constant KeyLife. Tools that try again for longer need more.
	KeyLife time.Duration
}

// Result is the outcome of a call.
type Result struct {
	// Manifest is the engagement's as this call left it; while the call is still at work its status is running.
	Manifest *Manifest
	// Replayed says that the call gave what had been issued before.
	Replayed bool
}

// File is a finished document.
type File struct {
	Kind      string
	Name      string // readable: "Angebot-AN-2026-0007.pdf"
	MediaType string
	SHA256    string // hex
	Bytes     []byte
	Keep      time.Time // until when it is stored; zero: a draft, or one that was read
}

// maxTries bounds how often a call that lost a race looks again; every loss is another call's progress.
const maxTries = 20

// Issue issues the documents of an engagement, or returns what was issued for the same call before: same reference and
// body, or, without a reference, same request key (the body, when there is none) and body within 24 hours. What does not fit
// the calls before it is a *ConflictError or ErrKeyReused.
//
// It answers within about Options.Wait and before ctx's deadline: with a running manifest when its own claim is written and not yet
// finished, with ErrRunning when an equal call is still at work. Once the claim is written the work no longer depends on ctx; where it
// ends early all the same (a crash, storage that is gone), the next identical call finishes it with the same numbers,
// date and tokens.
func (is *Issuer) Issue(ctx context.Context, c Call) (*Result, error) {
	if !tenant.ValidName(c.Tenant) {
		return nil, fmt.Errorf("%w: %q", ErrTenant, c.Tenant)
	}
	wait := is.wait
	if end, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(end))
	}
	w := &work{Call: c, claimed: make(chan *ledger.Stream, 1)}
	begun, cancel := context.WithTimeout(ctx, wait) // until the claim; behind it nothing is cancelled
	done := make(chan outcome, 1)
	is.background.begin()
	go func() {
		defer is.background.end()
		defer cancel()
		r, err := is.guarded(begun, w)
		done <- outcome{r, err}
	}()
	late := time.NewTimer(wait)
	defer late.Stop()
	select {
	case o := <-done:
		return o.result, o.err
	case <-late.C:
	}
	select {
	case s := <-w.claimed:
		m, err := running(s, s.Pending())
		return &Result{Manifest: m}, err
	case o := <-done: // it gave up just now
		return o.result, o.err
	case <-time.After(grace):
		return nil, fmt.Errorf("issue: %w", ErrRunning)
	}
}

// grace is what a call that was told to give up needs to do so.
const grace = 500 * time.Millisecond

// outcome is what the goroutine of a call comes to.
type outcome struct {
	result *Result
	err    error
}

// work is a call under way.
type work struct {
	Call
	key     ledger.Key
	entry   int                 // of the key, still to be written; 0 = none
	claimed chan *ledger.Stream // gets the stream as it is once the claim is written
}

// guarded is the whole call; a panic is an error, so that one call's fault stays its own.
func (is *Issuer) guarded(ctx context.Context, w *work) (r *Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = nil, NewPanic(v)
		}
	}()
	w.key = ledger.RequestKey(w.Tenant, w.Key, w.Engagement.Canonical)
	for range maxTries {
		r, err := is.try(ctx, w)
		if !errors.Is(err, archive.ErrExists) && !errors.Is(err, errAgain) {
			return r, err
		}
	}
	return nil, fmt.Errorf("issue: %w: too many calls at once", archive.ErrUnknown)
}

// errAgain: the stream has moved on; look again.
var errAgain = errors.New("documents: look again")

// try does what the engagement's stream says is next. archive.ErrExists: another process was faster; look again.
func (is *Issuer) try(ctx context.Context, w *work) (*Result, error) {
	id, err := is.identify(ctx, w)
	if err != nil {
		return nil, err
	}
	unlock, err := is.calls.lock(ctx, w.Tenant+"/"+id)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("issue %s: %w", id, ErrRunning)
	}
	if err != nil {
		return nil, fmt.Errorf("issue %s: %w", id, err)
	}
	defer unlock()
	s, err := is.ledger.Load(ctx, w.Tenant, id)
	if err != nil {
		return nil, err
	}
	h, err := readHistory(s)
	if err != nil {
		return nil, err
	}
	if was := h.same(w.Engagement.Canonical); was != nil {
		return is.repeat(ctx, w, s, was)
	}
	if err := h.admit(w.Engagement); err != nil {
		return nil, err
	}
	if s.Pending() > 0 { // of a call that was cut off: this one builds on it
		if _, err := is.finish(context.WithoutCancel(ctx), s, true); err != nil {
			return nil, err
		}
		return nil, errAgain
	}
	if err := is.claim(ctx, w, s); err != nil {
		return nil, err
	}
	return is.carry(ctx, w, s, false)
}

// Replay is what Issue gave for the same call, or ErrNotFound when there was none or it is not finished. Of the engagement it
// asks Reference and Canonical only (engagement.Recall), so it also finds calls that would be refused today.
func (is *Issuer) Replay(ctx context.Context, c Call) (*Result, error) {
	w := &work{Call: c, key: ledger.RequestKey(c.Tenant, c.Key, c.Engagement.Canonical)}
	id, err := is.identify(ctx, w)
	if err != nil {
		return nil, err
	}
	s, err := is.ledger.Load(ctx, c.Tenant, id)
	if err != nil {
		return nil, err
	}
	h, err := readHistory(s)
	if err != nil {
		return nil, err
	}
	was := h.same(c.Engagement.Canonical)
	if was == nil || was.issued == 0 {
		return nil, ErrNotFound
	}
	m, err := manifestAt(s, was.issued)
	return &Result{Manifest: m, Replayed: true}, err
}

// repeat is a call that was made before: what it issued, or what a crash kept it from issuing.
func (is *Issuer) repeat(ctx context.Context, w *work, s *ledger.Stream, was *past) (*Result, error) {
	if err := is.openRequest(ctx, w, s.ID); err != nil {
		return nil, err
	}
	if was.issued == 0 {
		return is.carry(ctx, w, s, true)
	}
	m, err := manifestAt(s, was.issued)
	return &Result{Manifest: m, Replayed: true}, err
}

// carry tells the caller of the claim and finishes it, whatever becomes of the caller; again says that it was tried before.
func (is *Issuer) carry(ctx context.Context, w *work, s *ledger.Stream, again bool) (*Result, error) {
	claimed := *s
	claimed.Events = slices.Clip(s.Events) // what is appended from now on is not the caller's
	select {
	case w.claimed <- &claimed:
	default: // told before
	}
	return is.finish(context.WithoutCancel(ctx), s, again)
}

// claim fixes all inputs of the call.
func (is *Issuer) claim(ctx context.Context, w *work, s *ledger.Stream) error {
	before, err := standingBefore(s, len(s.Events)+1)
	if err != nil {
		return err
	}
	d := decision.Decide(w.Engagement)
	t, err := before.plan(w.Engagement, &d)
	if err != nil {
		return err
	}
	c := newClaim(&w.Call, &d, t)
	if err := is.number(ctx, s, before, c); err != nil {
		return err
	}
	for _, k := range t.Issues {
		if c.Secrets[k], err = is.secret(); err != nil {
			return err
		}
	}
	if err := is.openRequest(ctx, w, s.ID); err != nil {
		return err
	}
	s.Year = w.Engagement.Date.Year
	return is.ledger.Claim(ctx, s, is.moment(), c)
}

// number says where the numbers that the claim needs are looked for. The engagement's own is that of its first call.
func (is *Issuer) number(ctx context.Context, s *ledger.Stream, before *standing, c *claim) error {
	if len(before.history) == 0 {
		c.Numbers = append(c.Numbers, ledger.Want{Series: seriesEngagement, Year: c.Engagement.Date.Year})
	} else {
		first := before.history[0]
		numbers, err := is.ledger.Take(ctx, s.Tenant, ledger.Owner{ID: s.ID, Event: first.event}, first.claim.Numbers)
		if err != nil {
			return err
		}
		c.Engaged = first.claim.stamp(s, first.event, numbers).Engagement
	}
	for i, w := range c.Numbers {
		from, err := is.ledger.Lowest(ctx, s.Tenant, w)
		if err != nil {
			return err
		}
		c.Numbers[i].From = from
	}
	return nil
}

// Preview makes drafts: ENTWURF, no numbers, nothing stored. The same engagement and profile give the same bytes.
func (is *Issuer) Preview(ctx context.Context, c Call) (*Manifest, []File, error) {
	look, err := is.look(ctx, c.Tenant, c.Profile)
	if err != nil {
		return nil, nil, err
	}
	d := decision.Decide(c.Engagement)
	files, m, err := is.Render(c.Tenant, c.Engagement, &d, &Stamp{Draft: true, Look: look})
	if err != nil {
		return nil, nil, fmt.Errorf("preview: %w", err)
	}
	return m, files, nil
}

// moment is now, as precise as it is stored.
func (is *Issuer) moment() time.Time { return is.now().UTC().Truncate(time.Millisecond) }

// secret is 128 random bits, safe in a URL.
func (is *Issuer) secret() (string, error) {
	b := make([]byte, 16)
	is.mu.Lock()
	defer is.mu.Unlock()
	if _, err := io.ReadFull(is.random, b); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
