package documents_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// edits is several edits, one after another.
func edits(all ...func(map[string]any)) func(map[string]any) {
	return func(m map[string]any) {
		for _, f := range all {
			f(m)
		}
	}
}

// with sets a value at a path of keys.
func with(value any, path ...string) func(map[string]any) {
	return func(m map[string]any) {
		for _, k := range path[:len(path)-1] {
			m = m[k].(map[string]any)
		}
		m[path[len(path)-1]] = value
	}
}

var (
	offer    = with("offer", "stage")
	contract = with("contract", "stage")
	second   = with(2, "revision")
	third    = with(3, "revision")
	dearer   = with([]any{map[string]any{"description": "Launch", "quantity": "1", "unit_price": "1990.00"}}, "pricing", "items")
	access   = with([]any{map[string]any{"tool": "zoom", "permissions": []any{"reports"}}, map[string]any{"tool": "canva", "permissions": []any{"member"}}}, "access")
	later    = with("2026-12-02", "date")
)

// numbers are "kind number status" of all documents, sorted by their place in the manifest.
func numbers(m *documents.Manifest) string {
	var all []string
	for _, d := range m.Documents {
		all = append(all, d.Number+" "+d.Status)
	}
	return strings.Join(all, ", ")
}

// pageText is what a document of a manifest says.
func pageText(t *testing.T, store archive.Store, m *documents.Manifest, id string) string {
	t.Helper()
	for i := range m.Documents {
		if d := &m.Documents[i]; d.ID == id {
			text, err := issuer(t, store, nil).Text(t.Context(), "default", m.ID, d)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00a0", " ")), " ")
		}
	}
	t.Fatalf("no document %s in %s", id, numbers(m))
	return ""
}

// TestStory: offer, revised offer, contract with other accesses, over restarts, on the memory and the directory store.
func TestStory(t *testing.T) {
	dir, err := archive.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, store := range map[string]archive.Store{"memory": archive.NewMemory(), "directory": dir} {
		t.Run(name, func(t *testing.T) { tellStory(t, store) })
	}
}

