package documents

import (
	"encoding/json"
	"slices"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/texts"
)

// standing is what a call builds on: the engagement as the calls before it left it.
type standing struct {
	history  history
	manifest *Manifest // of the last call that was issued; nil: there is none
}

// standingBefore folds the calls whose claims come before event n.
func standingBefore(s *ledger.Stream, n int) (*standing, error) {
	before := &ledger.Stream{Tenant: s.Tenant, ID: s.ID, Events: s.Events[:n-1]}
	h, err := readHistory(before)
	if err != nil {
		return nil, err
	}
	st := &standing{history: h}
	if last := before.Last(ledger.Issued); last > 0 {
		st.manifest, err = readIssued(&before.Events[last-1])
	}
	return st, err
}

// current is the document of a kind that stands now; nil when there is none.
func (st *standing) current(k decision.Kind) *Document {
	if st == nil || st.manifest == nil {
		return nil
	}
	for i := range st.manifest.Documents {
		if d := &st.manifest.Documents[i]; d.Kind == k && d.Status == StatusIssued {
			return d
		}
	}
	return nil
}

// revisionOf is the revision of the call that issued a document.
func (st *standing) revisionOf(d *Document) int {
	if made := st.history.madeBy(d); made != nil {
		return made.claim.Revision
	}
	return 0
}

// paper is how a current document is cited; zero when there is none.
func (st *standing) paper(k decision.Kind) texts.Paper {
	d := st.current(k)
	if d == nil {
		return texts.Paper{}
	}
	p := texts.Paper{Number: d.Number}
	if made := st.history.madeBy(d); made != nil {
		p.Date = made.claim.Engagement.Date
	}
	return p
}

// task is what a call does to the documents of its engagement.
type task struct {
	// Issues are the kinds that are made, in the order of a bundle.
	Issues []decision.Kind `json:"issues"`
	// Replaces are the ids of the documents that the made ones replace.
	Replaces map[decision.Kind]string `json:"replaces,omitempty"`
	// Retires are the ids of documents that the stage no longer needs.
	Retires []string `json:"retires,omitempty"`
}

// plan says what a call with a new body does, or the *ConflictError that it meets.
func (st *standing) plan(v *engagement.Valid, d *decision.Decision) (*task, error) {
	t := &task{Issues: []decision.Kind{}, Replaces: map[decision.Kind]string{}}
	for _, n := range d.Needs {
		t.add(st, n, v)
	}
	if offer := st.current(decision.Offer); offer != nil && !slices.Contains(t.Issues, decision.Offer) {
		if err := st.history.keepsOffer(offer, v); err != nil {
			return nil, err
		}
	}
	return t, st.keepsInvoice(v)
}

// add decides about one kind: a document of this revision stays, one of an earlier revision is made anew, and what the
// stage no longer needs is retired. An issued invoice always stays.
func (t *task) add(st *standing, n decision.Need, v *engagement.Valid) {
	now := st.current(n.Kind)
	switch {
	case now == nil && n.Applies:
		t.Issues = append(t.Issues, n.Kind)
	case now == nil, n.Kind == decision.Invoice, st.revisionOf(now) >= revision(v):
	case n.Applies:
		t.Issues = append(t.Issues, n.Kind)
		t.Replaces[n.Kind] = now.ID
	case n.Kind != decision.Offer && phase(v.Stage) > 0:
		t.Retires = append(t.Retires, now.ID)
	}
}

// earlyInvoice is the notice that offer and invoice are made together.
const earlyInvoice = "invoice_before_acceptance"

// notices are those of the decision that concern what the call makes.
func (t *task) notices(d *decision.Decision) []decision.Notice {
	together := slices.Contains(t.Issues, decision.Offer) && slices.Contains(t.Issues, decision.Invoice)
	return slices.DeleteFunc(slices.Clone(d.Notices), func(n decision.Notice) bool { return n.Code == earlyInvoice && !together })
}

// billed are the parts of an engagement that stand on an invoice.
var billed = []string{"/contractor", "/client", "/scope", "/pricing", "/term"}

// keepsInvoice refuses a call under which an issued invoice would be another one: it is never replaced. An offer is no
// invoice: it may differ.
func (st *standing) keepsInvoice(v *engagement.Valid) error {
	issued := st.current(decision.Invoice)
	if issued == nil || phase(v.Stage) == 0 {
		return nil
	}
	made := st.history.madeBy(issued)
	if made == nil {
		return nil
	}
	was, is := &made.claim.Engagement, &v.Engagement
	if bill(was, was) == bill(is, was) {
		return nil
	}
	found := among(allDifferences([]byte(made.claim.Canonical), v.Canonical), billed)
	if len(found) == 0 {
		found = []string{"/contractor"} // the stored profile has changed
	}
	return changedInvoice(issued.Number, found)
}

// bill is all that an invoice says, as text that can be compared, as if it were issued on the day of another engagement.
func bill(e, day *engagement.Engagement) string {
	then := *e
	then.Date = day.Date // whose VAT rate counts
	b, err := json.Marshal([]any{
		e.Contractor.Party, e.Contractor.Bank, e.Client.Party, e.Scope.Title, e.Pricing.Payment, invoice.New(e, invoice.Quote(&then), "", day.Date),
	})
	if err != nil {
		panic(err) // plain data
	}
	return string(b)
}
