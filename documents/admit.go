package documents

import (
	"slices"
	"strings"

	"auftragsmappe/documents/engagement"
)

// admit says whether a call with a new body may follow the calls of its engagement.
func (h history) admit(v *engagement.Valid) error {
	if len(h) == 0 {
		return nil
	}
	r, newest := revision(v), h.revision()
	last := h.latest(func(c *claim) bool { return c.Revision == newest })
	peer := h.latest(func(c *claim) bool { return c.Revision == r && phase(c.Stage) == phase(v.Stage) })
	further := h.latest(func(c *claim) bool { return c.Revision == r && phase(c.Stage) > phase(v.Stage) })
	switch {
	case r < newest:
		return changedLower(last.claim, v, newest)
	case peer != nil:
		return changedPeer(peer.claim, v, newest)
	case further != nil:
		return changedEarlier(further.claim, v, newest)
	}
	return nil
}

// revision is the highest revision of an engagement.
func (h history) revision() int {
	n := 0
	for i := range h {
		n = max(n, h[i].claim.Revision)
	}
	return n
}

// agreed are the parts of an engagement that an offer binds both sides to.
var agreed = []string{"/contractor", "/client", "/scope", "/pricing"}

// keepsOffer holds a call that makes no offer against the current one: parties, scope and pricing must be equal.
func (h history) keepsOffer(offer *Document, v *engagement.Valid) error {
	made := h.madeBy(offer)
	if made == nil {
		return nil
	}
	if found := among(allDifferences([]byte(made.claim.Canonical), v.Canonical), agreed); len(found) > 0 {
		return changedOffer(offer.Number, found, h.revision())
	}
	return nil
}

// among are the pointers at or below one of the places.
func among(pointers, places []string) []string {
	return slices.DeleteFunc(pointers, func(p string) bool {
		return !slices.ContainsFunc(places, func(place string) bool { return p == place || strings.HasPrefix(p, place+"/") })
	})
}
