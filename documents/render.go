package documents

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/pdf"
	"auftragsmappe/documents/texts"
)

// Stamp is what a claim adds to an engagement before it can be rendered. A draft has nothing but Draft.
type Stamp struct {
	ID         string // of the engagement
	Event      int    // of the claim
	At         time.Time
	Claimed    time.Time // when the call was claimed: At is that of the first one
	Engagement Number
	Invoice    Number // zero when there is no invoice
	Secrets    map[decision.Kind]string
	Profile    int // version of the stored profile, shown in the manifest
	Look       Look
	Draft      bool

	task   *task     // nil: all that applies is made
	former *standing // nil: nothing was issued before
}

// issues says whether a kind is made.
func (st *Stamp) issues(n decision.Need) bool {
	if st.task == nil {
		return n.Applies
	}
	return slices.Contains(st.task.Issues, n.Kind)
}

// Number is a number of a series; the zero value is none.
type Number struct {
	Year int `json:"year"`
	N    int `json:"n"`
}

// text is the number as printed: "AN-2026-0007", and from revision 2 on "AN-2026-0007-2".
func (n Number) text(prefix string, revision int) string {
	if n.N == 0 {
		return ""
	}
	s := fmt.Sprintf("%s-%04d-%04d", prefix, n.Year, n.N)
	if revision > 1 {
		s += "-" + strconv.Itoa(revision)
	}
	return s
}

const mediaTypePDF = "application/pdf"

// made is one finished document.
type made struct {
	file  File
	row   Document
	fault error
}

// Render makes all documents that the decision asks for, and the manifest. It is pure: the same engagement, stamp and
// text version give the same bytes. Issue, Preview and Recover share it.
func (is *Issuer) Render(tenant string, v *engagement.Valid, d *decision.Decision, st *Stamp) ([]File, *Manifest, error) {
	c := is.newCase(v, d, st)
	m := newManifest(v, d, st)
	if d.Applies(decision.Invoice) && c.Invoice == nil {
		return nil, nil, errors.New("render: an invoice applies, but nothing is asked for now")
	}
	var kinds []decision.Kind
	var orders []order
	for _, n := range d.Needs {
		if st.issues(n) {
			kinds = append(kinds, n.Kind)
			orders = append(orders, order{n.Kind, st.place(tenant, n.Kind), &st.Look.Style})
		}
	}
	all := is.makeAll(orders, c)
	m.price(c, kinds)
	files := make([]File, 0, len(all))
	for i := range all {
		if all[i].fault != nil {
			return nil, nil, fmt.Errorf("render %s: %w", all[i].row.Kind, all[i].fault)
		}
		if kind := all[i].row.Kind; !st.Draft {
			all[i].keep(is.keep.Of(kind), st.yearOf(c.Papers[kind].Date))
		}
		all[i].row.sign(tenant, st)
		files, m.Documents = append(files, all[i].file), append(m.Documents, all[i].row)
	}
	return files, m, nil
}

// order is a document to make: where it will be found, and how it looks.
type order struct {
	kind  decision.Kind
	place string // Place of the finished file; "" of a draft
	style *layout.Style
}

// place is what a file says of where it was issued: tenant, engagement and document, nothing secret.
func (st *Stamp) place(tenant string, k decision.Kind) string {
	if st.Draft {
		return ""
	}
	return tenant + "." + st.ID + "." + documentID(k, st.Event)
}

// makeAll makes documents at the same time, as many as the gate lets through.
func (is *Issuer) makeAll(orders []order, c *texts.Case) []made {
	all := make([]made, len(orders))
	var wg sync.WaitGroup
	for i, o := range orders {
		is.gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-is.gate }()
			all[i] = is.make(o, c)
		})
	}
	wg.Wait()
	return all
}

