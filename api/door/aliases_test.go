package door

import (
	"reflect"
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

// TestAliasesLeadHome: every published name is found and means the field that it is published for.
func TestAliasesLeadHome(t *testing.T) {
	taken := map[string]string{}
	n := 0
	for _, a := range Aliases() {
		if a.Field == "" || len(a.Names) == 0 {
			t.Errorf("%+v", a)
		}
		for _, name := range a.Names {
			n++
			key := plainKey(name)
			found := field([][]string{{strings.ReplaceAll(name, "#", "3")}})
			switch {
			case found == nil:
				t.Errorf("%q (%s) is not found", name, a.Field)
			case taken[key] == "" && published(found.field) != a.Field:
				t.Errorf("%q is published for %s and means %s", name, a.Field, found.field)
			}
			taken[key] = a.Field
		}
	}
	t.Log(len(Aliases()), "rows,", n, "names")
}

// TestPublishedNames are those that callers were promised.
func TestPublishedNames(t *testing.T) {
	for name, want := range map[string]string{
		"kunde": "/client/name", "firma": "/client/name", "name": "/client/name", "vorname": "/client/person/first_name", "nachname": "/client/person/last_name", "anrede": "/client/person/salutation",
		"funktion": "/client/person/role", "rechtsform": "/client/form", "anschrift": "/client/address", "strasse": "/client/address/street", "plz": "/client/address/postal_code", "ort": "/client/address/city", "land": "/client/address/country",
		"e-mail": "/client/email", "e-mail-adresse": "/client/email", "telefon": "/client/phone", "ust_id": "/client/vat_id", "titel": "/scope/title", "projekttitel": "/scope/title", "leistung": "/scope/services/#1/title", "leistungen": "/scope/services",
		"leistung_2_titel": "/scope/services/#2/title", "leistung_2_beschreibung": "/scope/services/#2/description", "leistung_2_preis": "/pricing/items/#2s/unit_price", "preismodell": "/pricing/model", "stunden": "/pricing/hours",
		"stundensatz": "/pricing/hourly_rate", "rabatt": "/pricing/discount_percent", "zahlungsziel": "/pricing/payment/due_days", "beginn": "/term/start", "ende": "/term/end", "tools": "/access", "zugriff_auf_kundendaten": "/access",
		"kunde_name": "/client/name", "auftraggeber_plz": "/client/address/postal_code", "client_name": "/client/name", "client.name": "/client/name", "client__name": "/client/name", "client[address][city]": "/client/address/city", "auftragnehmer_iban": "/contractor/bank/iban",
		"auftragnehmer_name": "/contractor/name", "contractor.bank.iban": "/contractor/bank/iban", "contractor_small_business": "/contractor/small_business", "items_1_unit_price": "/pricing/items/#1/unit_price", "line_items[0][unit_price]": "/pricing/items/#0/unit_price",
		"pricing.payment.due_days": "/pricing/payment/due_days", "access_0_tool": "/access/#0/tool", "access[1][customer_data]": "/access/#1/customer_data", "Kunde: Straße": "/client/address/street", "STRASSE": "/client/address/street", "Straße (Kunde)": "/client/address/street",
		"Wie lautet Ihre E-Mail-Adresse? *": "/client/email", "terms.nda_years": "/terms/nda_years", "processing_breach_hours": "/processing/breach_hours", "communication_0_channel": "/communication/#0/channel",
	} {
		if got := field([][]string{{name}}); got == nil || got.place != want {
			t.Errorf("%q = %+v, want %s", name, got, want)
		}
	}
	for _, name := range []string{"utm_source", "submittedAt", "formMode", "formName", "datenschutz", "Datenschutzerklärung", "DSGVO", "AGB", "score", "status", "id", "budget2", "terms", "event", "timezone", "Name (Auftragnehmer Bank)", ""} {
		if got := field([][]string{{name}}); got != nil {
			t.Errorf("%q means %s", name, got.place)
		}
	}
}

// TestEveryFieldHasAName: whatever the format has can be sent under its own name, flat, and leads to itself.
func TestEveryFieldHasAName(t *testing.T) {
	for _, pointer := range fields(reflect.TypeFor[engagement.Engagement](), "") {
		name := strings.ReplaceAll(strings.Trim(strings.ReplaceAll(pointer, "/", "_"), "_"), "#", "0")
		got := field([][]string{{name}})
		if got == nil || got.place != strings.ReplaceAll(pointer, "#", "#0") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// fields are the pointers of all values of a type; a list of texts is one.
func fields(t reflect.Type, pointer string) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return fields(t.Elem(), pointer+"/#")
	case t.Kind() != reflect.Struct || t.NumField() == 0 || t.PkgPath() != "auftragsmappe/documents/engagement":
		return []string{pointer}
	}
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, fields(f.Type, pointer)...)
			continue
		}
		out = append(out, fields(f.Type, pointer+"/"+f.Tag.Get("json"))...)
	}
	return out
}

