package s3

import (
	"context"
	"strings"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// FoldersAfter asks for common prefixes: a thousand a request, however much lies below them.
func (s *Store) FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if limit <= 0 || archive.NoKeys(prefix) {
		return nil, nil
	}
	ctx, whole, cancel := s.limit(ctx)
	defer cancel()
	var names []string
	for {
		var page []string
		most := min(limit-len(names), maxPage)
		err := s.repeat(whole, 0, func(ctx context.Context) (err error) {
			page, err = s.folders(ctx, s.root+prefix, after, most)
			return err
		})
		if err != nil {
			return nil, s.fail(ctx, archive.ErrStorage, "list folders of "+prefix, err)
		}
		for _, name := range page {
			if archive.CheckKey(name) == nil { // others put objects into buckets, too
				names = append(names, name)
			}
		}
		if len(page) < most || len(names) == limit {
			return names, nil
		}
		after = page[len(page)-1]
	}
}

// folders is one listing of at most n folders below a full prefix.
func (s *Store) folders(ctx context.Context, prefix, after string, n int) ([]string, error) {
	owner := false
	o := minio.ListObjectsOptions{Prefix: prefix, MaxKeys: n, FetchOwner: &owner}
	if after != "" {
		o.StartAfter = archive.AfterAll(prefix + after + "/")
	}
	var names []string
	for found := range s.client.ListObjectsIter(ctx, s.bucket, o) {
		if found.Err != nil {
			return nil, found.Err
		}
		name, below := strings.CutSuffix(strings.TrimPrefix(found.Key, prefix), "/")
		if !below || after != "" && name+"/" <= after+"/" {
			continue // an object beside the folders; a server that starts with the folder itself
		}
		if names, after = append(names, name), name; len(names) == n {
			break
		}
	}
	return names, ctx.Err() // the iterator ends without a word when the context does
}
