package archive

import (
	"context"
	"fmt"
	"strings"
)

// folders is a store that can name folders without looking at what they hold: at most limit of those directly below the prefix
// that sort after the name `after`, fewer only where they end.
type folders interface {
	FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error)
}

const folderPage = 1000 // what buckets give at once

// Folders are the names of the folders directly below a prefix that ends in "/", in byte order. A store that cannot name them is
// asked for a key of each. One of a directory store may be empty: what was to come into it never came, or is gone.
func Folders(ctx context.Context, s Store, prefix string) ([]string, error) {
	named, ok := s.(folders)
	if !ok {
		named = skipping{s}
	}
	var all []string
	for after := ""; ; {
		names, err := named.FoldersAfter(ctx, prefix, after, folderPage)
		if err != nil {
			return nil, err
		}
		all = append(all, names...)
		if len(names) < folderPage {
			return all, nil
		}
		after = names[len(names)-1]
	}
}

// skipping finds the folders of a store by a List for each.
type skipping struct{ Store }

// FoldersAfter skips from folder to folder.
func (s skipping) FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	var names []string
	if after != "" {
		after = behind(prefix, after)
	}
	for len(names) < limit {
		keys, err := s.List(ctx, prefix, after, 1)
		if err != nil || len(keys) == 0 {
			return names, err
		}
		name, _, below := strings.Cut(keys[0][len(prefix):], "/")
		if after = keys[0]; below {
			names = append(names, name)
			after = behind(prefix, name)
		}
	}
	return names, nil
}

// behind sorts behind all keys of a folder and before those of the next one.
func behind(prefix, name string) string { return AfterAll(prefix + name + "/") }

// FoldersAfter are those of the store below.
func (w *Watch) FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if f, ok := w.Store.(folders); ok {
		return f.FoldersAfter(ctx, prefix, after, limit)
	}
	return skipping{w.Store}.FoldersAfter(ctx, prefix, after, limit)
}

// FoldersAfter reads one directory.
func (d *Dir) FoldersAfter(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if NoKeys(prefix) {
		return nil, ctx.Err()
	}
	if err := firstError(ctx.Err(), d.there()); err != nil {
		return nil, err
	}
	entries, err := readDir(d.path(prefix))
	if err != nil && isMissing(err) {
		return nil, d.there()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: list %s: %w", ErrStorage, prefix, err)
	}
	var names []string
	for _, key := range sorted(prefix, entries, func(key string) bool { return after == "" || key > prefix+after+"/" }) {
		if name, ok := strings.CutSuffix(key[len(prefix):], "/"); ok && len(names) < limit {
			names = append(names, name)
		}
	}
	return names, nil
}
