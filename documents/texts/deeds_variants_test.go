package texts

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

// patched is a sample with fields replaced: {"terms.rights": "exclusive"}; nil removes a field.
func patched(t *testing.T, sample string, fields map[string]any) []byte {
	t.Helper()
	source, err := os.ReadFile("testdata/" + sample + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var e map[string]any
	if err := json.Unmarshal(source, &e); err != nil {
		t.Fatal(err)
	}
	for path, value := range fields {
		at, keys := e, strings.Split(path, ".")
		for _, key := range keys[:len(keys)-1] {
			inner, ok := at[key].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[key] = inner
			}
			at = inner
		}
		if last := keys[len(keys)-1]; value == nil {
			delete(at, last)
		} else {
			at[last] = value
		}
	}
	out, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type object = map[string]any

// wide is a measure at which no line of a text is broken.
const wide = 100000

func words(t *testing.T, kind decision.Kind, c *Case) string {
	t.Helper()
	doc, err := library(t).Fill(kind, c)
	if err != nil {
		t.Fatal(err)
	}
	return content.PlainText(doc, wide)
}

// variant is a sample with an option changed, and the words that follow from it.
type variant struct {
	name, sample string
	fields       object
	says, not    []string
}

const launch, course, vhs, wien = "launch-digistore24", "kursvideos-ablefy", "vhs-xrechnung", "wien-reverse-charge"

var contractVariants = []variant{
	{
		"defaults", launch, nil,
		[]string{"einfaches, räumlich", "vollständig bezahlt", "nur nach vorheriger Zustimmung in Textform als Referenz", "gegen Beleg", "darf geeignete Dritte einsetzen", "Auftragsverarbeitungsvertrag AV-2026-0007", "Vertraulichkeitsvereinbarung VV-2026-0007"},
		[]string{"Gerichtsstand", "ersetzt den Vertrag", "§ 203", "Leitweg"},
	},
	{
		"exclusive rights on delivery", launch,
		object{"terms.rights": "exclusive", "terms.rights_on_payment": false},
		[]string{"ausschließliches, räumlich", "mit der Übergabe", "auf Dritte übertragen"},
		[]string{"einfaches", "vollständig bezahlt"},
	},
	{"no substitutes", launch, object{"terms.substitutes": false}, []string{"darf Dritte nur einsetzen, wenn"}, []string{"darf geeignete Dritte einsetzen"}},
	{"references yes", launch, object{"terms.references": "yes"}, []string{"widersprechen"}, []string{"nur nach vorheriger Zustimmung"}},
	{"references no", launch, object{"terms.references": "no"}, []string{"nicht als Referenz nennen"}, []string{"widersprechen"}},
	{"expenses none", launch, object{"terms.expenses": "none"}, []string{"mit der Vergütung abgegolten"}, []string{"gegen Beleg"}},
	{
		"no nda, secrecy", launch,
		object{"documents.exclude": []string{"nda"}, "client.professional_secrecy": true},
		[]string{"vertraulich behandeln", "§ 203 StGB"},
		[]string{"Vertraulichkeitsvereinbarung"},
	},
	{"no offer", launch, object{"documents.exclude": []string{"offer"}}, []string{"Der Preis setzt sich so zusammen:", "Gesamtbetrag"}, []string{"Angebot"}},
	{"works", launch, nil, []string{"§ 8 Abnahme", "§ 631 BGB", "§§ 648"}, []string{"Dienstleistung, "}},
	{"no works", course, nil, []string{"§ 611 BGB", "je angefangene 15 Minuten", "Stundenpaket"}, []string{"Abnahme", "§ 631", "648"}},
	{
		"an hour package owes no result", course,
		object{"scope.services": []object{{"title": "Schnitt", "nature": "result", "result": "fertiges Video"}}},
		[]string{"angestrebtes Ergebnis: fertiges Video"},
		[]string{"Abnahme", "geschuldetes Ergebnis"},
	},
	{"discounted hours", course, object{"pricing.discount_percent": "5"}, []string{"72,50 € netto, abzüglich 5 % Rabatt, einschließlich 19 % Umsatzsteuer"}, nil},
	{"a single hour", course, object{"pricing.hours": "1"}, []string{"1 Stunde zu 72,50 € netto,"}, []string{"zu je"}},
	{
		"an open package of works and services", launch,
		object{"term.end": nil, "scope.services": []object{{"title": "Seite", "nature": "result", "result": "Seite"}, {"title": "Pflege", "nature": "service"}}},
		[]string{"bis die Leistungen erbracht und Werkleistungen abgenommen sind"}, []string{"bis zur Abnahme"},
	},
	{"hours are refunded", course, object{"pricing.unused_hours": nil}, []string{"erstattet der Auftragnehmer den dafür gezahlten Teil"}, []string{"weiter abrufbar"}},
	{"hours are extended", course, object{"pricing.unused_hours": "extend"}, []string{"weiter abrufbar", "noch offen sind, gilt § 6"}, []string{"Teil des Preises"}},
	{
		"instalments", launch,
		object{"pricing.payment.instalments": []object{{"percent": "50", "due": "on_order"}, {"percent": "50", "due": "on_completion"}}},
		[]string{"in diesen Raten", "nach Abschluss der Leistung"},
		[]string{"Die Vergütung ist im Voraus zu zahlen"},
	},
	{"cash discount", launch, object{"pricing.payment.cash_discount": object{"percent": "2", "days": 3}}, []string{"binnen 3 Tagen", "2 % Skonto"}, nil},
	{"open term without notice", course, object{"term.end": nil}, []string{"unbestimmte Zeit", "Fristen des § 621 BGB"}, []string{"mit der Frist aus den Eckdaten kündigen"}},
	{"fixed term with notice", launch, nil, []string{"vorher mit der Frist aus den Eckdaten kündigen"}, []string{"§ 621"}},
	{"open package", launch, object{"term.end": nil, "term.notice_weeks": nil}, []string{"ohne Kündigung, sobald die Leistungen erbracht und Werkleistungen abgenommen"}, []string{"§ 621", "unbestimmte Zeit"}},
	{"public body", vhs, nil, []string{"Haushaltsrechtliche Vorgaben", "als öffentliche Stelle", "Leitweg-ID"}, []string{"als PDF-Datei"}},
	{"reverse charge", wien, nil, []string{"Steuerschuldnerschaft des Leistungsempfängers"}, []string{"19 %", "§ 19 UStG"}},
	{"jurisdiction", wien, object{"terms.jurisdiction": "Leipzig"}, []string{"Gerichtsstand ist dieser Ort: Leipzig."}, nil},
	{"no access, no avv", launch, object{"access": nil}, []string{"sind nicht vorgesehen", "keinen Zugang zu personenbezogenen Daten"}, []string{"Zugangs-Checkliste", "AV-2026"}},
	{"telegram", launch, object{"communication": []object{{"channel": "telegram"}}}, []string{"auf diesem Weg:", "Über Telegram dürfen"}, []string{"auf diesen Wegen"}},
	{"hours for one order", course, object{"pricing": object{"model": "tracked_hours", "period": "total"}, "term.end": nil}, []string{"ab 07.12.2026, bis die Leistungen erbracht sind", "sobald die Leistungen erbracht sind", "§ 621 BGB"}, []string{"unbefristet", "unbestimmte Zeit"}},
	{"hours that run on", course, object{"pricing": object{"model": "tracked_hours"}, "term.end": nil}, []string{"unbefristet", "unbestimmte Zeit"}, []string{"sobald die Leistungen erbracht sind"}},
	{"empty channel", launch, object{"communication": []object{{}}}, []string{"Absprachen laufen per E-Mail"}, []string{"auf diesem Weg:"}},
}

var ndaVariants = []variant{
	{"defaults", launch, nil, []string{"drei Jahre danach", "Digistore24 und WordPress", "Bestellungen, Umsätze", "verpflichtet nur die Auftragnehmerin"}, []string{"Vertragsstrafe", "Gegenseitigkeit", "§ 203"}},
	{
		"mutual with penalty", launch,
		object{"terms.nda_mutual": true, "terms.nda_penalty": true, "terms.nda_years": 1},
		[]string{"Gegenseitigkeit", "Näheres regelt § 9", "billigem Ermessen", "ein Jahr danach", "beider Vertragsparteien"},
		[]string{"verpflichtet nur"},
	},
	{"without sight", course, nil, []string{"Zugangsdaten zu: ablefy", "zufällig sichtbar", "endet die Pflicht zur Vertraulichkeit nicht"}, []string{"Bestellungen, Umsätze", "Listen und Angaben", "Auftragsverarbeitungsvertrag"}},
	{"without access", launch, object{"access": nil}, []string{"unveröffentlichte Inhalte"}, []string{"Zugangsdaten zu", "Werkzeug"}},
	{"secrecy", launch, object{"client.professional_secrecy": true}, []string{"Berufsgeheimnis", "§ 203 Abs. 4 StGB"}, nil},
	{"references no", launch, object{"terms.references": "no"}, []string{"nicht nennen"}, []string{"Zustimmung in Textform nennen"}},
	{"no substitutes", launch, object{"terms.substitutes": false}, []string{"denen die Auftraggeberin in Textform zugestimmt hat"}, []string{"die am Auftrag mitarbeiten"}},
	{"mutual, public", vhs, object{"terms.nda_mutual": true}, []string{"Auskunft und Rechnungsprüfung"}, nil},
	{"no contract", launch, object{"documents.exclude": []string{"contract"}}, nil, []string{"VT-2026", "dem Vertrag"}},
}

var avvVariants = []variant{
	{"defaults", launch, nil, []string{"Digistore24", "genehmigt allgemein", "nicht benannt", "binnen 30 Tagen", "angekreuzt sind", "alle Maßnahmen treffen, die Art. 32 DSGVO", "Rechte nach Art. 12 bis 23 DSGVO geltend"}, []string{"Art. 9 DSGVO", "WordPress", "spätestens binnen", "Homeoffice", "vorsorglich"}},
	{"precaution", "unklarer-zugang", nil, []string{"vorsorglich", "anzukreuzen", "☐ " + decision.SubjectName("KÄ"), "☐ Termindaten"}, nil},
	{
		"breach, categories, separate, at once", launch,
		object{"processing.breach_hours": 24, "processing.special_categories": true, "terms.subprocessor_approval": "separate", "processing.retention_after_end_days": 0},
		[]string{"spätestens binnen 24 Stunden", "Art. 9 DSGVO", "vorher gesondert", "die Daten unverzüglich nach Wahl"},
		[]string{"genehmigt allgemein", "binnen 30 Tagen"},
	},
	{
		"measures", launch,
		object{"contractor.measures": []string{"two_factor", "incident_plan"}, "processing.measures": []string{"two_factor"}},
		[]string{"– Die Zwei-Faktor-Anmeldung", "Auftragskontrolle"},
		[]string{"☐", "angekreuzt", "Zutritt", "Evaluierung"},
	},
	{"home office", launch, object{"contractor.home_office": true}, []string{"auch im Homeoffice", "Wohnräumen"}, nil},
	{"office only", launch, object{"contractor.home_office": false}, []string{"nur in den eigenen Geschäftsräumen"}, []string{"Wohnräumen"}},
	{
		"third country", launch,
		object{"processing.subprocessors": []object{{"name": "US Mail Inc.", "country": "USA", "safeguard": "DPF"}, {"name": "Nordcloud", "country": "Deutschland"}}},
		[]string{"Ländern aus Anlage 3", "US Mail Inc. | USA | DPF", "Nordcloud | Deutschland | keine Übermittlung in ein Drittland"},
		[]string{"kein Unterauftragsverarbeiter genehmigt", "Leistung |"},
	},
	{"third country without basis", launch, object{"processing.subprocessors": []object{{"name": "US Mail Inc.", "country": "USA"}}}, []string{"noch offen: Einsatz erst"}, nil},
	{
		"sub-processor at home", launch,
		object{"processing.subprocessors": []object{{"name": "Nordcloud", "country": "Deutschland"}}},
		[]string{"nur in der Europäischen Union oder", "Nordcloud | Deutschland"},
		[]string{"Drittland |", "Grundlage der Übermittlung"},
	},
	{"the catalogue speaks", launch, object{"processing": nil}, []string{"Bestell- und Vertragsdaten", decision.SubjectName("KÄ")}, []string{"☐ Termindaten", "Betroffene Personen"}},
	{"instructors", launch, object{"processing.instructors": []string{"Ada Lovelace", "Team Kurse"}}, []string{"Weisungen gibt | Ada Lovelace oder Team Kurse"}, nil},
	{
		"officers", launch,
		object{"client.data_protection_officer": "Ida Rhodes", "contractor.data_protection_officer": "Ada Lovelace"},
		[]string{"der Auftraggeberin | Ida Rhodes", "der Auftragnehmerin | Ada Lovelace"},
		[]string{"nicht benannt"},
	},
	{"jurisdiction", vhs, object{"contractor.form": "gmbh", "terms.jurisdiction": "Hamm"}, []string{"Gerichtsstand ist dieser Ort: Hamm."}, nil},
	{"no contract", launch, object{"documents.exclude": []string{"contract"}}, []string{"für die Dauer der Zusammenarbeit", "im Auftrag der Auftraggeberin"}, []string{"VT-2026"}},
}

// TestVariants: each option of an engagement changes the words that it should.
func TestVariants(t *testing.T) {
	for kind, list := range map[decision.Kind][]variant{decision.Contract: contractVariants, decision.NDA: ndaVariants, decision.AVV: avvVariants} {
		if len(list) == 0 {
			t.Errorf("no variants of %s", kind)
		}
		for _, v := range list {
			t.Run(string(kind)+"/"+v.name, func(t *testing.T) {
				v.check(t, words(t, kind, caseOf(decoded(t, patched(t, v.sample, v.fields)))))
			})
		}
	}
}

func (v *variant) check(t *testing.T, text string) {
	t.Helper()
	for _, s := range v.says {
		if !strings.Contains(text, s) {
			t.Errorf("does not say %q", s)
		}
	}
	for _, s := range v.not {
		if strings.Contains(text, s) {
			t.Errorf("says %q", s)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestIncludedAVVWithoutAccess: an AVV that was asked for by hand describes the processing, not tools.
func TestIncludedAVVWithoutAccess(t *testing.T) {
	source := patched(t, "launch-digistore24", object{"access": nil, "documents.include": []string{"avv"}, "processing.data_categories": nil})
	text := words(t, decision.AVV, caseOf(decoded(t, source)))
	for _, s := range []string{"– Käuferinnen und Käufer", "welche Daten verarbeitet werden:", "☐ Termindaten"} {
		if !strings.Contains(text, s) {
			t.Errorf("does not say %q:\n%s", s, text)
		}
	}
	if strings.Contains(text, "Werkzeug |") || strings.Contains(text, "Werkzeuge |") {
		t.Errorf("names tools:\n%s", text)
	}
}

// TestReplacedDeeds: a deed of a later revision names the one that it replaces.
func TestReplacedDeeds(t *testing.T) {
	c := caseOf(decoded(t, patched(t, "launch-digistore24", nil)))
	c.Replaces = map[decision.Kind]Paper{
		decision.Contract: {Number: "VT-2026-0006"}, decision.NDA: {Number: "VV-2026-0006"}, decision.AVV: {Number: "AV-2026-0006"},
	}
	for kind, number := range map[decision.Kind]string{decision.Contract: "VT-2026-0006", decision.NDA: "VV-2026-0006", decision.AVV: "AV-2026-0006"} {
		if text := words(t, kind, c); !strings.Contains(text, "ersetzt ") || !strings.Contains(text, number) {
			t.Errorf("%s does not name the replaced %s", kind, number)
		}
	}
}
