package documents

import (
	"maps"
	"slices"
	"time"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// The status of a call and of a document.
const (
	StatusIssued  = "issued"
	StatusDraft   = "draft"
	StatusRunning = "running" // of a call: claimed, not yet issued
	// Of a document that no longer counts; it stays readable, and every listing says so.
	StatusReplaced  = "replaced"  // a later one stands in its place
	StatusVoid      = "void"      // nothing needs it any more, and no other one stands in its place
	StatusCancelled = "cancelled" // taken back by a document of its own (a Stornorechnung)
)

// Manifest is the answer to a call: what was decided and issued, and flat keys for no-code tools. Every key is always
// there. URLs are empty until WithURLs: the archive stores tokens and names, never absolute URLs.
type Manifest struct {
	ID        string            `json:"id"`
	Reference string            `json:"reference"`
	Revision  int               `json:"revision"`
	Stage     engagement.Stage  `json:"stage"`
	Status    string            `json:"status"`
	CreatedAt string            `json:"created_at"` // RFC 3339, UTC; empty for a draft
	Decision  []decision.Need   `json:"decision"`
	Documents []Document        `json:"documents"`
	Notices   []decision.Notice `json:"notices"`
	Events    []Event           `json:"events"`
	Flat
}

// Flat are the keys that no-code tools map: strings, empty when there is none. They show the current documents.
type Flat struct {
	OfferURL           string `json:"offer_url"`
	ContractURL        string `json:"contract_url"`
	NDAURL             string `json:"nda_url"`
	AVVURL             string `json:"avv_url"`
	AccessChecklistURL string `json:"access_checklist_url"`
	InvoiceURL         string `json:"invoice_url"`
	InvoiceXMLURL      string `json:"invoice_xml_url"`
	BundleURL          string `json:"bundle_url"`
	AVVRequired        bool   `json:"avv_required"` // by the accesses, at every stage
	AVVReason          string `json:"avv_reason"`
	OfferNumber        string `json:"offer_number"`
	OfferValidUntil    string `json:"offer_valid_until"` // ISO date
	ContractNumber     string `json:"contract_number"`
	InvoiceNumber      string `json:"invoice_number"`
	InvoiceNet         string `json:"invoice_net"` // "1490.00"
	InvoiceVAT         string `json:"invoice_vat"`
	InvoiceGross       string `json:"invoice_gross"`
	InvoiceDueDate     string `json:"invoice_due_date"` // ISO date
	ClientEmail        string `json:"client_email"`
	Notice             string `json:"notice"` // the first notice's sentence
}

// Document is one document of an engagement.
type Document struct {
	ID          string        `json:"id"` // unique in the engagement: "offer-1"; empty for a draft
	Kind        decision.Kind `json:"kind"`
	Title       string        `json:"title"` // German
	Number      string        `json:"number"`
	Status      string        `json:"status"`
	Replaces    string        `json:"replaces"` // id of the document that this one replaces
	File        string        `json:"file"`     // readable file name
	MediaType   string        `json:"media_type"`
	URL         string        `json:"url"`
	XMLURL      string        `json:"xml_url"`
	SHA256      string        `json:"sha256"` // hex
	Bytes       int           `json:"bytes"`
	Pages       int           `json:"pages"`
	TextVersion string        `json:"text_version"`
	IssuedAt    string        `json:"issued_at"` // RFC 3339, UTC; empty for a draft
	// KeepUntil is the last day (ISO date) on which it must be kept; empty for a draft.
	KeepUntil string `json:"keep_until"`
	// ProfileVersion is the version of the stored profile that it was made with; 0 = none.
	ProfileVersion int `json:"profile_version"`
	// Token is the secret part of the URL; it gives access to the document.
	Token string `json:"-"`
}

// Event is an entry of the time line.
type Event struct {
	Type string `json:"type"`
	At   string `json:"at"` // RFC 3339, UTC
}

// timestamp is a moment as the manifest shows it; empty for none.
func timestamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// WithURLs is a copy whose URLs begin with base ("https://mappe.example"); the edge knows it, the archive does not.
func (m *Manifest) WithURLs(base string) *Manifest {
	c := *m
	c.Documents = slices.Clone(m.Documents)
	if c.Status == StatusIssued {
		c.BundleURL = base + "/v1/engagements/" + c.ID + "/bundle.zip"
	}
	for i := range c.Documents {
		d := &c.Documents[i]
		if d.Token == "" {
			continue
		}
		d.URL = base + "/v1/documents/" + d.Token + "/" + d.File
		if url := c.urlOf(d.Kind); url != nil && d.Status == StatusIssued {
			*url = d.URL
		}
	}
	return &c
}

func (f *Flat) urlOf(k decision.Kind) *string {
	return map[decision.Kind]*string{
		decision.Offer: &f.OfferURL, decision.Contract: &f.ContractURL, decision.NDA: &f.NDAURL, decision.AVV: &f.AVVURL,
		decision.AccessChecklist: &f.AccessChecklistURL, decision.Invoice: &f.InvoiceURL,
	}[k]
}

// newManifest is the manifest of a call without its documents.
func newManifest(v *engagement.Valid, d *decision.Decision, st *Stamp) *Manifest {
	m := &Manifest{
		ID: st.ID, Reference: v.Reference, Revision: revision(v), Stage: v.Stage, Status: StatusIssued, CreatedAt: timestamp(st.At),
		Decision: slices.Clone(d.Needs), Documents: []Document{}, Notices: append([]decision.Notice{}, d.Notices...), Events: []Event{},
		Flat: Flat{AVVRequired: d.AVVRequired, AVVReason: d.AVVReason, ClientEmail: v.Client.Email},
	}
	if st.Draft {
		m.Status = StatusDraft
	}
	if len(m.Notices) > 0 {
		m.Notice = m.Notices[0].Detail
	}
	m.follow(st)
	return m
}

// follow takes over what stands of the calls before: all documents, and what the flat keys say of the current ones.
func (m *Manifest) follow(st *Stamp) {
	if st.former == nil || st.former.manifest == nil {
		return
	}
	was := st.former.manifest
	m.OfferNumber, m.OfferValidUntil, m.ContractNumber = was.OfferNumber, was.OfferValidUntil, was.ContractNumber
	m.InvoiceNumber, m.InvoiceDueDate = was.InvoiceNumber, was.InvoiceDueDate
	m.InvoiceNet, m.InvoiceVAT, m.InvoiceGross = was.InvoiceNet, was.InvoiceVAT, was.InvoiceGross
	m.Documents = slices.Clone(was.Documents)
	if st.task == nil {
		return
	}
	replaced := slices.Collect(maps.Values(st.task.Replaces))
	for i := range m.Documents {
		switch d := &m.Documents[i]; {
		case slices.Contains(replaced, d.ID):
			d.Status = StatusReplaced
		case slices.Contains(st.task.Retires, d.ID):
			d.Status = StatusVoid
		}
	}
}
