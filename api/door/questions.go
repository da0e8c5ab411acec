package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/engagement"
)

// asking is how a field is asked for; label is its name in other sentences.
type asking struct {
	pattern  string // pointer; * is a place in a list, SIDE is client or contractor
	label    string
	question string
}

// askings are the questions, the more special ones first.
var askings = []asking{
	{"", "Auftrag", "Um welchen Auftrag geht es? Bitte senden Sie mindestens Auftraggeber, Leistung und Preis."},
	{"/reference", "Referenz", "Welche Kennung soll der Auftrag haben?"},
	{"/revision", "Fassung", "Die wievielte Fassung ist das? Bitte als Zahl, etwa 2."},
	{"/stage", "Stufe", "Was soll erstellt werden: nur das Angebot, der Vertrag, oder alles?"},
	{"/date", "Datum der Dokumente", "Welches Datum sollen die Dokumente tragen? Bitte als Tag, etwa 01.12.2026."},
	{"/tone", "Anrede", "Sollen die Briefe mit Sie oder mit Du geschrieben sein?"},
	{"SIDE/form", "Rechtsform", "Welche Rechtsform hat SIDE? Etwa Einzelunternehmen, GmbH, UG, GbR, KG, AG, Verein oder Behörde."},
	{"SIDE/name", "Name", "Wie heißt SIDE genau, so wie der Name in den Dokumenten stehen soll?"},
	{"SIDE/person/salutation", "Anredeform", "Welche Anrede ist richtig: Frau, Herr oder divers?"},
	{"SIDE/person/last_name", "Name der Person", "Wer unterschreibt für SIDEACC? Bitte Vor- und Nachname der vertretungsberechtigten Person."},
	{"SIDE/person/first_name", "Vorname", "Wie lautet der Vorname der Person, die unterschreibt?"},
	{"SIDE/person/title", "Titel", "Welchen akademischen Titel trägt die Person?"},
	{"SIDE/person/role", "Funktion", "Welche Funktion hat die Person, etwa Geschäftsführerin?"},
	{"SIDE/person", "Person", "Wer unterschreibt für SIDEACC? Bitte Vor- und Nachname."},
	{"SIDE/gender", "Geschlecht", "Soll in den Verträgen die weibliche, die männliche oder eine neutrale Form stehen?"},
	{"SIDE/address/street", "Straße", "In welcher Straße und Hausnummer hat SIDE den Sitz?"},
	{"SIDE/address/postal_code", "Postleitzahl", "Welche Postleitzahl hat die Anschrift (SIDE)?"},
	{"SIDE/address/city", "Ort", "In welchem Ort hat SIDE den Sitz?"},
	{"SIDE/address/country", "Land", "In welchem Land hat SIDE den Sitz?"},
	{"SIDE/address/extra", "Adresszusatz", "Wie lautet der Zusatz zur Anschrift?"},
	{"SIDE/address", "Anschrift", "Wie lautet die Anschrift (SIDE)? Bitte Straße, Hausnummer, Postleitzahl und Ort."},
	{"SIDE/email", "E-Mail-Adresse", "Wie lautet die E-Mail-Adresse (SIDE)?"},
	{"SIDE/phone", "Telefon", "Wie lautet die Telefonnummer (SIDE)?"},
	{"SIDE/website", "Website", "Wie lautet die Adresse der Website (SIDE)?"},
	{"SIDE/vat_id", "USt-IdNr.", "Wie lautet die Umsatzsteuer-Identifikationsnummer (SIDE)? Sie beginnt mit dem Länderkürzel, etwa DE oder ATU."},
	{"SIDE/tax_number", "Steuernummer", "Wie lautet die Steuernummer (SIDE)? Sie steht auf dem Steuerbescheid."},
	{"SIDE/leitweg_id", "Leitweg-ID", "Wie lautet die Leitweg-ID? Die Behörde nennt sie, etwa 04011000-1234512345-06."},
	{"SIDE/register/court", "Registergericht", "Bei welchem Gericht ist SIDE eingetragen?"},
	{"SIDE/register/number", "Registernummer", "Unter welcher Nummer ist SIDE im Register eingetragen, etwa HRB 12345?"},
	{"SIDE/data_protection_officer", "Datenschutzbeauftragte", "Wer ist für den Datenschutz benannt (Datenschutzbeauftragte)?"},
	{"/client/merchant", "Kaufmann", "Ist der Auftraggeber Kaufmann im Sinne des Handelsgesetzbuchs (ja oder nein)?"},
	{"/client/professional_secrecy", "Berufsgeheimnis", "Unterliegt der Auftraggeber einem Berufsgeheimnis, etwa als Arzt oder Anwältin (ja oder nein)?"},
	{"/contractor/small_business", "Kleinunternehmer", "Gilt für den Auftragnehmer die Kleinunternehmerregelung nach § 19 UStG (ja oder nein)?"},
	{"/contractor/bank/iban", "IBAN", "Auf welches Konto (IBAN) soll gezahlt werden?"},
	{"/contractor/bank/bic", "BIC", "Wie lautet der BIC der Bank?"},
	{"/contractor/hourly_rate", "Stundensatz", "Wie hoch ist der übliche Stundensatz des Auftragnehmers in Euro (netto)?"},
	{"/contractor/home_office", "Homeoffice", "Arbeitet der Auftragnehmer im Homeoffice (ja oder nein)?"},
	{"/contractor", "Auftragnehmer", "Wer führt den Auftrag aus? Bitte Name, Rechtsform, Anschrift und E-Mail-Adresse, oder einmal das Profil speichern."},
	{"/client", "Auftraggeber", "Wer ist der Auftraggeber? Bitte Name, Rechtsform und Anschrift."},
	{"/scope/title", "Titel des Auftrags", "Welchen kurzen Titel soll der Auftrag haben, etwa „Relaunch der Website“?"},
	{"/scope/summary", "Zusammenfassung", "Worum geht es in dem Auftrag? Bitte in wenigen Sätzen."},
	{"/scope/services/*/title", "Leistung", "Wie soll die Leistung heißen?"},
	{"/scope/services/*/nature", "Art der Leistung", "Wird bei dieser Leistung ein Ergebnis geschuldet (Werk) oder die Tätigkeit (Dienst)?"},
	{"/scope/services/*", "Leistung", "Wie lässt sich diese Leistung kürzer oder genauer beschreiben?"},
	{"/scope/services", "Leistungen", "Welche Leistungen sollen erbracht werden? Bitte jede mit einem kurzen Titel."},
	{"/scope/out_of_scope", "nicht enthalten", "Was gehört ausdrücklich nicht zum Auftrag?"},
	{"/scope/client_duties", "Mitwirkung", "Was muss der Auftraggeber liefern oder tun?"},
	{"/term/start", "Beginn", "An welchem Tag beginnt die Zusammenarbeit? Bitte als Datum, etwa 01.12.2026."},
	{"/term/end", "Ende", "An welchem Tag endet die Zusammenarbeit? Bitte als Datum, etwa 28.02.2027, oder „unbefristet“."},
	{"/term/notice_weeks", "Kündigungsfrist", "Wie viele Wochen soll die Kündigungsfrist betragen (1 bis 52)?"},
	{"/pricing/model", "Preismodell", "Wie wird abgerechnet: zum Festpreis, als Stundenpaket (im Voraus bezahlte Stunden) oder nach Aufwand (nach erfassten Stunden)?"},
	{"/pricing/items/*/description", "Bezeichnung der Position", "Wofür gilt dieser Preis? Bitte eine kurze Bezeichnung."},
	{"/pricing/items/*/quantity", "Menge", "Welche Menge wird berechnet, etwa 1 oder 3?"},
	{"/pricing/items/*/unit", "Einheit", "Gilt der Preis pauschal, pro Stunde, pro Stück oder pro Monat?"},
	{"/pricing/items/*/unit_price", "Preis", "Welcher Nettopreis in Euro gilt dafür, etwa 1490,00?"},
	{"/pricing/items", "Preise", "Was kostet die Leistung? Bitte den Nettopreis in Euro nennen, etwa 1490,00."},
	{"/pricing/hours_valid_until", "Stunden gültig bis", "Bis zu welchem Tag können die Stunden abgerufen werden? Bitte als Datum."},
	{"/pricing/hours", "Stunden des Pakets", "Wie viele Stunden umfasst das Paket?"},
	{"/pricing/hourly_rate", "Stundensatz", "Wie hoch ist der Stundensatz in Euro (netto)?"},
	{"/pricing/unused_hours", "nicht genutzte Stunden", "Was geschieht mit nicht genutzten Stunden: erstatten oder Gültigkeit verlängern?"},
	{"/pricing/estimated_hours", "geschätzte Stunden", "Wie viele Stunden werden geschätzt, mindestens und höchstens? Etwa 8 bis 12."},
	{"/pricing/cap_hours", "Obergrenze", "Wie viele Stunden dürfen höchstens berechnet werden?"},
	{"/pricing/period", "Zeitraum", "Gelten Schätzung und Obergrenze pro Monat oder insgesamt?"},
	{"/pricing/billing_increment_minutes", "Abrechnungstakt", "In welchem Takt wird abgerechnet (1 bis 60 Minuten)?"},
	{"/pricing/discount_percent", "Rabatt", "Wie viel Prozent Rabatt werden gewährt? Bitte nur die Zahl, etwa 5; ein Betrag in Euro ist hier nicht möglich."},
	{"/pricing/currency", "Währung", "Hier werden nur Preise in Euro verarbeitet. Welche Preise gelten in Euro?"},
	{"/pricing/vat/treatment", "Umsatzsteuer", "Wie wird die Umsatzsteuer behandelt: 19 %, 7 %, Kleinunternehmer (§ 19 UStG) oder Reverse Charge?"},
	{"/pricing/payment/due_days", "Zahlungsziel", "Binnen wie vieler Tage ist zu zahlen? Bitte als Zahl, etwa 14; „sofort“ ist 0."},
	{"/pricing/payment/instalments/*/percent", "Rate", "Wie viel Prozent des Preises beträgt diese Rate?"},
	{"/pricing/payment/instalments/*/due", "Fälligkeit der Rate", "Wann ist diese Rate fällig: bei Auftrag, bei Abschluss oder an welchem Tag?"},
	{"/pricing/payment/instalments", "Raten", "Soll in Raten gezahlt werden? Bitte je Rate den Anteil in Prozent und die Fälligkeit; zusammen 100 %."},
	{"/pricing/payment/cash_discount", "Skonto", "Wie viel Prozent Skonto gibt es bei Zahlung binnen wie vieler Tage? Etwa „2 % in 7 Tagen“."},
	{"/pricing/offer_valid_days", "Gültigkeit des Angebots", "Wie viele Tage soll das Angebot gelten (1 bis 365)?"},
	{"/access/*/customer_data", "Kundendaten", "Sind in diesem Werkzeug Daten der Kunden des Auftraggebers sichtbar (ja, nein oder weiß nicht)?"},
	{"/access/*/permissions", "Berechtigungen", "Was darf in diesem Werkzeug gesehen und bearbeitet werden?"},
	{"/access/*/handover", "Übergabe", "Wie wird der Zugang übergeben: eigener Team-Zugang, Passwort-Manager, API-Schlüssel oder anders?"},
	{"/access/*", "Werkzeug", "Um welches Werkzeug (Tool) geht es, etwa Digistore24 oder WordPress?"},
	{"/access", "Werkzeuge", "Mit welchen Werkzeugen (Tools) des Auftraggebers wird gearbeitet? Bitte nur die Namen, etwa: Digistore24, WordPress. Ohne Zugang: „keine“."},
	{"/processing/special_categories", "besondere Daten", "Geht es auch um besonders geschützte Daten, etwa zur Gesundheit (ja oder nein)?"},
	{"/processing/breach_hours", "Meldefrist", "Binnen wie vieler Stunden sind Datenpannen zu melden (1 bis 72)?"},
	{"/processing/retention_after_end_days", "Löschfrist", "Wie viele Tage nach dem Ende werden die Daten gelöscht (0 bis 3650)?"},
	{"/terms/nda_years", "Vertraulichkeit", "Wie viele Jahre soll die Vertraulichkeit gelten (1 bis 10)?"},
	{"/terms/jurisdiction", "Gerichtsstand", "Welcher Gerichtsstand gilt? Er ist nur unter Kaufleuten und öffentlichen Stellen wählbar; sonst bitte weglassen."},
	{"/documents", "Dokumente", "Welche Dokumente sollen zusätzlich oder nicht erstellt werden?"},
}

