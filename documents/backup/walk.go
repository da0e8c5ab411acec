package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"auftragsmappe/documents/archive"
)

// The sizes of pages; tests have smaller ones.
var (
	// pageSize bounds what a list holds in memory. Directory stores read a folder anew for every page.
	pageSize = 10_000
	// skipSize is for a page that may be all of what is left out: one request to a bucket.
	skipSize = 1000
)

// cursor goes through the keys of a prefix in their order, page by page.
type cursor struct {
	store         archive.Store
	prefix, after string
	skip          []string // prefixes that are left out
	page          []string
	skipped       bool   // the page before ended in what is left out
	last          bool   // page is the last one: a shorter list is the end
	key           string // "" = the end
}

// next goes to the next key.
func (w *cursor) next(ctx context.Context) error {
	for {
		if err := w.load(ctx); err != nil {
			return err
		}
		if len(w.page) == 0 {
			w.key = ""
			return nil
		}
		w.key = w.page[0]
		at := slices.IndexFunc(w.skip, func(p string) bool { return strings.HasPrefix(w.key, p) })
		if at < 0 {
			w.page, w.after, w.skipped = w.page[1:], w.key, false
			return nil
		}
		rest := slices.IndexFunc(w.page, func(k string) bool { return !strings.HasPrefix(k, w.skip[at]) })
		if rest < 0 {
			rest, w.skipped = len(w.page), true
		}
		w.page, w.after = w.page[rest:], archive.AfterAll(w.skip[at])
	}
}

// load lists the next page when there is nothing left of the one before.
func (w *cursor) load(ctx context.Context) error {
	if len(w.page) > 0 || w.last {
		return nil
	}
	limit := pageSize
	if len(w.skip) > 0 && (w.after == "" || w.skipped) {
		limit = skipSize
	}
	page, err := w.store.List(ctx, w.prefix, w.after, limit)
	if err != nil {
		return fmt.Errorf("list %s: %w", w.prefix, err)
	}
	w.page, w.last = page, len(page) < limit
	return nil
}

// sides says where a key was found.
type sides struct{ source, destination bool }

// pair is the two stores that a kind of object is copied between.
type pair struct{ from, to archive.Store }

// both goes through the keys of a prefix on both sides, in their order. Gaps in the dense rows of the source are gone through as
// if the list had shown them: what is before a key was there when the key was written.
func (p pair) both(ctx context.Context, prefix string, skip []string, visit func(key string, at sides) error) error {
	m := merge{cursor{store: p.from, prefix: prefix, skip: skip}, cursor{store: p.to, prefix: prefix, skip: skip}}
	if err := m.advance(ctx, sides{true, true}); err != nil {
		return err
	}
	for before := ""; ; {
		key, at := m.lowest()
		if key == "" {
			return nil
		}
		if at.source {
			for _, k := range gap(before, key) {
				if err := visit(k, sides{source: true}); err != nil {
					return err
				}
			}
			before = key
		}
		if err := visit(key, at); err != nil {
			return err
		}
		if err := m.advance(ctx, at); err != nil {
			return err
		}
	}
}

// merge goes through two lists at once.
type merge struct{ from, to cursor }

// lowest is the lower one of the two keys, and where it was found; "" at the end.
func (m *merge) lowest() (key string, at sides) {
	from, to := m.from.key, m.to.key
	switch {
	case to == "" || from != "" && from < to:
		return from, sides{source: true}
	case from == "" || to < from:
		return to, sides{destination: true}
	}
	return from, sides{true, true}
}

// advance goes on where the last key was found.
func (m *merge) advance(ctx context.Context, at sides) error {
	if at.source {
		if err := m.from.next(ctx); err != nil {
			return err
		}
	}
	if at.destination {
		return m.to.next(ctx)
	}
	return nil
}

// gap is what is missing in a dense row between two neighbours of a list: few keys, so more than a page is damage.
func gap(before, key string) []string {
	var missing []string
	for {
		below, ok := archive.Below(key)
		if !ok || below <= before || len(missing) == pageSize {
			slices.Reverse(missing)
			return missing
		}
		missing = append(missing, below)
		key = below
	}
}
