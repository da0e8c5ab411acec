package engagement

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// storable is a whole profile, of the contractor of a sample.
func storable(t testing.TB, changes ...string) []byte {
	t.Helper()
	var sent struct{ Contractor json.RawMessage }
	if err := json.Unmarshal(sample(t, hourly), &sent); err != nil {
		t.Fatal(err)
	}
	body := `{"contractor":` + string(sent.Contractor) + `,"tone":"du","terms":{"rights":"exclusive","nda_years":"5"},` +
		`"pricing":{"hourly_rate":"65.5","items":[{"description":"Pauschale","quantity":1,"unit_price":"490"}],"payment":{"due_days":30,"cash_discount":{"percent":"2","days":7}}},` +
		`"look":{"accent_color":"#1F3A5F"}}`
	return edited(t, []byte(body), changes...)
}

// profileFaults are "pointer code" of every violation of a profile.
func profileFaults(t testing.TB, data []byte, rules ...func(*Engagement) Violations) []string {
	t.Helper()
	_, err := DecodeProfile(bytes.NewReader(data), rules...)
	return faultsOf(t, err)
}

func storedProfile(t testing.TB, changes ...string) *Profile {
	t.Helper()
	p, err := DecodeProfile(bytes.NewReader(storable(t, changes...)))
	if err != nil {
		t.Fatalf("%v: %v", changes, err)
	}
	return p
}

func TestDecodeProfile(t *testing.T) {
	p := storedProfile(t, "/contractor/name", `" Jana  Mu\u0308ller "`, "/contractor/phone", `null`, "/contractor/email", `"jana@example.de"`)
	if p.Contractor.Name != "Jana  Müller" || p.Contractor.Phone != "" || p.Tone != ToneDu || *p.Terms.NDAYears != 5 || *p.Pricing.Payment.DueDays != 30 ||
		p.Pricing.Items[0].UnitPrice.String() != "490" || p.Look.AccentColor != "#1f3a5f" || p.Look.Logo != nil {
		t.Errorf("%+v", p)
	}
	// Defaults are filled when a profile is used, not when it is stored: they may change.
	if p.Terms.Expenses != "" || p.Terms.NDAMutual != nil || p.Pricing.Currency != "" || p.Pricing.Model != "" || p.Pricing.VAT.Treatment != "" || p.Pricing.OfferValidDays != nil || p.Pricing.Items[0].Unit != "" {
		t.Errorf("a default is stored: %+v", p)
	}
	for _, body := range [][]byte{storable(t), []byte(" { } "), []byte(`{"tone":"sie"}`), []byte(`{"contractor":null,"pricing":{},"look":{"logo":""}}`)} {
		first, err := DecodeProfile(bytes.NewReader(body))
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		again, err := DecodeProfile(bytes.NewReader(first.Canonical))
		restored, err2 := RestoreProfile(first.Canonical)
		if err != nil || err2 != nil || !reflect.DeepEqual(first, again) || !reflect.DeepEqual(first, restored) {
			t.Errorf("%s does not come back: %v, %v", first.Canonical, err, err2)
		}
	}
	if p, err := DecodeProfile(strings.NewReader(` {"tone" : "du", "terms" : {}} `)); err != nil || string(p.Canonical) != `{"terms":{},"tone":"du"}` {
		t.Errorf("canonical form: %v, %v", p, err)
	}
}

