package documents_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

func TestIssue(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	r := issue(t, is, "default", example(t, launch, nil))
	m := r.Manifest
	if r.Replayed || m.Status != documents.StatusIssued || m.Reference != "LAUNCH-2026-07" || m.Revision != 1 || m.Stage != engagement.StageComplete {
		t.Errorf("%v %+v", r.Replayed, m)
	}
	if m.CreatedAt != "2026-11-23T11:00:00Z" || len(m.Events) != 1 || m.Events[0] != (documents.Event{Type: "issued", At: m.CreatedAt}) {
		t.Errorf("created %s, events %v", m.CreatedAt, m.Events)
	}
	numbers := []string{"AN-2026-0001", "VT-2026-0001", "VV-2026-0001", "AV-2026-0001", "ZC-2026-0001", "RE-2026-0001"}
	if len(r.Files) != len(numbers) || len(m.Documents) != len(numbers) || len(m.Decision) != 6 {
		t.Fatalf("%d files, %d documents", len(r.Files), len(m.Documents))
	}
	for i, d := range m.Documents {
		f := r.Files[i]
		sum := sha256.Sum256(f.Bytes)
		switch {
		case d.Number != numbers[i], string(d.Kind) != f.Kind, d.File != f.Name, !strings.HasSuffix(d.File, "-"+numbers[i]+".pdf"),
			d.SHA256 != f.SHA256, d.SHA256 != hex.EncodeToString(sum[:]), d.Bytes != len(f.Bytes), d.Pages < 1, d.Status != "issued",
			d.MediaType != "application/pdf", d.Title == "", strings.Contains(d.Title, numbers[i]), d.TextVersion == "", d.IssuedAt != m.CreatedAt, d.URL != "", d.ID != string(d.Kind)+"-1":
			t.Errorf("document %d: %+v of %s", i, d, f.Name)
		}
		if !bytes.HasPrefix(f.Bytes, []byte("%PDF-1.7")) {
			t.Errorf("%s is no PDF", f.Name)
		}
	}
	all := dump(t, store)
	if len(all) != 11 || len(under(all, "open/")) != 0 { // 2 events, 2 numbers, 6 files, recent
		t.Errorf("stored: %v", under(all, ""))
	}
}

func TestManifestKeys(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	m := issue(t, is, "default", example(t, launch, nil)).Manifest
	var keys map[string]any
	if err := json.Unmarshal([]byte(manifestJSON(t, m)), &keys); err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(`id reference revision stage status created_at decision documents notices events offer_url contract_url nda_url avv_url
		access_checklist_url invoice_url invoice_xml_url bundle_url avv_reason offer_number offer_valid_until contract_number invoice_number
		invoice_net invoice_vat invoice_gross invoice_due_date client_email notice avv_required`)
	for _, k := range want {
		if _, ok := keys[k]; !ok {
			t.Errorf("manifest lacks %s", k)
		}
	}
	if len(keys) != len(want) {
		t.Errorf("%d keys, want %d", len(keys), len(want))
	}
	if strings.Contains(manifestJSON(t, m), m.Documents[0].Token) {
		t.Error("the token is in the JSON without URLs")
	}
	if m.OfferNumber != "AN-2026-0001" || m.OfferValidUntil != "2026-12-07" || m.InvoiceGross != "1850.00" || m.InvoiceDueDate != "2026-11-30" ||
		m.ClientEmail != "lena@kreativkurse.example" || m.InvoiceNumber != "RE-2026-0001" || !m.AVVRequired || m.AVVReason == "" {
		t.Errorf("%+v", m.Flat)
	}
	doc := keys["documents"].([]any)[0].(map[string]any)
	for _, k := range strings.Fields("id kind title number status replaces file media_type url xml_url sha256 bytes pages text_version issued_at") {
		if _, ok := doc[k]; !ok {
			t.Errorf("document lacks %s", k)
		}
	}
}

