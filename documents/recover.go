package documents

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// Recover finishes all claims of at least the given age (by their moment, or since it first met them) that a crash left
// unfinished and returns how many. It does not stop at one that fails: the claim stays in the work list, its numbers stay its
// own. A claim that another process is just working on may be finished by both; one of them appends "issued".
func (is *Issuer) Recover(ctx context.Context, age time.Duration) (finished int, err error) {
	open, err := is.ledger.Unfinished(ctx)
	if err != nil {
		return 0, err
	}
	is.met.meet(open, is.now())
	var count atomic.Int64
	err = archive.Each(maxRecovers, open, func(o archive.Open) error {
		done, err := is.resumed(ctx, o, age)
		if done {
			count.Add(1)
		}
		if err != nil {
			is.log.Error("claim not finished", "tenant", o.Tenant, "id", o.ID, "event", o.Event, "error", err)
			return fmt.Errorf("recover %s of %s: %w", o.ID, o.Tenant, err)
		}
		return nil
	})
	return int(count.Load()), err
}

// maxRecovers bounds how many claims are finished at once: after a crash of a busy service all of them are waited for.
const maxRecovers = 8

// resumed is resume where a panic is an error: one damaged claim must not end the program, each time that it is found.
func (is *Issuer) resumed(ctx context.Context, o archive.Open, age time.Duration) (done bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			done, err = false, NewPanic(v)
		}
	}()
	return is.resume(ctx, o, age)
}

// orphanDays is when an entry without a claim is given up: the crash came before the claim was written.
const orphanDays = 2

// resume finishes one entry of the work list. A young entry without a claim stays: a call may be about to write it.
func (is *Issuer) resume(ctx context.Context, o archive.Open, age time.Duration) (done bool, err error) {
	unlock, err := is.turn(ctx, o, age)
	if unlock == nil {
		return false, err
	}
	defer unlock()
	s, err := is.ledger.Load(ctx, o.Tenant, o.ID)
	if err != nil {
		return false, err
	}
	if len(s.Events) < o.Event && o.Day >= is.now().UTC().AddDate(0, 0, -orphanDays).Format(time.DateOnly) {
		return false, nil
	}
	if s.Pending() != o.Event {
		return false, is.tidy(ctx, s, o)
	}
	if now := is.now(); now.Sub(s.Events[o.Event-1].At) < age && now.Sub(is.met.since(o)) < age {
		return false, nil // its call may be at work
	}
	_, err = is.finish(context.WithoutCancel(ctx), s, true)
	if errors.Is(err, archive.ErrExists) {
		return false, nil // finished by another process
	}
	return err == nil, err
}

// turn is the engagement's turn in this process. A sweep for what was left does not wait for a call that is at work: it would keep
// it from the claims of others. Without a turn unlock is nil.
func (is *Issuer) turn(ctx context.Context, o archive.Open, age time.Duration) (unlock func(), err error) {
	name := o.Tenant + "/" + o.ID
	if age == 0 {
		return is.calls.lock(ctx, name)
	}
	unlock, _ = is.calls.try(name)
	return unlock, nil
}

// encounters are when this process first met the entries of the work list: a claim whose process has a clock that is ahead
// would otherwise stay young for as long as that. The zero value is ready.
type encounters struct {
	mu    sync.Mutex
	first map[archive.Open]time.Time
}

// meet notes the entries that are new, and forgets those that are gone.
func (e *encounters) meet(open []archive.Open, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	first := make(map[archive.Open]time.Time, len(open))
	for _, o := range open {
		first[o] = now
		if before, ok := e.first[o]; ok {
			first[o] = before
		}
	}
	e.first = first
}

func (e *encounters) since(o archive.Open) time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.first[o]
}

// issuedAfter is the first "issued" event behind event n.
func (is *Issuer) issuedAfter(ctx context.Context, name, id string, n int) (*ledger.Event, error) {
	for {
		n++
		e, err := is.ledger.Event(ctx, name, id, n)
		if err != nil || e.Type == ledger.Issued {
			return e, err
		}
	}
}
