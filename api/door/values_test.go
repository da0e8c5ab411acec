package door

import (
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

func TestMoney(t *testing.T) {
	for written, want := range map[string]string{
		"1490": "1490.00", "1.490,00": "1490.00", "1490 €": "1490.00", "1,490.00": "1490.00", "1490,-": "1490.00", "1.490,- €": "1490.00", "1490.5": "1490.50",
		"€ 1490,50": "1490.50", "EUR 1.490,00": "1490.00", "1.490,00 EUR netto": "1490.00", "1490 € zzgl. MwSt.": "1490.00", "1490 € netto zzgl. 19 % USt": "1490.00",
		"1490 € (netto)": "1490.00", "netto 1490": "1490.00", "1\u00a0490,00 €": "1490.00", "1'490.00": "1490.00", "1.234.567": "1234567.00", "0,335": "0.335",
		"12,3456": "12.3456", "1490 Euro": "1490.00", "1490€ + MwSt": "1490.00", "0,00 €": "0.00", "kostenlos": "0.00", "360": "360.00", "99,9": "99.90", "1490 € pauschal": "1490.00", "1.490,00 € (einmalig)": "1490.00", "2.500,- € zzgl. 19% MwSt": "2500.00",
	} {
		p, question := readMoney(value{text, written}, false)
		if question != "" || priceString(p.decimal) != want {
			t.Errorf("%q = %v %q, want %s", written, p.decimal, question, want)
		}
	}
}

func TestMoneyIsAskedFor(t *testing.T) {
	for written, hint := range map[string]string{
		"1.490": "1490,00", "1,490": "1490,00", "1.000-2.000 €": "genau", "1000 bis 2000": "genau", "ca. 1500": "genau", "1500 € brutto": "Umsatzsteuer",
		"1500 inkl. MwSt.": "Umsatzsteuer", "200 € pro Monat": "Zeitraum", "200 €/Monat": "Zeitraum", "200 mtl. €": "eindeutig", "1500 CHF": "Euro", "$1,500.00": "Euro",
		"1500 USD": "Euro", "65 €/Std": "pro Stunde", "ab 1500 €": "genau", "nach Absprache": "eindeutig", "1500 + 200": "eindeutig", "12,345,6": "eindeutig", "eintausend": "eindeutig",
		"1.490 €": "1490,00", "14.90.00": "eindeutig", "1500 monatlich": "Zeitraum", "max. 1500": "genau", "~1500": "genau", "": "eindeutig", "1e3": "eindeutig", "NaN": "eindeutig",
	} {
		p, question := readMoney(value{text, written}, false)
		if question == "" || !strings.Contains(question, hint) {
			t.Errorf("%q = %v %q, want a question with %q", written, p.decimal, question, hint)
		}
	}
	if p, q := readMoney(value{number, "0"}, false); q != "" || !p.zero {
		t.Error("a bare 0 is no price")
	}
	if _, q := readMoney(value{number, "1.490"}, false); q == "" {
		t.Error("the number 1.490 was read")
	}
	if p, q := readMoney(value{number, "1490.5"}, false); q != "" || priceString(p.decimal) != "1490.50" {
		t.Error("the number 1490.5 was not read")
	}
}

func TestHourlyRates(t *testing.T) {
	for written, want := range map[string]string{"65": "65.00", "65 €/Std": "65.00", "65,50 € pro Stunde": "65.50", "65€/h": "65.00", "85.00 EUR/Stunde netto": "85.00", "72,5": "72.50"} {
		p, question := readMoney(value{text, written}, true)
		if question != "" || priceString(p.decimal) != want {
			t.Errorf("%q = %v %q, want %s", written, p.decimal, question, want)
		}
	}
	for _, written := range []string{"65-75", "500 € pro Tag", "65 brutto", "ca. 65"} {
		if p, question := readMoney(value{text, written}, true); question == "" {
			t.Errorf("%q = %v", written, p.decimal)
		}
	}
}

func TestHours(t *testing.T) {
	for written, want := range map[string]string{"20": "20", "20 Std": "20", "12,5": "12.5", "12,5 h": "12.5", "20 Stunden": "20", "20Std.": "20", "7.25": "7.25"} {
		if p, question := readHours(value{text, written}); question != "" || p.decimal.String() != want {
			t.Errorf("%q = %v %q, want %s", written, p.decimal, question, want)
		}
	}
	for _, written := range []string{"8-12", "ca. 20", "viele", "1.490"} {
		if _, question := readHours(value{text, written}); question == "" {
			t.Errorf("%q was read", written)
		}
	}
}

func TestDates(t *testing.T) {
	for written, want := range map[string]string{
		"01.12.2026": "2026-12-01", "1.12.26": "2026-12-01", "1. 12. 2026": "2026-12-01", "1. Dezember 2026": "2026-12-01", "1 Dez 2026": "2026-12-01", "1. Dez. 2026": "2026-12-01",
		"01. März 2027": "2027-03-01", "1. Maerz 2027": "2027-03-01", "2026-12-01": "2026-12-01", "2026-12-01T00:00:00.000+01:00": "2026-12-01", "2026-12-01T23:30:00.000Z": "2026-12-01",
		"2026-11-24T01:34:44.627+01:00": "2026-11-24", "Dienstag, 01.12.2026": "2026-12-01", "Di, 1. Dezember 2026": "2026-12-01", "ab 01.12.2026": "2026-12-01", "ab dem 1.12.2026": "2026-12-01",
		"December 1, 2026": "2026-12-01", "Dec 1 2026": "2026-12-01", "1 December 2026": "2026-12-01", "31/12/2026": "2026-12-31", "12/31/2026": "2026-12-31", "2026/12/01": "2026-12-01",
		"01.12.2026 09:30": "2026-12-01", "01.12.2026, 09:30 Uhr": "2026-12-01", "bis 28.02.2027": "2027-02-28", "29.02.2028": "2028-02-29",
	} {
		if d, ok := readDate(written); !ok || d.String() != want {
			t.Errorf("%q = %s %v, want %s", written, d, ok, want)
		}
	}
	for _, written := range []string{"sofort", "asap", "KW 49", "Anfang Dezember", "01/12/2026", "12-01-2026", "46357", "31.02.2027", "1.12.", "Dezember 2026", "29.02.2027", "00.00.0000", "01.13.2026", "1. Desember 2026", ""} {
		if d, ok := readDate(written); ok {
			t.Errorf("%q = %s", written, d)
		}
	}
	if s, e, ok := readPeriod("01.12.2026 – 28.02.2027"); !ok || s.String() != "2026-12-01" || e.String() != "2027-02-28" {
		t.Error(s, e, ok)
	}
	if s, e, ok := readPeriod("1. Dezember 2026 bis 28. Februar 2027"); !ok || s.String() != "2026-12-01" || e.String() != "2027-02-28" {
		t.Error(s, e, ok)
	}
	if _, _, ok := readPeriod("drei Monate"); ok {
		t.Error("three months have no days")
	}
}

func TestPersons(t *testing.T) {
	for written, want := range map[string]engagement.Human{
		"Frau Dr. Lena Hoffmann":            {Salutation: "Frau", Title: "Dr.", FirstName: "Lena", LastName: "Hoffmann"},
		"Herr Prof. Dr. Jan von der Heide":  {Salutation: "Herr", Title: "Prof. Dr.", FirstName: "Jan", LastName: "von der Heide"},
		"Hoffmann, Lena":                    {FirstName: "Lena", LastName: "Hoffmann"},
		"Lena Hoffmann, Geschäftsführerin":  {FirstName: "Lena", LastName: "Hoffmann", Role: "Geschäftsführerin"},
		"Lena Hoffmann (Geschäftsführerin)": {FirstName: "Lena", LastName: "Hoffmann", Role: "Geschäftsführerin"},
		"Mag. Katharina Grüber":             {Title: "Mag.", FirstName: "Katharina", LastName: "Grüber"},
		"Frau Hoffmann":                     {Salutation: "Frau", LastName: "Hoffmann"},
		"Anna Maria Schmidt-Lüdenscheid":    {FirstName: "Anna Maria", LastName: "Schmidt-Lüdenscheid"},
		"Herrn Đặng Nguyễn":                 {Salutation: "Herr", FirstName: "Đặng", LastName: "Nguyễn"},
		"Frau Dipl.-Ing. Maria di Santo":    {Salutation: "Frau", Title: "Dipl.-Ing.", FirstName: "Maria", LastName: "di Santo"},
		"MARA LINDQVIST":                    {FirstName: "MARA", LastName: "LINDQVIST"},
		"Frau  Dr.  med.  Lena   Hoffmann":  {Salutation: "Frau", Title: "Dr. med.", FirstName: "Lena", LastName: "Hoffmann"},
	} {
		if h, ok := parsePerson(written); !ok || h != want {
			t.Errorf("%q = %+v %v, want %+v", written, h, ok, want)
		}
	}
	for _, written := range []string{"", "Frau", "Lena und Tom Hoffmann", "Lena & Tom", "lena@x.example", "a, b, c", "Agentur 4711"} {
		if h, ok := parsePerson(written); ok {
			t.Errorf("%q = %+v", written, h)
		}
	}
}

func TestAddresses(t *testing.T) {
	for written, want := range map[string]postal{
		"Aachener Straße 12, 50674 Köln":                  {street: "Aachener Straße 12", code: "50674", city: "Köln"},
		"Hauptplatz 1, 4020 Linz, Österreich":             {street: "Hauptplatz 1", code: "4020", city: "Linz", country: "AT"},
		"Aachener Straße 12\r\n50674 Köln\r\nDeutschland": {street: "Aachener Straße 12", code: "50674", city: "Köln", country: "DE"},
		"Fachbereich 43, Rathausplatz 1, 59065 Hamm":      {extra: "Fachbereich 43", street: "Rathausplatz 1", code: "59065", city: "Hamm"},
		"Aachener Straße 12\nRückgebäude\n50674 Köln":     {extra: "Rückgebäude", street: "Aachener Straße 12", code: "50674", city: "Köln"},
		"Gartenweg 7 04229 Leipzig":                       {street: "Gartenweg 7", code: "04229", city: "Leipzig"},
		"Gartenweg 7a 04229 Leipzig":                      {street: "Gartenweg 7a", code: "04229", city: "Leipzig"},
		"Praterstraße 1/12, A-1020 Wien":                  {street: "Praterstraße 1/12", code: "1020", city: "Wien", country: "AT"},
		"Bahnhofstr. 3, D-80335 München":                  {street: "Bahnhofstr. 3", code: "80335", city: "München", country: "DE"},
		"Postfach 12 34, 50674 Köln":                      {street: "Postfach 12 34", code: "50674", city: "Köln"},
		"Am Markt, 18528 Bergen auf Rügen":                {street: "Am Markt", code: "18528", city: "Bergen auf Rügen"},
		"Rue de la Paix 3, 8001 Zürich (Schweiz)":         {street: "Rue de la Paix 3", code: "8001", city: "Zürich", country: "CH"},
	} {
		if a, ok := parseAddress(written); !ok || a != want {
			t.Errorf("%q = %+v %v, want %+v", written, a, ok, want)
		}
	}
	for _, written := range []string{"", "Köln", "Aachener Straße 12", "50674 Köln", "Aachener Straße 12, Köln", "siehe Website", "Hauptplatz 1, 4020 Linz, Mittelerde", "12 Main St, Springfield IL 62701"} {
		if a, ok := parseAddress(written); ok {
			t.Errorf("%q = %+v", written, a)
		}
	}
}

func TestFormsOfNames(t *testing.T) {
	for name, want := range map[string]engagement.Form{
		"Nordlicht Optik GmbH": engagement.GmbH, "Nordlicht gGmbH": engagement.GmbH, "Nordlicht UG (haftungsbeschränkt)": engagement.UG, "Nordlicht UG": engagement.UG, "Nordlicht AG": engagement.AG,
		"Sommer & Winter GbR": engagement.GbR, "Sommer eGbR": engagement.GbR, "Sommer OHG": engagement.OHG, "Sommer KG": engagement.KG, "Sommer GmbH & Co. KG": engagement.KG, "Sommer UG (haftungsbeschränkt) & Co. KG": engagement.KG,
		"Sommer GmbH und Co KG": engagement.KG, "Kunstverein Köln e. V.": engagement.EV, "Kunstverein Köln e.V.": engagement.EV, "Hoffmann & Groß PartG mbB": engagement.PartG, "Hoffmann PartG": engagement.PartG,
		"Lena Hoffmann e.K.": engagement.SoleTrader, "nordlicht gmbh": engagement.GmbH, "Nordlicht GmbH i. G.": engagement.GmbH,
		"Lena Hoffmann": "", "Paul Krag": "", "Kreativkurse Lena Hoffmann": "", "Nordlicht Ltd.": "", "Henkel AG & Co. KGaA": "", "GmbH-Beratung Müller": "", "Stadt Köln": "", "Bug": "", "Montag": "",
	} {
		if got := formOf(name); got != want {
			t.Errorf("%q = %q, want %q", name, got, want)
		}
	}
	for said, want := range map[string]string{
		"GmbH": "gmbh", "UG (haftungsbeschränkt)": "ug", "GmbH & Co. KG": "kg", "Einzelunternehmen": "sole_trader", "Einzelunternehmen (freiberuflich)": "sole_trader", "Freiberufler/in": "sole_trader",
		"Einzelunternehmer:in": "sole_trader", "e. V.": "ev", "Verein (e. V.)": "ev", "Behörde / öffentliche Einrichtung": "public_body", "Privatperson": "consumer", "PartG mbB": "partg", "gmbh": "gmbh", "other": "other",
		"Sonstige": "", "Genossenschaft": "", "GmbH oder UG": "", "weiß nicht": "", "Stiftung": "",
	} {
		if got := statedForm(said); got != want {
			t.Errorf("stated %q = %q, want %q", said, got, want)
		}
	}
}

func TestModels(t *testing.T) {
	for said, want := range map[string]engagement.Model{
		"Festpreis": engagement.ResultPackage, "Pauschalpreis": engagement.ResultPackage, "Fixed price": engagement.ResultPackage, "result_package": engagement.ResultPackage, "Stundenpaket 20 Std": engagement.HourPackage, "hour_package": engagement.HourPackage,
		"nach Aufwand": engagement.TrackedHours, "Abrechnung nach Stunden": engagement.TrackedHours, "Hourly": engagement.TrackedHours, "tracked_hours": engagement.TrackedHours, "auf Stundenbasis": engagement.TrackedHours,
		"nach tatsächlichem Aufwand": engagement.TrackedHours, "Festpreis oder nach Aufwand": "", "kein Festpreis": "", "Monatspauschale": "", "Paket": "", "?": "", "weiß nicht": "", "Festpreis?": "", "Retainer": "", "Stundensatz": "",
	} {
		if got := modelIn(said); got != want {
			t.Errorf("%q = %q, want %q", said, got, want)
		}
	}
}

func TestTools(t *testing.T) {
	show := func(all []grant) string {
		var out []string
		for _, g := range all {
			s := g.tool
			if len(g.permissions) > 0 {
				s += "(" + strings.Join(g.permissions, "+") + ")"
			}
			if g.note != "" {
				s += "[" + g.note + "]"
			}
			out = append(out, s)
		}
		return strings.Join(out, ", ")
	}
	for said, want := range map[string]string{
		"Digistore 24 (nur Produkte)": "digistore24(products)", "Digistore24, WordPress": "digistore24, wordpress", "Digistore24 und WordPress": "digistore24, wordpress",
		"Digistore24 (Bestellungen, Affiliates), Canva": "digistore24(orders+affiliates), canva", "WordPress als Autor": "wordpress(author)", "WordPress: Autor": "wordpress(author)",
		"Elopage": "ablefy", "lexoffice": "lexware", "Mein-Shop-System": "Mein-Shop-System", "- Slack\n- Zoom": "slack, zoom", "Digistore24 (keine Bestellungen)": "digistore24[keine Bestellungen]",
		"Digistore24 (nur Produkte, keine Bestellungen)": "digistore24[nur Produkte, keine Bestellungen]", "support@firma.example": "support@firma.example", "keine": "", "nein": "", "Google Analytics 4": "google_analytics",
		"Wir arbeiten viel mit Digistore24.": "digistore24[Wir arbeiten viel mit Digistore24]", "Facebook & Instagram": "facebook, instagram", "Zoom Planungsrecht": "zoom(scheduling)",
		"KlickTipp (Texte) und WordPress (Admin)": "klicktipp(texts), wordpress(admin)", "Zoom (Berichte und Aufzeichnungen) und Slack": "zoom(reports+recordings), slack",
	} {
		if got, ok := toolsIn(said); !ok || show(got) != want {
			t.Errorf("%q = %s %v, want %s", said, show(got), ok, want)
		}
	}
	for _, said := range []string{"kein Zugriff auf Digistore24", "weiß nicht", "ja", "Was brauchst du denn alles?", "alles außer Digistore24", "Digistore24 mit WordPress verbunden", "Das muss ich erst noch mit meinem Team klären"} {
		if got, ok := toolsIn(said); ok {
			t.Errorf("%q = %s", said, show(got))
		}
	}
}

func TestAnswers(t *testing.T) {
	for said, want := range map[string]any{
		"ja": true, "Ja": true, "JA!": true, "yes": true, "true": true, "x": true, "nein": false, "Nein.": false, "no": false, "weiß nicht": nil, "nein, außer Newsletter": nil, "Nein, nur Testdaten": nil,
		"ja, Bestellungen": true, "ja, aber nicht alles": nil, "vielleicht": nil, "0": nil, "1": nil, "ja/nein": nil, "eher nicht": nil, "keine Ahnung": nil,
	} {
		if got, _ := tri(value{text, said}); got != want {
			t.Errorf("%q = %v, want %v", said, got, want)
		}
	}
	if got, _ := tri(value{number, "0"}); got != nil {
		t.Error("a number is no answer")
	}
	if got, _ := tri(value{boolean, "false"}); got != false {
		t.Error("false is an answer")
	}
}

func TestCountries(t *testing.T) {
	for said, want := range map[string]string{"Deutschland": "DE", "Österreich": "AT", "Oesterreich": "AT", "SCHWEIZ": "CH", "Sweden": "SE", "Schweden": "SE", "de": "DE", "Austria": "AT", "Frankreich": "FR", "Mittelerde": "", "": ""} {
		if got := country(said); got != want {
			t.Errorf("%q = %q, want %q", said, got, want)
		}
	}
}
