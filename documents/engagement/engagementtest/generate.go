// Package engagementtest makes valid engagements for tests: every variant of parties, prices, terms and accesses, short and long.
package engagementtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

type object = map[string]any

// Generate is the JSON of the n-th engagement; the same n gives the same bytes. Every one of them must decode.
func Generate(n int) []byte {
	g := &generator{rand.New(rand.NewPCG(uint64(n), 0x5eed))} //nolint:gosec // test data wants to be repeatable, not secret
	b, err := json.MarshalIndent(g.engagement(n), "", "  ")
	if err != nil {
		panic(err) // maps of strings and numbers always marshal
	}
	return b
}

type generator struct{ *rand.Rand }

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *generator) half() bool { return g.IntN(2) == 0 }

// maybe sets a field in half of the cases.
func (g *generator) maybe(o object, key string, value any) {
	if g.half() {
		o[key] = value
	}
}

func (g *generator) engagement(n int) object {
	small := g.half()
	client := g.client(small)
	e := object{
		"reference": fmt.Sprintf("GEN-%d", n), "stage": pick(g, "complete", "complete", "contract", "offer"), "date": "2026-11-23",
		"contractor": g.contractor(small), "client": client, "scope": g.scope(),
	}
	g.maybe(e, "tone", pick(g, "sie", "du"))
	pricing, term := g.pricing(), g.term()
	e["pricing"], e["term"] = pricing, term
	if n := g.IntN(4); n > 0 {
		e["access"] = g.accesses(n)
	}
	g.maybe(e, "processing", g.processing())
	g.maybe(e, "terms", g.terms())
	g.maybe(e, "communication", []object{
		{"channel": "slack", "address": "kurse.slack.com", "for": "laufende Abstimmung"},
		{"channel": pick(g, "telegram", "phone", "video", "teams"), "address": "@kurse", "for": "kurze Rückfragen\nohne Daten Dritter"},
	})
	if g.IntN(6) == 0 {
		e["documents"] = object{"exclude": []string{pick(g, "nda", "invoice", "access_checklist")}}
	}
	g.variants(e)
	return e
}

func (g *generator) contractor(small bool) object {
	p := pick(g,
		object{"form": "sole_trader", "name": "Jana Sommer – Virtuelle Assistenz", "person": human{"Frau", "", "Jana", "Sommer", ""}.json()},
		object{"form": "sole_trader", "name": "Marek Łuczak", "person": human{"Herr", "", "Marek", "Łuczak", ""}.json()},
		object{"form": "person", "name": "Kim Đặng", "person": human{"divers", "", "Kim", "Đặng", ""}.json()},
		object{"form": "gmbh", "name": "Bürofee GmbH", "person": human{"Frau", "Dr.", "Ṭāhira", "Öztürk-Großmann", "Geschäftsführerin"}.json()},
		object{"form": "gbr", "name": "Sommer & Winter GbR", "person": human{"", "", "Jana", "Sommer", "Gesellschafterin"}.json()},
		object{"form": "ug", "name": "Assistenz nach Maß UG (haftungsbeschränkt)", "person": human{"Herr", "", "Jörg", "Weiß", ""}.json()},
	)
	p["address"] = object{"street": "Gartenweg 7", "postal_code": "04229", "city": "Leipzig"}
	p["email"] = "hallo@assistenz.example"
	p["tax_number"] = "231/123/45678"
	p["vat_id"] = "DE293847560"
	p["bank"] = object{"holder": "Jana Sommer", "iban": "DE33860400000123456789", "bic": "COBADEFFXXX", "bank": "Musterbank Leipzig"}
	p["hourly_rate"] = "65.00"
	p["small_business"] = small
	if p["form"] == "gmbh" || p["form"] == "ug" {
		p["register"] = object{"court": "Amtsgericht Leipzig", "number": "HRB 12345"}
	}
	g.maybe(p, "phone", "+49 341 1234567")
	g.maybe(p, "home_office", g.half())
	g.maybe(p, "insurance", object{"insurer": "Muster Versicherung AG, Köln", "area": "Deutschland"})
	g.maybe(p, "measures", pick(g, []string{"disk_encryption"},
		[]string{"disk_encryption", "screen_lock", "two_factor", "password_manager", "updates", "client_separation", "incident_plan", "yearly_review", "helpers_bound"}))
	return p
}

type human struct{ salutation, title, first, last, role string }

func (h human) json() object {
	return object{"salutation": h.salutation, "title": h.title, "first_name": h.first, "last_name": h.last, "role": h.role}
}

