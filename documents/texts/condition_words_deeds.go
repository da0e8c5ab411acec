package texts

var contractWords = map[string]conditionWords{
	"has_result":         {"bei Werkleistungen", "ohne Werkleistungen", "Mindestens eine Leistung ist ein Werk: Ihr Ergebnis ist geschuldet."},
	"has_effort":         {"bei Dienstleistungen", "ohne Dienstleistungen", "Mindestens eine Leistung ist ein Dienst; beim Stundenpaket sind es alle."},
	"client_association": {"wenn der Auftraggeber ein eingetragener Verein ist", "wenn der Auftraggeber kein eingetragener Verein ist", "Rechtsform des Auftraggebers: eingetragener Verein."},
	"hours_outlast":      {"wenn der Abruf der Stunden länger läuft als der Vertrag", "wenn der Abruf der Stunden nicht länger läuft als der Vertrag", "Der letzte Tag für den Abruf liegt nach dem Ende der Laufzeit."},
	"replaces_contract":  {"wenn ein früherer Vertrag ersetzt wird", "wenn kein früherer Vertrag ersetzt wird", "Für denselben Auftrag ist schon ein Vertrag ausgestellt."},
	"until_done":         {"bei einem Auftrag, der mit der Arbeit endet", "bei einem Auftrag, der nicht mit der Arbeit endet", "Ohne vereinbartes Ende: Festpreis oder Stunden, die für den gesamten Auftrag abgerechnet werden."},
	"checklist":          {"mit Zugangs-Checkliste", "ohne Zugangs-Checkliste", "Eine Zugangs-Checkliste wird zugleich ausgestellt oder liegt schon vor."},
	"one_channel":        {"bei genau einem Kommunikationsweg", "wenn es nicht genau ein Kommunikationsweg ist", "Genau ein Weg der Verständigung ist angegeben."},
	"many_channels":      {"bei mehreren Kommunikationswegen", "bei höchstens einem Kommunikationsweg", "Mindestens zwei Wege der Verständigung sind angegeben."},
	"leitweg":            {"mit Leitweg-ID", "ohne Leitweg-ID", "Eine Leitweg-ID des Auftraggebers ist angegeben."},
	"secrecy":            {"bei Berufsgeheimnis", "ohne Berufsgeheimnis", "Es ist angegeben, dass der Auftraggeber § 203 StGB unterliegt."},

	"substitutes":       {"wenn Dritte frei eingesetzt werden dürfen", "wenn der Einsatz Dritter Zustimmung braucht", "Der Einsatz Dritter ist erlaubt (Regelfall)."},
	"expenses_receipts": {"wenn Auslagen ersetzt werden", "wenn Auslagen abgegolten sind", "Auslagen werden gegen Beleg ersetzt (Regelfall)."},
	"rights_exclusive":  {"bei ausschließlichem Nutzungsrecht", "bei einfachem Nutzungsrecht", "Ein ausschließliches Nutzungsrecht ist gewählt; Regelfall ist das einfache."},
	"rights_on_payment": {"wenn das Recht mit der Zahlung entsteht", "wenn das Recht mit der Übergabe entsteht", "Das Nutzungsrecht entsteht erst mit der Zahlung (Regelfall)."},
	"references_ask":    {"wenn Referenzen Zustimmung brauchen", "wenn Referenzen keine Zustimmung brauchen", "Referenzen: nur nach Zustimmung (Regelfall)."},
	"references_yes":    {"wenn Referenzen erlaubt sind", "wenn Referenzen nicht allgemein erlaubt sind", "Referenzen: erlaubt."},
	"references_no":     {"wenn Referenzen ausgeschlossen sind", "wenn Referenzen nicht ausgeschlossen sind", "Referenzen: ausgeschlossen."},
	"jurisdiction":      {"mit Gerichtsstand", "ohne Gerichtsstand", "Ein Gerichtsstand ist angegeben; das Programm nimmt ihn nur an, wo § 38 ZPO ihn zulässt."},
}

