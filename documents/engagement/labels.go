package engagement

import (
	"strconv"
	"strings"
)

// labels are the German names of the fields, by JSON name; "" = the name adds nothing ("Auftraggeber, Ort" needs no "Anschrift").
var labels = map[string]string{
	"reference": "Referenz", "revision": "Fassung", "stage": "Stufe", "date": "Datum", "tone": "Anrede (tone)",
	"contractor": "Auftragnehmer", "client": "Auftraggeber", "scope": "", "term": "", "pricing": "", "processing": "Datenverarbeitung",
	"terms": "", "documents": "Dokumente",
	"form": "Rechtsform (form)", "name": "Name", "person": "", "gender": "Geschlecht (gender)", "address": "", "email": "E-Mail-Adresse", "phone": "Telefon",
	"website": "Website", "vat_id": "USt-IdNr.", "tax_number": "Steuernummer", "small_business_id": "Kleinunternehmer-IdNr.", "register": "Register",
	"leitweg_id": "Leitweg-ID", "data_protection_officer": "Datenschutzbeauftragte", "salutation": "Anredeform (salutation)", "first_name": "Vorname",
	"last_name": "Nachname", "role": "Funktion", "extra": "Adresszusatz", "street": "Straße", "postal_code": "Postleitzahl", "city": "Ort", "country": "Land",
	"court": "Gericht", "number": "Nummer", "small_business": "Kleinunternehmer (small_business)", "bank": "Bank", "holder": "Kontoinhaber", "iban": "IBAN", "bic": "BIC",
	"hourly_rate": "Stundensatz", "measures": "Schutzmaßnahme", "insurance": "Haftpflichtversicherung", "insurer": "Versicherer", "area": "Geltungsbereich",
	"home_office": "Homeoffice (home_office)", "merchant": "Kaufmann (merchant)", "professional_secrecy": "Berufsgeheimnis (professional_secrecy)",
	"title": "Titel", "summary": "Zusammenfassung", "services": "Leistung", "description": "Beschreibung", "result": "Ergebnis", "nature": "Art (nature)",
	"out_of_scope": "nicht enthalten", "client_duties": "Mitwirkung", "start": "Beginn", "end": "Ende", "notice_weeks": "Kündigungsfrist in Wochen",
	"model": "Preismodell (model)", "items": "Position", "hours": "Stunden", "hours_valid_until": "Stunden gültig bis", "unused_hours": "nicht genutzte Stunden (unused_hours)",
	"estimated_hours": "geschätzte Stunden", "min": "Minimum", "max": "Maximum", "cap_hours": "Obergrenze in Stunden", "period": "Zeitraum (period)",
	"billing_increment_minutes": "Abrechnungstakt in Minuten", "discount_percent": "Rabatt in Prozent", "currency": "Währung", "vat": "", "treatment": "Umsatzsteuer",
	"payment": "", "due_days": "Zahlungsziel in Tagen", "instalments": "Rate", "percent": "Prozent", "due": "Fälligkeit (due)", "cash_discount": "Skonto", "days": "Tage",
	"offer_valid_days": "Gültigkeit des Angebots in Tagen", "quantity": "Menge", "unit": "Einheit (unit)", "unit_price": "Einzelpreis",
	"access": "Zugang", "tool": "Werkzeug (tool)", "permissions": "Berechtigung", "customer_data": "Kundendaten sichtbar (customer_data)", "handover": "Übergabe (handover)", "note": "Hinweis",
	"purpose": "Zweck", "data_subjects": "Personengruppe", "data_categories": "Datenart", "special_categories": "besondere Kategorien (special_categories)",
	"subprocessors": "Unterauftragsverarbeiter", "service": "Dienst", "safeguard": "Grundlage der Übermittlung", "retention_after_end_days": "Löschfrist in Tagen",
	"instructors": "Weisungsberechtigte", "recipients": "Weisungsempfänger", "breach_hours": "Meldefrist in Stunden",
	"substitutes": "Vertretung (substitutes)", "expenses": "Auslagen (expenses)", "rights": "Nutzungsrechte (rights)", "rights_on_payment": "Rechte mit Zahlung (rights_on_payment)",
	"references": "Referenznennung (references)", "nda_mutual": "gegenseitige Vertraulichkeit (nda_mutual)", "nda_years": "Vertraulichkeit in Jahren", "nda_penalty": "Vertragsstrafe (nda_penalty)",
	"subprocessor_approval": "Genehmigung (subprocessor_approval)", "jurisdiction": "Gerichtsstand", "signing_city": "Unterschriftsort",
	"communication": "Kommunikationsweg", "channel": "Kanal (channel)", "for": "Zweck", "include": "zusätzliches Dokument", "exclude": "ausgeschlossenes Dokument",
	"look": "", "logo": "Logo", "accent_color": "Akzentfarbe (accent_color)",
}

// labelsInFull are the names of fields that would be too short from their parts.
var labelsInFull = map[string]string{
	"": "Auftrag", "/date": "Datum der Dokumente", "/scope/title": "Titel des Auftrags", "/term/start": "Beginn der Laufzeit", "/term/end": "Ende der Laufzeit",
	"/pricing/hours": "Stunden des Pakets",
}

// label is a field in German: /pricing/items/1/unit_price is "Position 2, Einzelpreis".
func label(pointer string) string {
	if name, known := labelsInFull[pointer]; known {
		return name
	}
	var parts []string
	for _, segment := range segments(pointer) {
		name, known := labels[segment]
		switch i, err := strconv.Atoi(segment); {
		case err == nil && len(parts) > 0:
			parts[len(parts)-1] += " " + strconv.Itoa(i+1)
		case !known:
			parts = append(parts, segment)
		case name != "":
			parts = append(parts, name)
		}
	}
	return strings.Join(parts, ", ")
}

// says is a sentence about a field: „Position 2, Einzelpreis“ fehlt. …
func says(pointer, predicate string) string { return "„" + label(pointer) + "“ " + predicate }
