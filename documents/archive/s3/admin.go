package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// ErrNoLock says that the bucket has no object lock.
var ErrNoLock = errors.New("s3: no object lock")

// Reach asks for the bucket: nil when it is there and the keys are good, archive.ErrNotFound when it is missing.
func (s *Store) Reach(ctx context.Context) error {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	there := false
	err := s.repeat(whole, 0, func(ctx context.Context) (err error) {
		there, err = s.client.BucketExists(ctx, s.bucket)
		return err
	})
	if err != nil {
		return s.fail(ctx, archive.ErrStorage, "ask for bucket "+s.bucket, err)
	}
	if !there {
		return fmt.Errorf("%w: there is no bucket %q", archive.ErrNotFound, s.bucket)
	}
	return nil
}

// MakeBucket makes the bucket unless it is there; made says which. A new one has object lock, and with it versions, when
// lock says so.
func (s *Store) MakeBucket(ctx context.Context, lock bool) (made bool, err error) {
	if err := s.Reach(ctx); !errors.Is(err, archive.ErrNotFound) {
		return false, err
	}
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	err = s.repeat(whole, 0, func(ctx context.Context) error {
		return s.client.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{Region: s.region, ObjectLocking: lock})
	})
	if err == nil {
		return true, nil
	}
	if reach := s.Reach(ctx); reach == nil { // another process was faster, or our first try's answer was lost
		return true, nil
	}
	return false, s.fail(ctx, archive.ErrStorage, "make bucket "+s.bucket, err)
}

// Skew is by how much the server's clock is ahead of ours, to about a second; ok is false before the first answer.
func (s *Store) Skew() (d time.Duration, ok bool) {
	return time.Duration(s.clock.skew.Load()), s.clock.seen.Load()
}

// LockedDelete stores an object that is locked (COMPLIANCE) for the time and tries to delete it. It returns true when
// that was refused, also with the right to bypass; ErrNoLock when the bucket has no object lock. The object stays until
// its time is over.
func (s *Store) LockedDelete(ctx context.Context, key string, lock time.Duration) (refused bool, err error) {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	switch has, err := s.HasLock(ctx); {
	case err != nil:
		return false, err
	case !has:
		return false, ErrNoLock
	}
	body := []byte("locked")
	options := minio.PutObjectOptions{Mode: minio.Compliance, RetainUntilDate: time.Now().Add(lock), SendContentMd5: true, DisableMultipart: true}
	info, err := s.client.PutObject(whole, s.bucket, s.root+key, bytes.NewReader(body), int64(len(body)), options)
	if err != nil {
		return false, s.fail(ctx, archive.ErrStorage, "put a locked object", err)
	}
	for _, bypass := range []bool{false, true} {
		err := s.client.RemoveObject(whole, s.bucket, s.root+key, minio.RemoveObjectOptions{VersionID: info.VersionID, GovernanceBypass: bypass})
		if err == nil {
			return false, nil
		}
		if classify(err) == unclear {
			return false, s.fail(ctx, archive.ErrStorage, "delete a locked object", err)
		}
	}
	_, err = s.client.StatObject(whole, s.bucket, s.root+key, minio.StatObjectOptions{VersionID: info.VersionID})
	if err != nil {
		return false, s.fail(ctx, archive.ErrStorage, "look for a locked object", err)
	}
	return true, nil
}
