package documents

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"auftragsmappe/documents/ledger"
)

// KeyLife is how long a request key stands for its request; it is published (docs/api.md).
const KeyLife = 24 * time.Hour

// identify says which engagement a call belongs to, and notes which entry of its request key is still to be written. A call
// with a reference and without a request key has no entry.
func (is *Issuer) identify(ctx context.Context, w *work) (id string, err error) {
	w.entry = 0
	reference := w.Engagement.Reference
	if reference != "" && w.Key == "" {
		return ledger.ID(w.Tenant, reference), nil
	}
	last, n, err := is.ledger.LastRequest(ctx, w.key)
	if err != nil {
		return "", err
	}
	if last != nil && is.now().Before(last.Expires) {
		if last.Body != ledger.Sum(w.Engagement.Canonical) {
			return "", fmt.Errorf("issue %s: %w", last.ID, ErrKeyReused)
		}
		return last.ID, nil
	}
	w.entry = n + 1
	if reference != "" {
		return ledger.ID(w.Tenant, reference), nil
	}
	return w.key.ID(w.entry), nil
}

// openRequest writes the entry that identify found to be missing: before the claim, so that a repeat finds the claim.
func (is *Issuer) openRequest(ctx context.Context, w *work, id string) error {
	if w.entry == 0 {
		return nil
	}
	at := is.moment()
	return is.ledger.OpenRequest(ctx, w.key, w.entry, ledger.Request{
		ID: id, Body: ledger.Sum(w.Engagement.Canonical), At: at, Expires: at.Add(cmp.Or(w.KeyLife, KeyLife)),
	})
}
