package documents

import (
	"context"
	"errors"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// Query asks for a page of a tenant's engagements.
type Query struct {
	Tenant    string
	Reference string // only the engagement of this reference; "" = all
	After     string // cursor: Page.Next of the page before; "" = from the newest
	Limit     int    // at most so many; 0 = 20
}

// Page is a part of the list of engagements, newest first.
type Page struct {
	Manifests []*Manifest
	Next      string // cursor of the next page; "" = this is the last one
}

const defaultLimit = 20

// Engagement is an engagement as it stands, or ErrNotFound: also when it is another tenant's.
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

// Engagements lists what was issued to a tenant. A cursor that no page gave is ErrCursor.
func (is *Issuer) Engagements(ctx context.Context, q Query) (*Page, error) {
	after := ""
	if q.After != "" {
		key, ok := archive.RecentAfter(q.Tenant, q.After)
		if !ok {
			return nil, ErrCursor
		}
		after = key
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	if q.Reference != "" {
		return is.named(ctx, q)
	}
	keys, err := is.ledger.Recent(ctx, q.Tenant, after, q.Limit+1) // one more tells whether there is a next page
	if err != nil {
		return nil, err
	}
	p := &Page{Manifests: []*Manifest{}}
	if len(keys) > q.Limit {
		keys = keys[:q.Limit]
		p.Next = archive.RecentCursor(keys[q.Limit-1])
	}
	for _, key := range keys {
		m, err := is.Engagement(ctx, q.Tenant, archive.RecentID(key))
		if err != nil {
			return nil, err
		}
		p.Manifests = append(p.Manifests, m)
	}
	return p, nil
}

// named is the page of one reference: the engagement's id is computed from it.
func (is *Issuer) named(ctx context.Context, q Query) (*Page, error) {
	m, err := is.Engagement(ctx, q.Tenant, ledger.ID(q.Tenant, q.Reference))
	if errors.Is(err, ErrNotFound) || q.After != "" {
		return &Page{Manifests: []*Manifest{}}, nil
	}
	if err != nil {
		return nil, err
	}
	return &Page{Manifests: []*Manifest{m}}, nil
}
