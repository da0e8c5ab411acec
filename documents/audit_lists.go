package documents

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"auftragsmappe/documents/archive"
)

// list looks for issued engagements that the list of engagements lacks. It is read after the events: its entries come first.
func (a *auditor) list(ctx context.Context) error {
	err := a.is.ledger.Keys(ctx, archive.RecentPrefix(a.tenant), func(key string) error {
		delete(a.issued, archive.RecentID(key))
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(a.issued)) {
		a.find(id, findListMissing, "Dieser Auftrag ist ausgestellt und fehlt in der Liste der Aufträge.")
	}
	return nil
}

// spare counts the files that no document names. They are no finding: claims at work write files before they are named, and
// one that died may have left some.
func (a *auditor) spare(ctx context.Context) error {
	stored := 0
	for after, prefix := "", archive.FilesPrefix(a.tenant); ; {
		keys, err := a.is.files.List(ctx, prefix, after, maxStrays)
		if err != nil {
			return fmt.Errorf("list files: %w", err)
		}
		if stored += len(keys); len(keys) < maxStrays {
			a.count.Spare += max(0, stored-a.named)
			return nil
		}
		after = keys[len(keys)-1]
	}
}
