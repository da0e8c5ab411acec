package engagement

import (
	"slices"
	"strings"
	"testing"
)

// The samples that the tables start from.
const (
	hourly  = "kursvideos-ablefy"  // hour_package, sole trader for a GmbH, 19 %
	result  = "launch-digistore24" // result_package, small business
	tracked = "newsletter-activecampaign"
	austria = "wien-reverse-charge" // result_package, client in the EU
	public  = "vhs-xrechnung"       // public body with a Leitweg-ID
	offer   = "nur-angebot"
)

type ruleCase struct {
	name    string
	sample  string
	changes []string
	want    []string // nil: valid
}

func testRules(t *testing.T, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := faults(t, variant(t, c.sample, c.changes...), nil); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestPartyRules(t *testing.T) {
	testRules(t, []ruleCase{
		{"consumer", hourly, []string{"/client/form", `"consumer"`, "/client/person", `null`}, []string{"/client/form consumer_unsupported"}},
		{"person acting in business", hourly, []string{"/client/form", `"person"`, "/client/person", `null`}, nil},
		{"contractor as consumer", hourly, []string{"/contractor/form", `"consumer"`}, []string{"/contractor/form oneof"}},
		{"unknown form", hourly, []string{"/client/form", `"GmbH"`}, []string{"/client/form oneof"}},
		{"contractor abroad", hourly, []string{"/contractor/address/country", `"AT"`, "/contractor/address/postal_code", `"1020"`}, []string{"/contractor/address/country contractor_country_unsupported"}},
		{"contractor abroad, one cause", hourly, []string{"/contractor/address/country", `"AT"`, "/terms/jurisdiction", `"Wien"`}, []string{"/contractor/address/country contractor_country_unsupported"}},
		{"company without a person", hourly, []string{"/client/person", "-"}, []string{"/client/person/last_name person_required"}},
		{"public body without a person", public, []string{"/client/person/last_name", `""`}, []string{"/client/person/last_name person_required"}},
		{"sole trader without a person", result, []string{"/client/person", "-"}, nil},
		{"contractor company without a person", hourly, []string{"/contractor/form", `"ug"`, "/contractor/person", `{}`}, []string{"/contractor/person/last_name person_required"}},
		{"no person, form unreadable", hourly, []string{"/client/person", "-", "/client/form", `7`}, []string{"/client/form type"}},
		{"contractor without e-mail", hourly, []string{"/contractor/email", `""`}, []string{"/contractor/email required"}},
		{"client without e-mail", hourly, []string{"/client/email", "-"}, nil},
		{"bad e-mail", hourly, []string{"/client/email", `"buero(at)firma"`, "/contractor/email", `"x"`}, []string{"/contractor/email email", "/client/email email"}},
		{"party without anything", hourly, []string{"/client", "-"}, []string{
			"/client/form required", "/client/name required", "/client/address/street required", "/client/address/postal_code required", "/client/address/city required",
		}},
		{"party of another type", hourly, []string{"/client", `"Müller"`}, []string{"/client type"}},
		{"salutation and gender", hourly, []string{"/client/person/salutation", `"Frau Dr."`, "/client/gender", `"w"`}, []string{"/client/person/salutation oneof", "/client/gender oneof"}},
		{"divers", hourly, []string{"/client/person/salutation", `"divers"`, "/client/gender", `"d"`}, nil},
		{"country", hourly, []string{"/client/address/country", `"Deutschland"`}, []string{"/client/address/country country"}},
		{"country in small letters", hourly, []string{"/client/address/country", `"de"`}, nil},
		{"country blank", hourly, []string{"/client/address/country", `""`}, nil},
		{"leitweg", public, []string{"/client/leitweg_id", `"05915000-VHS43-76"`}, []string{"/client/leitweg_id leitweg_id"}},
		{"leitweg form", public, []string{"/client/leitweg_id", `"VHS"`}, []string{"/client/leitweg_id leitweg_id"}},
		{"contractor's leitweg", public, []string{"/contractor/leitweg_id", `"1-2"`}, []string{"/contractor/leitweg_id leitweg_id"}},
	})
}

func TestPostalCodeRules(t *testing.T) {
	for country, codes := range map[string][2]string{
		"DE": {"04229", "4229"}, "AT": {"1020", "10201"}, "CH": {"8001", "08001"}, "NL": {"1012 AB", "1012"}, "PL": {"00-001", "00001"},
		"GB": {"SW1A 1AA", "12345"}, "FR": {"75001", "7500"}, "PT": {"1000-001", "1000"}, "SE": {"111 20", "1112"}, "IE": {"D02 AF30", "D02"},
	} {
		a, b := `"`+codes[0]+`"`, `"`+codes[1]+`"`
		set := []string{"/client/address/country", `"` + country + `"`, "/client/vat_id", `""`, "/pricing/vat/treatment", `"standard"`, "/client/address/postal_code"}
		if got := faults(t, variant(t, hourly, append(set, a)...), nil); got != nil {
			t.Errorf("%s %s: %v", country, a, got)
		}
		if got := faults(t, variant(t, hourly, append(set, b)...), nil); !slices.Equal(got, []string{"/client/address/postal_code postal_code"}) {
			t.Errorf("%s %s: %v", country, b, got)
		}
	}
	testRules(t, []ruleCase{
		{"country without a known form", hourly, []string{"/client/address/country", `"JP"`, "/client/address/postal_code", `"100-0001"`, "/client/vat_id", `""`}, nil},
		{"00000", hourly, []string{"/client/address/postal_code", `"00000"`}, []string{"/client/address/postal_code postal_code"}},
		{"a number loses its zero", hourly, []string{"/client/address/postal_code", `4229`}, []string{"/client/address/postal_code type"}},
		{"country wrong, code not judged", hourly, []string{"/client/address/country", `"XX"`, "/client/address/postal_code", `"1"`}, []string{"/client/address/country country"}},
		{"contractor's", hourly, []string{"/contractor/address/postal_code", `"D-44135"`}, []string{"/contractor/address/postal_code postal_code"}},
	})
}

func TestAccountAndTaxRules(t *testing.T) {
	testRules(t, []ruleCase{
		{"IBAN in groups", hourly, []string{"/contractor/bank/iban", `"de89 3704 0044 0532 0130 00"`}, nil},
		{"IBAN check digits", hourly, []string{"/contractor/bank/iban", `"DE88370400440532013000"`}, []string{"/contractor/bank/iban iban"}},
		{"IBAN length", hourly, []string{"/contractor/bank/iban", `"DE8937040044053201300"`}, []string{"/contractor/bank/iban iban"}},
		{"IBAN country", hourly, []string{"/contractor/bank/iban", `"US89370400440532013000"`}, []string{"/contractor/bank/iban iban"}},
		{"no IBAN at all", hourly, []string{"/contractor/bank/iban", `"Sparkasse"`}, []string{"/contractor/bank/iban iban"}},
		{"BIC", hourly, []string{"/contractor/bank/bic", `"COBADEFF"`}, nil},
		{"bad BIC", hourly, []string{"/contractor/bank/bic", `"COBA"`}, []string{"/contractor/bank/bic bic"}},
		{"VAT id with blanks", hourly, []string{"/client/vat_id", `"de 812 345 673"`}, nil},
		{"VAT id check digit", hourly, []string{"/client/vat_id", `"DE812345674"`, "/contractor/vat_id", `"DE293847561"`}, []string{"/contractor/vat_id vat_id", "/client/vat_id vat_id"}},
		{"VAT id without country", hourly, []string{"/client/vat_id", `"812345673"`}, []string{"/client/vat_id vat_id"}},
		{"contractor's id of another state", hourly, []string{"/contractor/vat_id", `"ATU13585627"`}, []string{"/contractor/vat_id vat_id"}},
		{"client's id of another state", hourly, []string{"/client/vat_id", `"ATU13585627"`}, nil},
		{"form of another state", austria, []string{"/client/vat_id", `"ATU1358562"`}, []string{"/client/vat_id vat_id"}},
		{"any id outside the EU", hourly, []string{"/client/address/country", `"CH"`, "/client/address/postal_code", `"8001"`, "/client/vat_id", `"CHE-116.281.710 MWST"`}, nil},

		{"no account", hourly, []string{"/contractor/bank", "-"}, []string{"/contractor/bank/iban bank_required"}},
		{"no account, offer", offer, []string{"/contractor/bank", "-"}, nil},
		{"no account, tracked hours", tracked, []string{"/contractor/bank", "-"}, nil},
		{"no account, invoice excluded", hourly, []string{"/contractor/bank", "-", "/documents/exclude", `["invoice"]`}, nil},
		{"no account, stage contract", hourly, []string{"/contractor/bank", "-", "/stage", `"contract"`}, []string{"/contractor/bank/iban bank_required"}},
		{"no account, nothing due on order", result, []string{"/contractor/bank", "-", "/pricing/payment/instalments", `[{"percent":100,"due":"on_completion"}]`}, nil},
		{"no account, something due on order", result, []string{"/contractor/bank", "-", "/pricing/payment/instalments", `[{"percent":"50","due":"on_order"},{"percent":"50","due":"on_completion"}]`}, []string{"/contractor/bank/iban bank_required"}},
		{"no account, stage unreadable", hourly, []string{"/contractor/bank", "-", "/stage", `"later"`}, []string{"/stage oneof"}},
		{"no tax number", result, []string{"/contractor/tax_number", "-"}, []string{"/contractor/tax_number tax_number_required"}},
		{"VAT id instead of the tax number", hourly, []string{"/contractor/tax_number", "-"}, nil},
		{"tax number instead of the VAT id", hourly, []string{"/contractor/vat_id", "-"}, nil},
		{"no tax number, offer", offer, []string{"/contractor/tax_number", "-"}, nil},
		{"no tax number, tracked hours", tracked, []string{"/contractor/tax_number", "-", "/contractor/vat_id", `null`}, nil},
		{"outside the EU the tax number", hourly, []string{"/contractor/tax_number", "-", "/client/vat_id", "-", "/client/address", `{"street":"Bahnhofstrasse 1","postal_code":"8001","city":"Zürich","country":"CH"}`}, []string{"/contractor/tax_number tax_number_required"}},
		{"no start", hourly, []string{"/term/start", "-"}, []string{"/term/start required"}},
		{"no start, offer", offer, []string{"/term", "-"}, nil},
		{"no start, tracked hours", tracked, []string{"/term/start", `""`}, nil},
		{"no start, model unreadable", hourly, []string{"/term/start", "-", "/pricing/model", `"package"`}, []string{"/pricing/model oneof"}},
	})
}

func TestVATRules(t *testing.T) {
	testRules(t, []ruleCase{
		{"small business with a rate", result, []string{"/pricing/vat/treatment", `"reduced"`}, []string{"/pricing/vat/treatment small_business_vat"}},
		{"small business, said twice", result, []string{"/pricing/vat/treatment", `"small_business"`}, nil},
		{"small business by treatment only", hourly, []string{"/pricing/vat/treatment", `"small_business"`}, []string{"/pricing/vat/treatment small_business_vat"}},
		{"small business in the EU", result, []string{
			"/client/address/country", `"AT"`, "/client/address/postal_code", `"1020"`, "/pricing/vat/treatment", `"reverse_charge"`,
		}, []string{"/contractor/small_business small_business_eu_unresolved"}},
		{"small business outside the EU", result, []string{"/client/address/country", `"CH"`, "/client/address/postal_code", `"8001"`}, nil},
		{"small business unreadable", result, []string{"/contractor/small_business", `"ja"`, "/client/address/country", `"AT"`, "/client/address/postal_code", `"1020"`}, []string{"/contractor/small_business type"}},
		{"reverse charge without the client's id", austria, []string{"/client/vat_id", "-"}, []string{"/client/vat_id vat_id"}},
		{"reverse charge without the contractor's id", austria, []string{"/contractor/vat_id", `""`}, []string{"/contractor/vat_id vat_id"}},
		{"reverse charge without both", austria, []string{"/contractor/vat_id", `""`, "/client/vat_id", `null`}, []string{"/contractor/vat_id vat_id", "/client/vat_id vat_id"}},
		{"standard in the EU", austria, []string{"/client/vat_id", "-", "/pricing/vat/treatment", `"standard"`}, nil},
		{"reverse charge in Germany", hourly, []string{"/pricing/vat/treatment", `"reverse_charge"`}, []string{"/pricing/vat/treatment vat_treatment"}},
		{"not taxable in Germany", hourly, []string{"/pricing/vat/treatment", `"not_taxable"`}, []string{"/pricing/vat/treatment vat_treatment"}},
		{"reduced", hourly, []string{"/pricing/vat/treatment", `"reduced"`}, nil},
		{"unknown treatment", hourly, []string{"/pricing/vat/treatment", `"19"`}, []string{"/pricing/vat/treatment oneof"}},
		{"a bad id is one violation", austria, []string{"/client/vat_id", `"ATU"`}, []string{"/client/vat_id vat_id"}},
	})
}

func TestJurisdictionRules(t *testing.T) {
	company := []string{"/contractor/form", `"gmbh"`, "/contractor/person/last_name", `"Luczak"`}
	testRules(t, []ruleCase{
		{"sole trader and GmbH", hourly, []string{"/terms/jurisdiction", `"Dortmund"`}, []string{"/terms/jurisdiction jurisdiction_void"}},
		{"two companies", hourly, append(company, "/terms/jurisdiction", `"Dortmund"`), nil},
		{"company and merchant", hourly, append(company, "/terms/jurisdiction", `"Dortmund"`, "/client/form", `"sole_trader"`, "/client/merchant", `true`), nil},
		{"company and no merchant", hourly, append(company, "/terms/jurisdiction", `"Dortmund"`, "/client/form", `"sole_trader"`), []string{"/terms/jurisdiction jurisdiction_void"}},
		{"company and public body", public, append(company, "/terms/jurisdiction", `"Hamm"`), nil},
		{"PartG is no merchant", hourly, append(company, "/terms/jurisdiction", `"Dortmund"`, "/client/form", `"partg"`), []string{"/terms/jurisdiction jurisdiction_void"}},
		{"client abroad", austria, []string{"/terms/jurisdiction", `"Dortmund"`}, nil},
		{"form unreadable", hourly, []string{"/terms/jurisdiction", `"Dortmund"`, "/client/form", `[1]`}, []string{"/client/form type"}},
	})
}

// A sentence names its field in German, so every field has a name.
func TestLabelsAreComplete(t *testing.T) {
	for _, s := range shapes() {
		for _, f := range s.fields {
			if _, ok := labels[f.name]; !ok {
				t.Errorf("no German name for %q", f.name)
			}
		}
	}
	for pointer, want := range map[string]string{
		"/pricing/items/1/unit_price": "Position 2, Einzelpreis", "/client/address/postal_code": "Auftraggeber, Postleitzahl", "": "Auftrag",
		"/scope/services": "Leistung", "/terms/jurisdiction": "Gerichtsstand", "/scope/out_of_scope/0": "nicht enthalten 1", "/pricing/vat/x~1y": "x~1y",
	} {
		if got := label(pointer); got != want {
			t.Errorf("%s: %q, want %q", pointer, got, want)
		}
	}
	if got := says("/client/name", "fehlt."); !strings.HasPrefix(got, "„Auftraggeber, Name“") {
		t.Error(got)
	}
}