// TestStoryOnS3 is the same on a real S3 server.
func TestStoryOnS3(t *testing.T) {
	store, err := s3.Open(s3test.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	tellStory(t, store)
}

func tellStory(t *testing.T, store archive.Store) {
	next := func(edit ...func(map[string]any)) *result { // every call after a restart
		return issue(t, issuer(t, store, nil), "default", example(t, launch, edits(edit...)))
	}
	first := next(offer)
	if got := numbers(first.Manifest); got != "AN-2026-0001 issued" {
		t.Fatal(got)
	}
	revised := next(offer, second, dearer, later)
	m := revised.Manifest
	if got := numbers(m); got != "AN-2026-0001 replaced, AN-2026-0001-2 issued" {
		t.Fatal(got)
	}
	if m.Documents[1].Replaces != "offer-1" || m.OfferNumber != "AN-2026-0001-2" || m.OfferValidUntil != "2026-12-16" || m.ID != first.Manifest.ID || len(m.Events) != 2 {
		t.Errorf("%s", manifestJSON(t, m))
	}
	text := pageText(t, store, m, "offer-3")
	for _, want := range []string{"AN-2026-0001-2", "Ersetzt: AN-2026-0001"} {
		if !strings.Contains(text, want) {
			t.Errorf("the revised offer lacks %q:\n%s", want, text)
		}
	}
	agreed := next(contract, second, dearer, access, with("2026-12-05", "date"))
	m = agreed.Manifest
	if got := numbers(m); got != "AN-2026-0001 replaced, AN-2026-0001-2 issued, VT-2026-0001-2 issued, VV-2026-0001-2 issued, AV-2026-0001-2 issued, ZC-2026-0001-2 issued, RE-2026-0001 issued" {
		t.Fatal(got)
	}
	if m.Stage != engagement.StageContract || m.OfferNumber != "AN-2026-0001-2" || m.ContractNumber != "VT-2026-0001-2" || m.InvoiceNumber != "RE-2026-0001" || m.InvoiceDueDate != "2026-12-12" {
		t.Errorf("%+v", m.Flat)
	}
	u := m.WithURLs("u")
	if u.OfferURL != "u/v1/documents/"+m.Documents[1].Token+"/"+m.Documents[1].File || u.ContractURL == "" || u.InvoiceURL == "" {
		t.Errorf("%+v", u.Flat)
	}
	for id, want := range map[string]string{"contract-5": "Angebot AN-2026-0001-2", "invoice-5": "Angebot AN-2026-0001-2 vom 2. Dezember 2026"} {
		if text := pageText(t, store, m, id); !strings.Contains(text, want) {
			t.Errorf("%s does not cite the offer:\n%s", id, text)
		}
	}
	for i, edit := range [][]func(map[string]any){{offer}, {offer, second, dearer, later}, {contract, second, dearer, access, with("2026-12-05", "date")}} {
		r := next(edit...)
		if !r.Replayed {
			t.Errorf("call %d is not a replay", i)
		}
		sameBundle(t, []*result{first, revised, agreed}[i], r)
	}
	now, err := issuer(t, store, nil).Engagement(t.Context(), "default", m.ID)
	if err != nil || manifestJSON(t, now) != manifestJSON(t, m) {
		t.Errorf("%v %s", err, manifestJSON(t, now))
	}
	for i, d := range m.Documents { // the replaced one is still there
		if f, err := issuer(t, store, nil).Document(t.Context(), d.Token); err != nil || f.SHA256 != d.SHA256 {
			t.Errorf("document %d: %v", i, err)
		}
	}
}

// A call that does not fit what was issued is refused with the pointers and the remedy, and writes nothing.
func TestConflicts(t *testing.T) {
	type edit = func(map[string]any)
	for _, c := range []struct {
		name     string
		before   []edit // calls
		call     edit
		code     string
		pointers []string
		detail   string
	}{
		{"another body", []edit{offer}, edits(offer, with("du", "tone")), "reference_changed", []string{"/tone"}, "„revision“: 2"},
		{"contract and complete are one stage", []edit{offer, contract}, with("complete", "stage"), "reference_changed", []string{"/stage"}, "anderen reference"},
		{"an earlier stage", []edit{contract}, offer, "reference_changed", []string{"/stage"}, "„revision“: 2"},
		{"an earlier stage of complete", []edit{nil}, offer, "reference_changed", []string{"/stage"}, "„revision“: 2"},
		{"a lower revision", []edit{edits(offer, second)}, offer, "reference_changed", []string{"/revision"}, "gilt schon die Fassung 2"},
		{"a lower revision goes on", []edit{offer, edits(offer, second, dearer)}, edits(contract, dearer), "reference_changed", []string{"/revision", "/stage"}, "„revision“: 2"},
		{"later stage, other price", []edit{offer}, edits(contract, dearer), "reference_changed", []string{"/pricing/items/0/description"}, "mit dem Angebot AN-2026-0001 übereinstimmen"},
		{"later stage, other client", []edit{offer}, edits(contract, with("Anders", "client", "name")), "reference_changed", []string{"/client/name"}, "„revision“: 2"},
		{"complete, other scope", []edit{offer}, edits(with("Anders", "scope", "title")), "reference_changed", []string{"/scope/title"}, "zuerst das geänderte Angebot"},
		{"contract of the next revision, other price", []edit{nil}, edits(contract, second, dearer), "reference_changed", []string{"/pricing/items/0/description"}, "AN-2026-0001 übereinstimmen"},
		{"invoice, other price", []edit{nil}, edits(second, dearer), "invoice_issued", []string{"/pricing/items/0/description"}, "RE-2026-0001"},
		{"invoice, other terms of payment", []edit{nil}, edits(second, with(30, "pricing", "payment", "due_days")), "invoice_issued", []string{"/pricing/payment/due_days"}, "storniert"},
		{"invoice, other period", []edit{nil}, edits(second, with("2027-01-07", "term", "start")), "invoice_issued", []string{"/term/start"}, "storniert"},
		{"invoice, other client", []edit{nil}, edits(second, with("Aachen", "client", "address", "city")), "invoice_issued", []string{"/client/address/city"}, "storniert"},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := archive.NewMemory()
			is := issuer(t, store, nil)
			for _, e := range c.before {
				issue(t, is, "default", example(t, launch, edits(append([]edit{func(map[string]any) {}}, nonNil(e)...)...)))
			}
			before := len(dump(t, store))
			err := try(t, is, example(t, launch, c.call))
			var conflict *documents.ConflictError
			if !errors.As(err, &conflict) {
				t.Fatal(err)
			}
			if conflict.Code != c.code || !containsAll(conflict.Pointers, c.pointers) || !strings.Contains(conflict.Detail(), c.detail) {
				t.Errorf("%s %q\n%s", conflict.Code, conflict.Pointers, conflict.Detail())
			}
			if len(dump(t, store)) != before {
				t.Error("a refused call wrote something")
			}
		})
	}
}

