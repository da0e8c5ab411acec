package documents

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/ledger"
)

func claimOf(series string, year int, o ledger.Owner) string {
	return fmt.Sprintf("%s %d %s %d", series, year, o.ID, o.Event)
}

// want notes the numbers of an engagement's claims, as its documents show them.
func (a *auditor) want(id string, h history, m *Manifest) {
	for i := range h {
		for _, w := range h[i].claim.Numbers {
			n := notIssued
			if h[i].issued > 0 {
				n = printed(w.Series, h[i].event, m)
			}
			a.wanted[claimOf(w.Series, w.Year, ledger.Owner{ID: id, Event: h[i].event})] = n
		}
	}
}

// printed is the number of a series on the documents that a claim has made: 7 of "RE-2026-0007" and of "VT-2026-0007-2".
func printed(series string, event int, m *Manifest) int {
	for i := range m.Documents {
		d := &m.Documents[i]
		if d.ID != documentID(d.Kind, event) || (d.Kind == decision.Invoice) != (series == seriesInvoice) {
			continue
		}
		part := strings.Split(d.Number, "-")
		if n, err := strconv.Atoi(part[min(2, len(part)-1)]); err == nil {
			return n
		}
	}
	return notPrinted
}

// numbers looks for gaps, for numbers that belong to no claim or to one that has another, and for those that are gone.
func (a *auditor) numbers(ctx context.Context) error {
	next, met := map[string]int{}, map[string]bool{}
	err := a.is.ledger.Keys(ctx, archive.NumberPrefix(a.tenant), func(key string) error {
		series, year, n, ok := archive.ParseNumber(key)
		o, err := a.is.ledger.Owner(ctx, key)
		if errors.Is(err, archive.ErrStorage) || ctx.Err() != nil {
			return err
		}
		a.count.Numbers++
		at := fmt.Sprintf("%s-%04d", series, year)
		where, claim := fmt.Sprintf("%s-%04d", at, n), claimOf(series, year, o)
		wanted, unread := a.wants(ctx, o, claim)
		switch {
		case unread != nil:
			return unread
		case !ok || err != nil || !wanted:
			a.find(where, findNumberStray, "Diese Nummer gehört zu keinem Vorgang.")
		case met[claim]:
			a.find(where, findNumberTwice, "Der Vorgang dieser Nummer hat schon eine andere.")
		case n != next[at]+1:
			a.find(where, findNumberGap, "Vor dieser Nummer fehlt mindestens eine.")
		case a.wanted[claim] > 0 && a.wanted[claim] != n:
			a.find(where, findNumberDiffers, "Auf den Dokumenten des Vorgangs dieser Nummer steht eine andere.")
		}
		next[at], met[claim] = n, true
		return nil
	})
	if err != nil {
		return err
	}
	for _, claim := range slices.Sorted(maps.Keys(a.wanted)) {
		if a.wanted[claim] != notIssued && !met[claim] {
			a.find(claim, findNumberMissing, "Dieser Vorgang ist ausgestellt, und seine Nummer fehlt.")
		}
	}
	return nil
}

// wants says whether the claim of a number wants it. One that was not met is looked for: calls go on while an audit reads.
func (a *auditor) wants(ctx context.Context, o ledger.Owner, claim string) (bool, error) {
	if _, met := a.wanted[claim]; met || !ledger.IsID(o.ID) {
		return met, nil
	}
	s, err := a.is.ledger.Load(ctx, a.tenant, o.ID)
	if err != nil {
		if errors.Is(err, archive.ErrStorage) || ctx.Err() != nil {
			return false, err
		}
		return false, nil // told when its stream was read
	}
	h, err := readHistory(s)
	if err != nil {
		return false, nil // likewise
	}
	if p := h.at(o.Event); p != nil {
		for _, w := range p.claim.Numbers {
			if claimOf(w.Series, w.Year, o) == claim {
				return true, nil
			}
		}
	}
	return false, nil
}
