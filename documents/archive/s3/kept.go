package s3

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// Lock is how objects are locked whose Keep says so.
type Lock string

// The locks.
const (
	LockAuto       Lock = ""           // compliance where the bucket has object lock, off where not
	LockCompliance Lock = "compliance" // nobody can delete a version before its time, nor shorten that
	LockGovernance Lock = "governance" // who has the right to bypass can
	LockOff        Lock = "off"
)

// Locks are the values that can be chosen.
var Locks = []Lock{LockCompliance, LockGovernance, LockOff}

// modes are the locks as the server calls them.
var modes = map[Lock]minio.RetentionMode{LockCompliance: minio.Compliance, LockGovernance: minio.Governance}

// Lock is the lock that objects get: that of the options or, where they leave it open, what the bucket has.
func (s *Store) Lock(ctx context.Context) (Lock, error) {
	if s.wanted != LockAuto {
		return s.wanted, nil
	}
	has, err := s.HasLock(ctx)
	if has {
		return LockCompliance, err
	}
	return LockOff, err
}

// learnLock finds out how objects are locked, once for a store, before the first one that asks for it.
func (s *Store) learnLock(ctx context.Context, objects []archive.Object) error {
	asks := false
	for i := range objects {
		asks = asks || !objects[i].Keep.IsZero()
	}
	if !asks || s.lock.Load() != nil {
		return nil
	}
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	case <-ctx.Done():
		return fmt.Errorf("ask for object lock: %w", ctx.Err())
	}
	if s.lock.Load() != nil {
		return nil // another write has asked meanwhile
	}
	lock, err := s.Lock(ctx)
	if err == nil {
		s.lock.Store(&lock)
	}
	return err
}

// leastLock is the time below which nothing is locked: servers refuse a time that is over by their own clock.
const leastLock = time.Hour

// retain adds the lock of an object to what is sent.
func (s *Store) retain(o archive.Object, options *minio.PutObjectOptions) {
	lock := s.lock.Load()
	if lock != nil && modes[*lock] != "" && time.Until(o.Keep) > leastLock {
		options.Mode, options.RetainUntilDate = modes[*lock], o.Keep.UTC()
	}
}

// lockless are the codes of servers that do not know what object lock is, whatever status they come with.
var lockless = map[string]bool{"InvalidArgument": true, "InvalidRequest": true, "MethodNotAllowed": true, "NotSupported": true}

// HasLock asks whether the bucket has object lock. A server that does not know the question has none; one that refuses to
// answer is an error, as nothing must stay unlocked by mistake.
func (s *Store) HasLock(ctx context.Context) (bool, error) {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	enabled := ""
	err := s.repeat(whole, 0, func(ctx context.Context) (err error) {
		enabled, _, _, _, err = s.client.GetObjectLockConfig(ctx, s.bucket)
		if another := (xml.UnmarshalError)(""); err == io.EOF || errors.As(err, &another) { //nolint:errorlint // a broken connection wraps it
			err = minio.ErrorResponse{StatusCode: http.StatusNotImplemented, Code: "NotImplemented"} // it has answered something else
		}
		return err
	})
	c := classify(err)
	switch {
	case err == nil:
		return enabled == "Enabled", nil
	case c == missing, c == unsupported, lockless[minio.ToErrorResponse(err).Code]:
		return false, nil
	}
	return false, s.fail(ctx, archive.ErrStorage, "read the bucket's object lock", err)
}

// errPhantom: the server says that an object exists which it cannot show.
var errPhantom = errors.New("exists, and does not")

// keep stores a file that is kept: it is never put over other bytes, and over its own not again, which would make another
// version of it. Servers without conditions store it whatever is there: its key is that of its bytes.
func (s *Store) keep(ctx context.Context, o archive.Object) error {
	if s.unconditional.Load() {
		return s.replace(ctx, o)
	}
	first := o
	first.IfAbsent = true
	err := s.create(ctx, first)
	switch {
	case errors.Is(err, archive.ErrExists):
		return s.same(ctx, o)
	case errors.Is(err, archive.ErrNoConditions):
		s.unconditional.Store(true)
		return s.replace(ctx, o)
	case errors.Is(err, errPhantom): // it was discarded in a bucket that keeps versions
		return s.replace(ctx, o)
	}
	return err
}

// same says whether an object has these bytes; archive.ErrKept when not. Its metadata is not asked: a copy of a bucket may
// have lost it.
func (s *Store) same(ctx context.Context, o archive.Object) error {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	info, err := s.stat(whole, o.Key)
	if err == nil && s.isMD5(info.ETag) && s.isSum(info.ETag, o.Bytes) {
		return nil
	}
	var stored []byte
	err = s.repeat(whole, 0, func(ctx context.Context) (err error) {
		stored, _, err = s.receive(ctx, o.Key)
		return err
	})
	if err != nil {
		return s.fail(ctx, archive.ErrUnknown, "put "+o.Key+", compare", err)
	}
	if !bytes.Equal(stored, o.Bytes) {
		return fmt.Errorf("%w: put %s: other bytes are there", archive.ErrKept, o.Key)
	}
	return nil
}