func (g *generator) client(smallContractor bool) object {
	domestic := []object{
		{"form": "sole_trader", "name": "Kreativkurse Lena Hoffmann", "person": human{"Frau", "Dr.", "Lena", "Hoffmann", ""}.json()},
		{"form": "sole_trader", "name": "Yogaraum Özlem Şahin", "person": human{"", "", "Özlem", "Şahin", ""}.json()},
		{"form": "gmbh", "name": "Rückenstark Akademie GmbH", "person": human{"Herr", "Dr.", "Jörg", "Weiß", "Geschäftsführer"}.json()},
		{"form": "ev", "name": "Turnverein 1899 Musterhausen e. V.", "person": human{"Herr", "", "Uwe", "Groß", "1. Vorsitzender"}.json()},
		{"form": "public_body", "name": "Stadt Musterhausen – Volkshochschule", "person": human{"", "", "Birgit", "Groß", ""}.json()},
		{"form": "other", "name": "Stiftung Lesen & Schreiben", "person": human{"Frau", "", "Ana", "Kovačević", "Vorständin"}.json()},
		{"form": "person", "name": "Hans Maier", "gender": "m"},
		{"form": "kg", "name": "Fleischwarenfabrik Oberallgäu-Westliche-Wälder Gebrüder Schmidtbauer-Oberhauser GmbH & Co. KG", "person": human{"Frau", "", "Eva", "Schmidtbauer-Oberhauser", "Geschäftsführerin der Komplementärin"}.json()},
	}
	p := pick(g, domestic...)
	p["address"] = object{"street": "Aachener Straße 12", "postal_code": "50674", "city": "Köln"}
	if g.IntN(5) == 0 {
		p = g.foreign(smallContractor)
	}
	p["email"] = "post@kunde.example"
	g.maybe(p, "professional_secrecy", g.half())
	g.maybe(p, "merchant", g.half())
	return p
}

// foreign is a client abroad; a small business has none in the EU (small_business_eu_unresolved).
func (g *generator) foreign(smallContractor bool) object {
	if !smallContractor && g.half() {
		return object{
			"form": "gmbh", "name": "Donaublick Coaching GmbH", "vat_id": "ATU13585627", "person": human{"Frau", "Mag.", "Katharina", "Grüber", "Geschäftsführerin"}.json(),
			"address": object{"street": "Praterstraße 1/12", "postal_code": "1020", "city": "Wien", "country": "AT"},
		}
	}
	return object{
		"form": "ag", "name": "Alpenkurs AG", "person": human{"Herr", "", "Reto", "Zürcher", "Verwaltungsrat"}.json(),
		"address": object{"street": "Bahnhofstrasse 1", "postal_code": "8001", "city": "Zürich", "country": "CH"},
	}
}

func (g *generator) scope() object {
	var services []object
	for i := range 1 + g.IntN(4) {
		s := object{"title": fmt.Sprintf("%s %d", pick(g, "Verkaufsseite", "Newsletter-Versand", "Webinarbetreuung", "Rechnungsablage"), i+1)}
		g.maybe(s, "description", pick(g, "Aufbau nach gelieferten Texten und Bildern.", strings.Repeat("Aufbau, Prüfung und Pflege aller Bestandteile nach Absprache. ", 12)+"\nZweiter Absatz."))
		g.maybe(s, "result", "veröffentlichte Seite")
		g.maybe(s, "nature", pick(g, "result", "service"))
		services = append(services, s)
	}
	scope := object{"title": pick(g, "Technische Begleitung des Launchs „Aquarell für Anfänger“", "Laufende Betreuung", strings.TrimSpace(strings.Repeat("Sehr langer Titel ", 10))), "services": services}
	g.maybe(scope, "summary", "Aufbau von Verkaufsseite, Bestellformular und E-Mail-Strecke.\nBegleitung der Live-Woche.")
	g.maybe(scope, "out_of_scope", []string{"Texte und Bilder der Verkaufsseite", "Werbeanzeigen."})
	g.maybe(scope, "client_duties", []string{"Texte und Bilder bis 05.12.2026 liefern", "Zugänge einrichten"})
	return scope
}

func (g *generator) term() object {
	t := object{"start": "2026-12-01"}
	g.maybe(t, "end", "2027-02-28")
	g.maybe(t, "notice_weeks", 1+g.IntN(4))
	return t
}

