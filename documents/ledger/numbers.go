package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"auftragsmappe/documents/archive"
)

// Want is a number that a claim needs. Its numbers are those at or above From that point to it.
type Want struct {
	Series string `json:"series"` // "E" engagements, "RE" invoices
	Year   int    `json:"year"`
	From   int    `json:"from"` // lowest number to try: it was free when the claim was made
}

// Owner is what a number points to: the claim that took it.
type Owner struct {
	ID    string
	Event int
}

// numberBody is the stored form of an Owner.
type numberBody struct {
	V     int    `json:"v"`
	ID    string `json:"id"`
	Event int    `json:"event"`
}

// series is what this process knows of one tenant's series and year. Numbers never change, so nothing of it gets stale:
// at worst it is behind.
type series struct {
	mu     sync.Mutex
	next   int           // every number below it is taken
	owners map[int]Owner // of some numbers
}

const maxOwners = 4096

func (s *series) owner(n int) (Owner, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.owners[n]
	return o, ok
}

func (s *series) learn(n int, o Owner) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.owners) >= maxOwners {
		clear(s.owners)
	}
	s.owners[n] = o
	s.next = max(s.next, n+1)
}

func (s *series) hint() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next
}

func (l *Ledger) of(tenant string, w Want) *series {
	key := archive.NumberKey(tenant, w.Series, w.Year, 0)
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.series[key]
	if s == nil {
		s = &series{next: 1, owners: map[int]Owner{}}
		l.series[key] = s
	}
	return s
}

// Lowest is a number that no claim made from now on can be below: the next free one, or one that has just been taken.
// Numbers are dense, so it is found from what this process knows by doubling and halving.
func (l *Ledger) Lowest(ctx context.Context, tenant string, w Want) (int, error) {
	return archive.LowestFree(l.of(tenant, w).hint(), func(n int) error {
		_, err := l.ownerOf(ctx, tenant, w, n)
		return err
	})
}

// seek looks at the numbers from w.From on: the owner's own, else the first free one. It never skips a free one: a
// number below From that was seen at the time of the claim can be gone after a loss of power.
func (l *Ledger) seek(ctx context.Context, tenant string, w Want, o Owner) (n int, mine bool, err error) {
	for n = max(w.From, 1); n > 1; n-- {
		_, err := l.ownerOf(ctx, tenant, w, n-1)
		if err == nil {
			break
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return 0, false, err
		}
	}
	for ; ; n++ {
		owner, err := l.ownerOf(ctx, tenant, w, n)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			return n, false, nil
		case err != nil:
			return 0, false, err
		case owner == o:
			return n, true, nil
		}
	}
}

// Owner is what a stored number points to, read anew.
func (l *Ledger) Owner(ctx context.Context, key string) (Owner, error) {
	b, err := l.records.Get(ctx, key)
	if err != nil {
		return Owner{}, fmt.Errorf("read number: %w", err)
	}
	var body numberBody
	if err := json.Unmarshal(b, &body); err != nil {
		return Owner{}, fmt.Errorf("read number %s: %w", key, err)
	}
	if body.V != Version {
		return Owner{}, fmt.Errorf("%w: number %s has v %d", ErrVersion, key, body.V)
	}
	return Owner{body.ID, body.Event}, nil
}

// ownerOf is what number n points to, or archive.ErrNotFound when it is free.
func (l *Ledger) ownerOf(ctx context.Context, tenant string, w Want, n int) (Owner, error) {
	s := l.of(tenant, w)
	if o, ok := s.owner(n); ok {
		return o, nil
	}
	key := archive.NumberKey(tenant, w.Series, w.Year, n)
	o, err := l.Owner(ctx, key)
	if err == nil {
		s.learn(n, o)
	}
	return o, err
}