func TestProfileFaults(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []string
		want    []string // nil: valid
	}{
		{"as it is", nil, nil},
		{"no contractor", []string{"/contractor", "-"}, nil},
		{"blank contractor", []string{"/contractor", `null`}, nil},
		{"half a contractor", []string{"/contractor", `{"name":"Jana"}`}, []string{
			"/contractor/form required", "/contractor/address/street required", "/contractor/address/postal_code required", "/contractor/address/city required", "/contractor/email required",
		}},
		{"contractor without bank and tax number: an offer needs neither", []string{"/contractor/bank", "-", "/contractor/vat_id", "-", "/contractor/tax_number", "-"}, nil},
		{"contractor's rules at once", []string{
			"/contractor/bank/iban", `"DE89370400440532013001"`, "/contractor/bank/bic", `"x"`, "/contractor/vat_id", `"DE123456789"`, "/contractor/address/postal_code", `"1"`,
			"/contractor/email", `"x"`, "/contractor/form", `"gmbh"`, "/contractor/person", `{}`, "/contractor/name", `"漢"`, "/contractor/leitweg_id", `"1"`,
		}, []string{
			"/contractor/name character", "/contractor/person/last_name person_required", "/contractor/address/postal_code postal_code", "/contractor/email email", "/contractor/vat_id vat_id",
			"/contractor/leitweg_id leitweg_id", "/contractor/bank/iban iban", "/contractor/bank/bic bic",
		}},
		{"abroad", []string{"/contractor/address/country", `"AT"`}, []string{"/contractor/address/country contractor_country_unsupported"}},
		{"consumer", []string{"/contractor/form", `"consumer"`}, []string{"/contractor/form oneof"}},
		{"unknown fields", []string{"/client", `{}`, "/contractor/fax", `1`, "/pricing/hourly_rat", `1`, "/iban", `1`, "/Tone", `"du"`, "/tone", "-"}, []string{
			"/contractor/fax unknown_field", "/pricing/hourly_rat unknown_field", "/Tone unknown_field", "/client unknown_field", "/iban unknown_field",
		}},
		{"types", []string{"/contractor", `5`, "/tone", `true`, "/terms", `[1]`, "/pricing/payment/due_days", `"bald"`, "/look/logo", `7`}, []string{
			"/contractor type", "/tone type", "/terms type", "/pricing/payment/due_days type", "/look/logo type",
		}},
		{"values", []string{"/tone", `"ihr"`, "/terms/rights", `"all"`, "/terms/nda_years", `11`, "/pricing/discount_percent", `101`, "/pricing/offer_valid_days", `0`, "/pricing/currency", `"USD"`, "/pricing/vat", `{"treatment":"x"}`}, []string{
			"/tone oneof", "/terms/rights oneof", "/terms/nda_years range", "/pricing/discount_percent range", "/pricing/currency oneof", "/pricing/vat/treatment oneof", "/pricing/offer_valid_days range",
		}},
		{"fields of several models", []string{"/pricing/model", `"tracked_hours"`, "/pricing/hours", `"20"`, "/pricing/unused_hours", `"extend"`}, nil},
		{"a model and nothing that it needs", []string{"/pricing", `{"model":"hour_package"}`}, nil},
		{"unknown model", []string{"/pricing/model", `"flat"`}, []string{"/pricing/model oneof"}},
		{"half an item", []string{"/pricing/items/0/quantity", "-", "/pricing/items/1", `{}`}, []string{
			"/pricing/items/0/quantity required", "/pricing/items/1/description required", "/pricing/items/1/quantity required", "/pricing/items/1/unit_price required",
		}},
		{"item too dear", []string{"/pricing/items/0/quantity", `9999999`}, []string{"/pricing/items/0/unit_price too_large"}},
		{"estimate", []string{"/pricing/estimated_hours", `{"min":"9","max":"8"}`}, []string{"/pricing/estimated_hours/max estimate_order"}},
		{"instalments", []string{"/pricing/payment/instalments", `[{"percent":"50","due":"on_order"},{"percent":"40","due":"bald"}]`}, []string{"/pricing/payment/instalments instalments_sum", "/pricing/payment/instalments/1/due instalment_due"}},
		{"cash discount too late", []string{"/pricing/payment/due_days", `5`}, []string{"/pricing/payment/cash_discount/days cash_discount_days"}},
		{"cash discount without due date: the engagement may say", []string{"/pricing/payment", `{"cash_discount":{"percent":"2","days":20}}`}, nil},
		{"half a cash discount", []string{"/pricing/payment/cash_discount", `{"days":7}`}, []string{"/pricing/payment/cash_discount/percent required"}},
		{"small business and tax", []string{"/contractor/small_business", `true`, "/pricing/vat", `{"treatment":"standard"}`}, []string{"/pricing/vat/treatment small_business_vat"}},
		{"treatment without contractor", []string{"/contractor", "-", "/pricing/vat", `{"treatment":"small_business"}`}, nil},
		{"jurisdiction depends on the client", []string{"/terms/jurisdiction", `"Köln"`}, nil},
		{"colour", []string{"/look/accent_color", `"blau"`}, []string{"/look/accent_color color"}},
		{"short colour", []string{"/look/accent_color", `"#abc"`}, []string{"/look/accent_color color"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := profileFaults(t, storable(t, c.changes...)); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestProfileBodies(t *testing.T) {
	for body, want := range map[string]string{
		`[]`: " type", `null`: " type", `"x"`: " type", `5`: " type", `[{}]`: " type",
		`{"headers":{},"params":{},"query":{},"body":{}}`: "/body whole_item",
	} {
		if got := profileFaults(t, []byte(body)); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q", body, got)
		}
	}
	for _, body := range []string{"", "{", "{}{}", "\xff"} {
		var syntax *SyntaxError
		if _, err := DecodeProfile(strings.NewReader(body)); !errors.As(err, &syntax) || strings.Contains(syntax.Detail, "Auftrag") {
			t.Errorf("%q: %v", body, err)
		}
	}
	full := append([]byte("{}"), bytes.Repeat([]byte(" "), MaxProfileBytes-2)...)
	if _, err := DecodeProfile(bytes.NewReader(full)); err != nil {
		t.Errorf("exactly 2 MiB: %v", err)
	}
	if _, err := DecodeProfile(bytes.NewReader(append(full, ' '))); !errors.Is(err, ErrProfileTooLarge) {
		t.Errorf("over 2 MiB: %v", err)
	}
	if _, err := DecodeProfile(brokenReader{}); !errors.Is(err, errBroken) {
		t.Errorf("broken reader: %v", err)
	}
}

func TestProfileRulesFromAbove(t *testing.T) {
	rule := func(e *Engagement) Violations {
		if e.Contractor.Address.Country != "DE" || e.Terms.Expenses != "receipts" {
			t.Error("the rule saw no defaults")
		}
		return Violations{{"/contractor/measures/0", "follow_up", "Bitte prüfen."}}
	}
	if got := profileFaults(t, storable(t, "/contractor/measures", `["x"]`), rule); !slices.Equal(got, []string{"/contractor/measures/0 follow_up"}) {
		t.Errorf("%q", got)
	}
}

// A stored profile stays readable when rules are added; what it does not know it never leaves out.
func TestRestoreProfile(t *testing.T) {
	for body, ok := range map[string]bool{
		`{"contractor":{"name":"Jana"}}`: true, `{"pricing":{"discount_percent":"500"}}`: true,
		`{"terms":{"later":1}}`: false, `{`: false, `null`: false, `{"tone":5}`: false,
	} {
		if p, err := RestoreProfile([]byte(body)); (err == nil) != ok || (p != nil) != ok {
			t.Errorf("%s: %v", body, err)
		}
	}
}