// make is the line from text to bytes of one document. A panic is an error: another call must not die of it.
func (is *Issuer) make(o order, c *texts.Case) (out made) {
	kind := o.kind
	out.row.Kind = kind
	defer func() {
		if p := recover(); p != nil {
			out.fault = NewPanic(p)
		}
	}()
	filled, err := is.texts.Fill(kind, c)
	if err != nil {
		out.fault = err
		return out
	}
	set, err := layout.Pages(filled, o.style)
	if err != nil {
		out.fault = err
		return out
	}
	set.Meta.ID = o.place
	b, err := pdf.Bytes(set)
	if err != nil {
		out.fault = err
		return out
	}
	row, _ := decision.RowOf(kind)
	number := c.Papers[kind].Number
	out.file = File{Kind: string(kind), Name: fileName(row, number), MediaType: mediaTypePDF, SHA256: ledger.Sum(b), Bytes: b}
	out.row = Document{
		Kind: kind, Title: row.Title, Number: number, Status: StatusIssued, File: out.file.Name, MediaType: mediaTypePDF,
		SHA256: out.file.SHA256, Bytes: len(b), Pages: len(set.Pages), TextVersion: is.texts.Version(kind),
	}
	return out
}

// newCase is all that the texts may say.
func (is *Issuer) newCase(v *engagement.Valid, d *decision.Decision, st *Stamp) *texts.Case {
	e := &v.Engagement
	c := &texts.Case{
		Engagement: v, Decision: d, Price: invoice.Quote(e), Estimate: invoice.EstimateOf(e), Papers: texts.Papers{}, Replaces: map[decision.Kind]texts.Paper{}, Draft: st.Draft, Logo: st.Look.Logo,
	}
	for _, n := range d.Needs {
		stands := st.former.paper(n.Kind)
		switch {
		case st.issues(n):
			c.Papers[n.Kind] = texts.Paper{Number: st.number(n.Kind, revision(v)), Date: v.Date}
			if stands.Number != "" {
				c.Replaces[n.Kind] = stands
			}
		case stands.Number != "" && !st.retires(n.Kind):
			c.Papers[n.Kind] = stands
		}
	}
	if d.Applies(decision.Invoice) && c.Price != nil {
		paper := c.Papers[decision.Invoice]
		c.Invoice = invoice.New(e, c.Price, paper.Number, paper.Date)
	}
	return c
}

// retires says whether the call takes back the current document of a kind without a new one.
func (st *Stamp) retires(k decision.Kind) bool {
	d := st.former.current(k)
	return d != nil && st.task != nil && slices.Contains(st.task.Retires, d.ID)
}

// number is the printed number of a kind. Invoices have their own series and are never revised.
func (st *Stamp) number(k decision.Kind, revision int) string {
	row, _ := decision.RowOf(k)
	if k == decision.Invoice {
		return st.Invoice.text(row.Series, 1)
	}
	return st.Engagement.text(row.Series, revision)
}

// fileName is readable and the same on every system: "Angebot-AN-2026-0007.pdf"; a draft has no number.
func fileName(row decision.Row, number string) string {
	if number == "" {
		number = "Entwurf"
	}
	return row.FileName + "-" + number + ".pdf"
}

// price fills the flat keys of numbers and sums of what this call makes; those of other documents stay.
func (m *Manifest) price(c *texts.Case, kinds []decision.Kind) {
	if slices.Contains(kinds, decision.Offer) {
		m.OfferNumber = c.Papers[decision.Offer].Number
		m.OfferValidUntil = c.Engagement.Date.AddDays(*c.Engagement.Pricing.OfferValidDays).String()
	}
	m.ContractNumber = c.Papers[decision.Contract].Number
	if inv := c.Invoice; inv != nil && slices.Contains(kinds, decision.Invoice) {
		m.InvoiceNumber = inv.Number
		m.InvoiceNet, m.InvoiceVAT, m.InvoiceGross = inv.Totals.Net.String(), inv.Totals.VAT.String(), inv.Totals.Gross.String()
		m.InvoiceDueDate = inv.Due.String()
	}
}

// sign gives a document its id and token; a draft has neither.
func (d *Document) sign(tenant string, st *Stamp) {
	if st.Draft {
		d.Status = StatusDraft
		return
	}
	d.ID = documentID(d.Kind, st.Event)
	if st.task != nil {
		d.Replaces = st.task.Replaces[d.Kind]
	}
	d.ProfileVersion = st.Profile
	d.Token = token{tenant: tenant, id: st.ID, document: d.ID, secret: st.Secrets[d.Kind]}.String()
}
