package model

import (
	"context"
	"errors"
	"runtime"
	"time"

	"pgregory.net/rapid"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/layout"
)

// replica is a process: an issuer with a clock and a line to the store of its own.
type replica struct {
	*documents.Issuer
	line *line
	skew time.Duration
	met  map[archive.Open]time.Time // when its finisher first met what is in the work list
}

// line is the way to the store; it is bent between calls only.
type line struct{ archive.Store }

// stepwise is a store that others look into between the objects of a batch.
type stepwise struct{ archive.Store }

func (s stepwise) Put(ctx context.Context, objects ...archive.Object) error {
	for _, o := range objects {
		if err := s.Store.Put(ctx, o); err != nil {
			return err
		}
		runtime.Gosched()
	}
	return nil
}

// broken is a store that cannot be written, or that does not say that it was.
type broken struct {
	archive.Store
	fault   error
	written bool
}

func (b broken) Put(ctx context.Context, objects ...archive.Object) error {
	if b.written {
		return errors.Join(b.fault, b.Store.Put(ctx, objects...))
	}
	return b.fault
}

func (b broken) Delete(ctx context.Context, keys ...string) error {
	if b.written {
		return errors.Join(b.fault, b.Store.Delete(ctx, keys...))
	}
	return b.fault
}

// restart is a replica's process anew: it has forgotten all it knew.
func (m *machine) restart(t *rapid.T, i int) {
	r := &replica{line: &line{m.store}, skew: m.replicas[i].skew, met: map[archive.Open]time.Time{}}
	o := documents.Options{Records: r.line, Now: func() time.Time { return m.now.Add(r.skew) }}
	if i == 1 && m.programs {
		o.Style.Accent = layout.Color{R: 0x7a, G: 0x1f, B: 0x2b}
	}
	var err error
	if r.Issuer, err = documents.New(o); err != nil {
		t.Fatal(err)
	}
	m.replicas[i] = r
	m.bend(i)
}

// bend gives the replica the line that the store's state asks for.
func (m *machine) bend(i int) {
	m.replicas[i].line.Store = map[string]archive.Store{
		"":                      m.store,
		"refuses writes":        broken{m.store, archive.ErrStorage, false},
		"loses writes":          broken{m.store, archive.ErrUnknown, false},
		"writes without a word": broken{m.store, archive.ErrUnknown, true},
	}[m.down]
}

func (m *machine) clock(i int) time.Time { return m.now.Add(m.replicas[i].skew) }