// sideWords are the two sides in the nominative and the accusative.
var sideWords = map[string][2]string{"/client": {"der Auftraggeber", "den Auftraggeber"}, "/contractor": {"der Auftragnehmer", "den Auftragnehmer"}}

var listPlace = regexp.MustCompile(`/#?\d+[sp]?(/|$)`)

// askingFor finds the row of a pointer, or of the nearest place above it.
func askingFor(pointer string) (a asking, side [2]string) {
	pattern := listPlace.ReplaceAllString(pointer, "/*$1")
	for s, words := range sideWords {
		if rest, ok := strings.CutPrefix(pattern, s); ok && (rest == "" || rest[0] == '/') {
			side = words
			if found, ok := rowOf(pattern, "SIDE"+rest); ok {
				return found, side
			}
		}
	}
	for ; pattern != ""; pattern = pattern[:strings.LastIndexByte(pattern, '/')] {
		if found, ok := rowOf(pattern); ok {
			return found, side
		}
	}
	return asking{}, side
}

func rowOf(patterns ...string) (asking, bool) {
	for _, a := range askings {
		if contains(patterns, a.pattern) {
			return a, true
		}
	}
	return asking{}, false
}

// questionFor asks for a field in German.
func questionFor(pointer string) string {
	a, side := askingFor(pointer)
	if a.question == "" {
		return "Was soll hier stehen?"
	}
	s := strings.ReplaceAll(a.question, "SIDEACC", side[1])
	s = strings.ReplaceAll(s, "(SIDE)", "("+strings.TrimPrefix(side[0], "der ")+")")
	return strings.ReplaceAll(s, "SIDE", side[0])
}

