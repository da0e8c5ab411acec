package documents

import (
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/ledger"
)

// past is one call of an engagement's stream.
type past struct {
	event  int // of its claim
	issued int // number of the event that made its documents visible; 0 while it is at work
	claim  *claim
}

// history is all calls of a stream, in their order.
type history []past

// readHistory folds a stream into its calls.
func readHistory(s *ledger.Stream) (history, error) {
	var h history
	for i, e := range s.Events {
		switch e.Type {
		case ledger.Claimed:
			c, err := readClaim(s, i+1)
			if err != nil {
				return nil, err
			}
			h = append(h, past{event: i + 1, claim: c})
		case ledger.Issued:
			if len(h) > 0 && h[len(h)-1].issued == 0 {
				h[len(h)-1].issued = i + 1
			}
		}
	}
	return h, nil
}

// same is the call that was made with the same body; nil when there is none. The body says stage and revision.
func (h history) same(canonical []byte) *past {
	for i := range h {
		if h[i].claim.Canonical == string(canonical) {
			return &h[i]
		}
	}
	return nil
}

// at is the call whose claim is event n; nil when there is none.
func (h history) at(n int) *past {
	for i := range h {
		if h[i].event == n {
			return &h[i]
		}
	}
	return nil
}

// latest is the last call that keep holds for; nil when there is none.
func (h history) latest(keep func(*claim) bool) *past {
	for i := len(h) - 1; i >= 0; i-- {
		if keep(h[i].claim) {
			return &h[i]
		}
	}
	return nil
}

// madeBy is the call that issued a document: its id ends in the number of the claim.
func (h history) madeBy(d *Document) *past {
	n, _ := strconv.Atoi(d.ID[strings.LastIndexByte(d.ID, '-')+1:])
	return h.at(n)
}

// phase is how far an engagement has come: contract and complete count as one stage.
func phase(s engagement.Stage) int {
	if s == engagement.StageOffer {
		return 0
	}
	return 1
}
