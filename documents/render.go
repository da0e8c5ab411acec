package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/pdf"
	"auftragsmappe/documents/texts"
)

// Stamp is what a claim adds to an engagement before it can be rendered. A draft has nothing but Draft.
type Stamp struct {
	ID         string // of the engagement
	Event      int    // of the claim
	At         time.Time
	Engagement Number
	Invoice    Number // zero when there is no invoice
	Secrets    map[decision.Kind]string
	Draft      bool
}

// Number is a number of a series; the zero value is none.
type Number struct{ Year, N int }

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
	m.price(c)
	all := make([]made, 0, len(d.Needs))
	for _, n := range d.Needs {
		if n.Applies {
			all = append(all, made{row: Document{Kind: n.Kind}})
		}
	}
	var wg sync.WaitGroup
	for i := range all {
		is.gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-is.gate }()
			all[i] = is.make(all[i].row.Kind, c)
		})
	}
	wg.Wait()
	files := make([]File, 0, len(all))
	for i := range all {
		if all[i].fault != nil {
			return nil, nil, fmt.Errorf("render %s: %w", all[i].row.Kind, all[i].fault)
		}
		all[i].row.sign(tenant, st)
		files, m.Documents = append(files, all[i].file), append(m.Documents, all[i].row)
	}
	return files, m, nil
}

// make is the line from text to bytes of one document. A panic is an error: another call must not die of it.
func (is *Issuer) make(kind decision.Kind, c *texts.Case) (out made) {
	out.row.Kind = kind
	defer func() {
		if p := recover(); p != nil {
			out.fault = fmt.Errorf("panic: %v", p)
		}
	}()
	filled, err := is.texts.Fill(kind, c)
	if err != nil {
		out.fault = err
		return out
	}
	set, err := layout.Pages(filled, &is.style)
	if err != nil {
		out.fault = err
		return out
	}
	b, err := pdf.Bytes(set)
	if err != nil {
		out.fault = err
		return out
	}
	row, _ := decision.RowOf(kind)
	number := c.Papers[kind].Number
	sum := sha256.Sum256(b)
	out.file = File{Kind: string(kind), Name: fileName(row, number), MediaType: mediaTypePDF, SHA256: hex.EncodeToString(sum[:]), Bytes: b}
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
		Engagement: v, Decision: d, Price: invoice.Quote(e), Estimate: invoice.EstimateOf(e), Papers: texts.Papers{}, Draft: st.Draft, Logo: is.logo,
	}
	for _, n := range d.Needs {
		if n.Applies {
			c.Papers[n.Kind] = texts.Paper{Number: st.number(n.Kind, revision(v)), Date: v.Date}
		}
	}
	if d.Applies(decision.Invoice) && c.Price != nil {
		c.Invoice = invoice.New(e, c.Price, c.Papers[decision.Invoice].Number, v.Date)
	}
	return c
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

// price fills the flat keys of numbers and sums.
func (m *Manifest) price(c *texts.Case) {
	m.OfferNumber = c.Papers[decision.Offer].Number
	m.ContractNumber = c.Papers[decision.Contract].Number
	if inv := c.Invoice; inv != nil {
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
	d.Token = token{tenant: tenant, id: st.ID, document: d.ID, secret: st.Secrets[d.Kind]}.String()
}
