package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// Highest is the highest number of a series and year of a tenant.
type Highest struct {
	Tenant, Series string
	Year, Number   int
}

// Numbers are the highest numbers of all series and years, by tenant: what must be held against the last invoice that was
// really sent, before an older state of an archive is used.
func Numbers(ctx context.Context, records archive.Store) ([]Highest, error) {
	l := ledger.New(records)
	tenants, err := l.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	var all []Highest
	for _, name := range tenants {
		at := map[string]Highest{}
		err := l.Keys(ctx, archive.NumberPrefix(name), func(key string) error {
			if series, year, n, ok := archive.ParseNumber(key); ok { // in their order: the last one stays
				at[archive.RowOf(key)] = Highest{name, series, year, n}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("highest numbers: %w", err)
		}
		for _, h := range at {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Highest) int {
		return strings.Compare(archive.NumberKey(a.Tenant, a.Series, a.Year, 0), archive.NumberKey(b.Tenant, b.Series, b.Year, 0))
	})
	return all, nil
}