func TestWithURLs(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	m := issue(t, is, "default", example(t, launch, nil)).Manifest
	u := m.WithURLs("https://mappe.example")
	if m.Documents[0].URL != "" || m.OfferURL != "" || m.BundleURL != "" {
		t.Error("WithURLs changed its receiver")
	}
	flat := []string{u.OfferURL, u.ContractURL, u.NDAURL, u.AVVURL, u.AccessChecklistURL, u.InvoiceURL}
	for i, d := range u.Documents {
		want := "https://mappe.example/v1/documents/" + d.Token + "/" + d.File
		if d.URL != want || flat[i] != want {
			t.Errorf("%s: %s and %s, want %s", d.Kind, d.URL, flat[i], want)
		}
	}
	if want := "https://mappe.example/v1/engagements/" + m.ID + "/bundle.zip"; u.BundleURL != want {
		t.Errorf("%s, want %s", u.BundleURL, want)
	}
	for _, status := range []string{documents.StatusDraft, documents.StatusRunning} {
		m.Status = status
		if url := m.WithURLs("https://mappe.example").BundleURL; url != "" {
			t.Errorf("a bundle of what is %s: %s", status, url)
		}
	}
	if u.InvoiceXMLURL != "" {
		t.Error("an URL of something that does not exist yet")
	}
}

