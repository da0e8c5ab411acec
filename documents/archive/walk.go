package archive

import (
	"context"
	"fmt"
)

// walkPage is how many keys a walk asks for at once. A directory store reads a folder anew for every page of it; a bucket gives
// them in pages of its own.
const walkPage = 10_000

// EachKey calls visit with all keys of a prefix, in their order, page by page, until it returns an error.
func EachKey(ctx context.Context, s Store, prefix string, visit func(key string) error) error {
	for after := ""; ; {
		keys, err := s.List(ctx, prefix, after, walkPage)
		if err != nil {
			return fmt.Errorf("list %s: %w", prefix, err)
		}
		for _, key := range keys {
			if err := visit(key); err != nil {
				return err
			}
		}
		if len(keys) < walkPage {
			return nil
		}
		after = keys[len(keys)-1]
	}
}