// TestEveryFieldIsAskedFor: whatever Decode finds becomes a German question of its own.
func TestEveryFieldIsAskedFor(t *testing.T) {
	for _, pointer := range append(fields(reflect.TypeFor[engagement.Engagement](), ""), "/client", "/contractor", "/access", "/scope/services", "/pricing/items", "/pricing/payment/instalments", "") {
		pointer = strings.ReplaceAll(pointer, "#", "0")
		q := Ask(engagement.Violations{{Pointer: pointer, Code: "required", Detail: "fehlt"}})
		if len(q) != 1 || q[0].Field != pointer || len(q[0].Question) < 20 || strings.Contains(q[0].Question, "SIDE") || strings.Contains(q[0].Question, "_") {
			t.Errorf("%s: %+v", pointer, q)
		}
		if q[0].Question == "Was soll hier stehen?" {
			t.Errorf("%s has no question", pointer)
		}
	}
}

func TestAskTellsTheReason(t *testing.T) {
	q := Ask(engagement.Violations{
		{Pointer: "/client/vat_id", Code: "vat_id", Detail: "Die Nummer hat eine falsche Prüfziffer."}, {Pointer: "/client/vat_id", Code: "vat_id", Detail: "noch einmal"},
		{Pointer: "/client/form", Code: "consumer_unsupported", Detail: "Aufträge von Verbrauchern sind hier nicht möglich."}, {Pointer: "/contractor/person/last_name", Code: "person_required", Detail: "fehlt"},
	})
	if len(q) != 3 || !strings.HasPrefix(q[0].Question, "Die Nummer hat") || !strings.Contains(q[1].Question, "Verbrauchern") || !strings.Contains(q[2].Question, "für den Auftragnehmer") {
		t.Errorf("%+v", q)
	}
}

// TestQuestionsNameNoFields: what Decode says for programmers is not shown to a client.
func TestQuestionsNameNoFields(t *testing.T) {
	q := Ask(engagement.Violations{{Pointer: "/client/vat_id", Code: "vat_id", Detail: "„USt-IdNr.“ fehlt: beide USt-IdNrn. stehen auf der Rechnung (§ 14a Abs. 1 UStG). Bitte setzen Sie pricing.vat.treatment auf standard."}})
	if want := "„USt-IdNr.“ fehlt: beide USt-IdNrn. stehen auf der Rechnung (§ 14a Abs. 1 UStG). Wie lautet die Umsatzsteuer-Identifikationsnummer (Auftraggeber)?"; !strings.HasPrefix(q[0].Question, want) {
		t.Error(q[0].Question)
	}
	for code, reason := range reasons {
		if fieldName.MatchString(reason) {
			t.Errorf("%s: %s", code, reason)
		}
	}
	for _, body := range []string{`{"kunde":"A GmbH","rechtsform":"Privatperson","ust_id":"DE1","plz":"1","land":"DE","mwst":"Reverse Charge","gerichtsstand":"Köln","zahlungsziel":"999","hours":"5","preis":"-1","titel":"x","email":"x"}`} {
		r, err := Read(Input{Body: []byte(body)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		decoded(t, r, nil)
		for _, q := range r.Missing {
			if fieldName.MatchString(q.Question) {
				t.Errorf("%s: %s", q.Field, q.Question)
			}
		}
	}
}
