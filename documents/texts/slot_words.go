package texts

// slotWords are the German words of a slot, for whoever reads a text and not its source.
type slotWords struct {
	blank string // the name of the blank: "Zahlungsfrist"; of a slot of blocks, what stands there in a line
	means string // what the program puts there, with an example where the sentence needs its form
}

// blanks has the words of every slot of spans, and of no other.
var blanks = map[string]slotWords{
	"title":        {"Titel des Auftrags", "Kurzer Titel, wie angegeben, z. B. „Technische Begleitung des Launchs“."},
	"signing_name": {"Name der unterzeichnenden Person", "Wer für den Auftragnehmer handelt."},
	"start":        {"Beginn", "Erster Tag der Zusammenarbeit, z. B. „7. Dezember 2026“."},

	"offer_number":    {"Nummer des Angebots", "z. B. „AN-2026-0007“."},
	"contract_number": {"Nummer des Vertrags", "z. B. „VT-2026-0007“."},
	"nda_number":      {"Nummer der Vertraulichkeitsvereinbarung", "z. B. „VV-2026-0007“."},
	"avv_number":      {"Nummer des Auftragsverarbeitungsvertrags", "z. B. „AV-2026-0007“."},
	"invoice_number":  {"Rechnungsnummer", "Fortlaufend und lückenlos, z. B. „RE-2026-0003“."},
	"offer_date":      {"Datum des Angebots", "z. B. „23. November 2026“."},
	"contract_date":   {"Datum des Vertrags", "z. B. „23. November 2026“."},

	"increment":      {"Abrechnungstakt", "Kleinste abgerechnete Einheit, z. B. „15 Minuten“ oder „Minute“."},
	"hours_until":    {"letzter Tag des Abrufs", "z. B. „28. Februar 2027“."},
	"vat_rate":       {"Umsatzsteuersatz", "z. B. „19 %“."},
	"due_days":       {"Zahlungsfrist", "Im Dativ, z. B. „14 Tagen“."},
	"skonto_percent": {"Skontosatz", "z. B. „2 %“."},
	"skonto_days":    {"Skontofrist", "Im Dativ, z. B. „7 Tagen“."},
	"retention":      {"Löschfrist", "Im Dativ, z. B. „30 Tagen“."},

	"salutation":        {"Anrede", "z. B. „Sehr geehrte Frau Hoffmann,“ oder „Liebe Lena,“; ohne Namen „Guten Tag,“."},
	"papers":            {"folgende Verträge", "Aufzählung im Akkusativ, z. B. „den Vertrag über freie Mitarbeit und die Vertraulichkeitsvereinbarung“."},
	"valid_until":       {"Ende der Bindung", "Letzter Tag, an dem das Angebot angenommen werden kann."},
	"avv_reason":        {"Begründung", "Ein Satz, der den Zugang und das Recht nennt, deretwegen der Vertrag nötig ist."},
	"invoice_due":       {"Fälligkeit", "Letzter Tag der Zahlungsfrist."},
	"skonto_until":      {"letzter Tag des Skontos", "Datum."},
	"skonto_off":        {"Skontobetrag", "In Euro."},
	"skonto_pay":        {"Betrag nach Skonto", "In Euro."},
	"contractor_vat_id": {"USt-IdNr. des Auftragnehmers", "Wie angegeben."},
	"client_vat_id":     {"USt-IdNr. des Auftraggebers", "Wie angegeben."},
	"contractor_email":  {"E-Mail des Auftragnehmers", "Wie angegeben."},

	"access_tool": {"Werkzeug", "Name des Werkzeugs, zu dem der Zugang besteht, z. B. „Digistore24“."},
	"unneeded":    {"nicht nötige Rechte", "Rechte desselben Werkzeugs, die personenbezogene Daten zeigen und nicht gebraucht werden."},

	"replaced_contract": {"Nummer des früheren Vertrags", "z. B. „VT-2026-0007“."},
	"replaced_nda":      {"Nummer der früheren Vereinbarung", "z. B. „VV-2026-0007“."},
	"replaced_avv":      {"Nummer des früheren Vertrags", "z. B. „AV-2026-0007“."},
	"nda_period":        {"Nachfrist der Vertraulichkeit", "z. B. „3 Jahre“."},
	"jurisdiction":      {"Ort des Gerichtsstands", "Wie angegeben."},
	"leitweg":           {"Leitweg-ID", "Wie angegeben."},
	"insurance_text":    {"Versicherer", "Mit Geltungsbereich, soweit angegeben."},

	"tool_names": {"Werkzeuge", "Alle Werkzeuge, zu denen Zugänge vorgesehen sind."},

	"purpose":                {"Zweck", "Wie angegeben."},
	"breach_hours":           {"Meldefrist", "Im Dativ, z. B. „24 Stunden“."},
	"tools_without_subjects": {"Werkzeuge ohne bekannte Personen", "Werkzeuge, von denen der Katalog nicht weiß, wessen Daten sie zeigen."},
	"tools_without_data":     {"Werkzeuge ohne bekannte Daten", "Werkzeuge, von denen der Katalog nicht weiß, welche Daten sie zeigen."},
}

