package tenant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

// Profile is a version of what a tenant has stored. Version 0 and a nil engagement.Profile: nothing is stored.
type Profile struct {
	Version             int
	JSON                []byte // canonical, as it was put; nobody may change it
	*engagement.Profile        // nobody may change it either: it is shared
}

// Profiles are the stored profiles of all tenants: versions that are never changed, one after another. It is safe for
// concurrent use and keeps what it has read; beside other writers it is right, as it looks for a newer version each time.
type Profiles struct {
	// Keep is for how many years a version is kept; set before use.
	Keep archive.Years

	store archive.Store
	now   func() time.Time // for people: nothing is decided by it

	mu     sync.Mutex
	newest map[string]int // by tenant; there may be newer ones
	kept   map[numbered]*Profile
	bytes  int // of what is kept
}

// numbered is a version of a tenant.
type numbered struct {
	tenant  string
	version int
}

// What is kept between calls. A profile with a logo has about 2.5 MB, one without 2 kB.
const (
	maxTenants = 1000
	maxKept    = 64 << 20
)

// NewProfiles are the profiles in a store of records.
func NewProfiles(s archive.Store) *Profiles {
	return &Profiles{store: s, now: time.Now, newest: map[string]int{}, kept: map[numbered]*Profile{}}
}

// profileRecord is a version as it is stored.
type profileRecord struct {
	V       int       `json:"v"`
	At      time.Time `json:"at"`
	Profile string    `json:"profile"` // canonical JSON, as text: byte for byte what is given back
}

// Latest is the tenant's newest profile, one of Version 0 when there is none. It costs one Get that finds nothing when
// the newest is known already.
func (p *Profiles) Latest(ctx context.Context, tenant string) (*Profile, error) {
	p.mu.Lock()
	known := p.newest[tenant]
	p.mu.Unlock()
	free, err := archive.LowestFree(known+1, func(n int) error {
		_, err := p.Version(ctx, tenant, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	if free-1 != known {
		p.learn(tenant, free-1)
	}
	return p.Version(ctx, tenant, free-1)
}

// learn notes the newest version of a tenant; one that another call has learnt meanwhile may be newer.
func (p *Profiles) learn(tenant string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.newest[tenant]; !known && len(p.newest) >= maxTenants {
		clear(p.newest)
	}
	p.newest[tenant] = max(n, p.newest[tenant])
}

// Version is version n of a tenant's profile, for what was made with it. The error is archive.ErrNotFound when there
// is none; version 0 is the profile of nothing.
func (p *Profiles) Version(ctx context.Context, tenant string, n int) (*Profile, error) {
	if n == 0 {
		return &Profile{}, nil
	}
	at := numbered{tenant, n}
	p.mu.Lock()
	kept := p.kept[at]
	p.mu.Unlock()
	if kept != nil {
		return kept, nil
	}
	b, err := p.store.Get(ctx, archive.ProfileKey(tenant, n))
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	profile, err := parseProfile(b, n)
	if err != nil {
		return nil, fmt.Errorf("read profile %d of %s: %w", n, tenant, err)
	}
	p.keep(at, profile)
	return profile, nil
}

func parseProfile(b []byte, n int) (*Profile, error) {
	var r profileRecord
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.V != version {
		return nil, fmt.Errorf("%w: v %d", ErrVersion, r.V)
	}
	e, err := engagement.RestoreProfile([]byte(r.Profile))
	if err != nil {
		return nil, err
	}
	return &Profile{Version: n, JSON: e.Canonical, Profile: e}, nil
}

// keep remembers a profile; where there is no room, all others go.
func (p *Profiles) keep(at numbered, profile *Profile) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept[at] != nil {
		return
	}
	size := profile.size()
	if p.bytes+size > maxKept || len(p.kept) >= maxTenants {
		clear(p.kept)
		p.bytes = 0
	}
	p.kept[at] = profile
	p.bytes += size
}

// size is about what a profile takes in memory: the canonical form, the logo, and the fields.
func (p *Profile) size() int {
	const fields = 4 << 10
	return len(p.JSON) + len(p.Look.Logo) + fields
}

// Put appends a profile as the newest version and returns it; equal to the newest, it makes no new one. Of two at once
// both are stored, one after the other.
func (p *Profiles) Put(ctx context.Context, tenant string, e *engagement.Profile) (*Profile, error) {
	if !ValidName(tenant) {
		return nil, fmt.Errorf("%w: tenant %q", ErrName, tenant)
	}
	for {
		latest, err := p.Latest(ctx, tenant)
		if err != nil {
			return nil, err
		}
		if latest.Version > 0 && bytes.Equal(latest.JSON, e.Canonical) {
			return latest, nil
		}
		n := latest.Version + 1
		at := p.now().UTC()
		b, err := json.Marshal(profileRecord{V: version, At: at, Profile: string(e.Canonical)})
		if err != nil {
			return nil, fmt.Errorf("store profile: %w", err)
		}
		err = p.store.Put(ctx, archive.Object{Key: archive.ProfileKey(tenant, n), Bytes: b, IfAbsent: true, Keep: p.Keep.Until(at.In(date.Germany()).Year())})
		switch {
		case err == nil:
			p.learn(tenant, n)
			profile := &Profile{Version: n, JSON: e.Canonical, Profile: e}
			p.keep(numbered{tenant, n}, profile)
			return profile, nil
		case !errors.Is(err, archive.ErrExists):
			return nil, fmt.Errorf("store profile: %w", err)
		}
	}
}
