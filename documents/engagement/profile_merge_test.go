package engagement

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/date"
)

func merged(t *testing.T, p *Profile, name string, changes ...string) *Valid {
	t.Helper()
	v, err := Decode(bytes.NewReader(variant(t, name, changes...)), p, today)
	if err != nil {
		t.Fatalf("%v: %v", changes, err)
	}
	return v
}

// What the engagement lacks comes from the profile, leaf by leaf; lists and the contractor as a whole.
func TestMerge(t *testing.T) {
	p := storedProfile(t, "/terms", `{"rights":"exclusive","nda_years":5,"substitutes":false,"signing_city":"Bonn"}`, "/pricing",
		`{"hourly_rate":"90","discount_percent":"3","estimated_hours":{"min":"1","max":"9"},"hours":"7","unused_hours":"extend","period":"total","offer_valid_days":30,
		"items":[{"description":"A","quantity":1,"unit_price":1},{"description":"B","quantity":1,"unit_price":1}],
		"payment":{"due_days":30,"cash_discount":{"percent":"2","days":7},"instalments":[{"percent":"30","due":"on_order"},{"percent":"70","due":"on_completion"}]}}`)
	for _, c := range []struct {
		name, sample string
		changes      []string
		check        func(v *Valid) bool
	}{
		{"no contractor", hourly, []string{"/contractor", "-"}, func(v *Valid) bool {
			return v.Contractor.Name == p.Contractor.Name && v.Contractor.Bank.IBAN != ""
		}},
		{"own contractor, nothing of the profile's", hourly, []string{"/contractor/phone", "-", "/contractor/name", `"Andere"`, "/contractor/measures", "-", "/contractor/website", "-"}, func(v *Valid) bool {
			return v.Contractor.Name == "Andere" && v.Contractor.Phone == "" && v.Contractor.Measures == nil && v.Contractor.Website == ""
		}},
		{"tone", hourly, []string{"/tone", "-"}, func(v *Valid) bool { return v.Tone == ToneDu }},
		{"own tone", hourly, []string{"/tone", `"sie"`}, func(v *Valid) bool { return v.Tone == ToneSie }},
		{"terms", hourly, []string{"/terms", `{"rights":"simple","substitutes":true}`}, func(v *Valid) bool {
			return v.Terms.Rights == "simple" && *v.Terms.Substitutes && *v.Terms.NDAYears == 5 && v.Terms.SigningCity == "Bonn" && v.Terms.Expenses == "receipts"
		}},
		{"blank is not given", hourly, []string{"/terms", `{"rights":"","nda_years":null}`}, func(v *Valid) bool { return v.Terms.Rights == "exclusive" && *v.Terms.NDAYears == 5 }},
		{"zero and false are given", hourly, []string{"/terms", `{"substitutes":false}`, "/pricing/payment/due_days", `0`, "/pricing/payment/cash_discount", `{"days":0}`, "/pricing/payment/instalments", `[{"percent":100,"due":"on_order"}]`}, func(v *Valid) bool {
			return !*v.Terms.Substitutes && *v.Pricing.Payment.DueDays == 0 && *v.Pricing.Payment.CashDiscount.Days == 0
		}},
		{"leaf below a leaf", tracked, []string{"/pricing/estimated_hours", `{"max":"5"}`, "/pricing/payment/cash_discount", `{"percent":"4"}`}, func(v *Valid) bool {
			e, d := v.Pricing.EstimatedHours, v.Pricing.Payment.CashDiscount
			return e.Min.String() == "1" && e.Max.String() == "5" && d.Percent.String() == "4" && *d.Days == 7
		}},
		{"list as a whole", result, []string{"/pricing/items", `[{"description":"C","quantity":1,"unit_price":5}]`}, func(v *Valid) bool {
			return len(v.Pricing.Items) == 1 && v.Pricing.Items[0].Description == "C"
		}},
		{"list of the profile", result, []string{"/pricing/items", `[]`, "/pricing/payment/instalments", "-"}, func(v *Valid) bool {
			return len(v.Pricing.Items) == 2 && v.Pricing.Items[1].Unit == "flat" && len(v.Pricing.Payment.Instalments) == 2
		}},
		{"other model: tracked hours", tracked, []string{"/contractor", "-", "/pricing/hourly_rate", "-", "/pricing/estimated_hours", "-", "/pricing/period", "-"}, func(v *Valid) bool {
			return v.Pricing.HourlyRate.String() == "90" && v.Pricing.Period == "total" && v.Pricing.Hours == nil && v.Pricing.UnusedHours == "" && v.Pricing.Items == nil && v.Pricing.Payment.Instalments == nil
		}},
		{"other model: result package", result, []string{"/pricing/discount_percent", "-", "/pricing/offer_valid_days", "-"}, func(v *Valid) bool {
			return v.Pricing.HourlyRate == nil && v.Pricing.EstimatedHours == (Estimate{}) && *v.Pricing.OfferValidDays == 30 && v.Pricing.DiscountPercent.String() == "3"
		}},
		{"rate of a posted contractor", hourly, []string{"/pricing/hourly_rate", "-", "/contractor/hourly_rate", `"80"`}, func(v *Valid) bool { return v.Pricing.HourlyRate.String() == "80" }},
		{"rate of the stored pricing", hourly, []string{"/pricing/hourly_rate", "-", "/contractor", "-"}, func(v *Valid) bool { return v.Pricing.HourlyRate.String() == "90" }},
	} {
		if v := merged(t, p, c.sample, c.changes...); !c.check(v) {
			t.Errorf("%s: %+v", c.name, v.Engagement)
		}
	}
}