func nonNil(f func(map[string]any)) []func(map[string]any) {
	if f == nil {
		return nil
	}
	return []func(map[string]any){f}
}

func containsAll(have, want []string) bool {
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// Offer and invoice are not made together when one of them was made before.
func TestNoticesOfLaterCalls(t *testing.T) {
	early := func(m *documents.Manifest) bool {
		return slices.ContainsFunc(m.Notices, func(n decision.Notice) bool { return n.Code == "invoice_before_acceptance" })
	}
	is := issuer(t, archive.NewMemory(), nil)
	if m := issue(t, is, "default", example(t, launch, nil)).Manifest; !early(m) {
		t.Error("no notice though both are made")
	}
	if m := issue(t, is, "default", example(t, launch, second)).Manifest; early(m) {
		t.Error("a notice though the invoice was made before")
	}
	issue(t, is, "default", example(t, launch, edits(offer, named("x"))))
	if m := issue(t, is, "default", example(t, launch, named("x"))).Manifest; early(m) {
		t.Error("a notice though the offer was made before")
	}
}

// What may follow, and what it makes of the documents.
func TestFollow(t *testing.T) {
	type edit = func(map[string]any)
	all := edits(func(map[string]any) {})
	six := "AN-2026-0001 %, VT-2026-0001 %, VV-2026-0001 %, AV-2026-0001 %, ZC-2026-0001 %, RE-2026-0001 issued"
	for _, c := range []struct {
		name  string
		calls []edit
		want  string
	}{
		{"complete after the offer", []edit{offer, all}, strings.ReplaceAll(six, "%", "issued")},
		{"the same revised: the invoice stays", []edit{all, edits(second, access)},
			strings.ReplaceAll(six, "%", "replaced") + ", AN-2026-0001-2 issued, VT-2026-0001-2 issued, VV-2026-0001-2 issued, AV-2026-0001-2 issued, ZC-2026-0001-2 issued"},
		{"revised contract: the offer stays", []edit{all, edits(contract, second, access)},
			strings.Replace(strings.ReplaceAll(six, "%", "replaced"), "replaced", "issued", 1) + ", VT-2026-0001-2 issued, VV-2026-0001-2 issued, AV-2026-0001-2 issued, ZC-2026-0001-2 issued"},
		{"what is not needed any more", []edit{all, edits(contract, second, with([]any{}, "access"))},
			"AN-2026-0001 issued, VT-2026-0001 replaced, VV-2026-0001 replaced, AV-2026-0001 void, ZC-2026-0001 void, RE-2026-0001 issued, VT-2026-0001-2 issued, VV-2026-0001-2 issued"},
		{"a revised offer leaves the contracts", []edit{all, edits(offer, second, dearer)}, strings.Replace(strings.ReplaceAll(six, "%", "issued"), "issued", "replaced", 1) + ", AN-2026-0001-2 issued"},
		{"revisions may be skipped", []edit{offer, edits(offer, third)}, "AN-2026-0001 replaced, AN-2026-0001-3 issued"},
		{"a contract wished for early stays", []edit{edits(offer, with(map[string]any{"include": []any{"contract"}}, "documents")), contract},
			"AN-2026-0001 issued, VT-2026-0001 issued, VV-2026-0001 issued, AV-2026-0001 issued, ZC-2026-0001 issued, RE-2026-0001 issued"},
		{"the year of the first call", []edit{offer, edits(contract, with("2027-01-02", "date"))},
			"AN-2026-0001 issued, VT-2026-0001 issued, VV-2026-0001 issued, AV-2026-0001 issued, ZC-2026-0001 issued, RE-2027-0001 issued"},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := archive.NewMemory()
			var r *result
			for _, e := range c.calls {
				r = issue(t, issuer(t, store, nil), "default", example(t, launch, e))
			}
			if got := numbers(r.Manifest); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, d := range r.Manifest.Documents {
				if d.Replaces != "" && !slices.ContainsFunc(r.Manifest.Documents, func(o documents.Document) bool { return o.ID == d.Replaces && o.Status == "replaced" }) {
					t.Errorf("%s replaces %s", d.ID, d.Replaces)
				}
			}
			if left := under(dump(t, store), "open/"); len(left) > 0 {
				t.Error(left)
			}
		})
	}
}
