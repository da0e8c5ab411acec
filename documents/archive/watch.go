package archive

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Watch is a Store that knows whether it can be relied on: it remembers that a write failed, or does not end, until one of its
// size succeeds. A disk that is full still takes what is small.
type Watch struct {
	Store
	failed atomic.Int64 // bytes of the write that failed, and one; 0 = none
}

// NewWatch watches a store.
func NewWatch(s Store) *Watch { return &Watch{Store: s} }

// Put writes the objects and notes how it went.
func (w *Watch) Put(ctx context.Context, objects ...Object) error {
	size := 0
	for i := range objects {
		size += len(objects[i].Bytes)
	}
	late := time.AfterFunc(lateWrite, func() { w.note(ErrStorage, size) })
	err := w.Store.Put(ctx, objects...)
	late.Stop()
	w.note(err, size)
	return err
}

// lateWrite is when a write counts as one that fails: a bucket is tried for longer, and whoever asks should know before.
const lateWrite = 5 * time.Second

// Delete removes the objects and notes how it went.
func (w *Watch) Delete(ctx context.Context, keys ...string) error {
	err := w.Store.Delete(ctx, keys...)
	w.note(err, 0)
	return err
}

func (w *Watch) note(err error, size int) {
	failed, now := w.failed.Load(), int64(min(size, maxProbe))+1
	switch {
	case err == nil && now >= failed:
		w.failed.CompareAndSwap(failed, 0)
	case errors.Is(err, ErrStorage) && now > failed:
		w.failed.CompareAndSwap(failed, now)
	}
}

// maxProbe bounds what Ready writes.
const maxProbe = 1 << 20

// checker is a store that can say more cheaply than by an object whether it takes any.
type checker interface{ Check(context.Context) error }

// readyKey is read to see whether a store answers and, after a write that failed, written to see whether it takes again.
const readyKey = "probe/ready"

// Ready says whether the store answers and takes objects. It writes one only where a write has failed before: buckets that
// keep versions would keep one of every question.
func (w *Watch) Ready(ctx context.Context) error {
	if c, ok := w.Store.(checker); ok {
		if err := c.Check(ctx); err != nil {
			return fmt.Errorf("check: %w", err)
		}
	}
	if _, err := w.Get(ctx, readyKey); err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("check: %w", err)
	}
	failed := w.failed.Load()
	if failed == 0 {
		return nil
	}
	return w.Put(ctx, Object{Key: readyKey, Bytes: make([]byte, failed-1)})
}
