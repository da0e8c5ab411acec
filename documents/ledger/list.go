package ledger

import (
	"context"
	"errors"
	"fmt"

	"auftragsmappe/documents/archive"
)

// Keys calls visit with all keys of a prefix, in their order.
func (l *Ledger) Keys(ctx context.Context, prefix string, visit func(key string) error) error {
	return archive.EachKey(ctx, l.records, prefix, visit)
}

// Unfinished is the work list's claims, oldest day first. Some may have been issued in the meantime: load and look.
func (l *Ledger) Unfinished(ctx context.Context) ([]archive.Open, error) {
	var open []archive.Open
	err := l.Keys(ctx, archive.OpenPrefix, func(key string) error {
		if o, ok := archive.ParseOpen(key); ok && o.What == Claimed {
			open = append(open, o)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("unfinished claims: %w", err)
	}
	return open, nil
}

// Tenants are all tenants that have stored something, in the order of their names.
func (l *Ledger) Tenants(ctx context.Context) ([]string, error) {
	names, err := archive.Folders(ctx, l.records, archive.TenantPrefix)
	if err != nil {
		return nil, fmt.Errorf("list tenants: %w", err)
	}
	return names, nil
}

// Recent is a tenant's engagements, newest first: at most limit keys of the recent list behind the key `after`; fewer only
// where it ends.
func (l *Ledger) Recent(ctx context.Context, tenant, after string, limit int) ([]string, error) {
	var found []string
	for {
		most := limit - len(found)
		keys, err := l.records.List(ctx, archive.RecentPrefix(tenant), after, most)
		if err != nil {
			return nil, fmt.Errorf("list engagements: %w", err)
		}
		for _, key := range keys {
			twice, err := l.refolded(ctx, key)
			if err != nil {
				return nil, err
			}
			if after = key; !twice {
				found = append(found, key)
			}
		}
		if len(keys) < most || len(found) == limit {
			return found, nil
		}
	}
}

// refolded says that a key of the first programs has its like in folders as well, since a later call of the engagement.
func (l *Ledger) refolded(ctx context.Context, key string) (bool, error) {
	folded, flat := archive.Refolded(key)
	if !flat {
		return false, nil
	}
	_, err := l.records.Get(ctx, folded)
	if errors.Is(err, archive.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("list engagements: %w", err)
	}
	return true, nil
}
