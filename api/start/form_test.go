package start

import (
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

var today = date.Date{Year: 2026, Month: 11, Day: 23}

// decode reads what a form gives as the service does.
func decode(body []byte) (*engagement.Valid, engagement.Violations) {
	v, err := engagement.Decode(strings.NewReader(string(body)), nil, today, decision.Check)
	var found engagement.Violations
	if err != nil && !errors.As(err, &found) {
		found = engagement.Violations{{Code: err.Error()}}
	}
	return v, found
}

func TestNotation(t *testing.T) {
	for typed, want := range map[string]string{
		"1490": "1490", "1490,5": "1490.5", "1.490,00": "1490.00", "1.490,00 €": "1490.00", "1 490,00": "1490.00", "12.345.678,9": "12345678.9",
		"1490.00": "1490.00", "0.335": "0.335", "12.5": "12.5", "1490,-": "1490", "1.234,-": "?1.234", "1.490": "?1.490", "-1.490": "?-1.490",
		"1,490.00": "1,490.00", "viel": "viel", "": "",
	} {
		plain, doubt := plainAmount(typed)
		if doubt {
			plain = "?" + plain
		}
		if plain != want {
			t.Errorf("%q is %q, want %q", typed, plain, want)
		}
	}
	for typed, want := range map[string]string{
		"1.12.2026": "2026-12-01", "01.02.2027": "2027-02-01", "1. 2. 2027": "2027-02-01", "2026-12-01": "2026-12-01", "morgen": "morgen", "1.12.26": "1.12.26",
	} {
		if got := isoDay(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// all is a form with something in every input, in two rows of each list.
func all(model string) url.Values {
	sent := url.Values{}
	eachPart(func(p *part) {
		for row := range 2 {
			for i := range p.fields {
				f := &p.fields[i]
				v := "Wert"
				switch {
				case f.sort == amount, f.sort == whole:
					v = "7"
				case f.sort == day:
					v = "2026-12-01"
				case len(f.options) > 0:
					v = f.options[len(f.options)-1].value
				}
				sent.Set(p.name(row, f), v)
			}
		}
	})
	sent.Set("pricing.model", model)
	return sent
}

// Every input of the form has its place in the engagement, with a value that its type takes.
func TestInputsHaveTheirPlace(t *testing.T) {
	for _, m := range models {
		body, doubts := Read(all(m.value)).Engagement(false)
		_, found := decode(body)
		for _, v := range append(doubts, found...) {
			if slices.Contains([]string{"unknown_field", "type", "oneof", "not_in_model", "decimal", "date"}, v.Code) {
				t.Error(m.value, v)
			}
		}
		if n := strings.Count(string(body), "Wert"); n < 20 {
			t.Error("too few values arrive", n, string(body))
		}
	}
}

// The example goes into the form and comes out as it was, but for its dates; it is complete and needs every document.
func TestExample(t *testing.T) {
	in := New()
	in.FillExample(today)
	body, doubts := in.Engagement(false)
	v, found := decode(body)
	if len(found)+len(doubts) > 0 {
		t.Fatal(found, doubts)
	}
	for _, n := range decision.Decide(v).Needs {
		if !n.Applies {
			t.Error("does not apply:", n)
		}
	}
	var got, want map[string]any
	original, err := os.ReadFile("example.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(json.Unmarshal(body, &got), json.Unmarshal(original, &want)); err != nil {
		t.Fatal(err)
	}
	got["term"].(map[string]any)["start"], got["term"].(map[string]any)["end"] = "2026-12-07", "2027-01-31"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%v", got, want)
	}
}

// What the form has no place for is named, and nothing else: what was taken out comes back.
func TestFill(t *testing.T) {
	in := Read(url.Values{"eingabe": {"json"}, "aktion": {"uebernehmen"}, "json": {`{"client": {"name": "A", "gender": "f", "address": {"country": "DE"}},
		"contractor": {"small_business": true, "address": {"country": "DE"}}, "pricing": {"items": [{"unit_price": 12.5, "unit": "tage"}]},
		"access": [{"tool": "Elopage", "permissions": ["Bestellungen", "erfunden"], "customer_data": true}, {"tool": "info@firma.de"}, {"tool": "Google Drive"}, {"tool": "zoom"}],
		"terms": {"substitutes": false, "nda_years": 2}, "communication": []}`}})
	if !in.Fill() {
		t.Fatal("nothing is filled")
	}
	if want := []string{"/access/0/permissions/0", "/client/gender", "/pricing/items/0/unit", "/terms/nda_years", "/terms/substitutes"}; !slices.Equal(in.left, want) {
		t.Errorf("left %v, want %v", in.left, want)
	}
	for name, want := range map[string]string{
		"client.name": "A", "client.address.country": "", "contractor.small_business": "ja", "pricing.items.0.unit_price": "12,5",
		"access.0.what": "ablefy/orders", "access.0.customer_data": "ja", "access.1.what": other, "access.1.tool": "info@firma.de",
		"access.2.what": other, "access.2.tool": "Google Drive", "access.3.what": "zoom/?",
	} {
		if got := in.form.values[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, text := range []string{"", "[]", "null", `"a"`, "{", "{} {}", "{}" + strings.Repeat(" ", engagement.MaxBytes)} {
		if bad := Read(url.Values{"eingabe": {"json"}, "json": {text}}); bad.Fill() {
			t.Errorf("%.10q fills the form", text)
		}
	}
}

// Every example of the product goes into the form without a fault of ours.
func TestFillExamples(t *testing.T) {
	paths, err := filepath.Glob("../../examples/*.json")
	if err != nil || len(paths) < 5 {
		t.Fatal(err, paths)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		in := Read(url.Values{"eingabe": {"json"}, "json": {string(b)}})
		if !in.Fill() {
			t.Error(path, "is not taken")
		}
		body, doubts := in.Engagement(false)
		if _, found := decode(body); len(doubts) > 0 || slices.ContainsFunc(found, func(v engagement.Violation) bool { return v.Code != "required" }) {
			t.Error(path, doubts, found)
		}
	}
}

// Rows of one tool with the same answer are one access; a blank row is none, and a gap closes.
func TestRows(t *testing.T) {
	in := Read(url.Values{
		"access.0.what": {"wordpress/author"}, "access.1.what": {""}, "access.2.what": {"digistore24/orders"}, "access.3.what": {"wordpress/editor"},
		"access.4.what": {"wordpress/admin"}, "access.4.customer_data": {"nein"}, "access.5.what": {other}, "access.5.tool": {"Eigenbau"},
		"access.6.what": {"zoom/?"}, "access.7.what": {"zoom/?"},
		"scope.services.0.title": {" "}, "scope.services.1.title": {" Zweite "}, "scope.services.19.title": {"Letzte"}, "scope.services.20.title": {"zu viel"},
		"pricing.items.0.unit": {"flat"}, "pricing.items.0.quantity": {"1"},
	})
	body, _ := in.Engagement(false)
	want := `{"scope":{"services":[{"title":"Zweite"},{"title":"Letzte"}]},"access":[{"tool":"wordpress","permissions":["author","editor"]},` +
		`{"tool":"digistore24","permissions":["orders"]},{"tool":"wordpress","permissions":["admin"],"customer_data":false},{"tool":"Eigenbau"},{"tool":"zoom"}]}`
	if string(body) != want {
		t.Errorf("%s\n%s", body, want)
	}
	for pointer, want := range map[string]string{
		"/access/1/tool": "access.1.what", "/access/2/customer_data": "access.3.customer_data", "/access/3/tool": "access.4.tool", "/access/9/tool": "access.0.what",
		"/scope/services/1/title": "scope.services.1.title", "/scope/services": "scope.services.0.title", "/pricing/vat/treatment": "pricing.model",
		"/contractor/bank": "contractor.bank.iban", "/terms/jurisdiction": formID, "": formID,
	} {
		if got := in.form.target(pointer); got != want {
			t.Errorf("%s leads to %s, want %s", pointer, got, want)
		}
	}
}

// An amount that could mean two things is asked for, and is not in the JSON.
func TestDoubt(t *testing.T) {
	in := Read(url.Values{"pricing.model": {"result_package"}, "pricing.items.0.description": {"Paket"}, "pricing.items.0.unit_price": {"1.490"}})
	body, doubts := in.Engagement(false)
	if len(doubts) != 1 || doubts[0].Pointer != "/pricing/items/0/unit_price" || !strings.Contains(doubts[0].Detail, "„1490“ oder „1,490“") || strings.Contains(string(body), "490") {
		t.Error(doubts, string(body))
	}
}
