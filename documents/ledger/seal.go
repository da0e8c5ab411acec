package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"auftragsmappe/documents/archive"
)

// Seal proves what a tenant's events were on a day: it holds the hash of every event that no earlier seal has, and the hash of
// the seal before. Whoever changes or removes an event afterwards would have to change every seal since, also the copies that
// others keep (§ 146 (4) AO: nothing may be changed so that it can no longer be seen).
type Seal struct {
	V        int       `json:"v"`
	Day      string    `json:"day"` // ISO date
	At       time.Time `json:"at"`
	Previous string    `json:"previous"` // SHA-256 of the seal before, hex; "" = the first one
	Events   []Sealed  `json:"events"`
	// Sum is the SHA-256 of the seal as it is stored.
	Sum string `json:"-"`
}

// Sealed is an event in a seal: "ID/000001" and the SHA-256 of its bytes.
type Sealed struct {
	Event string `json:"event"`
	Sum   string `json:"sha256"`
}

// Key is where the event is stored.
func (s Sealed) Key(tenant string) string { return archive.EventPrefix(tenant) + s.Event + ".json" }

// Raw is a record as it is stored.
func (l *Ledger) Raw(ctx context.Context, key string) ([]byte, error) {
	b, err := l.records.Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	return b, nil
}

// EachSeal calls visit with all seals of a tenant, in their order; one that cannot be read is an error. They hold every event
// that the tenant ever had, so nobody needs all at once.
func (l *Ledger) EachSeal(ctx context.Context, tenant string, visit func(*Seal)) error {
	return l.Keys(ctx, archive.SealPrefix(tenant), func(key string) error {
		b, err := l.records.Get(ctx, key)
		if err != nil {
			return fmt.Errorf("read seal: %w", err)
		}
		var s Seal
		if err := json.Unmarshal(b, &s); err != nil {
			return fmt.Errorf("read seal %s: %w", key, err)
		}
		if s.V != version {
			return fmt.Errorf("%w: seal %s has v %d", ErrVersion, key, s.V)
		}
		s.Sum = Sum(b)
		visit(&s)
		return nil
	})
}

// Seal seals a tenant's events on a day; it returns nil when the day has a seal already, or when there is nothing to seal.
// Events that come later belong into the next seal.
func (l *Ledger) Seal(ctx context.Context, tenant, day string, at time.Time) (*Seal, error) {
	has, err := l.sealed(ctx, tenant, day)
	if err != nil || has {
		return nil, err
	}
	s := &Seal{V: version, Day: day, At: at}
	known := map[string]bool{}
	err = l.EachSeal(ctx, tenant, func(before *Seal) {
		s.Previous = before.Sum
		for _, e := range before.Events {
			known[e.Event] = true
		}
	})
	if err != nil {
		return nil, err
	}
	if s.Events, err = l.unsealed(ctx, tenant, known); err != nil || len(s.Events) == 0 {
		return nil, err
	}
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", tenant, err)
	}
	s.Sum = Sum(b)
	err = l.records.Put(ctx, archive.Object{Key: archive.SealKey(tenant, day), Bytes: b, IfAbsent: true})
	if errors.Is(err, archive.ErrExists) { // another replica has just sealed the day
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", tenant, err)
	}
	return s, nil
}

// sealed says that a tenant has a seal of the day, or of a later one.
func (l *Ledger) sealed(ctx context.Context, tenant, day string) (bool, error) {
	prefix := archive.SealPrefix(tenant)
	later, err := l.records.List(ctx, prefix, prefix+day, 1) // "day.json" sorts behind "day"
	if err != nil {
		return false, fmt.Errorf("seal %s: %w", tenant, err)
	}
	return len(later) > 0, nil
}

// unsealed are the events that no seal has, with their hashes, in their order.
func (l *Ledger) unsealed(ctx context.Context, tenant string, known map[string]bool) ([]Sealed, error) {
	var events []Sealed
	prefix := archive.EventPrefix(tenant)
	err := l.Keys(ctx, prefix, func(key string) error {
		name := strings.TrimSuffix(strings.TrimPrefix(key, prefix), ".json")
		if known[name] {
			return nil
		}
		b, err := l.records.Get(ctx, key)
		if err != nil {
			return fmt.Errorf("seal %s: %w", name, err)
		}
		events = append(events, Sealed{name, Sum(b)})
		return nil
	})
	slices.SortFunc(events, func(a, b Sealed) int { return strings.Compare(a.Event, b.Event) })
	return events, err
}
