// Package backup copies a store while others write to it: a backup of the whole archive, and the way back.
//
// A backup is a plain store in the layout of every other, Records and Files together: the program can serve it, audit it, and
// copy it again. A run copies what the backup does not have; nothing in it is overwritten but what changes in the store as
// well (keys that are revoked).
//
// # Why a copy is consistent
//
// Writers follow one order: claim → numbers → files → issued (package ledger), and nothing of it is ever changed. What a list
// begun now shows includes all that was written before, not more than a part of what is written meanwhile. So whatever must be
// there for another thing is listed after it:
//
//   - seals, then events: every sealed event is there;
//   - events, then numbers and files: every issued event has its own;
//   - numbers, then the claims that they point to: a number may have been taken for a claim that came after the list of
//     events. The claim was written before it, so the events of its engagement up to the claim are copied now. Where an issued
//     event is among these, numbers are listed once more, until there is none;
//   - events, then profiles, entries of request keys and of the recent list: what a claim or an issued event names was written
//     before it;
//   - the mark that all keys have names, then keys, then names: no key is without its name.
//
// A list is no snapshot: it may show number 8 and not number 7, when both came while it was read. Rows are dense, so a gap is
// filled by what is there by now. The work list is not copied: an entry is made for every claim of the copy that is not issued
// in it, so that a start of the service finishes it.
//
// # A run that does not end
//
// What is there of it belongs together with what is not yet there. So a backup says that it is not whole from the first write
// of a run to the last, and each run first lists what it is about to add: where the next one can never be made, because
// the store is gone, restoring leaves that out, and what is left is the backup as the last whole run left it.
package backup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
)

// Errors of a copy. Trouble with storage comes as errors that wrap those of package archive.
var (
	// ErrNotEmpty: the destination has something that this copy would mix with.
	ErrNotEmpty = errors.New("backup: destination is not empty")
	// ErrNoBackup: the source is no backup.
	ErrNoBackup = errors.New("backup: no backup")
	// ErrIncomplete: no run into the backup has ever come to its end.
	ErrIncomplete = errors.New("backup: not complete")
	// ErrConflict: both sides have an object that never changes, with different bytes.
	ErrConflict = errors.New("backup: differs from what is there already")
	// ErrAhead: the backup has a number that the store does not have: the store was set back to an older state.
	ErrAhead = errors.New("backup: knows more than the store")
	// ErrOvertaken: another run into the same backup has begun meanwhile.
	ErrOvertaken = errors.New("backup: overtaken by another run")
	// ErrVersion: the backup was written by a newer program.
	ErrVersion = errors.New("backup: unknown version")
)

// Place is where an archive lies. Files may be the same store as Records.
type Place struct{ Records, Files archive.Store }

// The codes of problems.
const (
	FileChanged   = "file_changed"   // not what its name says: it is not copied
	Missing       = "missing"        // of a dense row, or what a number points to
	NumberInvalid = "number_invalid" // cannot be read
)

// Problem is something in the source that is not as it should be. The copy goes on.
type Problem struct {
	Key    string
	Code   string
	Detail string // German sentence
}

// Options of a copy.
type Options struct {
	Program string // version of the program, for people
	Run     string // name of this run, [a-z0-9], another one each time; "" = from the clock
	Compare bool   // read what both sides have, and compare it byte by byte
	Now     func() time.Time
	Report  func(Problem) // nil = silent; called by one goroutine at a time
	// Keep says until when an object is kept, for destinations that can lock; nil = nothing is locked. It is asked about events
	// before the files that they name.
	Keep func(key string, body []byte) time.Time
}

// Result is what a copy has done.
type Result struct {
	Tenants  int
	Objects  int   // copied
	Bytes    int64 // copied
	There    int   // were there already
	Gone     int   // are in the backup only: removed from the store since
	Pending  int   // claims that were not issued when they were copied, of those that are new
	Problems int
	// AsOf is the moment that a restored backup shows: the begin of its last whole run.
	AsOf time.Time
	// Broken says that a later run was not whole and has been left out.
	Broken bool
}

// Backup copies an archive that others may write to into a backup: an empty store, or one that earlier runs have filled.
func Backup(ctx context.Context, from Place, to archive.Store, o Options) (*Result, error) {
	c := newCopier(from, Place{to, to}, o)
	if err := c.begin(ctx, kindBackup); err != nil {
		return nil, err
	}
	if err := c.everything(ctx); err != nil {
		return &c.result, err
	}
	return &c.result, c.finish(ctx)
}

// Restore copies a backup into an empty archive, or goes on where a call before was cut off. What a run that is not whole has
// added to the backup is left out.
func Restore(ctx context.Context, from archive.Store, to Place, o Options) (*Result, error) {
	s, err := readState(ctx, from)
	switch {
	case err != nil:
		return nil, err
	case s == nil || s.Kind != kindBackup:
		return nil, ErrNoBackup
	case s.whole().IsZero():
		return nil, ErrIncomplete
	}
	source := from
	if !s.complete() {
		if source, err = withoutNew(ctx, from); err != nil {
			return nil, err
		}
	}
	c := newCopier(Place{source, source}, to, o)
	c.result.AsOf, c.result.Broken = s.whole(), !s.complete()
	if err := c.begin(ctx, kindRestore); err != nil {
		return nil, err
	}
	if err := c.everything(ctx); err != nil {
		return &c.result, err
	}
	return &c.result, c.finish(ctx)
}

// Whole says whether a store can be relied on: ErrIncomplete when it is a copy that is being made, or that was cut off.
func Whole(ctx context.Context, s archive.Store) error {
	state, err := readState(ctx, s)
	if err == nil && state != nil && !state.complete() {
		err = fmt.Errorf("%w: begun %s", ErrIncomplete, state.Begun.UTC().Format(time.RFC3339))
	}
	return err
}
