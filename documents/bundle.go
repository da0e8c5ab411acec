package documents

import (
	"context"

	"auftragsmappe/documents/decision"
)

// Bundle reads the current documents of a tenant's manifest in the order of the kinds: those that are issued, not those
// that were replaced. Every file is held against its hash: ErrDamaged.
func (is *Issuer) Bundle(ctx context.Context, tenant string, m *Manifest) ([]File, error) {
	files := make([]File, 0, len(m.Documents))
	for _, row := range decision.Kinds {
		for i := range m.Documents {
			d := &m.Documents[i]
			if d.Kind != row.Kind || d.Status != StatusIssued {
				continue
			}
			f, err := is.file(ctx, tenant, m.ID, d)
			if err != nil {
				return nil, err
			}
			files = append(files, *f)
		}
	}
	return files, nil
}
