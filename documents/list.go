package documents

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// Query asks for a page of a tenant's engagements.
type Query struct {
	Tenant    string
	Reference string // the one engagement of this reference; "" = all, newest first
	After     string // Next of the page before; "" = from the newest on
	Limit     int    // at least 1
}

// Page is a part of a list.
type Page struct {
	Manifests []*Manifest
	Next      string // cursor of the next page; "" = this is the last one
}

// Engagement is the current manifest of an engagement with all of its documents, or ErrNotFound. While a call is at work
// its status is running.
func (is *Issuer) Engagement(ctx context.Context, name, id string) (*Manifest, error) {
	if !tenant.ValidName(name) || !ledger.IsID(id) {
		return nil, ErrNotFound
	}
	s, err := is.ledger.Load(ctx, name, id)
	if err != nil {
		return nil, err
	}
	if len(s.Events) == 0 {
		return nil, ErrNotFound
	}
	return current(s)
}

// Engagements is a page of a tenant's engagements. It asks the store for what it returns, whatever else is there.
func (is *Issuer) Engagements(ctx context.Context, q Query) (*Page, error) {
	if !tenant.ValidName(q.Tenant) {
		return nil, fmt.Errorf("%w: %q", ErrTenant, q.Tenant)
	}
	if q.Reference != "" {
		return is.referred(ctx, q)
	}
	after := ""
	if q.After != "" {
		var ok bool
		if after, ok = archive.RecentAfter(q.Tenant, q.After); !ok {
			return nil, ErrCursor
		}
	}
	keys, err := is.ledger.Recent(ctx, q.Tenant, after, q.Limit+1)
	if err != nil {
		return nil, err
	}
	p := &Page{}
	if len(keys) > q.Limit {
		keys = keys[:q.Limit]
		p.Next = archive.RecentCursor(keys[len(keys)-1])
	}
	p.Manifests, err = is.manifests(ctx, q.Tenant, keys)
	return p, err
}

// referred is the page of a reference: one engagement or none.
func (is *Issuer) referred(ctx context.Context, q Query) (*Page, error) {
	m, err := is.Engagement(ctx, q.Tenant, ledger.ID(q.Tenant, q.Reference))
	switch {
	case errors.Is(err, ErrNotFound):
		return &Page{}, nil
	case err != nil:
		return nil, err
	}
	return &Page{Manifests: []*Manifest{m}}, nil
}

// maxReads bounds how many engagements of a page are read at once.
const maxReads = 8

// manifests reads the engagements that keys of the recent list name.
func (is *Issuer) manifests(ctx context.Context, name string, keys []string) ([]*Manifest, error) {
	all := make([]*Manifest, len(keys))
	places := make([]int, len(keys))
	for i := range places {
		places[i] = i
	}
	err := archive.Each(maxReads, places, func(i int) (err error) {
		all[i], err = is.Engagement(ctx, name, archive.RecentID(keys[i]))
		if errors.Is(err, ErrNotFound) { // an entry whose event was never written means nothing
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(m *Manifest) bool { return m == nil }), nil
}