// inserts has the words of every slot of blocks, and of no other.
var inserts = map[string]slotWords{
	"parties":       {"Tabelle: Vertragsparteien", "Je Partei Name, Vertretung, Anschrift und Register; Einzelunternehmen mit der Person, „handelnd unter“ der Firma."},
	"facts":         {"Tabelle: Eckdaten", "Leistung, Angebot, Laufzeit, Vergütung mit Umsatzsteuer, Schätzung („unverbindlich“), Obergrenze, Zahlung, Kündigung; was nicht angegeben ist, fehlt."},
	"positions":     {"Tabelle: Positionen", "Nummer, Leistung, Menge, Einzelpreis, Betrag; nur bei Festpreis und Stundenpaket."},
	"sums":          {"Summen", "Bei einem Rabatt Summe und Rabatt; Nettobetrag, Umsatzsteuer, Gesamtbetrag. Ohne Umsatzsteuer nur der Gesamtbetrag."},
	"out_of_scope":  {"Liste: was nicht zum Auftrag gehört", "Wie angegeben."},
	"client_duties": {"Liste: Mitwirkung des Auftraggebers", "Wie angegeben."},
	"access":        {"Liste: Zugänge", "Je Zugang Werkzeug, Rolle und Rechte."},
	"communication": {"Liste: Kommunikationswege", "Je Weg Adresse und Zweck."},
	"instalments":   {"Tabelle: Raten", "Zeitpunkt der Rechnung („bei Auftragserteilung“, „nach Abschluss der Leistung“ oder ein Datum), Anteil, Betrag."},
	"signatures":    {"Felder für Ort, Datum und Unterschrift", "Links der Auftraggeber, rechts der Auftragnehmer, je mit Name, Funktion und Firma."},
	"summary":       {"Beschreibung des Vorhabens", "Wie angegeben; ohne Angabe entfällt der Absatz."},

	"glance":         {"Tabelle: Preis, Zeitraum und Gültigkeit", "Gesamtpreis oder Stundensatz mit Umsatzsteuer, Stundenpaket, Schätzung, Obergrenze, Zeitraum, „Gültig bis“; was nicht angegeben ist, fehlt."},
	"services_offer": {"Leistungen", "Je Leistung Titel, Beschreibung und „Ergebnis“, bei Dienstleistungen „Angestrebtes Ergebnis“."},
	"offer_access":   {"Liste: Zugänge", "Je Zugang Werkzeug, Rolle und Rechte."},
	"acceptance":     {"Feld für die Annahme", "„Angebot angenommen“ mit Ort, Datum und Unterschrift des Auftraggebers."},
	"invoice_glance": {"Tabelle: Zahlung", "„Zu zahlen“, „Fällig am“, Leistungszeitraum („voraussichtlich“), abweichender Kontoinhaber, IBAN mit BIC, Verwendungszweck."},
	"invoice_sums":   {"Summen", "Netto, Umsatzsteuer und Rechnungsbetrag; bei einer Rate zuerst die Auftragssumme, dann die Rate."},

	"access_facts": {"Tabelle: Rolle, Rechte, Übergabe und Hinweis", "Zu diesem Zugang; was nicht angegeben ist, fehlt."},
	"services":     {"Leistungen", "Je Leistung Titel, Beschreibung und „Werkleistung, geschuldetes Ergebnis“ oder „Dienstleistung, angestrebtes Ergebnis“; ohne Ergebnis nur „Werkleistung“ oder „Dienstleistung“."},
	"nda_facts":    {"Tabelle: Vertrag, Vorhaben, Schutz und Dauer", "„Geschützt sind“: Informationen des Auftraggebers oder beider Vertragsparteien. „Dauer“: während der Zusammenarbeit und eine Zahl von Jahren danach (Regelfall drei)."},

	"avv_facts":     {"Tabelle: Vertrag, Werkzeuge, Betroffene und Weisungen", "Wer Weisungen gibt und wer sie erhält; ohne Angabe die Unterzeichnenden."},
	"avv_access":    {"Tabelle: Zugänge mit Sicht auf personenbezogene Daten", "Je Zugang Werkzeug, Rolle, Weg, Rechte, Personen und Daten."},
	"avv_subjects":  {"Liste: betroffene Personen", "Wie angegeben; sonst stehen sie je Werkzeug in der Tabelle der Zugänge."},
	"avv_data":      {"Liste: Arten der Daten", "Wie angegeben; sonst stehen sie je Werkzeug in der Tabelle der Zugänge."},
	"subject_boxes": {"Liste zum Ankreuzen: Personen", "Alle Kategorien von Personen, die der Katalog kennt; nur wenn betroffene Personen unbekannt sind."},
	"data_boxes":    {"Liste zum Ankreuzen: Daten", "Alle Arten von Daten, die der Katalog kennt; nur wenn Arten der Daten unbekannt sind."},
	"avv_contacts":  {"Tabelle: Kontakte", "E-Mail und Telefon beider Seiten; Datenschutzbeauftragte des Auftragnehmers („nicht benannt“, wenn keine angegeben sind) und, wenn angegeben, des Auftraggebers."},
	"measures":      {"Liste: bestätigte Maßnahmen", "Aus dem Katalog, der am Ende steht, im Wortlaut und nach Überschriften geordnet."},
	"measure_boxes": {"Liste zum Ankreuzen: alle Maßnahmen", "Der ganze Katalog, der am Ende steht; nur wenn keine Maßnahme bestätigt ist."},
	"avv_subs":      {"Tabelle: Unterauftragsverarbeiter", "Name, Leistung, Land und, in einem Drittland, die Grundlage der Übermittlung; fehlt sie: „noch offen: Einsatz erst, wenn eine Grundlage in Textform ergänzt ist“."},
}
