package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

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

// known is what this process knows of numbers. They never change, so nothing of it gets stale: at worst it is behind.
type known struct {
	next   *archive.Cache[int]   // by series: every number below it is taken
	owners *archive.Cache[Owner] // by number: of some
}

// What is kept of each, twice at most: about 15 MB and 2 MB. A series that is forgotten is found again by doubling; the owners
// that are asked for again are those of calls under way.
const (
	maxSeries = 1 << 15
	maxOwners = 1 << 12
)

func newKnown() known {
	return known{archive.NewCache[int](maxSeries), archive.NewCache[Owner](maxOwners)}
}

// learn notes who has number n.
func (k known) learn(tenant string, w Want, n int, o Owner) {
	k.owners.Update(w.key(tenant, n), func(Owner) Owner { return o })
	k.next.Update(w.key(tenant, 0), func(next int) int { return max(next, n+1) })
}

// hint is a number below which all are taken.
func (k known) hint(tenant string, w Want) int {
	next, _ := k.next.Get(w.key(tenant, 0))
	return max(next, 1)
}

// key is where number n is stored; that of 0, which no number has, names the series.
func (w Want) key(tenant string, n int) string { return archive.NumberKey(tenant, w.Series, w.Year, n) }

// Lowest is a number that no claim made from now on can be below: the next free one, or one that has just been taken.
// Numbers are dense, so it is found from what this process knows by doubling and halving.
func (l *Ledger) Lowest(ctx context.Context, tenant string, w Want) (int, error) {
	return archive.LowestFree(l.known.hint(tenant, w), func(n int) error {
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
	if body.V != version {
		return Owner{}, fmt.Errorf("%w: number %s has v %d", ErrVersion, key, body.V)
	}
	return Owner{body.ID, body.Event}, nil
}

// ownerOf is what number n points to, or archive.ErrNotFound when it is free.
func (l *Ledger) ownerOf(ctx context.Context, tenant string, w Want, n int) (Owner, error) {
	key := w.key(tenant, n)
	if o, ok := l.known.owners.Get(key); ok {
		return o, nil
	}
	o, err := l.Owner(ctx, key)
	if err == nil {
		l.known.learn(tenant, w, n, o)
	}
	return o, err
}
