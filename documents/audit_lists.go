package documents

import (
	"context"
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
	err := archive.EachKey(ctx, a.is.files, archive.FilesPrefix(a.tenant), func(string) error {
		stored++
		return nil
	})
	if err != nil {
		return err
	}
	a.count.Spare += max(0, stored-a.named)
	return nil
}
