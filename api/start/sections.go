package start

import "slices"

// sections is the whole form, in the order of the page.
var sections = []section{
	{"auftraggeber", "Auftraggeber", "Für wen arbeiten Sie? Unternehmen, Selbstständige, Vereine und Behörden; keine Verbraucher.", []part{{
		fields: append(party("client",
			field{path: "client.form", label: "Rechtsform", sort: choice, width: "half", required: true, options: partyForms},
			field{path: "client.address.street", label: "Straße und Hausnummer", sort: text, width: "full", required: true}),
			field{path: "client.address.country", label: "Land", sort: choice, width: "third", options: countries},
			field{path: "client.email", label: "E-Mail-Adresse", sort: mail, width: "half"},
			field{path: "client.vat_id", label: "USt-IdNr.", sort: text, width: "half", hint: "nötig bei Sitz in einem anderen EU-Land"}),
	}}},
	{"leistung", "Leistung", "Was ist zu tun? Je genauer, desto besser schützt der Vertrag beide Seiten.", []part{
		{fields: []field{
			{path: "scope.title", label: "Titel des Auftrags", sort: text, width: "full", required: true},
			{path: "scope.summary", label: "Worum geht es?", sort: area, width: "full"},
		}},
		{list: "scope.services", row: "Leistung", more: "Weitere Leistung", fields: []field{
			{path: "title", label: "Bezeichnung", sort: text, width: "full", required: true},
			{path: "description", label: "Beschreibung", sort: area, width: "full"},
			{path: "result", label: "Ergebnis", sort: text, width: "full", hint: "woran man sieht, dass es fertig ist; bei einem Festpreis wird daraus ein Werk"},
		}},
	}},
	{"preis", "Preis", "Beträge netto, etwa 1490 oder 1.490,00. Die Umsatzsteuer folgt aus den Angaben zu beiden Seiten.", []part{
		{fields: []field{{path: "pricing.model", label: "Preismodell", sort: radios, width: "full", required: true, options: models}}},
		{list: "pricing.items", row: "Position", more: "Weitere Position", model: "result_package", fields: []field{
			{path: "description", label: "Beschreibung", sort: text, width: "full", required: true},
			{path: "quantity", label: "Menge", sort: amount, width: "small", required: true, initial: "1"},
			{path: "unit", label: "Einheit", sort: choice, width: "small", initial: "flat", options: units},
			{path: "unit_price", label: "Einzelpreis in Euro", sort: amount, width: "third", required: true},
		}},
		{legend: "Stunden", model: "hour_package tracked_hours", fields: []field{
			{path: "pricing.hourly_rate", label: "Stundensatz in Euro", sort: amount, width: "third"},
		}},
		{legend: "Umfang des Stundenpakets", model: "hour_package", fields: []field{
			{path: "pricing.hours", label: "Stunden im Paket", sort: amount, width: "third"},
		}},
		{legend: "Schätzung", model: "tracked_hours", note: "Alles freiwillig, aber gut gegen Überraschungen.", fields: []field{
			{path: "pricing.estimated_hours.min", label: "Mindestens (Stunden)", sort: amount, width: "third"},
			{path: "pricing.estimated_hours.max", label: "Höchstens (Stunden)", sort: amount, width: "third"},
			{path: "pricing.cap_hours", label: "Obergrenze (Stunden)", sort: amount, width: "third"},
		}},
		{legend: "Fristen", fields: []field{
			{path: "pricing.payment.due_days", label: "Zahlungsziel in Tagen", sort: whole, width: "third", hint: "sonst 14"},
			{path: "pricing.offer_valid_days", label: "Angebot gültig, in Tagen", sort: whole, width: "third", hint: "sonst 14"},
		}},
	}},
	{"laufzeit", "Laufzeit", "Ohne Ende läuft der Auftrag, bis jemand kündigt; ein Festpreis endet dann mit der Abnahme.", []part{{fields: []field{
		{path: "term.start", label: "Beginn", sort: day, width: "third", hint: "nötig, wenn eine Rechnung dazugehört"},
		{path: "term.end", label: "Ende", sort: day, width: "third"},
		{path: "term.notice_weeks", label: "Kündigungsfrist in Wochen", sort: whole, width: "third"},
	}}}},
	{"zugaenge", "Zugänge", "Welche Werkzeuge des Auftraggebers dürfen Sie benutzen, und was dürfen Sie darin? Davon hängt ab, ob Sie einen " +
		"Auftragsverarbeitungsvertrag (AVV) brauchen: Es genügt, dass Sie Daten seiner Kundinnen und Kunden sehen könnten.", []part{{
		list: accessList, row: "Zugang", more: "Weiterer Zugang", fields: []field{
			{path: "what", label: "Werkzeug und Berechtigung", sort: choice, width: "half", options: permissions()},
			{path: "tool", label: "Name des anderen Werkzeugs", sort: text, width: "half"},
			{path: "customer_data", label: "Sind darin Kundendaten zu sehen?", sort: choice, width: "half", options: sight,
				hint: "„weiß ich nicht“: dann entscheidet unser Verzeichnis"},
		},
	}}},
	{"sie", "Auftragnehmer (Sie)", "Wer arbeitet und die Dokumente ausstellt. Mit Ihrem API-Schlüssel gilt stattdessen Ihr gespeichertes Profil.", []part{{
		fields: slices.Concat(party("contractor",
			field{path: "contractor.form", label: "Rechtsform", sort: choice, width: "half", required: true, options: partyForms},
			field{path: "contractor.address.street", label: "Straße und Hausnummer", sort: text, width: "full", required: true, auto: "street-address"}), []field{
			{path: "contractor.email", label: "E-Mail-Adresse", sort: mail, width: "half", required: true, auto: "email"},
			{path: "contractor.bank.iban", label: "IBAN", sort: text, width: "half", hint: "für die Rechnung"},
			{path: "contractor.tax_number", label: "Steuernummer", sort: text, width: "half", hint: "für die Rechnung: diese oder die USt-IdNr."},
			{path: "contractor.vat_id", label: "USt-IdNr.", sort: text, width: "half"},
			{path: "contractor.small_business", label: "Ich bin Kleinunternehmerin oder Kleinunternehmer (§ 19 UStG).", sort: tick, width: "full"},
		}),
	}}},
	{"umfang", "Umfang der Mappe", "", []part{{fields: []field{
		{path: "stage", label: "Was soll jetzt entstehen?", sort: radios, width: "full", initial: "complete", options: stages},
		{path: "tone", label: "Anrede in Briefen", sort: radios, width: "full", options: tones},
		{path: "reference", label: "Ihre Referenz", sort: text, width: "half", hint: "Ihr eigenes Kennzeichen, etwa LAUNCH-2026-07"},
	}}}},
}
