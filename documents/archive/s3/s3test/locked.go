package s3test

import (
	"bytes"
	"net/url"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"auftragsmappe/documents/archive/s3"
)

// LockedBucket has object lock and versions, without a retention of its own.
const LockedBucket = "gesperrt"

func makeLocked(t testing.TB, o s3.Options) {
	t.Helper()
	o.Bucket = LockedBucket
	store, err := s3.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.MakeBucket(t.Context(), true); err != nil {
		t.Fatal(err)
	}
}

// Bucket is a bucket as a tool of its owner sees it: with versions, and with the right to bypass what can be bypassed.
type Bucket struct {
	client *minio.Client
	name   string
}

// Owner is the bucket of options.
func Owner(t testing.TB, o s3.Options) Bucket {
	t.Helper()
	u, err := url.Parse(o.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""), Region: o.Region, MaxRetries: 1})
	if err != nil {
		t.Fatal(err)
	}
	return Bucket{client, o.Bucket}
}

// Version is a stored version of an object and its lock; the mode is empty when it has none.
type Version struct{ Key, ID, Mode, Until string }

// Versions are all versions of all objects, without delete markers.
func (b Bucket) Versions(t testing.TB) []Version {
	t.Helper()
	var all []Version
	for o := range b.client.ListObjectsIter(t.Context(), b.name, minio.ListObjectsOptions{Recursive: true, WithVersions: true}) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		if o.IsDeleteMarker {
			continue
		}
		// A HEAD of the version: what asks for the retention alone fails on versitygw.
		info, err := b.client.StatObject(t.Context(), b.name, o.Key, minio.StatObjectOptions{VersionID: o.VersionID})
		if err != nil {
			t.Fatal(o.Key, err)
		}
		h := info.Metadata
		all = append(all, Version{o.Key, o.VersionID, h.Get("X-Amz-Object-Lock-Mode"), h.Get("X-Amz-Object-Lock-Retain-Until-Date")})
	}
	return all
}

// Delete deletes a version, with the right to bypass when that is wanted.
func (b Bucket) Delete(t testing.TB, v Version, bypass bool) error {
	t.Helper()
	return b.client.RemoveObject(t.Context(), b.name, v.Key, minio.RemoveObjectOptions{VersionID: v.ID, GovernanceBypass: bypass})
}

// Put writes an object whatever is there, as another tool does.
func (b Bucket) Put(t testing.TB, key string, body []byte) {
	t.Helper()
	_, err := b.client.PutObject(t.Context(), b.name, key, bytes.NewReader(body), int64(len(body)), minio.PutObjectOptions{SendContentMd5: true})
	if err != nil {
		t.Fatal(err)
	}
}