// A stored price model is a default like any other: the engagement's own decides which fields are used.
func TestMergeModel(t *testing.T) {
	p := storedProfile(t, "/pricing", `{"model":"hour_package","hours":"20","hourly_rate":"65","billing_increment_minutes":6}`)
	if v := merged(t, p, hourly, "/pricing", `{}`); v.Pricing.Model != HourPackage || v.Pricing.Hours.String() != "20" || *v.Pricing.BillingIncrementMinutes != 6 {
		t.Errorf("%+v", v.Pricing)
	}
	if v := merged(t, p, result); v.Pricing.Model != ResultPackage || v.Pricing.Hours != nil {
		t.Errorf("%+v", v.Pricing)
	}
	if got := faults(t, variant(t, hourly, "/pricing", `{"items":[{"description":"A","quantity":1,"unit_price":1}]}`), p); !slices.Equal(got, []string{"/pricing/items not_in_model"}) {
		t.Errorf("%q", got)
	}
}

// Violations of what the profile gave name their place in the engagement, and say where the value comes from.
func TestStoredOrigin(t *testing.T) {
	p := storedProfile(t, "/contractor/bank", "-", "/terms/jurisdiction", `"Köln"`, "/contractor/form", `"person"`, "/pricing", `{"payment":{"cash_discount":{"percent":"2","days":20}}}`)
	data := variant(t, hourly, "/contractor", "-", "/client/name", `""`, "/terms", "-", "/pricing/payment", `{"due_days":7}`, "/tone", `5`, "/pricing/vat", `{"treatment":"x"}`)
	_, err := Decode(bytes.NewReader(data), p, today)
	var found Violations
	if !errors.As(err, &found) {
		t.Fatal(err)
	}
	origins := map[string]string{
		"/tone type": "", "/client/name required": "", "/pricing/vat/treatment oneof": "",
		"/contractor/bank/iban bank_required":                    "Der Auftragnehmer stammt aus dem gespeicherten Profil",
		"/terms/jurisdiction jurisdiction_void":                  "Die Angabe stammt aus dem gespeicherten Profil",
		"/pricing/payment/cash_discount/days cash_discount_days": "Die Angabe stammt aus dem gespeicherten Profil",
	}
	if len(found) != len(origins) {
		t.Errorf("%d violations: %v", len(found), found)
	}
	for _, v := range found {
		want, known := origins[v.Pointer+" "+v.Code]
		if !known || !strings.Contains(v.Detail, want) || want == "" && strings.Contains(v.Detail, "Profil") {
			t.Errorf("%s %s: %s", v.Pointer, v.Code, v.Detail)
		}
		checkSentence(t, v)
	}
	found = nil
	if _, err := Decode(bytes.NewReader(variant(t, hourly, "/contractor/bank", "-")), p, today); !errors.As(err, &found) || strings.Contains(found[0].Detail, "Profil") {
		t.Errorf("a posted contractor: %v", err)
	}
}

// One profile serves many engagements at once and is never changed by them.
func TestProfileIsShared(t *testing.T) {
	p := storedProfile(t, "/pricing/payment/instalments", `[{"percent":100,"due":"2026-12-15T00:00:00+01:00"}]`)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			v := merged(t, p, result, "/contractor", "-", "/pricing/items", "-", "/pricing/payment", "-")
			if v.Pricing.Items[0].Unit != "flat" || v.Pricing.Payment.Instalments[0].Due != "2026-12-15" {
				t.Errorf("%+v", v.Pricing)
			}
		})
	}
	wg.Wait()
	again, err := RestoreProfile(p.Canonical)
	if err != nil || !reflect.DeepEqual(again, p) {
		t.Errorf("the profile was changed: %v", err)
	}
}

// FuzzProfile: never panics; what is accepted comes back from its canonical form and can be merged.
func FuzzProfile(f *testing.F) {
	for _, body := range []string{`{}`, `{"pricing":{"items":[{}]}}`, `{"look":{"logo":"data:,","accent_color":"#FFFFFF"}}`, `{"contractor":{},"terms":{"nda_years":"3"}}`} {
		f.Add([]byte(body))
	}
	f.Add(storable(f))
	order := sample(f, hourly)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := DecodeProfile(bytes.NewReader(data))
		if err != nil {
			if p != nil {
				t.Fatal("an error and a value")
			}
			return
		}
		again, err := RestoreProfile(p.Canonical)
		if err != nil || !reflect.DeepEqual(p, again) {
			t.Fatalf("%s comes back as something else: %v", p.Canonical, err)
		}
		if v, err := Decode(bytes.NewReader(order), p, date.Date{Year: 2026, Month: 11, Day: 23}); err == nil {
			checkPromises(t, v)
		}
	})
}