var ndaWords = map[string]conditionWords{
	"nda_mutual":    {"bei gegenseitiger Vertraulichkeit", "bei einseitiger Vertraulichkeit", "Auch Informationen des Auftragnehmers sollen geschützt sein; Regelfall ist nein."},
	"nda_penalty":   {"mit Vertragsstrafe", "ohne Vertragsstrafe", "Eine Vertragsstrafe ist gewählt; Regelfall ist nein."},
	"replaces_nda":  {"wenn eine frühere Vereinbarung ersetzt wird", "wenn keine frühere Vereinbarung ersetzt wird", "Für denselben Auftrag ist schon eine Vertraulichkeitsvereinbarung ausgestellt."},
	"sees_people":   {"wenn ein Zugang Angaben zu Personen zeigt", "wenn kein Zugang Angaben zu Personen zeigt", "Ein Werkzeug zeigt nach dem Katalog Stammdaten von Personen."},
	"sees_orders":   {"wenn ein Zugang Bestellungen oder Zahlungen zeigt", "wenn kein Zugang Bestellungen oder Zahlungen zeigt", "Ein Werkzeug zeigt nach dem Katalog Bestelldaten oder Zahlungsdaten."},
	"sees_usage":    {"wenn ein Zugang Nutzungsdaten zeigt", "wenn kein Zugang Nutzungsdaten zeigt", "Ein Werkzeug zeigt nach dem Katalog Daten zu Nutzung, Lernstand oder technische Protokolle."},
	"sees_messages": {"wenn ein Zugang Nachrichten zeigt", "wenn kein Zugang Nachrichten zeigt", "Ein Werkzeug zeigt nach dem Katalog Nachrichten oder Anfragen."},
}

var avvWords = map[string]conditionWords{
	"replaces_avv":  {"wenn ein früherer Vertrag ersetzt wird", "wenn kein früherer Vertrag ersetzt wird", "Für denselben Auftrag ist schon ein Auftragsverarbeitungsvertrag ausgestellt."},
	"seen":          {"wenn ein Zugang Daten zeigt", "wenn kein Zugang Daten zeigt", "Mindestens ein Zugang zeigt personenbezogene Daten, oder es wird im Zweifel angenommen."},
	"one_seen":      {"bei genau einem Zugang mit Daten", "wenn es nicht genau ein Zugang mit Daten ist", "Genau ein Zugang zeigt personenbezogene Daten oder könnte sie zeigen."},
	"many_seen":     {"bei mehreren Zugängen mit Daten", "bei höchstens einem Zugang mit Daten", "Mindestens zwei Zugänge zeigen personenbezogene Daten oder könnten sie zeigen."},
	"purpose":       {"wenn der Zweck angegeben ist", "wenn der Zweck nicht angegeben ist", "Der Zweck der Verarbeitung ist in eigenen Worten angegeben."},
	"subjects_open": {"wenn betroffene Personen unbekannt sind", "wenn alle betroffenen Personen bekannt sind", "Weder Angaben noch Katalog nennen für alle Zugänge die betroffenen Personen."},
	"data_open":     {"wenn Arten der Daten unbekannt sind", "wenn alle Arten der Daten bekannt sind", "Weder Angaben noch Katalog nennen für alle Zugänge die Arten der Daten."},

	"measures":          {"wenn Maßnahmen bestätigt sind", "wenn keine Maßnahmen bestätigt sind", "Der Auftragnehmer hat mindestens eine Maßnahme aus dem Katalog bestätigt."},
	"home_office":       {"bei Arbeit im Homeoffice", "ohne Arbeit im Homeoffice", "Es ist angegeben, dass im Homeoffice gearbeitet wird."},
	"office_only":       {"wenn Homeoffice ausgeschlossen ist", "wenn Homeoffice nicht ausgeschlossen ist", "Es ist angegeben, dass nicht im Homeoffice gearbeitet wird."},
	"breach_hours":      {"mit Meldefrist in Stunden", "ohne Meldefrist in Stunden", "Für Verletzungen des Schutzes ist eine Meldefrist in Stunden angegeben."},
	"retention_days":    {"mit Löschfrist in Tagen", "ohne Löschfrist in Tagen", "Die Löschfrist beträgt mindestens einen Tag; Regelfall sind 30 Tage."},
	"separate_approval": {"bei gesonderter Genehmigung", "bei allgemeiner Genehmigung", "Unterauftragsverarbeiter sind einzeln zu genehmigen; Regelfall ist die allgemeine Genehmigung."},
	"approved_subs":     {"wenn Unterauftragsverarbeiter genannt sind", "wenn keine Unterauftragsverarbeiter genannt sind", "Mindestens ein Unterauftragsverarbeiter ist angegeben."},
	"third_country":     {"bei Unterauftrag in ein Drittland", "ohne Unterauftrag in ein Drittland", "Ein genannter Unterauftragsverarbeiter sitzt außerhalb von EU und EWR, oder für ihn ist eine Grundlage der Übermittlung angegeben."},
	"client_third":      {"wenn der Auftraggeber in einem Drittland sitzt", "wenn der Auftraggeber in EU oder EWR sitzt", "Die Anschrift des Auftraggebers liegt außerhalb von EU und EWR."},
}
