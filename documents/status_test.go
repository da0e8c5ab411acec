package documents_test

import (
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// What no longer counts stays readable, says so in the listing and when it is verified, and is in no bundle.
func TestStatuses(t *testing.T) {
	s := archive.NewMemory()
	is := issuer(t, s, nil)
	issue(t, is, "default", example(t, launch, nil))
	issue(t, is, "default", example(t, launch, edits(with("contract", "stage"), with(2, "revision"), with([]any{}, "access"))))
	// No call of this program cancels a document; a later one may have.
	key := under(dump(t, s), "t/default/e/")[3]
	const invoice = `"kind":"invoice","title":"Rechnung","number":"RE-2026-0001","status":"`
	changed := strings.Replace(dump(t, s)[key], invoice+"issued", invoice+"cancelled", 1)
	if changed == dump(t, s)[key] {
		t.Fatal("there is no invoice to cancel")
	}
	store(t, s, key, []byte(changed))
	page, err := is.Engagements(t.Context(), documents.Query{Tenant: "default", Limit: 1})
	if err != nil || len(page.Manifests) != 1 {
		t.Fatal(err)
	}
	m := page.Manifests[0].WithURLs("u")
	for id, want := range map[string]struct{ status, says string }{
		"offer-1":    {documents.StatusIssued, "unverändert, ausgestellt am"},
		"contract-1": {documents.StatusReplaced, "ist inzwischen ersetzt durch VT-2026-0001-2."},
		"avv-1":      {documents.StatusVoid, "gilt nicht mehr"},
		"invoice-1":  {documents.StatusCancelled, "ist inzwischen storniert."},
	} {
		d := m.Documents[slices.IndexFunc(m.Documents, func(d documents.Document) bool { return d.ID == id })]
		f, err := is.Document(t.Context(), d.Token)
		if err != nil || d.Status != want.status || d.URL == "" {
			t.Fatalf("%s: %s, %v", id, d.Status, err)
		}
		v, err := is.Verify(t.Context(), "default", f.Bytes)
		if err != nil || v.Result != documents.Unchanged || !strings.Contains(v.Detail, want.says) {
			t.Errorf("%s: %+v, %v", id, v, err)
		}
	}
	if m.AVVURL != "" || m.InvoiceURL != "" || m.OfferURL == "" || !strings.Contains(m.ContractURL, "VT-2026-0001-2") {
		t.Errorf("%q %q %q %q", m.AVVURL, m.InvoiceURL, m.OfferURL, m.ContractURL)
	}
	files, err := is.Bundle(t.Context(), "default", page.Manifests[0])
	if err != nil || len(files) != 3 { // offer, contract, nda
		t.Errorf("%d files in the bundle, %v", len(files), err)
	}
}
