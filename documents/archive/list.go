package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
)

// lister walks a directory store in the byte order of whole keys.
type lister struct {
	ctx           context.Context
	dir           *Dir
	prefix, after string
	limit         int
	keys          []string
}

// List walks the folders that may hold keys of the prefix. Folders sort with their "/", so that "a-b" comes before "a/b".
func (d *Dir) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := ctx.Err(); err != nil || NoKeys(prefix) {
		return nil, err
	}
	folder := prefix[:strings.LastIndexByte(prefix, '/')+1]
	l := lister{ctx: ctx, dir: d, prefix: prefix, after: after, limit: limit}
	if err := l.walk(folder); err != nil {
		return nil, fmt.Errorf("%w: list %s: %w", ErrStorage, prefix, err)
	}
	if len(l.keys) == 0 {
		return nil, d.there()
	}
	return l.keys, nil
}

// walk adds the keys of a folder ("" or ending in "/").
func (l *lister) walk(folder string) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(l.dir.path(folder))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			return nil
		}
		return err
	}
	for _, key := range sorted(folder, entries) {
		if len(l.keys) >= l.limit {
			return nil
		}
		if !strings.HasSuffix(key, "/") {
			if key > l.after && strings.HasPrefix(key, l.prefix) {
				l.keys = append(l.keys, key)
			}
			continue
		}
		if l.mayHold(key) {
			if err := l.walk(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayHold says whether keys below the folder can be wanted.
func (l *lister) mayHold(folder string) bool {
	wanted := strings.HasPrefix(folder, l.prefix) || strings.HasPrefix(l.prefix, folder)
	return wanted && (folder > l.after || strings.HasPrefix(l.after, folder))
}

// sorted are the full keys of files and folders (these with "/"), in byte order, without what is no key.
func sorted(folder string, entries []os.DirEntry) []string {
	keys := make([]string, 0, len(entries))
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			keys = append(keys, folder+e.Name()+"/")
		case e.Type().IsRegular():
			keys = append(keys, folder+e.Name())
		}
	}
	slices.Sort(keys)
	return keys
}