func (g *generator) pricing() object {
	var p object
	switch g.IntN(3) {
	case 0:
		p = object{"model": "result_package", "items": g.items()}
	case 1:
		p = object{"model": "hour_package", "hours": pick(g, "1", "20", "7.5")}
		g.maybe(p, "hours_valid_until", "2027-02-15")
		g.maybe(p, "unused_hours", pick(g, "refund", "extend"))
	default:
		p = object{"model": "tracked_hours"}
		g.maybe(p, "estimated_hours", object{"min": "6", "max": "10"})
		g.maybe(p, "cap_hours", "12")
		g.maybe(p, "period", pick(g, "month", "total"))
	}
	if p["model"] != "result_package" {
		g.maybe(p, "billing_increment_minutes", pick(g, 1, 6, 30))
	}
	g.maybe(p, "discount_percent", pick(g, "5", "12.5"))
	g.maybe(p, "offer_valid_days", pick(g, 3, 14, 30))
	payment := object{"due_days": pick(g, 0, 1, 14)}
	if p["model"] != "tracked_hours" && g.half() {
		payment["instalments"] = pick(g, []object{{"percent": "50", "due": "on_order"}, {"percent": "50", "due": "on_completion"}},
			[]object{{"percent": "33.33", "due": "2026-12-15"}, {"percent": "66.67", "due": "on_completion"}})
	}
	if payment["due_days"] == 14 {
		g.maybe(payment, "cash_discount", object{"percent": "2", "days": pick(g, 1, 7)})
	}
	p["payment"] = payment
	return p
}

func (g *generator) items() []object {
	var items []object
	for i := range 1 + g.IntN(pick(g, 3, 40)) {
		items = append(items, object{
			"description": fmt.Sprintf("Position %d: %s", i+1, pick(g, "Paket Launch-Technik", "Webinarbetreuung einschließlich Vorbereitung, Durchführung und Nachbereitung mit Teilnehmerbericht")),
			"quantity":    pick(g, "1", "3", "2.5"), "unit": pick(g, "flat", "hour", "piece", "month"), "unit_price": pick(g, "120.00", "1490", "0.335", "65.5"),
		})
	}
	return items
}

func (g *generator) accesses(n int) []object {
	var list []object
	for range n {
		a := pick(g,
			object{"tool": "digistore24", "role": "Support", "permissions": []string{"orders"}},
			object{"tool": "ablefy", "role": "Kursinhalte", "permissions": []string{"products"}},
			object{"tool": "wordpress", "role": "Redaktion", "permissions": []string{"editor"}},
			object{"tool": "eigenbau-crm", "role": "Pflege"},
			object{"tool": "canva", "role": "Mitglied", "permissions": []string{"brand_designer"}, "customer_data": false},
			object{"tool": "zoom", "permissions": []string{"reports", "recordings"}, "customer_data": true},
		)
		a["handover"] = pick(g, "team_account", "password_manager", "api_key", "other")
		g.maybe(a, "note", "nur nach Absprache")
		list = append(list, a)
	}
	return list
}

func (g *generator) processing() object {
	p := object{}
	g.maybe(p, "purpose", "Versand und Auswertung des Newsletters")
	g.maybe(p, "data_subjects", []string{"Käuferinnen und Käufer", "Teilnehmende"})
	g.maybe(p, "data_categories", []string{"Name und Kontaktdaten", "Bestelldaten"})
	g.maybe(p, "special_categories", g.half())
	g.maybe(p, "measures", []string{"screen_lock", "two_factor"})
	g.maybe(p, "subprocessors", pick(g,
		[]object{{"name": "Nordcloud GmbH, Hamburg", "service": "Sicherung", "country": "Deutschland"}},
		[]object{{"name": "US Mail Inc.", "service": "Transkription", "country": "USA", "safeguard": "EU-US Data Privacy Framework, hilfsweise Standardvertragsklauseln"}}))
	g.maybe(p, "retention_after_end_days", pick(g, 1, 30, 90))
	g.maybe(p, "instructors", []string{"Lena Hoffmann", "Teamleitung Kurse"})
	g.maybe(p, "recipients", []string{"Jana Sommer"})
	g.maybe(p, "breach_hours", pick(g, 1, 24))
	return p
}

func (g *generator) terms() object {
	t := object{}
	g.maybe(t, "substitutes", g.half())
	g.maybe(t, "expenses", pick(g, "receipts", "none"))
	g.maybe(t, "rights", pick(g, "simple", "exclusive"))
	g.maybe(t, "rights_on_payment", g.half())
	g.maybe(t, "references", pick(g, "ask", "yes", "no"))
	g.maybe(t, "nda_mutual", g.half())
	g.maybe(t, "nda_years", 1+g.IntN(5))
	g.maybe(t, "nda_penalty", g.half())
	g.maybe(t, "subprocessor_approval", pick(g, "general", "separate"))
	g.maybe(t, "signing_city", "Leipzig")
	return t
}
