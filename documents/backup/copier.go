package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// copier is one run.
type copier struct {
	Options
	from, to Place
	state    state
	resumed  bool         // the run before was cut off
	lists    atomic.Int32 // of new keys
	stale    []string     // what the lists of the source no longer have
	gate     chan struct{}

	mu     sync.Mutex // guards result and Report
	result Result
}

const (
	together     = 256 // keys that are announced together
	chunk        = 8   // objects of one write
	chunks       = 8   // under way at once, of all tenants
	tenantsApart = 8   // tenants at once: with few objects each, lists are what takes time
)

func newCopier(from, to Place, o Options) *copier {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &copier{Options: o, from: from, to: to, gate: make(chan struct{}, chunks)}
}

func (c *copier) records() pair { return pair{c.from.Records, c.to.Records} }
func (c *copier) files() pair   { return pair{c.from.Files, c.to.Files} }

// everything copies in the order that the package's comment gives reasons for.
func (c *copier) everything(ctx context.Context) error {
	if err := c.replace(ctx, archive.KeysNamed); err != nil {
		return err
	}
	if err := c.keys(ctx); err != nil {
		return err
	}
	tenants, err := ledger.New(c.from.Records).Tenants(ctx)
	if err != nil {
		return err
	}
	c.result.Tenants = len(tenants)
	err = each(ctx, tenantsApart, tenants, func(ctx context.Context, name string) error { return newTenant(c, name).copy(ctx) })
	if err != nil {
		return err
	}
	if err := c.work(ctx); err != nil {
		return err
	}
	return c.mirror(ctx, c.records(), "", archive.TenantPrefix, archive.KeyPrefix, archive.BackupPrefix, archive.ProbePrefix, archive.OpenPrefix, archive.KeysNamed)
}

