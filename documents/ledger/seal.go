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
	// Total is how many events this seal and all before it hold; 0 in those of early programs, which did not count.
	Total int `json:"total,omitempty"`
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
		s, err := l.seal(ctx, key)
		if err == nil {
			visit(s)
		}
		return err
	})
}

func (l *Ledger) seal(ctx context.Context, key string) (*Seal, error) {
	b, err := l.records.Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("read seal: %w", err)
	}
	var s Seal
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("read seal %s: %w", key, err)
	}
	if s.V != Version {
		return nil, fmt.Errorf("%w: seal %s has v %d", ErrVersion, key, s.V)
	}
	s.Sum = Sum(b)
	return &s, nil
}

// Seal seals a tenant's events on a day; it returns nil when the day has a seal already, or when there is nothing to seal.
// Events that come later belong into the next seal. A tenant without new events costs two lists and the last seal: where as many
// are stored as are sealed, none is new. Were one removed as another came, the audit would tell, and the next event seals both.
func (l *Ledger) Seal(ctx context.Context, tenant, day string, at time.Time) (*Seal, error) {
	last, err := l.lastSeal(ctx, tenant)
	if err != nil || last != nil && last.Day >= day {
		return nil, err
	}
	var names []string
	prefix := archive.EventPrefix(tenant)
	err = l.Keys(ctx, prefix, func(key string) error {
		names = append(names, strings.TrimSuffix(key[len(prefix):], ".json"))
		return nil
	})
	if err != nil || len(names) == 0 || last != nil && last.Total == len(names) {
		return nil, err
	}
	s := &Seal{V: Version, Day: day, At: at}
	if err := l.addUnsealed(ctx, tenant, names, s); err != nil || len(s.Events) == 0 {
		return nil, err
	}
	return l.putSeal(ctx, tenant, s)
}

// lastSeal is the newest seal of a tenant; nil when there is none.
func (l *Ledger) lastSeal(ctx context.Context, tenant string) (*Seal, error) {
	last := ""
	err := l.Keys(ctx, archive.SealPrefix(tenant), func(key string) error {
		last = key
		return nil
	})
	if err != nil || last == "" {
		return nil, err
	}
	return l.seal(ctx, last)
}

// addUnsealed adds those of the events that no seal has, with their hashes, in the order of their names, and ties them to the
// last seal.
func (l *Ledger) addUnsealed(ctx context.Context, tenant string, names []string, s *Seal) error {
	known := map[string]bool{}
	err := l.EachSeal(ctx, tenant, func(before *Seal) {
		s.Previous = before.Sum
		for _, e := range before.Events {
			known[e.Event] = true
		}
	})
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		if known[name] {
			continue
		}
		b, err := l.records.Get(ctx, Sealed{Event: name}.Key(tenant))
		if err != nil {
			return fmt.Errorf("seal %s: %w", name, err)
		}
		s.Events = append(s.Events, Sealed{name, Sum(b)})
	}
	s.Total = len(known) + len(s.Events)
	return nil
}

// putSeal stores a seal; nil when another replica has just sealed the day.
func (l *Ledger) putSeal(ctx context.Context, tenant string, s *Seal) (*Seal, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", tenant, err)
	}
	s.Sum = Sum(b)
	err = l.records.Put(ctx, archive.Object{Key: archive.SealKey(tenant, s.Day), Bytes: b, IfAbsent: true, Keep: l.until(s.At, 0)})
	if errors.Is(err, archive.ErrExists) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", tenant, err)
	}
	return s, nil
}
