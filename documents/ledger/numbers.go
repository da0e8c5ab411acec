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

// seek looks at the numbers from w.From on: the owner's own, else the first free one.
func (l *Ledger) seek(ctx context.Context, tenant string, w Want, o Owner) (n int, mine bool, err error) {
	n = max(w.From, 1)
	if n > 1 {
		_, err := l.ownerOf(ctx, tenant, w, n-1)
		if errors.Is(err, archive.ErrNotFound) {
			return l.seekBelow(ctx, tenant, w, o)
		}
		if err != nil {
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

// seekBelow is seek where the number below w.From is free. It was taken when the claim was made, and a loss of power has undone
// that; or From is damaged. A free number is never skipped, and the owner may have got one below From already: all of them
// are looked at.
func (l *Ledger) seekBelow(ctx context.Context, tenant string, w Want, o Owner) (n int, mine bool, err error) {
	n, err = archive.FreeBelow(w.From-1, func(n int) error {
		_, err := l.ownerOf(ctx, tenant, w, n)
		return err
	})
	if err != nil {
		return 0, false, err
	}
	for below := n - 1; below > 0; below-- {
		owner, err := l.ownerOf(ctx, tenant, w, below)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return 0, false, err
		}
		if err == nil && owner == o {
			return below, true, nil
		}
	}
	return n, false, nil
}

// Owner is what a stored number points to, read anew.
func (l *Ledger) Owner(ctx context.Context, key string) (Owner, error) {
	b, err := l.records.Get(ctx, key)
	if err != nil {
		return Owner{}, fmt.Errorf("read number: %w", err)
	}
	o, err := ParseOwner(b)
	if err != nil {
		return Owner{}, fmt.Errorf("read number %s: %w", key, err)
	}
	return o, nil
}

// ParseOwner reads the stored form of a number.
func ParseOwner(b []byte) (Owner, error) {
	var body numberBody
	if err := json.Unmarshal(b, &body); err != nil {
		return Owner{}, err
	}
	if body.V != Version {
		return Owner{}, fmt.Errorf("%w: v %d", ErrVersion, body.V)
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
