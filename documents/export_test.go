package documents

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// Fill is one document of an engagement, filled and not yet set.
func (is *Issuer) Fill(k decision.Kind, v *engagement.Valid) (*content.Document, error) {
	d := decision.Decide(v)
	return is.texts.Fill(k, is.newCase(v, &d, &Stamp{Engagement: Number{2026, 7}, Invoice: Number{2026, 7}}))
}
