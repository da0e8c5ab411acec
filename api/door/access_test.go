package door

import (
	"strings"
	"testing"
)

// TestCustomerData: what a form says of customer data decides on the AVV, so it is never guessed.
func TestCustomerData(t *testing.T) {
	for _, c := range []struct{ body, engagement, asked string }{
		{`{"tools":"Slack, Zoom","kundendaten":"ja"}`, `{"access":[{"customer_data":true,"tool":"slack"},{"customer_data":true,"tool":"zoom"}]}`, ""},
		{`{"tools":"Slack, Zoom","kundendaten":"nein"}`, `{"access":[{"customer_data":false,"tool":"slack"},{"customer_data":false,"tool":"zoom"}]}`, ""},
		{`{"tools":"Slack","kundendaten":"nein","zugriff_auf_kundendaten":"ja"}`, `{"access":[{"tool":"slack"}]}`, "/access/0/customer_data"},
		{`{"tools":"Slack","kundendaten":"ja","zugriff_auf_kundendaten":"nein"}`, `{"access":[{"tool":"slack"}]}`, "/access/0/customer_data"},
		{`{"tools":"Slack","kundendaten":"ja","zugriff_auf_kundendaten":"weiß nicht"}`, `{"access":[{"tool":"slack"}]}`, "/access/0/customer_data"},
		{`{"tool_1":"Slack","tool_1_kundendaten":"nein","tool_2":"Zoom","kundendaten":"ja"}`, `{"access":[{"customer_data":false,"tool":"slack"},{"customer_data":true,"tool":"zoom"}]}`, ""},
		{`{"tool_1":"Slack","tool_1_kundendaten":"ja","tool_2":"Zoom","kundendaten":"nein"}`, `{"access":[{"tool":"slack"},{"customer_data":false,"tool":"zoom"}]}`, "/access/0/customer_data"},
		{`{"tools":"Digistore24 (nur Produkte), Zoom","kundendaten":"ja"}`, `{"access":[{"permissions":["products"],"tool":"digistore24"},{"customer_data":true,"tool":"zoom"}]}`, ""},
		{`{"tools":"Digistore24 (nur Produkte)","kundendaten":"ja"}`, `{"access":[{"customer_data":true,"permissions":["products"],"tool":"digistore24"}]}`, ""},
		{`{"kundendaten":"ja"}`, `{}`, "/access"}, {`{"kundendaten":"weiß nicht"}`, `{}`, "/access"}, {`{"kundendaten":"nein"}`, `{}`, ""}, {`{"kundendaten":""}`, `{}`, ""},
		{`{"tools":"keine","kundendaten":"ja"}`, `{}`, "/access"}, {`{"tools":"Slack","kundendaten":0}`, `{"access":[{"tool":"slack"}]}`, ""},
		{`{"tools":"Slack","datenschutz":true,"dsgvo":"ja","Ich stimme der Verarbeitung meiner Kundendaten zu":"ja"}`, `{"access":[{"tool":"slack"}]}`, ""},
		{`{"Zugang zu WordPress":"ja","Zugang zu Slack":"nein","Zugriff auf Zoom":"Berichte"}`, `{"access":[{"tool":"wordpress"},{"permissions":["reports"],"tool":"zoom"}]}`, ""},
		{`{"tools":["Shopify","Sonstiges"]}`, `{"access":[{"tool":"shopify"}]}`, "/access"}, {`{"tools":true}`, `{}`, "/access"},
		{`{"tools":"Elopage","tool_1":"ablefy"}`, `{"access":[{"tool":"ablefy"}]}`, ""},
	} {
		r, err := Read(Input{Body: []byte(c.body)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if string(r.Engagement) != c.engagement || strings.Join(pointers(r.Missing), " ") != c.asked {
			t.Errorf("%s:\n%s %v, want\n%s [%s]", c.body, r.Engagement, pointers(r.Missing), c.engagement, c.asked)
		}
	}
}

// TestPrices: lines, sums and models that do not fit are asked for, never made to fit.
func TestPrices(t *testing.T) {
	for body, want := range map[string]string{
		`{"leistung_1_titel":"A","leistung_1_preis":"100","items_1_description":"B","items_1_unit_price":"50"}`: "/pricing/items",
		`{"preis":"100","honorar":"200","titel":"x"}`:                                                           "/pricing/items/0/unit_price",
		`{"titel":"x","preis":"100","stundensatz":"65"}`:                                                        "/pricing/model",
		`{"preismodell":"Stundenpaket","stunden":"10","stundensatz":"65","gesamtpreis":"600"}`:                  "/pricing/items",
		`{"preismodell":"Stundenpaket","stunden":"10","stundensatz":"65","gesamtpreis":"650"}`:                  "",
		`{"preismodell":"nach Aufwand","preis":"500"}`:                                                          "/pricing/items",
		`{"leistung_1_titel":"A","leistung_1_preis":"100","gesamtpreis_brutto":"119,00 €"}`:                     "",
		`{"leistung_1_titel":"A","leistung_1_preis":"100","gesamtpreis_brutto":"120,00 €"}`:                     "/pricing/items",
		`{"leistung_1_titel":"A","leistung_1_preis":"100","rabatt":"10","summe":"90"}`:                          "",
		`{"leistung_1_titel":"A","leistung_1_preis":"ca. 100","summe":"100"}`:                                   "/pricing/items/0/unit_price /pricing/items",
		`{"titel":"x","summe":"100"}`:                                                                           "", `{"titel":"x","budget":"100"}`: "/pricing/items", `{"titel":"x","preis":"100","budget":"500"}`: "",
		`{"preismodell":"Festpreis 1.490,00 €","titel":"x"}`: "", `{"preismodell":"Festpreis ca. 1500 €","titel":"x"}`: "/pricing/model",
		`{"waehrung":"CHF","titel":"x","preis":"100"}`: "/pricing/currency", `{"rabatt":"50 €"}`: "/pricing/discount_percent", `{"zahlungsziel":0}`: "/pricing/payment/due_days", `{"zahlungsziel":"sofort"}`: "",
		`{"stunden":0,"preismodell":"Stundenpaket"}`: "/pricing/hours", `{"stunden":"0","preismodell":"Stundenpaket"}`: "/pricing/hours",
		`{"items_description":"A,B","items_unit_price":"1490,00"}`: "/pricing/items", `{"items_description":"A,B","items_unit_price":"10.00,20.00"}`: "",
	} {
		r, err := Read(Input{Body: []byte(body)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(pointers(r.Missing), " "); got != want {
			t.Errorf("%s: asks for [%s], want [%s]; %s", body, got, want, r.Engagement)
		}
	}
}
