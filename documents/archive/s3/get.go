package s3

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// errDamaged is an object that came with other bytes than its length or its sum says.
var errDamaged = errors.New("came damaged")

// Get reads a whole object and checks it.
func (s *Store) Get(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := archive.CheckKey(key); err != nil {
		return nil, err
	}
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	b, err := s.read(whole, key)
	for range damagedTries {
		if errors.Is(err, errDamaged) { // on its way, or in the storage for good
			b, err = s.read(whole, key)
		}
	}
	if err != nil {
		return nil, s.fail(ctx, sentinel(err), "get "+key, err)
	}
	return b, nil
}

const damagedTries = 2

func (s *Store) read(ctx context.Context, key string) (b []byte, err error) {
	err = s.repeat(ctx, 0, func(ctx context.Context) error {
		var info minio.ObjectInfo
		var err error
		if b, info, err = s.receive(ctx, key); err == nil {
			err = s.intact(b, info)
		}
		return err
	})
	return b, err
}

// receive is one GET.
func (s *Store) receive(ctx context.Context, key string) ([]byte, minio.ObjectInfo, error) {
	body, info, _, err := minio.Core{Client: s.client}.GetObject(ctx, s.bucket, s.root+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, info, err
	}
	defer body.Close() //nolint:errcheck // only read
	var b bytes.Buffer
	if info.Size > 0 {
		b.Grow(int(min(info.Size, maxGrow)) + bytes.MinRead)
	}
	if _, err := io.Copy(&b, body); err != nil {
		return nil, info, err
	}
	return b.Bytes(), info, nil
}

const maxGrow = 16 << 20 // what a server's word about the length is trusted for

// intact compares bytes with their length, with the sum that was stored beside them, and without one with the ETag.
func (s *Store) intact(b []byte, info minio.ObjectInfo) error {
	if info.Size >= 0 && info.Size != int64(len(b)) {
		return errDamaged
	}
	want := info.UserMetadata[metaSum]
	sum := sha256.Sum256(b)
	if want != "" && want != hex.EncodeToString(sum[:]) || want == "" && !s.isSum(info.ETag, b) {
		return errDamaged
	}
	return nil
}

// List reads pages of at most 1000 keys.
func (s *Store) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if limit <= 0 || archive.NoKeys(prefix) {
		return nil, nil
	}
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	if after != "" {
		after = s.root + after
	}
	var keys []string
	for {
		var page []string
		most := min(limit-len(keys), maxPage)
		err := s.repeat(whole, 0, func(ctx context.Context) (err error) {
			page, err = s.page(ctx, prefix, after, most)
			return err
		})
		if err != nil {
			return nil, s.fail(ctx, archive.ErrStorage, "list "+prefix, err)
		}
		for _, name := range page {
			if key := name[len(s.root):]; archive.CheckKey(key) == nil { // others put objects into buckets, too
				keys = append(keys, key)
			}
		}
		if len(page) < most || len(keys) == limit {
			return keys, nil
		}
		after = page[len(page)-1]
	}
}

const maxPage = 1000

// page is one listing of at most n full names behind the full name `after`.
func (s *Store) page(ctx context.Context, prefix, after string, n int) ([]string, error) {
	var names []string
	owner := false
	options := minio.ListObjectsOptions{Prefix: s.root + prefix, StartAfter: after, MaxKeys: n, Recursive: true, FetchOwner: &owner}
	for o := range s.client.ListObjectsIter(ctx, s.bucket, options) {
		if o.Err != nil {
			return nil, o.Err
		}
		if o.Key <= after || !strings.HasPrefix(o.Key, options.Prefix) {
			return nil, errOrder
		}
		names, after = append(names, o.Key), o.Key
		if len(names) == n {
			break
		}
	}
	return names, ctx.Err() // the iterator ends without a word when the context does
}

// errOrder: directory buckets and the like list as they please; numbers and pages rest on the order.
var errOrder = minio.ErrorResponse{StatusCode: 200, Code: "ListOrder", Message: "the server does not list in byte order"}

// Delete removes objects.
func (s *Store) Delete(ctx context.Context, keys ...string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := archive.CheckDelete(ctx, keys); err != nil {
		return err
	}
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	return archive.Each(parallel, keys, func(key string) error {
		err := s.repeat(whole, 0, func(ctx context.Context) error {
			return s.client.RemoveObject(ctx, s.bucket, s.root+key, minio.RemoveObjectOptions{})
		})
		if err == nil || classify(err) == missing || classify(err) == badKey {
			return nil
		}
		return s.fail(ctx, archive.ErrStorage, "delete "+key, err)
	})
}
