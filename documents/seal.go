package documents

import (
	"context"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
)

// SealedTenant is what a seal has covered anew.
type SealedTenant struct {
	Tenant string
	Day    string // ISO date
	Events int
	Sum    string // SHA-256 of the seal: whoever keeps it elsewhere can prove all that came before
}

// Seal seals today's events of all tenants that have new ones. It does not stop at a tenant that fails. A day is sealed once:
// what comes later is sealed the next time.
func (is *Issuer) Seal(ctx context.Context) ([]SealedTenant, error) {
	tenants, err := is.ledger.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	day := is.Today().String() // also of those that are sealed after midnight: they are many
	sealed := make([]*SealedTenant, len(tenants))
	places := make([]int, len(tenants))
	for i := range places {
		places[i] = i
	}
	err = archive.Each(maxSeals, places, func(i int) (err error) {
		sealed[i], err = is.seal(ctx, tenants[i], day)
		return err
	})
	var all []SealedTenant
	for _, s := range sealed {
		if s != nil {
			all = append(all, *s)
		}
	}
	return all, err
}

// seal seals one tenant; nil when there is nothing to seal.
func (is *Issuer) seal(ctx context.Context, name, day string) (*SealedTenant, error) {
	s, err := is.ledger.Seal(ctx, name, day, is.moment())
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", name, err)
	}
	if s == nil {
		return nil, nil
	}
	is.log.Info("sealed", "tenant", name, "day", day, "events", len(s.Events), "sha256", s.Sum)
	return &SealedTenant{name, day, len(s.Events), s.Sum}, nil
}

// maxSeals bounds how many tenants are sealed at once: each waits for the store most of the time.
const maxSeals = 8

// NextSeal is how long it is until the next seal is due: the end of the day in Germany, so that a day's seal has all of it.
func (is *Issuer) NextSeal() time.Duration {
	now := is.now().In(date.Germany())
	midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	due := midnight.Add(-sealBefore)
	if !due.After(now) {
		due = due.AddDate(0, 0, 1)
	}
	return due.Sub(now)
}

// sealBefore is how long before midnight the seal is due: it names the day, and a minute is enough to make it.
const sealBefore = time.Minute
