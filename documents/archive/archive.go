package archive

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Errors of a store.
var (
	// ErrExists: a create-if-absent Put met an object of that key. Nothing of the batch after it was promised.
	ErrExists = errors.New("archive: object exists")
	// ErrNotFound: there is no object of that key.
	ErrNotFound = errors.New("archive: no such object")
	// ErrStorage: trouble with the storage itself: no space, no permission, no answer. Trying again later may help.
	ErrStorage = errors.New("archive: storage failed")
	// ErrUnknown is an ErrStorage after which a write may or may not have happened.
	ErrUnknown = fmt.Errorf("%w: outcome unknown", ErrStorage)
	// ErrKey: a key that the layout does not allow, or one that is a directory of another (a server may allow the latter;
	// the layout never asks for it).
	ErrKey = errors.New("archive: key not allowed")
	// ErrNoConditions: the store does not honour IfAbsent, so it must not keep Records.
	ErrNoConditions = errors.New("archive: create-if-absent is not honoured")
)

// Object is a key and its bytes.
type Object struct {
	Key   string // segments of [A-Za-z0-9._=-], at most 200 bytes each, joined by "/"; none starts with "."
	Bytes []byte
	// IfAbsent: refuse with ErrExists when the key is taken. Without it an object that is there is replaced, as durably as
	// one is made: by the same bytes (content-addressed files), or by others (a key that is revoked). What is Kept has only
	// ever the bytes that it was made with: ErrKept for others.
	IfAbsent bool
	// Keep is until when the object must not go away; zero = not for any time. A bucket with object lock is told so. It adds
	// to what every store refuses of a Kept key, and replaces none of it.
	Keep time.Time
}

// Store keeps objects. Two roles use it: Records need create-if-absent, Files are content-addressed.
//
// Objects of one Put become visible whole, and in their order: who sees one sees those before it. Neighbours without
// IfAbsent are one step in that order: among themselves they may become visible in any. After an error the objects of
// some first steps may be there, and some of the step that failed. When Put returns nil all of them survive a loss of
// power, as far as the server below keeps that promise. The package's words say all of it.
type Store interface {
	// Put writes all objects durably, or returns an error; of conditional objects one writer wins.
	Put(ctx context.Context, objects ...Object) error
	// Get returns the bytes of an object, or ErrNotFound.
	Get(ctx context.Context, key string) ([]byte, error)
	// List returns at most limit keys with the prefix that sort after `after`, in byte order; fewer only where there are no more.
	List(ctx context.Context, prefix, after string, limit int) ([]string, error)
	// Delete removes objects; a missing key is no error, one that is Kept is: ErrKept, and none of the keys is deleted. Used
	// for work lists, and for files that no document names (Unnamed).
	Delete(ctx context.Context, keys ...string) error
}
