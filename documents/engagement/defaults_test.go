package engagement

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
	"auftragsmappe/fonts"
)

func TestDefaults(t *testing.T) {
	v := decoded(t, hourly, "/date", "-", "/stage", "-", "/contractor/small_business", "-", "/pricing/billing_increment_minutes", "-", "/pricing/payment", "-",
		"/client/address/country", "-", "/contractor/address/country", `null`, "/access/0/handover", `""`)
	for name, pair := range map[string][2]any{
		"revision": {*v.Revision, 1}, "stage": {v.Stage, StageComplete}, "date": {v.Date, today}, "tone": {v.Tone, ToneSie},
		"contractor's country": {v.Contractor.Address.Country, "DE"}, "client's country": {v.Client.Address.Country, "DE"},
		"small business": {*v.Contractor.SmallBusiness, false}, "merchant": {*v.Client.Merchant, false}, "special categories": {*v.Processing.SpecialCategories, false},
		"due days": {*v.Pricing.Payment.DueDays, 14}, "offer valid days": {*v.Pricing.OfferValidDays, 14}, "increment": {*v.Pricing.BillingIncrementMinutes, 15},
		"currency": {v.Pricing.Currency, "EUR"}, "retention": {*v.Processing.RetentionAfterEndDays, 30}, "handover": {v.Access[0].Handover, "other"},
		"treatment": {v.Pricing.VAT.Treatment, VATStandard}, "unused hours": {v.Pricing.UnusedHours, "refund"}, "hours valid until": {v.Pricing.HoursValidUntil, v.Term.End},
		"substitutes": {*v.Terms.Substitutes, true}, "expenses": {v.Terms.Expenses, "receipts"}, "rights": {v.Terms.Rights, "simple"}, "rights on payment": {*v.Terms.RightsOnPayment, true},
		"references": {v.Terms.References, "ask"}, "mutual": {*v.Terms.NDAMutual, false}, "years": {*v.Terms.NDAYears, 3}, "penalty": {*v.Terms.NDAPenalty, false},
		"approval": {v.Terms.SubprocessorApproval, "general"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %v, want %v", name, pair[0], pair[1])
		}
	}
	// Nothing is agreed silently.
	if v.Term.NoticeWeeks != nil || v.Processing.BreachHours != nil || v.Contractor.HomeOffice != nil || v.Contractor.Insurance != (Insurance{}) ||
		v.Client.ProfessionalSecrecy != nil || v.Access[0].CustomerData != nil || v.Pricing.DiscountPercent != nil || v.Terms.Jurisdiction != "" || v.Pricing.Period != "" {
		t.Error("a default stands where none may be")
	}
}

func TestGivenValuesStay(t *testing.T) {
	v := decoded(t, result, "/stage", `"contract"`, "/revision", `"3"`, "/tone", `"du"`, "/terms/substitutes", `false`, "/terms/nda_years", `5`, "/pricing/payment/due_days", `0`,
		"/processing/retention_after_end_days", `0`, "/terms/rights_on_payment", `false`, "/terms/expenses", `"none"`)
	if v.Stage != StageContract || *v.Revision != 3 || v.Tone != ToneDu || *v.Terms.Substitutes || *v.Terms.NDAYears != 5 || *v.Pricing.Payment.DueDays != 0 ||
		*v.Processing.RetentionAfterEndDays != 0 || *v.Terms.RightsOnPayment || v.Terms.Expenses != "none" || v.Pricing.Payment.CashDiscount != nil {
		t.Errorf("%+v", v.Engagement)
	}
}