// keys copies the API keys, and again those that have changed: a key may have been revoked.
func (c *copier) keys(ctx context.Context) error {
	var all []string
	err := c.records().both(ctx, archive.KeyPrefix, nil, func(key string, at sides) error {
		if at.source {
			all = append(all, key)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return each(ctx, chunks, all, c.replace)
}

// replace copies an object that may change, where it has.
func (c *copier) replace(ctx context.Context, key string) error {
	b, err := c.from.Records.Get(ctx, key)
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	there, err := c.to.Records.Get(ctx, key)
	switch {
	case err == nil && bytes.Equal(b, there):
		c.count(func(r *Result) { r.There++ })
		return nil
	case errors.Is(err, archive.ErrNotFound):
		if err := c.announce(ctx, []string{key}); err != nil {
			return err
		}
	case err != nil:
		return fmt.Errorf("read %s in the destination: %w", key, err)
	}
	return c.put(ctx, c.to.Records, []archive.Object{{Key: key, Bytes: b}})
}

// mirror copies what the destination lacks of a prefix.
func (c *copier) mirror(ctx context.Context, p pair, prefix string, skip ...string) error {
	b := c.batch(p, nil)
	err := p.both(ctx, prefix, skip, func(key string, at sides) error { return c.visit(ctx, b, key, at) })
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// visit counts a key, or puts it into a batch.
func (c *copier) visit(ctx context.Context, b *batch, key string, at sides) error {
	switch {
	case !at.source:
		c.count(func(r *Result) { r.Gone++ })
		return nil
	case !at.destination:
		return b.add(ctx, key)
	}
	c.count(func(r *Result) { r.There++ })
	if c.Compare {
		return c.same(ctx, b.pair, key)
	}
	return nil
}

// same compares what both sides have.
func (c *copier) same(ctx context.Context, p pair, key string) error {
	source, err := p.from.Get(ctx, key)
	if errors.Is(err, archive.ErrNotFound) {
		return nil // removed meanwhile
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	there, err := p.to.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("read %s in the destination: %w", key, err)
	}
	if !bytes.Equal(source, there) {
		return fmt.Errorf("%w: %s", ErrConflict, key)
	}
	return nil
}

func (c *copier) count(f func(*Result)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(&c.result)
}

func (c *copier) problem(key, code, detail string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.result.Problems++
	if c.Report != nil {
		c.Report(Problem{key, code, detail})
	}
}

// batch gathers keys that are copied together.
type batch struct {
	c *copier
	pair
	keys []string
	seen func(key string, b []byte) // nil = nobody asks; called by one goroutine at a time
	mu   sync.Mutex
}

func (c *copier) batch(p pair, seen func(key string, b []byte)) *batch {
	return &batch{c: c, pair: p, seen: seen}
}

func (b *batch) add(ctx context.Context, key string) error {
	if b.keys = append(b.keys, key); len(b.keys) < together {
		return nil
	}
	return b.flush(ctx)
}

// flush copies what has been gathered.
func (b *batch) flush(ctx context.Context) error {
	keys := b.keys
	b.keys = nil
	if err := b.c.announce(ctx, keys); err != nil {
		return err
	}
	return each(ctx, chunks, slices.Collect(slices.Chunk(keys, chunk)), func(ctx context.Context, some []string) error {
		b.c.gate <- struct{}{}
		defer func() { <-b.c.gate }()
		return b.carry(ctx, some)
	})
}

// carry copies some objects.
func (b *batch) carry(ctx context.Context, keys []string) error {
	var objects []archive.Object
	for _, key := range keys {
		body, err := b.from.Get(ctx, key)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			if archive.InRow(key) {
				b.c.problem(key, Missing, "Dieses Objekt fehlt, obwohl etwas anderes darauf aufbaut.")
			}
			continue // else it was removed meanwhile: a file that nothing names, an entry of a list
		case err != nil:
			return fmt.Errorf("read %s: %w", key, err)
		}
		sum, file := archive.FileSum(key)
		o := archive.Object{Key: key, Bytes: body, IfAbsent: !file}
		if b.c.Keep != nil {
			o.Keep = b.c.Keep(key, body)
		}
		if file && !strings.HasPrefix(ledger.Sum(body), sum) {
			b.c.problem(key, FileChanged, "Diese Datei ist verändert: Sie hat andere Bytes, als ihr Name sagt. Sie wird nicht kopiert.")
			continue
		}
		objects = append(objects, o)
	}
	if err := b.c.put(ctx, b.to, objects); err != nil {
		return err
	}
	if b.seen != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, o := range objects {
			b.seen(o.Key, o.Bytes)
		}
	}
	return nil
}

// put writes objects. One that is there already must have the same bytes.
func (c *copier) put(ctx context.Context, to archive.Store, objects []archive.Object) error {
	if len(objects) == 0 { // all of them are gone, or damaged
		return nil
	}
	err := to.Put(ctx, objects...)
	if errors.Is(err, archive.ErrExists) {
		err = c.putEach(ctx, to, objects)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", objects[0].Key, err)
	}
	c.count(func(r *Result) {
		r.Objects += len(objects)
		for i := range objects {
			r.Bytes += int64(len(objects[i].Bytes))
		}
	})
	return nil
}

func (c *copier) putEach(ctx context.Context, to archive.Store, objects []archive.Object) error {
	for _, o := range objects {
		err := to.Put(ctx, o)
		if errors.Is(err, archive.ErrExists) {
			var there []byte
			if there, err = to.Get(ctx, o.Key); err == nil && !bytes.Equal(there, o.Bytes) {
				err = fmt.Errorf("%w: %s", ErrConflict, o.Key)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// each is archive.Each that ends with the first error.
func each[T any](ctx context.Context, most int, values []T, f func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	_ = archive.Each(most, values, func(v T) error {
		if ctx.Err() != nil {
			return nil
		}
		if err := f(ctx, v); err != nil {
			cancel(err) // the first one stays
		}
		return nil
	})
	return context.Cause(ctx)
}