// label is the name of a field in a German sentence.
func label(pointer string) string {
	a, _ := askingFor(pointer)
	if a.label == "" {
		return strings.Trim(pointer, "/")
	}
	return a.label
}

// missing are the codes of violations that only say that something is not there.
var missing = map[string]bool{"required": true, "person_required": true, "bank_required": true, "tax_number_required": true}

// Ask turns what Decode still finds into questions, one for each field: what is missing is asked for, what is wrong is
// told with its reason.
func Ask(v engagement.Violations) []Question {
	out := []Question{}
	seen := map[string]bool{}
	for _, x := range v {
		if seen[x.Pointer] {
			continue
		}
		seen[x.Pointer] = true
		question := questionFor(x.Pointer)
		if !missing[x.Code] {
			question = x.Detail
			if a, _ := askingFor(x.Pointer); a.pattern != "" && asksAnew[x.Code] {
				question += " " + questionFor(x.Pointer)
			}
		}
		out = append(out, Question{Field: x.Pointer, Question: question})
	}
	return out
}

// asksAnew are the codes after whose reason the field's own question makes sense.
var asksAnew = map[string]bool{"email": true, "country": true, "postal_code": true, "iban": true, "bic": true, "vat_id": true, "leitweg_id": true,
	"date": true, "range": true, "positive": true}