func TestTreatment(t *testing.T) {
	swiss := []string{"/client/vat_id", "-", "/client/address/country", `"CH"`, "/client/address/postal_code", `"8001"`}
	for _, c := range []struct {
		name, sample string
		changes      []string
		want         Treatment
	}{
		{"domestic", hourly, nil, VATStandard},
		{"small business", result, nil, VATSmallBusiness},
		{"EU", austria, nil, VATReverseCharge},
		{"outside the EU", hourly, swiss, VATNotTaxable},
		{"small business outside the EU", result, swiss, VATNotTaxable},
		{"given", austria, []string{"/pricing/vat", `{"treatment":"standard"}`}, VATStandard},
		{"public body", public, nil, VATStandard},
	} {
		if got := decoded(t, c.sample, c.changes...).Pricing.VAT.Treatment; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestNature(t *testing.T) {
	v := decoded(t, result, "/scope/services/1/result", `""`, "/scope/services/2/nature", `"service"`)
	if s := v.Scope.Services; s[0].Nature != NatureResult || s[1].Nature != NatureService || s[2].Nature != NatureService {
		t.Errorf("result package: %+v", s)
	}
	v = decoded(t, hourly, "/scope/services/0/result", `"ausgetauschte Videos"`)
	if got := v.Scope.Services[0].Nature; got != NatureService {
		t.Errorf("hour package: %s", got)
	}
	v = decoded(t, hourly, "/scope/services/0/nature", `"result"`)
	if got := v.Scope.Services[0].Nature; got != NatureResult {
		t.Errorf("given: %s", got)
	}
}

func TestDerivedPricing(t *testing.T) {
	if v := decoded(t, tracked); v.Pricing.Period != "month" || v.Pricing.UnusedHours != "" || !v.Pricing.HoursValidUntil.IsZero() {
		t.Errorf("open-ended: %+v", v.Pricing)
	}
	if v := decoded(t, tracked, "/term/end", `"2027-06-30"`); v.Pricing.Period != "total" {
		t.Errorf("with an end: %s", v.Pricing.Period)
	}
	if v := decoded(t, tracked, "/term/end", `"2027-06-30"`, "/pricing/period", `"month"`); v.Pricing.Period != "month" {
		t.Errorf("given: %s", v.Pricing.Period)
	}
	if v := decoded(t, hourly, "/pricing/hourly_rate", "-", "/contractor/hourly_rate", `"80.5"`); v.Pricing.HourlyRate.String() != "80.5" {
		t.Errorf("rate %s", v.Pricing.HourlyRate)
	}
	if v := decoded(t, result); v.Pricing.HourlyRate != nil || v.Pricing.BillingIncrementMinutes != nil {
		t.Error("a result package has a rate")
	}
	if v := decoded(t, hourly, "/term/end", "-"); !v.Pricing.HoursValidUntil.IsZero() {
		t.Error("hours expire without an end")
	}
	if v := decoded(t, result, "/pricing/items/0/unit", "-"); v.Pricing.Items[0].Unit != "flat" {
		t.Error("unit")
	}
	v := decoded(t, result, "/pricing/payment/instalments", `[{"percent":100,"due":"2026-12-15T00:00:00+01:00"}]`)
	if got := v.Pricing.Payment.Instalments[0].Due; got != "2026-12-15" {
		t.Errorf("due %s", got)
	}
}

// profile is what a tenant could have stored.
func profile(t *testing.T) *Profile {
	t.Helper()
	contractor := decoded(t, hourly).Contractor
	days, no, rate := 30, false, money.Int(90)
	p := &Profile{Contractor: &contractor, Tone: ToneDu}
	p.Terms = Terms{Rights: "exclusive", Substitutes: &no}
	p.Pricing = Pricing{HourlyRate: &rate, UnusedHours: "extend", Period: "total", Payment: Payment{DueDays: &days, CashDiscount: &CashDiscount{&rate, &days}}}
	p.Pricing.Payment.Instalments = []Instalment{{&rate, DueOnOrder}}
	return p
}

func TestProfile(t *testing.T) {
	p := profile(t)
	before := *p.Contractor
	v, err := Decode(bytes.NewReader(variant(t, hourly, "/contractor", `""`, "/pricing/hourly_rate", "-", "/pricing/payment", `{"instalments":[{"percent":100,"due":"on_order"}],"cash_discount":{"percent":"2","days":7}}`)), p, today)
	if err != nil {
		t.Fatal(err)
	}
	pay := v.Pricing.Payment
	if v.Contractor.Name != before.Name || v.Tone != ToneDu || v.Terms.Rights != "exclusive" || *v.Terms.Substitutes || v.Terms.Expenses != "receipts" ||
		v.Pricing.HourlyRate.String() != "90" || v.Pricing.UnusedHours != "extend" || v.Pricing.Period != "" || *pay.DueDays != 30 ||
		pay.CashDiscount.Percent.String() != "2" || pay.Instalments[0].Percent.String() != "100" {
		t.Errorf("%+v", v.Engagement)
	}
	if !reflect.DeepEqual(before, *p.Contractor) {
		t.Error("the profile was changed")
	}
	if strings.Contains(string(v.Canonical), before.Name) {
		t.Error("the canonical form holds the profile")
	}
}

func TestProfileIsReplacedAndFiltered(t *testing.T) {
	p := profile(t)
	p.Pricing.Payment.CashDiscount = nil
	v, err := Decode(bytes.NewReader(sample(t, tracked)), p, today)
	if err != nil {
		t.Fatal(err)
	}
	if v.Pricing.UnusedHours != "" || v.Pricing.Payment.Instalments != nil || v.Pricing.Period != "total" || v.Pricing.HourlyRate.String() != "72.5" {
		t.Errorf("%+v", v.Pricing)
	}
	got := faults(t, variant(t, result, "/contractor", `{"name":"Nur ein Name"}`, "/pricing/payment/due_days", "-", "/stage", `"offer"`), &Profile{Contractor: p.Contractor})
	if want := "/contractor/form required"; len(got) == 0 || got[0] != want {
		t.Errorf("a given contractor is mixed with the profile's: %v", got)
	}
	if got := faults(t, variant(t, result, "/contractor", `5`), p); !slices.Contains(got, "/contractor type") {
		t.Errorf("%v", got)
	}
}

func TestGiven(t *testing.T) {
	hours := 24
	for name, p := range map[string]Processing{
		"purpose": {Purpose: "x"}, "subjects": {DataSubjects: []string{"x"}}, "subprocessors": {Subprocessors: []Subprocessor{{}}}, "breach": {BreachHours: &hours},
	} {
		if !p.Given() {
			t.Error(name)
		}
	}
	if v := decoded(t, hourly); v.Processing.Given() {
		t.Error("defaults count as given")
	}
}

// checkPromises: what a Valid promises to the packages above.
func checkPromises(t *testing.T, v *Valid) {
	t.Helper()
	for name, p := range map[string]any{
		"revision": v.Revision, "small business": v.Contractor.SmallBusiness, "merchant": v.Client.Merchant, "offer valid days": v.Pricing.OfferValidDays,
		"due days": v.Pricing.Payment.DueDays, "substitutes": v.Terms.Substitutes, "rights on payment": v.Terms.RightsOnPayment, "mutual": v.Terms.NDAMutual,
		"years": v.Terms.NDAYears, "penalty": v.Terms.NDAPenalty, "special categories": v.Processing.SpecialCategories, "retention": v.Processing.RetentionAfterEndDays,
	} {
		if reflect.ValueOf(p).IsNil() {
			t.Errorf("%s is nil", name)
		}
	}
	if v.Date.IsZero() || v.Stage == "" || v.Tone == "" || v.Contractor.Address.Country == "" || v.Client.Address.Country == "" || v.Pricing.VAT.Treatment == "" {
		t.Error("a field is blank")
	}
	p := v.Pricing
	for _, item := range p.Items {
		if item.Quantity == nil || item.UnitPrice == nil || item.Unit == "" {
			t.Error("half an item")
		}
	}
	if p.Model != ResultPackage && (p.HourlyRate == nil || p.BillingIncrementMinutes == nil) || p.Model == HourPackage && p.Hours == nil {
		t.Error("an hour model lacks its fields")
	}
	eachText(reflect.ValueOf(v.Engagement), "", func(pointer, text string) {
		if cluster, _ := fonts.Missing(text); cluster != "" || !norm.NFC.IsNormalString(text) || strings.TrimSpace(text) != text {
			t.Errorf("%s: %q", pointer, text)
		}
	})
}

// FuzzDecode: never panics; what is accepted keeps its promises, and its canonical form decodes to the same.
// Minimising takes all the time of a short run: use -fuzzminimizetime 5x.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{hourly, result, tracked, austria, public, offer, "unklarer-zugang", "invalid/vier-fehler"} {
		f.Add(sample(f, name))
	}
	for _, text := range []string{`{}`, `[{"body":{},"headers":{},"query":{}}]`, `{"client":{"name":"\ud83d"}}`, `{"pricing":{"items":[null,{"quantity":1e3}]}}`, "{\"a\":1,\"a\":2}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Decode(bytes.NewReader(data), nil, today)
		if err != nil {
			if v != nil {
				t.Fatal("an error and a value")
			}
			return
		}
		checkPromises(t, v)
		again, err := Decode(bytes.NewReader(v.Canonical), nil, date.Date{Year: 2026, Month: 11, Day: 23})
		if err != nil {
			t.Fatalf("canonical form is refused: %v\n%s", err, v.Canonical)
		}
		if !reflect.DeepEqual(v, again) {
			t.Fatalf("canonical form decodes to something else:\n%+v\n%+v", v, again)
		}
	})
}

// FuzzValues puts odd values into the places of a good engagement, so that many are accepted.
func FuzzValues(f *testing.F) {
	for _, seed := range [][3]string{
		{"Müller & Söhne", "1.5", "2026-12-01"}, {" A\u0308 ", "0", "2026-12-01T00:00:00Z"}, {"*x* {{.}}", "-1", ""}, {"a\nb", "1e3", "2026-02-30"}, {"漢", "9999999.9999", "2099-12-31"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, text, number, day string) {
		quoted := func(s string) string { return string(appendString(nil, strings.ToValidUTF8(s, "?"))) }
		data := variant(t, result, "/client/name", quoted(text), "/scope/summary", quoted(text), "/scope/out_of_scope", "["+quoted(text)+"]", "/client/vat_id", quoted(text),
			"/pricing/items/0/quantity", quoted(number), "/pricing/items/0/unit_price", quoted(number), "/pricing/payment/due_days", quoted(number),
			"/term/start", quoted(day), "/term/end", quoted(day))
		v, err := Decode(bytes.NewReader(data), nil, today)
		var found Violations
		switch {
		case err == nil:
			checkPromises(t, v)
		case !errors.As(err, &found):
			t.Errorf("%q %q %q: %v", text, number, day, err)
		}
	})
}
