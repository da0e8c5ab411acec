package de

import (
	"errors"
	"fmt"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// Dated is a value of the law and the day from which it holds.
type Dated[V any] struct {
	From   date.Date
	Value  V
	Source string // German: where it was read, and how sure that is
}

// DatedLaw is a rule whose value changed or will change: one entry for each value, the oldest first.
type DatedLaw[V any] struct {
	Name, Norm string    // German: "Basiszinssatz", "§ 247 BGB"
	Note       string    // German: what to mind; may be empty
	Known      date.Date // the last day of which the value was known when the table was written
	Entries    []Dated[V]
}

// ErrBeforeLaw says that a table of the law begins after the day asked for.
var ErrBeforeLaw = errors.New("before the first entry of the law")

// On is the value on a day. Stale says that the day lies after what was known: the law may have changed since, so the
// value is only the last one known. Before the first entry the error wraps ErrBeforeLaw.
func (l *DatedLaw[V]) On(day date.Date) (value V, stale bool, err error) {
	for i := len(l.Entries) - 1; i >= 0; i-- {
		if e := &l.Entries[i]; !day.Before(e.From) {
			return e.Value, day.After(l.Known), nil
		}
	}
	return value, false, fmt.Errorf("%s on %q: %w", l.Norm, day, ErrBeforeLaw)
}

// VATRate is the two rates of § 12 UStG, in percent.
type VATRate struct{ Standard, Reduced money.Decimal }

// SmallBusiness is the turnover up to which a small business is exempt.
type SmallBusiness struct{ PriorYear, CurrentYear money.Amount }

// Retention is how many years papers are kept.
type Retention struct{ Invoices, Letters int }

// lawRead is the day on which the statutes were read; nothing later was seen.
var lawRead = date.Date{Year: 2026, Month: 8, Day: 19}

const (
	asRead = "Wortlaut gelesen, Stand 19.08.2026"
	haufe  = "öffentliche Quelle: haufe.de HI2623435 und HI6767874"
)

// VATRates begins before the first day that an engagement can have.
var VATRates = DatedLaw[VATRate]{
	Name: "Umsatzsteuersätze", Norm: "§ 12 UStG", Known: lawRead,
	Note: "Angewandt wird der Satz am Datum des Dokuments. Maßgeblich ist der Tag der Leistung (§ 27 Abs. 1 UStG): Liegt eine Änderung " +
		"dazwischen, ist die Rechnung zu prüfen.",
	Entries: []Dated[VATRate]{
		{date.Date{Year: 1998, Month: 4, Day: 1}, VATRate{money.Int(16), money.Int(7)}, haufe},
		{date.Date{Year: 2007, Month: 1, Day: 1}, VATRate{money.Int(19), money.Int(7)}, haufe},
		{date.Date{Year: 2020, Month: 7, Day: 1}, VATRate{money.Int(16), money.Int(5)}, haufe},
		{date.Date{Year: 2021, Month: 1, Day: 1}, VATRate{money.Int(19), money.Int(7)}, asRead + " (19 %); " + haufe},
	},
}

// BaseRates is the Basiszinssatz, in percent; it changes on January 1 and July 1.
var BaseRates = DatedLaw[money.Decimal]{
	Name: "Basiszinssatz", Norm: "§ 247 BGB", Known: date.Date{Year: 2026, Month: 12, Day: 31},
	Note: "Verzugszinsen zwischen Unternehmen liegen 9 Prozentpunkte darüber (§ 288 Abs. 2 BGB). Der gedruckte Gesetzestext nennt weiter 3,62 %. " +
		"Die Bekanntmachung der Bundesbank wurde für keinen Wert selbst gesehen. Nächste Änderung: 01.01.2027.",
	Entries: []Dated[money.Decimal]{
		{date.Date{Year: 2016, Month: 7, Day: 1}, money.MustParse("-0.88"), "öffentliche Quelle: haufe.de HI15892686"},
		{date.Date{Year: 2023, Month: 1, Day: 1}, money.MustParse("1.62"), "öffentliche Quelle: haufe.de HI15892686"},
		{date.Date{Year: 2023, Month: 7, Day: 1}, money.MustParse("3.12"), "unsicher: nur aus öffentlichem Programmcode"},
		{date.Date{Year: 2024, Month: 1, Day: 1}, money.MustParse("3.62"), "öffentliche Quelle: rechtsportal zu § 247 BGB"},
		{date.Date{Year: 2024, Month: 7, Day: 1}, money.MustParse("3.37"), "öffentliche Quelle: rechtsportal zu § 247 BGB"},
		{date.Date{Year: 2025, Month: 1, Day: 1}, money.MustParse("2.27"), "unsicher: nur aus öffentlichem Programmcode"},
		{date.Date{Year: 2025, Month: 7, Day: 1}, money.MustParse("1.27"), "öffentliche Quelle: state-of.biz nach der Bundesbank"},
		{date.Date{Year: 2026, Month: 1, Day: 1}, money.MustParse("1.27"), "öffentliche Quelle: Pressenotiz der Bundesbank, aus zweiter Hand"},
		{date.Date{Year: 2026, Month: 7, Day: 1}, money.MustParse("1.52"), "unsicher: drei öffentliche Dateien, höchstens zwei unabhängige"},
	},
}

// SmallBusinessLimits are net turnovers actually received.
var SmallBusinessLimits = DatedLaw[SmallBusiness]{
	Name: "Grenzen für Kleinunternehmer", Norm: "§ 19 UStG", Known: lawRead,
	Note: "Wer die Grenze des laufenden Jahres überschreitet, ist ab diesem Umsatz nicht mehr befreit. Im Jahr der Gründung gilt die kleinere Grenze.",
	Entries: []Dated[SmallBusiness]{
		{date.Date{Year: 2025, Month: 1, Day: 1}, SmallBusiness{25_000_00, 100_000_00}, asRead},
	},
}

// EInvoices is what § 27 (38) UStG asks between businesses in Germany, in German.
var EInvoices = DatedLaw[string]{
	Name: "E-Rechnung zwischen Unternehmen im Inland", Norm: "§ 14, § 27 Abs. 38 UStG", Known: lawRead,
	Note: "Maßgeblich ist der Tag des Umsatzes. Dauerhaft ausgenommen sind Kleinbeträge bis 250 € (§ 33 UStDV) und Kleinunternehmer " +
		"(§ 34a UStDV), dazu Rechnungen an Verbraucher und über die Grenze.",
	Entries: []Dated[string]{
		{date.Date{Year: 2025, Month: 1, Day: 1}, "Jeder Unternehmer muss E-Rechnungen empfangen können. Ausstellen darf man noch auf Papier, mit Zustimmung auch als PDF.", asRead},
		{date.Date{Year: 2027, Month: 1, Day: 1}, "Ausstellen müssen E-Rechnungen alle, deren Gesamtumsatz im Vorjahr über 800.000 € lag.", asRead},
		{date.Date{Year: 2028, Month: 1, Day: 1}, "Ausstellen müssen E-Rechnungen alle.", asRead},
	},
}

// RetentionYears count from the end of the calendar year; they hold for every paper whose period still ran on 2024-12-31.
var RetentionYears = DatedLaw[Retention]{
	Name: "Aufbewahrung", Norm: "§ 14b Abs. 1 UStG, § 147 Abs. 3 AO, § 257 Abs. 4 HGB", Known: lawRead,
	Note: "Die Frist beginnt mit dem Ende des Kalenderjahrs und endet nicht, solange eine Steuerfestsetzung offen ist. Für Verträge zählt sie in " +
		"der Praxis ab dem Ende der Zusammenarbeit (allgemeine Kenntnis, unsicher). Bücher sind 10 Jahre aufzubewahren.",
	Entries: []Dated[Retention]{
		{date.Date{Year: 2025, Month: 1, Day: 1}, Retention{Invoices: 8, Letters: 6}, asRead},
	},
}
