package archive

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrCrashed is what a Fault answers at its fault and, when it crashes, ever after.
var ErrCrashed = errors.New("archive: injected fault")

// Mode is what happens at a fault.
type Mode uint8

// The modes of a fault.
const (
	Lost       Mode = iota + 1 // the object is not written; then all goes on
	Unanswered                 // it is written, the answer is lost: ErrUnknown; then all goes on
	CrashLost                  // it is not written, and nothing works after
	CrashDone                  // it is written, and nothing works after
)

// Fault is a Store with one fault at a chosen write: for tests of what a crash or a lost answer leaves behind.
// Writes are counted by object, so that every prefix of a batch is a place to crash; a deletion is a write.
type Fault struct {
	store Store

	mu      sync.Mutex
	writes  int
	at      int
	mode    Mode
	crashed bool
}

// NewFault is a store with a fault at write number at (1, 2, …; 0 = none).
func NewFault(s Store, at int, mode Mode) *Fault { return &Fault{store: s, at: at, mode: mode} }

// Writes counts the objects written or deleted so far.
func (f *Fault) Writes() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.writes
}

// step counts a write: before says that it does not happen, after that its answer is lost.
func (f *Fault) step() (before, after error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.crashed {
		return fmt.Errorf("%w: %w", ErrStorage, ErrCrashed), nil
	}
	f.writes++
	if f.writes != f.at {
		return nil, nil
	}
	fault := fmt.Errorf("%w: %w", ErrUnknown, ErrCrashed)
	f.crashed = f.mode == CrashLost || f.mode == CrashDone
	if f.mode == Lost || f.mode == CrashLost {
		return fault, nil
	}
	return nil, fault
}

func (f *Fault) dead() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.crashed {
		return fmt.Errorf("%w: %w", ErrStorage, ErrCrashed)
	}
	return nil
}

// Put writes the objects one by one up to the fault.
func (f *Fault) Put(ctx context.Context, objects ...Object) error {
	if err := firstError(ctx.Err(), checkObjects(objects)); err != nil {
		return err
	}
	for _, o := range objects {
		before, after := f.step()
		if before != nil {
			return before
		}
		if err := firstError(f.store.Put(ctx, o), after); err != nil {
			return err
		}
	}
	return nil
}

// Get reads from the store below.
func (f *Fault) Get(ctx context.Context, key string) ([]byte, error) {
	if err := f.dead(); err != nil {
		return nil, err
	}
	return f.store.Get(ctx, key)
}

// List reads from the store below.
func (f *Fault) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := f.dead(); err != nil {
		return nil, err
	}
	return f.store.List(ctx, prefix, after, limit)
}

// Delete removes the keys one by one up to the fault.
func (f *Fault) Delete(ctx context.Context, keys ...string) error {
	if err := firstError(ctx.Err(), CheckDelete(ctx, keys)); err != nil {
		return err
	}
	for _, key := range keys {
		before, after := f.step()
		if before != nil {
			return before
		}
		if err := firstError(f.store.Delete(ctx, key), after); err != nil {
			return err
		}
	}
	return nil
}
