package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
)

// The types of events.
const (
	Claimed = "claimed" // fixes all inputs of a call; its body leads to its numbers and files
	Issued  = "issued"  // makes the documents of the claim before it visible
)

// Version is the "v" of everything that is stored here; a record with another one is not read.
const Version = 1

// ErrVersion says that a record was written by a newer program.
var ErrVersion = errors.New("ledger: unknown version of a record")

// Event is one event of an engagement's stream; it is never changed.
type Event struct {
	V    int             `json:"v"`
	Type string          `json:"type"`
	At   time.Time       `json:"at"`
	Body json.RawMessage `json:"body"`
}

// Stream is all events of an engagement that were there when it was loaded: Events[0] is number 1.
type Stream struct {
	Tenant, ID string
	Events     []Event
	Year       int // of the documents of a claim that is about to be appended, or to be issued: events are kept as long as they are
}

// Pending is the number of the claim that has not been issued; 0 when there is none.
func (s *Stream) Pending() int {
	for n := len(s.Events); n > 0; n-- {
		switch s.Events[n-1].Type {
		case Issued:
			return 0
		case Claimed:
			return n
		}
	}
	return 0
}

// Last is the number of the last event of a type; 0 when there is none.
func (s *Stream) Last(kind string) int {
	for n := len(s.Events); n > 0; n-- {
		if s.Events[n-1].Type == kind {
			return n
		}
	}
	return 0
}

// Moment is when the next event of the stream happens by a clock that says at: never before the one that it follows, whose
// process may have a clock that is ahead.
func (s *Stream) Moment(at time.Time) time.Time {
	if n := len(s.Events); n > 0 && at.Before(s.Events[n-1].At) {
		return s.Events[n-1].At
	}
	return at
}

// Ledger keeps streams and numbers in Records. It is safe for concurrent use, also by several processes.
type Ledger struct {
	// Keep is for how many years events, numbers and seals are kept; set before use.
	Keep archive.Years

	records archive.Store

	known    known
	mu       sync.Mutex
	counters map[string]*counter // by tenant; of those with a call under way
}

// New is the ledger over a store that keeps create-if-absent.
func New(records archive.Store) *Ledger {
	return &Ledger{records: records, known: newKnown(), counters: map[string]*counter{}}
}

// ID is the engagement that a reference names: computed, so that a double issue collides by construction and a lookup
// costs no index.
func ID(tenant, reference string) string {
	return hashID("reference\x00" + tenant + "\x00" + reference)
}

func hashID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:idLength])
}

const idLength = 20 // 100 bits

// IsID says whether s looks like what ID returns.
func IsID(s string) bool {
	return len(s) == idLength && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// Load reads a stream; it has no events when nothing was ever written.
func (l *Ledger) Load(ctx context.Context, tenant, id string) (*Stream, error) {
	s := &Stream{Tenant: tenant, ID: id}
	for {
		e, err := l.Event(ctx, tenant, id, len(s.Events)+1)
		if errors.Is(err, archive.ErrNotFound) {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		s.Events = append(s.Events, *e)
	}
}

// Event reads event n (1, 2, …), or returns archive.ErrNotFound.
func (l *Ledger) Event(ctx context.Context, tenant, id string, n int) (*Event, error) {
	b, err := l.records.Get(ctx, archive.EventKey(tenant, id, n))
	if err != nil {
		return nil, fmt.Errorf("read event %d of %s: %w", n, id, err)
	}
	var e Event
	if err := json.Unmarshal(b, &e); err != nil {
		return nil, fmt.Errorf("read event %d of %s: %w", n, id, err)
	}
	if e.V != Version {
		return nil, fmt.Errorf("%w: event %d of %s has v %d", ErrVersion, n, id, e.V)
	}
	if e.Type == "" {
		return nil, fmt.Errorf("read event %d of %s: it has no type", n, id)
	}
	return &e, nil
}

// Claim appends a claim and its entry in the work list. archive.ErrExists: another call was first; load again.
func (l *Ledger) Claim(ctx context.Context, s *Stream, at time.Time, body any) error {
	at = s.Moment(at)
	e, err := newEvent(Claimed, at, body)
	if err != nil {
		return err
	}
	entry := archive.Object{Key: entryKey(s, len(s.Events)+1, at), Bytes: Marker()}
	return l.append(ctx, s, e, entry)
}

// Issue appends "issued" for the pending claim, so that its documents become visible. Strike the claim off the work list once
// nothing is left to be done for it. archive.ErrExists: another call has finished the claim; load again.
func (l *Ledger) Issue(ctx context.Context, s *Stream, at time.Time, body any) error {
	if s.Pending() == 0 {
		return fmt.Errorf("issue %s: there is no claim", s.ID)
	}
	e, err := newEvent(Issued, s.Moment(at), body)
	if err != nil {
		return err
	}
	entry := archive.Object{Key: archive.RecentKey(s.Tenant, s.ID, s.Events[0].At), Bytes: Marker()}
	return l.append(ctx, s, e, entry)
}

func newEvent(kind string, at time.Time, body any) (Event, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return Event{}, fmt.Errorf("write %s: %w", kind, err)
	}
	return Event{V: Version, Type: kind, At: at, Body: b}, nil
}

// append writes an entry of a list and then the event behind the last one of the stream: the list never lacks an
// event, and an entry without its event means nothing.
func (l *Ledger) append(ctx context.Context, s *Stream, e Event, entry archive.Object) error {
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("append %s to %s: %w", e.Type, s.ID, err)
	}
	key := archive.EventKey(s.Tenant, s.ID, len(s.Events)+1)
	if err := l.records.Put(ctx, entry, archive.Object{Key: key, Bytes: b, IfAbsent: true, Keep: l.until(e.At, s.Year)}); err != nil {
		return fmt.Errorf("append %s to %s: %w", e.Type, s.ID, err)
	}
	s.Events = append(s.Events, e)
	return nil
}

// until is until when a record of a moment is kept that is about documents of a year.
func (l *Ledger) until(at time.Time, year int) time.Time {
	return l.Keep.Until(max(year, at.In(date.Germany()).Year()))
}

// Strike removes a claim from the work list.
func (l *Ledger) Strike(ctx context.Context, s *Stream, claim int) error {
	return l.StrikeEntry(ctx, openEntry(s, claim, s.Events[claim-1].At))
}

// StrikeEntry removes an entry from the work list.
func (l *Ledger) StrikeEntry(ctx context.Context, o archive.Open) error {
	if err := l.records.Delete(ctx, o.Key()); err != nil {
		return fmt.Errorf("strike off: %w", err)
	}
	return nil
}

func openEntry(s *Stream, claim int, at time.Time) archive.Open {
	return archive.Open{Day: at.UTC().Format(time.DateOnly), Tenant: s.Tenant, ID: s.ID, Event: claim, What: Claimed}
}

func entryKey(s *Stream, claim int, at time.Time) string { return openEntry(s, claim, at).Key() }

// Marker is the body of entries that say all in their key.
func Marker() []byte { return []byte(`{"v":1}`) }