func TestReplay(t *testing.T) {
	records, files := archive.NewMemory(), archive.NewMemory()
	first := issue(t, issuer(t, records, files), "default", example(t, launch, nil))
	before := dump(t, records)
	later, err := documents.New(documents.Options{Records: records, Files: files, Now: func() time.Time { return noon.AddDate(0, 1, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	again := issue(t, later, "default", example(t, launch, func(map[string]any) {})) // written again: sorted keys
	if !again.Replayed {
		t.Error("not marked as a replay")
	}
	sameBundle(t, first, again)
	if after := dump(t, records); len(after) != len(before) {
		t.Error("a replay wrote something")
	}
	if len(dump(t, files)) != 6 {
		t.Error("files are not where they belong")
	}
}

func TestChanged(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	issue(t, is, "default", example(t, launch, nil))
	before := len(dump(t, store))
	err := try(t, is, example(t, launch, func(m map[string]any) {
		m["client"].(map[string]any)["name"] = "Anders"
		m["term"].(map[string]any)["notice_weeks"] = 3
		m["tone"] = "du"
		delete(m, "communication")
	}))
	var changed *documents.ConflictError
	if !errors.As(err, &changed) || !slices.Equal(changed.Pointers, []string{"/client/name", "/communication", "/term/notice_weeks", "/tone"}) {
		t.Fatalf("%v", err)
	}
	if strings.Contains(err.Error(), "Anders") {
		t.Error("personal data in an error")
	}
	if len(dump(t, store)) != before {
		t.Error("a refused call wrote something")
	}
	if r := issue(t, is, "other", example(t, launch, named("LAUNCH-2026-07"))); r.Replayed || r.Manifest.OfferNumber != "AN-2026-0001" {
		t.Error("tenants share references or numbers")
	}
}

func TestWithoutReference(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	none := func(m map[string]any) { delete(m, "reference") }
	first := issue(t, is, "default", example(t, launch, none))
	again := issue(t, is, "default", example(t, launch, none))
	if !again.Replayed {
		t.Error("an equal body is a new engagement")
	}
	sameBundle(t, first, again)
	other := issue(t, is, "default", example(t, launch, func(m map[string]any) { none(m); m["tone"] = "du" }))
	if other.Replayed || other.Manifest.OfferNumber != "AN-2026-0002" || other.Manifest.InvoiceNumber != "RE-2026-0002" {
		t.Errorf("%+v", other.Manifest)
	}
}

func TestRevisionAndStage(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	m := issue(t, is, "default", example(t, launch, func(m map[string]any) { m["revision"] = 2 })).Manifest
	if m.OfferNumber != "AN-2026-0001-2" || m.ContractNumber != "VT-2026-0001-2" || m.InvoiceNumber != "RE-2026-0001" || m.Revision != 2 {
		t.Errorf("%+v", m)
	}
	m = issue(t, is, "default", example(t, launch, func(m map[string]any) { m["stage"] = "offer"; m["reference"] = "x" })).Manifest
	if len(m.Documents) != 1 || m.OfferNumber != "AN-2026-0002" || m.InvoiceNumber != "" || m.InvoiceGross != "" || m.InvoiceDueDate != "" || m.ContractNumber != "" {
		t.Errorf("%+v", m)
	}
	m = issue(t, is, "default", example(t, launch, named("y"))).Manifest
	if m.OfferNumber != "AN-2026-0003" || m.InvoiceNumber != "RE-2026-0002" {
		t.Errorf("an offer took an invoice number: %+v", m)
	}
	m = issue(t, is, "default", example(t, launch, func(m map[string]any) { m["date"] = "2027-01-02"; m["reference"] = "z" })).Manifest
	if m.OfferNumber != "AN-2027-0001" || m.InvoiceNumber != "RE-2027-0001" {
		t.Errorf("the year of the document date: %+v", m)
	}
}

func TestEveryExample(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	for _, name := range []string{launch, "newsletter-activecampaign", "nur-angebot", "wien-reverse-charge", "kursvideos-ablefy", "unklarer-zugang", "vhs-xrechnung"} {
		t.Run(name, func(t *testing.T) {
			v := example(t, name, nil)
			r := issue(t, is, "default", v)
			d := decision.Decide(v)
			for _, n := range d.Needs {
				has := slices.ContainsFunc(r.Files, func(f documents.File) bool { return f.Kind == string(n.Kind) })
				if has != n.Applies {
					t.Errorf("%s: made %v, applies %v", n.Kind, has, n.Applies)
				}
			}
		})
	}
}

// What is stored of an engagement gives the same pages as the engagement itself.
func TestRecordKeepsEverything(t *testing.T) {
	for _, name := range []string{launch, "newsletter-activecampaign", "wien-reverse-charge", "kursvideos-ablefy", "unklarer-zugang", "vhs-xrechnung"} {
		is := issuer(t, archive.NewMemory(), nil)
		v := example(t, name, nil)
		b, err := json.Marshal(v.Engagement)
		if err != nil {
			t.Fatal(err)
		}
		read := &engagement.Valid{Canonical: v.Canonical}
		if err := json.Unmarshal(b, &read.Engagement); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(read.Engagement); err != nil || !bytes.Equal(b, again) {
			t.Errorf("%s: record changes when read: %v", name, err)
		}
		sameBundle(t, preview(t, is, v), preview(t, is, read))
	}
}

func TestPreview(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	r := preview(t, is, example(t, launch, nil))
	m := r.Manifest
	if m.Status != documents.StatusDraft || m.ID != "" || m.CreatedAt != "" || m.OfferNumber != "" || m.InvoiceNumber != "" || m.InvoiceGross != "1850.00" || len(m.Documents) != 6 {
		t.Errorf("%s", manifestJSON(t, m))
	}
	for _, d := range m.WithURLs("https://x").Documents {
		if d.URL != "" || d.Number != "" || d.Token != "" || d.IssuedAt != "" || d.Status != documents.StatusDraft || d.Pages < 1 || !strings.HasSuffix(d.File, "-Entwurf.pdf") {
			t.Errorf("%+v", d)
		}
	}
	if len(dump(t, store)) != 0 {
		t.Error("a preview stored something")
	}
	sameBundle(t, r, preview(t, is, example(t, launch, nil)))
}

func TestDeterminism(t *testing.T) {
	var results []*result
	var stores []map[string]string
	for range 2 {
		dir, err := archive.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, issue(t, issuer(t, dir, nil), "default", example(t, launch, nil)))
		stores = append(stores, dump(t, dir))
	}
	sameBundle(t, results[0], results[1])
	for k, v := range stores[0] {
		if stores[1][k] != v {
			t.Errorf("%s differs", k)
		}
	}
}

func TestIssueErrors(t *testing.T) {
	v := example(t, launch, nil)
	is := issuer(t, archive.NewMemory(), nil)
	for _, name := range []string{"", "../x", "A"} {
		if _, err := is.Issue(t.Context(), documents.Call{Tenant: name, Engagement: v}); !errors.Is(err, documents.ErrTenant) {
			t.Errorf("%q: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := is.Issue(ctx, documents.Call{Tenant: "default", Engagement: v}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := is.Recover(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := documents.New(documents.Options{}); err == nil {
		t.Error("an issuer without records")
	}
	store := archive.NewMemory()
	poor, err := documents.New(documents.Options{Records: store, Random: strings.NewReader("short")})
	if err != nil {
		t.Fatal(err)
	}
	if err := try(t, poor, v); err == nil || len(dump(t, store)) != 0 {
		t.Errorf("issued without randomness: %v", err)
	}
}

func TestToday(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-23T22:59:59Z": "2026-11-23", "2026-11-23T23:00:00Z": "2026-11-24",
		"2026-07-01T21:59:59Z": "2026-07-01", "2026-07-01T22:00:00Z": "2026-07-02",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := documents.Today(now); got.String() != want {
			t.Errorf("%s is %s in Germany, want %s", at, got, want)
		}
	}
	if got := issuer(t, archive.NewMemory(), nil).Today(); got != today {
		t.Error(got)
	}
}
