package documents

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
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
}

// Result is the outcome of a call.
type Result struct {
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
}

// maxTries bounds how often a call that lost a race looks again; every loss is another call's progress.
const maxTries = 20

// Issue issues the documents of an engagement, or returns those that were issued for the same call before: same
// reference (without one: same body) and same body. The same reference with another body is a *ConflictError.
//
// Once the claim is written the work no longer depends on ctx; where it ends early all the same (a crash, storage
// that is gone), the next identical call finishes it with the same numbers, date and tokens.
func (is *Issuer) Issue(ctx context.Context, c Call) (*Result, error) {
	name, v := c.Tenant, c.Engagement
	if !tenant.ValidName(name) {
		return nil, fmt.Errorf("%w: %q", ErrTenant, name)
	}
	id := ledger.ID(name, v.Reference)
	if v.Reference == "" {
		id = ledger.RequestKey(name, c.Key, v.Canonical).ID(1)
	}
	unlock, err := is.calls.lock(ctx, name+"/"+id)
	if err != nil {
		return nil, fmt.Errorf("issue %s: %w", id, err)
	}
	defer unlock()
	for range maxTries {
		r, err := is.try(ctx, name, id, v)
		if !errors.Is(err, archive.ErrExists) {
			return r, err
		}
	}
	return nil, fmt.Errorf("issue %s: %w: too many calls at once", id, archive.ErrUnknown)
}

// try does what the stream says is next. archive.ErrExists: another process was faster; look again.
func (is *Issuer) try(ctx context.Context, name, id string, v *engagement.Valid) (*Result, error) {
	s, err := is.ledger.Load(ctx, name, id)
	if err != nil {
		return nil, err
	}
	if len(s.Events) > 0 {
		if err := unchanged(s, v); err != nil {
			return nil, err
		}
	}
	if s.Last(ledger.Issued) > 0 && s.Pending() == 0 {
		m, err := manifestOf(s)
		return &Result{Manifest: m, Replayed: true}, err
	}
	if s.Pending() == 0 {
		if err := is.claim(ctx, s, v); err != nil {
			return nil, err
		}
	}
	return is.finish(context.WithoutCancel(ctx), s)
}

// unchanged compares the call with the last one of the stream, as the caller wrote them.
func unchanged(s *ledger.Stream, v *engagement.Valid) error {
	c, err := readClaim(s, s.Last(ledger.Claimed))
	if err != nil {
		return err
	}
	if c.Canonical == string(v.Canonical) {
		return nil
	}
	return &ConflictError{Pointers: differences([]byte(c.Canonical), v.Canonical)}
}

// claim fixes all inputs of the call.
func (is *Issuer) claim(ctx context.Context, s *ledger.Stream, v *engagement.Valid) error {
	d := decision.Decide(v)
	c := newClaim(v, &d)
	for i, w := range c.Numbers {
		from, err := is.ledger.Lowest(ctx, s.Tenant, w)
		if err != nil {
			return err
		}
		c.Numbers[i].From = from
	}
	for _, need := range d.Needs {
		if need.Applies {
			secret, err := is.secret()
			if err != nil {
				return err
			}
			c.Secrets[need.Kind] = secret
		}
	}
	return is.ledger.Claim(ctx, s, is.moment(), c)
}

// finish carries the stream's pending claim through: numbers, files, issued. It renders all files anew from the claim,
// whoever made it: there is one path for the first try and for recovery, and content-addressed files never clash.
func (is *Issuer) finish(ctx context.Context, s *ledger.Stream) (*Result, error) {
	n := s.Pending()
	c, err := readClaim(s, n)
	if err != nil {
		return nil, err
	}
	numbers, err := is.ledger.Take(ctx, s.Tenant, ledger.Owner{ID: s.ID, Event: n}, c.Numbers)
	if err != nil {
		return nil, err
	}
	stamp := c.stamp(s, n, numbers)
	files, m, err := is.Render(s.Tenant, c.valid(), c.decision(), stamp)
	if err != nil {
		return nil, fmt.Errorf("issue %s: %w", s.ID, err)
	}
	if err := is.files.Put(ctx, objects(s.Tenant, s.ID, files)...); err != nil {
		return nil, fmt.Errorf("issue %s: put files: %w", s.ID, err)
	}
	at := is.moment()
	if err := is.ledger.Issue(ctx, s, at, newIssued(m, at)); err != nil {
		return nil, err
	}
	is.log.Info("issued", "tenant", s.Tenant, "id", s.ID, "event", n, "documents", len(files))
	m, err = manifestOf(s)
	return &Result{Manifest: m}, err
}

func objects(name, id string, files []File) []archive.Object {
	all := make([]archive.Object, len(files))
	for i, f := range files {
		all[i] = archive.Object{Key: archive.FileKey(name, id, f.SHA256, f.Kind+".pdf"), Bytes: f.Bytes}
	}
	return all
}

// Preview makes drafts: ENTWURF, no numbers, nothing stored. The same engagement gives the same bytes.
func (is *Issuer) Preview(_ context.Context, c Call) (*Manifest, []File, error) {
	d := decision.Decide(c.Engagement)
	files, m, err := is.Render(c.Tenant, c.Engagement, &d, &Stamp{Draft: true})
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
