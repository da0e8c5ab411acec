package documents

import (
	"context"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// Fill is one document of an engagement, filled and not yet set.
func (is *Issuer) Fill(k decision.Kind, v *engagement.Valid) (*content.Document, error) {
	d := decision.Decide(v)
	return is.texts.Fill(k, is.newCase(v, &d, &Stamp{Engagement: Number{2026, 7}, Invoice: Number{2026, 7}}))
}

// Text is what an issued document says, filled again from its claim, on one line.
func (is *Issuer) Text(ctx context.Context, tenant, id string, d *Document) (string, error) {
	s, err := is.ledger.Load(ctx, tenant, id)
	if err != nil {
		return "", err
	}
	h, err := readHistory(s)
	if err != nil {
		return "", err
	}
	made := h.madeBy(d)
	numbers, err := is.ledger.Take(ctx, tenant, ledger.Owner{ID: id, Event: made.event}, made.claim.Numbers)
	if err != nil {
		return "", err
	}
	stamp := made.claim.stamp(s, made.event, numbers)
	if stamp.former, err = standingBefore(s, made.event); err != nil {
		return "", err
	}
	filled, err := is.texts.Fill(d.Kind, is.newCase(made.claim.valid(), made.claim.decision(), stamp))
	if err != nil {
		return "", err
	}
	return content.PlainText(filled, 10_000), nil
}

// Over is the same issuer over other stores: it knows nothing of the former ones.
func (is *Issuer) Over(records, files archive.Store) *Issuer {
	return &Issuer{
		ledger: ledger.New(records), files: files, texts: is.texts, profiles: tenant.NewProfiles(records), wanted: is.wanted, log: is.log,
		now: is.now, wait: is.wait, random: is.random, gate: make(chan struct{}, cap(is.gate)),
	}
}
