package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// tenant copies what belongs to one tenant.
type tenant struct {
	*copier
	name    string
	ledger  *ledger.Ledger     // of the source
	last    map[string]int     // events of each engagement that are in the copy
	streams map[string]*stream // engagements with events that this run has copied
	issued  bool               // an issued event was copied after numbers were listed
	tail    map[string]string  // by series and year: the highest number that both sides have
	ahead   map[string]string  // by series and year: a number that only the destination has
}

// stream is what is known of an engagement that has new events.
type stream struct {
	claimed, issued int // numbers of the last events of the type, of the new ones; 0 = none
	at              time.Time
}

func newTenant(c *copier, name string) *tenant {
	return &tenant{
		copier: c, name: name, ledger: ledger.New(c.from.Records), last: map[string]int{}, streams: map[string]*stream{},
		tail: map[string]string{}, ahead: map[string]string{},
	}
}

// copy keeps the order that the package's comment gives reasons for.
func (t *tenant) copy(ctx context.Context) error {
	for _, part := range []func(context.Context) error{t.seals, t.events, t.allNumbers, t.tails, t.documents, t.rest, t.open} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("copy %s: %w", t.name, err)
		}
	}
	return nil
}

func (t *tenant) seals(ctx context.Context) error {
	return t.mirror(ctx, t.records(), archive.SealPrefix(t.name))
}

