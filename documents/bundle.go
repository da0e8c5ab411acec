package documents

import "context"

// Bundle reads the current documents of a tenant's manifest, in its order: those that are issued, not those that were
// replaced. Every file is held against its hash: ErrDamaged.
func (is *Issuer) Bundle(ctx context.Context, tenant string, m *Manifest) ([]File, error) {
	files := make([]File, 0, len(m.Documents))
	for i := range m.Documents {
		if m.Documents[i].Status != StatusIssued {
			continue
		}
		f, err := is.file(ctx, tenant, m.ID, &m.Documents[i])
		if err != nil {
			return nil, err
		}
		files = append(files, *f)
	}
	return files, nil
}
