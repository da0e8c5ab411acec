// Package doctor finds out whether a store keeps its promises: shortly, before Records are trusted to it, and at length,
// with a report in German for the operator. All that it writes is below "probe/" and removed again.
package doctor

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
)

// scratch is a prefix for the objects of one run; several may run at once.
func scratch() string { return "probe/" + rand.Text() + "/" }

// Probe asks whether a store honours IfAbsent: archive.ErrNoConditions when not, archive.ErrStorage when it cannot tell.
//
// It works through the store, although that reads back what is not clear: each write has an id of its own, so a second
// write that a server lets through is nobody's repeat, and comes back as a success. The first object is read again for
// servers that refuse and overwrite all the same.
func Probe(ctx context.Context, s archive.Store) error {
	key := scratch() + "create"
	defer remove(ctx, s, key)
	if err := s.Put(ctx, archive.Object{Key: key, Bytes: []byte("first"), IfAbsent: true}); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	switch err := s.Put(ctx, archive.Object{Key: key, Bytes: []byte("second"), IfAbsent: true}); {
	case err == nil:
		return fmt.Errorf("probe: %w", archive.ErrNoConditions)
	case !errors.Is(err, archive.ErrExists):
		return fmt.Errorf("probe: %w", err)
	}
	b, err := s.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	if string(b) != "first" {
		return fmt.Errorf("probe: refused and overwritten: %w", archive.ErrNoConditions)
	}
	return nil
}

const removeTime = 3 * time.Second

// remove deletes scratch objects, also after the caller's time is over. One that stays does no harm.
func remove(ctx context.Context, s archive.Store, keys ...string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removeTime)
	defer cancel()
	_ = s.Delete(ctx, keys...)
}