func (t *tenant) events(ctx context.Context) error {
	b := t.batch(t.records(), t.seen)
	err := t.records().both(ctx, archive.EventPrefix(t.name), nil, func(key string, at sides) error {
		if _, id, n, ok := archive.ParseEvent(key); ok && at.source {
			t.last[id] = max(t.last[id], n)
		}
		if at.destination && t.resumed { // the run that copied it may not have made its entry of the work list
			if err := t.look(ctx, key); err != nil {
				return err
			}
		}
		return t.visit(ctx, b, key, at)
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// seen notes what a copied event says of its engagement. One that cannot be read is for the audit to tell.
func (t *tenant) seen(key string, b []byte) {
	_, id, n, ok := archive.ParseEvent(key)
	var e ledger.Event
	if !ok || json.Unmarshal(b, &e) != nil {
		return
	}
	s := t.streams[id]
	if s == nil {
		s = &stream{}
		t.streams[id] = s
	}
	switch {
	case e.Type == ledger.Claimed && n > s.claimed:
		s.claimed, s.at = n, e.At
	case e.Type == ledger.Issued:
		s.issued, t.issued = max(s.issued, n), true
	}
}

func (t *tenant) look(ctx context.Context, key string) error {
	b, err := t.to.Records.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("read %s in the destination: %w", key, err)
	}
	t.seen(key, b)
	if t.Keep != nil {
		t.Keep(key, b) // the files that it names may be still to come
	}
	return nil
}

// allNumbers copies numbers until all issued events have theirs.
func (t *tenant) allNumbers(ctx context.Context) error {
	for t.issued = true; t.issued; {
		t.issued = false
		if err := t.numbers(ctx); err != nil {
			return err
		}
	}
	return nil
}

// numbers copies the numbers, and then the events that they lead to.
func (t *tenant) numbers(ctx context.Context) error {
	wanted := map[string]int{} // by engagement: the event that a number points to
	b := t.batch(t.records(), func(key string, b []byte) { t.owner(wanted, key, b) })
	err := t.records().both(ctx, archive.NumberPrefix(t.name), nil, func(key string, at sides) error {
		series := archive.RowOf(key)
		switch {
		case !at.source:
			t.ahead[series] = key
		case at.destination:
			t.tail[series] = key
		}
		return t.visit(ctx, b, key, at)
	})
	if err == nil {
		err = b.flush(ctx)
	}
	if err != nil {
		return err
	}
	return t.pull(ctx, wanted)
}

// owner notes the claim that a number points to, where the copy does not have it.
func (t *tenant) owner(wanted map[string]int, key string, b []byte) {
	o, err := ledger.ParseOwner(b)
	if err != nil {
		t.problem(key, NumberInvalid, "Diese Nummer lässt sich nicht lesen.")
		return
	}
	if o.Event > t.last[o.ID] {
		wanted[o.ID] = max(wanted[o.ID], o.Event)
	}
}

// pull copies events that came after events were listed.
func (t *tenant) pull(ctx context.Context, wanted map[string]int) error {
	b := t.batch(t.records(), t.seen)
	for id, event := range wanted {
		for n := t.last[id] + 1; n <= event; n++ {
			if err := b.add(ctx, archive.EventKey(t.name, id, n)); err != nil {
				return err
			}
		}
		t.last[id] = event
	}
	return b.flush(ctx)
}

// tails looks whether the store is the one that was backed up before: not one that was set back and has given the same numbers
// to others since.
func (t *tenant) tails(ctx context.Context) error {
	for series, key := range t.tail {
		if err := t.same(ctx, t.records(), key); err != nil {
			return err
		}
		b, err := t.to.Records.Get(ctx, key)
		if err != nil {
			return fmt.Errorf("read %s in the destination: %w", key, err)
		}
		o, err := ledger.ParseOwner(b)
		if err != nil {
			continue // told already
		}
		err = t.same(ctx, t.records(), archive.EventKey(t.name, o.ID, o.Event))
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return err
		}
		if ahead := t.ahead[series]; ahead > key {
			return fmt.Errorf("%w: %s", ErrAhead, ahead)
		}
	}
	return nil
}

func (t *tenant) documents(ctx context.Context) error {
	return t.mirror(ctx, t.files(), archive.FilesPrefix(t.name))
}

// rest copies everything else of the tenant. What the recent list no longer has goes: its entries may be moved.
func (t *tenant) rest(ctx context.Context) error {
	recent := archive.RecentPrefix(t.name)
	err := t.mirror(ctx, t.records(), archive.EverythingOf(t.name), archive.EventPrefix(t.name), archive.NumberPrefix(t.name),
		archive.SealPrefix(t.name), archive.FilesPrefix(t.name), recent)
	if err != nil {
		return err
	}
	b := t.batch(t.records(), nil)
	err = t.records().both(ctx, recent, nil, func(key string, at sides) error {
		if !at.source {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.stale = append(t.stale, key)
			return nil
		}
		return t.visit(ctx, b, key, at)
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// open makes an entry of the work list for every claim that the copy has and that is not issued in it.
func (t *tenant) open(ctx context.Context) error {
	var entries []archive.Object
	var keys []string
	for id, s := range t.streams {
		if s.claimed <= s.issued {
			continue
		}
		o := archive.Open{Day: s.at.UTC().Format(time.DateOnly), Tenant: t.name, ID: id, Event: s.claimed, What: ledger.Claimed}
		entries = append(entries, archive.Object{Key: o.Key(), Bytes: ledger.Marker()})
		keys = append(keys, o.Key())
	}
	if len(entries) == 0 {
		return nil
	}
	t.count(func(r *Result) { r.Pending += len(entries) })
	if err := t.announce(ctx, keys); err != nil {
		return err
	}
	return t.put(ctx, t.to.Records, entries)
}

// work copies what the work list has besides claims, and notes the entries of claims that are issued by now.
func (c *copier) work(ctx context.Context) error {
	copied := ledger.New(c.to.Records)
	b := c.batch(c.records(), nil)
	err := c.records().both(ctx, archive.OpenPrefix, nil, func(key string, at sides) error {
		o, ok := archive.ParseOpen(key)
		if !ok || o.What != ledger.Claimed {
			return c.visit(ctx, b, key, at)
		}
		if !at.destination {
			return nil
		}
		s, err := copied.Load(ctx, o.Tenant, o.ID)
		if err != nil || s.Pending() == o.Event {
			return err
		}
		c.stale = append(c.stale, key)
		return nil
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}
