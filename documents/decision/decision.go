// Package decision says which documents an engagement needs, and why.
//
// Decide is total and pure. Only the catalogue (catalogue.json) knows tools: tool, permission, whether it shows
// personal data of the client's customers. When in doubt, an AVV (Art. 28 DSGVO) is needed, and the answer says so.
package decision

// Kind is the English id of a kind of document.
type Kind string

// The kinds, in the order of a bundle.
const (
	Offer           Kind = "offer"
	Contract        Kind = "contract"
	NDA             Kind = "nda"
	AVV             Kind = "avv"
	AccessChecklist Kind = "access_checklist"
	Invoice         Kind = "invoice"
)

// Need is one row of a decision.
type Need struct {
	Kind       Kind   `json:"kind"`
	Applies    bool   `json:"applies"`
	Precaution bool   `json:"-"`      // the AVV is needed because something is not known
	Reason     string `json:"reason"` // one or two German sentences
	Rule       string `json:"rule"`   // stable English id of the rule that fired
}

// Notice is a warning that stops nothing.
type Notice struct {
	Code   string `json:"code"`
	Detail string `json:"detail"` // German sentence
}

// Decision has one row for each of the six kinds, in the order of the kinds.
type Decision struct {
	Needs []Need
	// AVVRequired is the answer by the accesses alone, at every stage, so that an offer can announce it.
	AVVRequired bool
	// AVVPrecaution says that AVVRequired rests on something that is not known.
	AVVPrecaution bool
	// AVVReason is the sentence of the AVV row.
	AVVReason string
	Notices   []Notice
}

// Applies says whether a kind of document is made.
func (d *Decision) Applies(k Kind) bool {
	for _, n := range d.Needs {
		if n.Kind == k {
			return n.Applies
		}
	}
	return false
}
