package s3

import (
	"bytes"
	"context"
	"crypto/md5" //nolint:gosec // what S3 calls ETag
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// The names in an object's metadata, as the library spells them.
const (
	metaWrite = "Write-Id" // of the logical write: the same in all its tries, another in every other write
	metaSum   = "Sha256"   // of the bytes, in hex
)

// parallel is how many objects of one call are under way at once.
const parallel = 8

// Put writes the objects in their order, one after the other where that matters: neighbours without a condition are
// content-addressed files and go together.
func (s *Store) Put(ctx context.Context, objects ...archive.Object) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, o := range objects {
		if err := archive.CheckKey(o.Key); err != nil {
			return err
		}
	}
	if err := s.learnLock(ctx, objects); err != nil {
		return err
	}
	for len(objects) > 0 {
		n := 0
		for n < len(objects) && !objects[n].IfAbsent {
			n++
		}
		err := archive.Each(parallel, objects[:n], func(o archive.Object) error {
			if archive.Kept(o.Key) {
				return s.keep(ctx, o)
			}
			return s.replace(ctx, o)
		})
		if err == nil && n < len(objects) {
			err = s.create(ctx, objects[n])
			n++
		}
		if err != nil {
			return err
		}
		objects = objects[n:]
	}
	return nil
}

// stumbles is how often a server may say that a key is a directory before we believe it: versitygw says so as well when a
// deletion has just removed the empty folder that it was about to use. Nothing is stored then.
const stumbles = 5

// send is one PUT of an object, again where the server has stumbled; it returns the ETag.
func (s *Store) send(ctx context.Context, o archive.Object, id string) (etag string, err error) {
	sum := sha256.Sum256(o.Bytes)
	options := minio.PutObjectOptions{
		UserMetadata: map[string]string{metaWrite: id, metaSum: hex.EncodeToString(sum[:])},
		// In parts only the first request would carry the condition, and some servers check at the last.
		DisableMultipart: true,
		SendContentMd5:   true, // the one checksum that all servers verify, and that object lock asks for
	}
	if o.IfAbsent {
		options.SetMatchETagExcept("*") // If-None-Match: *
	}
	s.retain(o, &options)
	for n := 1; ; n++ {
		err = s.once(ctx, len(o.Bytes), func(ctx context.Context) error {
			info, err := s.client.PutObject(ctx, s.bucket, s.root+o.Key, bytes.NewReader(o.Bytes), int64(len(o.Bytes)), options)
			etag = info.ETag
			return err
		})
		stumbled := err != nil && minio.ToErrorResponse(err).Code == "ExistingObjectIsDirectory"
		if !stumbled || n == stumbles || !pause(ctx, n) {
			return etag, err
		}
	}
}

// replace writes an object whatever is there. A second try does no harm: it brings the same bytes.
func (s *Store) replace(ctx context.Context, o archive.Object) error {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	open := false
	for n := 0; ; n++ {
		etag, err := s.send(whole, o, rand.Text())
		if err == nil {
			return s.verify(ctx, whole, o, etag)
		}
		c := classify(err)
		clear := c != unclear && c != conflict
		open = open || !clear
		if clear || !pause(whole, n) {
			return s.failed(ctx, open, o.Key, err)
		}
	}
}

// phantoms is how often a server may say "exists" of an object that cannot be read before we believe that it means it:
// versitygw refuses to create what was deleted in a versioned bucket.
const phantoms = 5

// create writes an object unless its key is taken. Only a 200 is taken at its word. 412 and 409 may be about our own
// earlier try, a lost answer may have been a yes: then the write id of the stored object decides.
func (s *Store) create(ctx context.Context, o archive.Object) error {
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	id := rand.Text()
	open, phantom := false, 0
	for n := 0; ; n++ {
		etag, err := s.send(whole, o, id)
		if err == nil {
			return s.verify(ctx, whole, o, etag)
		}
		c := classify(err)
		if c != unclear && c != conflict {
			return s.failed(ctx, open, o.Key, err)
		}
		exists := minio.ToErrorResponse(err).StatusCode == http.StatusPreconditionFailed
		open = open || !exists
		info, lost := s.stat(whole, o.Key)
		switch {
		case lost == nil && info.UserMetadata[metaWrite] == id:
			return s.verify(ctx, whole, o, info.ETag)
		case lost == nil:
			return fmt.Errorf("%w: %s", archive.ErrExists, o.Key)
		case classify(lost) != missing:
			return s.fail(ctx, archive.ErrUnknown, "put "+o.Key+", read back", lost)
		case exists:
			phantom++
		}
		// Nothing is there, but an earlier try may still arrive. It would bring the same id and the same bytes, so the
		// write is repeated, never given up for another one.
		if phantom == phantoms || !pause(whole, n) {
			err := s.failed(ctx, open, o.Key, err)
			if phantom == phantoms {
				err = fmt.Errorf("%w: %w", err, errPhantom)
			}
			return err
		}
	}
}

// limit is the caller's context, and the same under the deadline of all tries.
func (s *Store) limit(ctx context.Context) (caller, whole context.Context, cancel context.CancelFunc) {
	whole, cancel = context.WithTimeout(ctx, s.total)
	return ctx, whole, cancel
}

// failed is the error of a write that ends with err; open says that one of its tries may have been stored.
func (s *Store) failed(ctx context.Context, open bool, key string, err error) error {
	kind := sentinel(err)
	switch {
	case open:
		kind = archive.ErrUnknown
	case classify(err) == unsupported:
		kind = fmt.Errorf("%w: %w", archive.ErrStorage, archive.ErrNoConditions)
	case errors.Is(kind, archive.ErrNotFound):
		kind = archive.ErrStorage // of a write: the bucket
	}
	return s.fail(ctx, kind, "put "+key, err)
}

// stat reads the metadata of an object.
func (s *Store) stat(ctx context.Context, key string) (info minio.ObjectInfo, err error) {
	err = s.repeat(ctx, 0, func(ctx context.Context) error {
		info, err = s.client.StatObject(ctx, s.bucket, s.root+key, minio.StatObjectOptions{})
		return err
	})
	return info, err
}

// verify compares a stored object's ETag with the bytes that were sent. Where it looks like an MD5 and is another one,
// the object itself decides: servers that encrypt have such ETags.
func (s *Store) verify(ctx, whole context.Context, o archive.Object, etag string) error {
	if s.isSum(etag, o.Bytes) {
		return nil
	}
	var stored []byte
	err := s.repeat(whole, 0, func(ctx context.Context) (err error) {
		stored, _, err = s.receive(ctx, o.Key)
		return err
	})
	if err != nil {
		return s.fail(ctx, archive.ErrUnknown, "put "+o.Key+", verify", err)
	}
	if !bytes.Equal(stored, o.Bytes) {
		return fmt.Errorf("%w: put %s: the server has stored other bytes", archive.ErrStorage, o.Key)
	}
	s.opaque.Store(true)
	return nil
}

// isSum says that an ETag does not speak against the bytes.
func (s *Store) isSum(etag string, b []byte) bool {
	if !s.isMD5(etag) {
		return true
	}
	sum := md5.Sum(b) //nolint:gosec // as above
	return etag == hex.EncodeToString(sum[:])
}

// isMD5 says that an ETag is taken for the MD5 of the bytes.
func (s *Store) isMD5(etag string) bool {
	_, err := hex.DecodeString(etag)
	return err == nil && len(etag) == 2*md5.Size && !s.opaque.Load()
}
