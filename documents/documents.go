// Package documents is the issuer: one engagement in, its finished documents out, issued once and for ever.
//
// It is the only place with effects (clock, randomness, order of writes); everything below it is a pure function of
// plain data or a store. Write order is the transaction: claim → numbers → files → issued. The claim holds all inputs, so
// whoever finds an unfinished one can finish it: the next identical call, or Recover, at the start of a service and in its sweeps.
package documents

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
	"auftragsmappe/documents/texts"
)

// Errors of the issuer. Trouble with storage comes as errors that wrap those of package archive.
var (
	// ErrNotFound: no such document, whatever the reason: a token that is malformed, unknown, or of another tenant.
	ErrNotFound = errors.New("documents: not found")
	// ErrTenant: the tenant's name is not one.
	ErrTenant = errors.New("documents: no tenant")
	// ErrCursor: the cursor of a list is not one that a page gave.
	ErrCursor = errors.New("documents: no cursor")
	// ErrKeyReused: the Idempotency-Key was used within 24 hours for another body (code idempotency_key_reused).
	ErrKeyReused = errors.New("documents: request key used for another body")
	// ErrRunning: an equal call is still running; it can be repeated in a moment.
	ErrRunning = errors.New("documents: an equal call is running")
	// ErrDamaged: a stored file is not the one that was issued.
	ErrDamaged = errors.New("documents: stored file is damaged")
)

// Options are what an issuer needs.
type Options struct {
	Records archive.Store // events and numbers: must keep create-if-absent
	Files   archive.Store // content-addressed; nil = Records
	// Profiles are the tenants' stored profiles; nil = those in Records, with a memory of their own.
	Profiles *tenant.Profiles
	Keep     Keep             // nil = as long as the law asks
	Now      func() time.Time // nil = time.Now
	Random   io.Reader        // nil = crypto/rand.Reader
	Style    layout.Style     // over that of the tenant's profile
	Logo     *content.Image   // likewise
	Wait     time.Duration    // how long a call waits before it answers that it is running; 0 = 8 seconds
	Log      *slog.Logger     // nil = silent; no personal data is logged
}

// Issuer issues documents. It is safe for concurrent use, also by several processes on the same stores.
type Issuer struct {
	ledger   *ledger.Ledger
	files    archive.Store
	texts    *texts.Library
	profiles *tenant.Profiles
	wanted   Look
	keep     Keep
	log      *slog.Logger
	now      func() time.Time
	wait     time.Duration
	calls    locks         // one call per engagement at a time
	gate     chan struct{} // bounds documents in the making: more than processors make none faster

	background tally      // calls at work, also those whose caller was told so
	met        encounters // of the work list

	mu     sync.Mutex // guards random
	random io.Reader
}

// New loads the texts; it fails when they are wrong or there are no Records.
func New(o Options) (*Issuer, error) {
	if o.Records == nil {
		return nil, errors.New("documents: no records")
	}
	lib, err := texts.Load()
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	is := &Issuer{
		ledger: ledger.New(o.Records), files: o.Files, texts: lib, wanted: Look{Logo: o.Logo, Style: o.Style}, keep: o.Keep, log: o.Log,
		now: o.Now, wait: o.Wait, random: o.Random, gate: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	if is.profiles = o.Profiles; is.profiles == nil {
		is.profiles = tenant.NewProfiles(o.Records)
		is.profiles.Keep = o.Keep.Longest()
	}
	is.ledger.Keep = o.Keep.Longest()
	if is.files == nil {
		is.files = o.Records
	}
	if is.now == nil {
		is.now = time.Now
	}
	if is.random == nil {
		is.random = rand.Reader
	}
	if is.wait <= 0 {
		is.wait = defaultWait
	}
	if is.log == nil {
		is.log = slog.New(slog.DiscardHandler)
	}
	return is, nil
}

// defaultWait is what no-code tools bear: their steps give up after 10 to 40 seconds.
const defaultWait = 8 * time.Second

// Drain waits until the calls at work are finished, or until ctx ends.
func (is *Issuer) Drain(ctx context.Context) error {
	if err := is.background.wait(ctx); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}

// Today is the date in Germany: the document date of an engagement that gives none.
func Today(now time.Time) date.Date { return date.Of(now.In(date.Germany())) }

// Today is the date in Germany by the issuer's clock.
func (is *Issuer) Today() date.Date { return Today(is.now()) }
