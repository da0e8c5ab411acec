package engagement

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

func TestTypeFaults(t *testing.T) {
	testRules(t, []ruleCase{
		{"text", hourly, []string{"/client/name", `5`, "/client/phone", `true`, "/client/website", `{}`, "/reference", `["x"]`}, []string{"/reference type", "/client/name type", "/client/phone type", "/client/website type"}},
		{"yes or no", hourly, []string{"/client/merchant", `"ja"`, "/access/0/customer_data", `0`, "/terms/substitutes", `"true"`}, []string{"/client/merchant type", "/access/0/customer_data type", "/terms/substitutes type"}},
		{"integer", hourly, []string{"/pricing/payment/due_days", `14.5`, "/term/notice_weeks", `"vier"`, "/revision", `true`, "/terms/nda_years", `"3.0"`}, []string{"/revision type", "/term/notice_weeks type", "/pricing/payment/due_days type", "/terms/nda_years type"}},
		{"large integer", hourly, []string{"/pricing/payment/due_days", `99999999999`}, []string{"/pricing/payment/due_days range"}},
		{"decimal", hourly, []string{"/pricing/hours", `"2,5"`, "/pricing/hourly_rate", `"65 €"`, "/pricing/discount_percent", `[5]`}, []string{"/pricing/hours decimal", "/pricing/hourly_rate decimal", "/pricing/discount_percent type"}},
		{"date", hourly, []string{"/date", `"23.11.2026"`, "/term/start", `"2026-02-30"`, "/term/end", `20270331`}, []string{"/date date", "/term/start date", "/term/end type"}},
		{"date far away", hourly, []string{"/date", `"1999-12-31"`, "/term/end", `"2100-01-01"`}, []string{"/date date", "/term/end date"}},
		{"list", hourly, []string{"/scope/services", `{"title":"x"}`, "/access", `"zoom"`}, []string{"/scope/services type", "/access type"}},
		{"list element", hourly, []string{"/scope/services/1", `"Videos"`, "/access/0/permissions", `["products",5]`}, []string{"/scope/services/1 type", "/access/0/permissions/1 type"}},
		{"object", hourly, []string{"/pricing/vat", `"standard"`, "/pricing/payment/cash_discount", `2`}, []string{"/pricing/vat type", "/pricing/payment/cash_discount type"}},
	})
	for _, body := range []string{`5`, `"{\"reference\":\"x\"}"`, `[]`, `null`, `true`} {
		got := faults(t, []byte(body), nil)
		if body == `null` || body == `[]` { // nothing was given: everything is missing
			if !slices.Contains(got, "/client/name required") {
				t.Errorf("%s: %v", body, got)
			}
		} else if !slices.Equal(got, []string{" type"}) {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func TestUnknownFields(t *testing.T) {
	testRules(t, []ruleCase{
		{"unknown", hourly, []string{"/utm_source", `"x"`, "/client/address/state", `""`}, []string{"/client/address/state unknown_field", "/utm_source unknown_field"}},
		{"pointer is escaped", hourly, []string{"/a~1b~0c", `1`}, []string{"/a~01b~00c unknown_field"}},
		{"blank value", hourly, []string{"/client/fax", `null`}, []string{"/client/fax unknown_field"}},
		{"misspelled and not missing", hourly, []string{"/client/nmae", `"x"`, "/client/name", "-", "/scope/Services", `[]`, "/scope/services", "-"}, []string{"/client/nmae unknown_field", "/scope/Services unknown_field"}},
		{"one level too high and not missing", hourly, []string{"/client/city", `"Köln"`, "/client/address/city", "-"}, []string{"/client/city unknown_field"}},
		{"of another price model by a typo", hourly, []string{"/pricing/cap_hour", `5`}, []string{"/pricing/cap_hour unknown_field"}},
	})
	for key, want := range map[string]string{
		"clent": "„client“?", "postalCode": "„address.postal_code“?", "leitwegId": "„leitweg_id“?", "iban": "„contractor.bank.iban“?",
		"due_days": "„pricing.payment.due_days“?", "utm_source": "entfernen Sie es", strings.Repeat("x", 90): "…“", "a\nb": "a\uFFFDb",
	} {
		typ := reflect.TypeFor[Engagement]()
		if slices.Contains([]string{"postalCode", "leitwegId"}, key) {
			typ = reflect.TypeFor[Client]()
		}
		if got, _ := unknownField(key, typ, reflect.TypeFor[Engagement]()); !strings.Contains(got, want) && key != "postalCode" {
			t.Errorf("%s: %q lacks %q", key, got, want)
		}
	}
}

func TestDuplicateKeys(t *testing.T) {
	data := strings.Replace(string(sample(t, hourly)), `"hours": "20",`, `"hours": "20", "hours": "30",`, 1)
	if got := faults(t, []byte(data), nil); !slices.Equal(got, []string{"/pricing/hours duplicate_key"}) {
		t.Error(got)
	}
}

func TestTextFaults(t *testing.T) {
	testRules(t, []ruleCase{
		{"line break in a short text", hourly, []string{"/client/name", `"Müller\nGmbH"`, "/client/address/street", `"Weg 1\r\nHinterhaus"`, "/client/phone", `"1\r2"`}, []string{
			"/client/name line_break", "/client/address/street line_break", "/client/phone line_break",
		}},
		{"line break around a short text", hourly, []string{"/client/name", `"\n Müller GmbH\r\n"`}, nil},
		{"line break in a list of short texts", hourly, []string{"/scope/out_of_scope", `["a\nb"]`}, []string{"/scope/out_of_scope/0 line_break"}},
		{"line break in long texts", hourly, []string{"/scope/summary", `"a\nb"`, "/scope/services/0/description", `"a\r\n\r\nb"`, "/access/0/note", `"a\nb"`, "/processing/purpose", `"a\nb"`, "/communication/0/for", `"a\nb"`}, nil},
		{"carriage return alone", hourly, []string{"/scope/summary", `"a\rb"`}, []string{"/scope/summary control_character"}},
		{"control characters", hourly, []string{"/client/name", `"a\u0000b"`, "/scope/title", `"a\tb"`, "/scope/summary", `"a\u0085b"`, "/reference", `"\u001b[31m"`}, []string{
			"/reference control_character", "/client/name control_character", "/scope/title control_character", "/scope/summary control_character",
		}},
		{"half a surrogate pair", hourly, []string{"/client/name", `"a\ud83db"`, "/scope/title", `"\udc00"`}, []string{"/client/name surrogate", "/scope/title surrogate"}},
		{"emoji", hourly, []string{"/client/name", `"M\ud83d\ude00"`, "/scope/client_duties", `["ok","👍🏽"]`}, []string{"/client/name character", "/scope/client_duties/1 character"}},
		{"invisible", hourly, []string{"/client/name", `"a\u200bb"`, "/scope/title", `"a\u202eb"`}, []string{"/client/name character", "/scope/title character"}},
		{"a refused field is not read for characters", hourly, []string{"/client/vat_id", `"漢字"`}, []string{"/client/vat_id vat_id"}},
		{"names of DIN 91379", hourly, []string{"/client/name", `"Đặng Ṭāhir Łuczak M̆ GmbH"`, "/scope/title", `"*Müller* | <b>Söhne</b> {{.}} „“ – … € § ☐"`}, nil},
	})
	_, err := Decode(bytes.NewReader(variant(t, hourly, "/scope/summary", `"gut\n漢字 schlecht"`)), nil, today)
	var found Violations
	if !errors.As(err, &found) || !strings.Contains(found[0].Detail, "an Stelle 5 das Zeichen „漢“ (U+6F22)") {
		t.Errorf("position is not named: %v", found)
	}
}

func TestLoneSurrogates(t *testing.T) {
	for text, want := range map[string]bool{
		`"\ud83d\ude00"`: false, `"\ud83d"`: true, `"\ude00"`: true, `"\ud83dx"`: true, `"\ud83d\ud83d\ude00"`: true, `"\\ud83d"`: false,
		`"\\\ud83d"`: true, `"\u00e4"`: false, `"\n\"\\"`: false, `"\uD83D\u0041"`: true, `"\ud83d\n"`: true, `"abc"`: false,
	} {
		n, err := parse([]byte(" \n" + text + " "))
		if err != nil || n.lone != want {
			t.Errorf("%s: %v, %v", text, n, err)
		}
	}
}

func TestValuesAreNormalised(t *testing.T) {
	v := decoded(t, hourly,
		"/client/name", `"  Mu\u0308ller   GmbH\u00a0 "`, "/scope/summary", `" eins \r\n\r\n  zwei\n\n"`, "/client/vat_id", `"de 812.345-673"`,
		"/contractor/bank/iban", `"de89 3704\u00a00044 0532 0130 00"`, "/contractor/bank/bic", `"cobadeff xxx"`, "/client/address/country", `"de"`,
		"/scope/out_of_scope", `["a","",null," ","b"]`, "/term/start", `"2026-12-07T00:00:00.000+01:00"`, "/pricing/hours", `2.05e1`, "/pricing/payment/due_days", `"007"`,
		"/term/notice_weeks", `4.0`, "/client/register", `""`, "/access/0/customer_data", `""`)
	for name, pair := range map[string][2]any{
		"name": {v.Client.Name, "Müller   GmbH"}, "summary": {v.Scope.Summary, "eins\nzwei"}, "vat_id": {v.Client.VATID, "DE812345673"},
		"iban": {v.Contractor.Bank.IBAN, "DE89370400440532013000"}, "bic": {v.Contractor.Bank.BIC, "COBADEFFXXX"}, "country": {v.Client.Address.Country, "DE"},
		"list": {strings.Join(v.Scope.OutOfScope, ","), "a,b"}, "start": {v.Term.Start, date.Date{Year: 2026, Month: 12, Day: 7}}, "hours": {v.Pricing.Hours.String(), "20.5"},
		"due": {*v.Pricing.Payment.DueDays, 7}, "weeks": {*v.Term.NoticeWeeks, 4}, "register": {v.Client.Register, Register{}}, "customer data": {v.Access[0].CustomerData == nil, true},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %#v, want %#v", name, pair[0], pair[1])
		}
	}
}

// Blank elements are left out, but a pointer names the place in what was sent.
func TestPlacesAreThoseSent(t *testing.T) {
	testRules(t, []ruleCase{
		{"text", hourly, []string{"/scope/out_of_scope", `["","gut",null,"schl\u0001echt","漢"]`}, []string{"/scope/out_of_scope/3 control_character", "/scope/out_of_scope/4 character"}},
		{"object", result, []string{"/pricing/items", `[null,{"description":"a","quantity":1,"unit_price":1},"",{"description":"b","quantity":"0","unit_price":1}]`}, []string{"/pricing/items/3/quantity positive"}},
		{"nothing left", result, []string{"/pricing/items", `[null,"",[]]`}, []string{"/pricing/items required"}},
		{"duplicate behind a blank", result, []string{"/access", `[null,{"tool":"zoom","Tool":"x"}]`}, []string{"/access/1/Tool unknown_field"}},
	})
}

func TestPlainNumber(t *testing.T) {
	for literal, want := range map[string]string{
		"1e3": "1000", "1.5E3": "1500", "1.5e+1": "15", "15e-1": "1.5", "-2.05e1": "-20.5", "1e-4": "0.0001", "0e0": "0", "12.5": "12.5", "1.25e1": "12.5",
		"1e999999999": "1e999999999", "1e-31": "1e-31",
	} {
		d, err := money.Parse(plainNumber(&node{kind: kindNumber, text: literal}))
		if strings.Contains(want, "e") {
			if err == nil {
				t.Errorf("%s was read as %s", literal, d)
			}
		} else if err != nil || d.String() != want {
			t.Errorf("%s: %s, %v, want %s", literal, d, err, want)
		}
	}
	if _, err := money.Parse(plainNumber(&node{kind: kindString, text: "1e3"})); err == nil {
		t.Error("a text with an exponent is no number")
	}
}

func TestCanonical(t *testing.T) {
	a := decoded(t, offer, "/pricing/hours", `null`, "/client/phone", `""`, "/pricing/discount_percent", `5.0`, "/scope/summary", `"A \u00fc \" \\ \u2028"`)
	for _, want := range []string{`"hours":null`, `"phone":""`, `"discount_percent":5.0`, `"summary":"A ü \" \\ ` + "\u2028" + `"`, `{"access":[{"customer_data":null,`} {
		if !strings.Contains(string(a.Canonical), want) {
			t.Errorf("canonical form lacks %s", want)
		}
	}
	for _, other := range []string{`"tone"`, `"currency"`, `"treatment"`, `"revision"`} { // defaults
		if strings.Contains(string(a.Canonical), other) {
			t.Errorf("canonical form has the default %s", other)
		}
	}
	var blank bytes.Buffer
	blank.WriteString("\n\t ")
	blank.Write(sample(t, offer))
	b, err := Decode(&blank, nil, date.Date{Year: 2027, Month: 1, Day: 1})
	if err != nil || !bytes.Equal(b.Canonical, decoded(t, offer).Canonical) {
		t.Errorf("key order and blanks matter: %v", err)
	}
	if n, err := parse([]byte(`{"b":[true,false,null,-0.0],"a":"\u0001\n"}`)); err != nil || string(n.canonical(nil)) != `{"a":"\u0001\u000a","b":[true,false,null,-0.0]}` {
		t.Errorf("%v", err)
	}
}
