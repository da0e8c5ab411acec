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
	read          int      // entries of folders
	empty         []string // folders
	missed        bool     // a folder was not there
}

// looks is how often a directory that is there must not have something before it is missing.
const looks = 2

func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// List walks the folders that may hold keys of the prefix. Folders sort with their "/", so that "a-b" comes before "a/b".
func (d *Dir) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := ctx.Err(); err != nil || NoKeys(prefix) {
		return nil, err
	}
	folder := prefix[:strings.LastIndexByte(prefix, '/')+1]
	l := lister{ctx: ctx, dir: d, prefix: prefix, after: after, limit: limit}
	for range looks { // as Get does
		l.keys, l.empty, l.missed = nil, nil, false
		if err := l.walk(folder); err != nil {
			return nil, fmt.Errorf("%w: list %s: %w", ErrStorage, prefix, err)
		}
		if !l.missed {
			break
		}
		if err := d.there(); err != nil {
			return nil, err
		}
	}
	if d.tidy(l.empty); len(l.keys) == 0 {
		return nil, d.there()
	}
	return l.keys, nil
}

// walk adds the keys of a folder ("" or ending in "/").
func (l *lister) walk(folder string) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	entries, err := readDir(l.dir.path(folder))
	if err != nil {
		if isMissing(err) {
			l.missed = true
			return nil
		}
		return err
	}
	if l.read += len(entries); len(entries) == 0 {
		l.empty = append(l.empty, folder)
	}
	for _, key := range sorted(folder, entries, l.wants) {
		if len(l.keys) >= l.limit {
			return nil
		}
		if !strings.HasSuffix(key, "/") {
			l.keys = append(l.keys, key)
		} else if err := l.walk(key); err != nil {
			return err
		}
	}
	return nil
}

// readDir is os.ReadDir without its order, which is not that of keys.
func readDir(name string) ([]os.DirEntry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return f.ReadDir(-1)
}

// wants says whether a key is one of the list, or keys below a folder can be.
func (l *lister) wants(key string) bool {
	if strings.HasSuffix(key, "/") {
		return l.mayHold(key)
	}
	return key > l.after && strings.HasPrefix(key, l.prefix)
}

// mayHold says whether keys below the folder can be wanted.
func (l *lister) mayHold(folder string) bool {
	wanted := strings.HasPrefix(folder, l.prefix) || strings.HasPrefix(l.prefix, folder)
	return wanted && (folder > l.after || strings.HasPrefix(l.after, folder))
}

// sorted are the full keys of those files and folders (these with "/") that are wanted, in byte order, without what is no key.
func sorted(folder string, entries []os.DirEntry, wanted func(key string) bool) []string {
	var keys []string
	for _, e := range entries {
		key := folder + e.Name()
		switch {
		case strings.HasPrefix(e.Name(), "."):
			continue
		case e.IsDir():
			key += "/"
		case !e.Type().IsRegular():
			continue
		}
		if wanted(key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
