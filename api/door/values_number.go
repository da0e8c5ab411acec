package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/money"
)

// How a number may be written. What fits none of them is asked for.
var (
	plainNumber   = regexp.MustCompile(`^-?\d+$`)
	oneSeparator  = regexp.MustCompile(`^-?\d+[.,](\d{1,2}|\d{4})$`)
	below1        = regexp.MustCompile(`^-?0[.,]\d{1,4}$`)
	germanGroups  = regexp.MustCompile(`^-?\d{1,3}(\.\d{3})+,\d{1,2}$`)
	englishGroups = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+\.\d{1,2}$`)
	manyGroups    = regexp.MustCompile(`^-?\d{1,3}(\.\d{3}){2,}$|^-?\d{1,3}(,\d{3}){2,}$`)
	blankGroups   = regexp.MustCompile(`^-?\d{1,3}([ ']\d{3})+([.,]\d{1,2})?$`)
	threeDigits   = regexp.MustCompile(`^-?\d{1,3}[.,]\d{3}$`)
	jsonNumber    = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
)

// parsed is what a text says of a number.
type parsed struct {
	decimal  money.Decimal
	ok       bool
	proposal string // of 1.490: what is probably meant
	zero     bool   // 0 from a number field, where blank and 0 are one
}

// readNumber reads a bare number as it is written in German or English; one separator with three digits is not read.
func readNumber(v value) parsed {
	s := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", "'", "−", "-").Replace(strings.TrimSpace(v.text))
	switch {
	case v.kind == number && jsonNumber.MatchString(s) && !threeDigits.MatchString(s), plainNumber.MatchString(s):
	case below1.MatchString(s), oneSeparator.MatchString(s):
		s = strings.Replace(s, ",", ".", 1)
	case germanGroups.MatchString(s):
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case englishGroups.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case manyGroups.MatchString(s):
		s = strings.NewReplacer(".", "", ",", "").Replace(s)
	case blankGroups.MatchString(s):
		s = strings.Replace(strings.NewReplacer(" ", "", "'", "").Replace(s), ",", ".", 1)
	case threeDigits.MatchString(s):
		return parsed{proposal: strings.NewReplacer(".", "", ",", "").Replace(s)}
	default:
		return parsed{}
	}
	d, err := money.Parse(s)
	if err != nil {
		return parsed{}
	}
	return parsed{decimal: d, ok: true, zero: d.Sign() == 0 && (v.kind == number || s == "0")}
}

// priceString is a price with at least two decimals: "1490.00", "0.335".
func priceString(d money.Decimal) string {
	const least = 2
	if d.Decimals() > least {
		return d.String()
	}
	return d.Round().String()
}

// Words around an amount of money.
var (
	euro       = regexp.MustCompile(`(?i)^(€|eur\b|euro\b)\s*|\s*(€|\beur|\beuro)$`)
	netWords   = regexp.MustCompile(`(?i)\s*[,(]?\s*(netto|zzgl\.?|zuzüglich|plus|\+|exkl\.?|excl\.?|exklusive|ohne)?\s*(\d+\s*%\s*)?(der\s+)?(gesetzlicher\s+|ges\.\s*|gesetzl\.\s*)?\b(netto|mwst\.?|ust\.?|umsatzsteuer|mehrwertsteuer|vat|pauschal|pauschale|einmalig|fix|festpreis)\)?$|^netto:?\s+`)
	dash       = regexp.MustCompile(`[,.]\s*[-–—]+$`)
	hourly     = regexp.MustCompile(`(?i)\s*(/|pro|je|per|die)\s*(std\.?|stunde|h|hour|stunden)$`)
	gross      = regexp.MustCompile(`(?i)brutto|\binkl|incl|einschl|gross\b`)
	approx     = regexp.MustCompile(`(?i)\bca\b|circa|\betwa|ungefähr|\brund\b|~|≈|\bab\b|\bbis\b|\bmax|\bmin|mindestens|höchstens|about|approx|\d\s*[-–—]\s*\d|\d\s*/\s*\d`)
	recurring  = regexp.MustCompile(`(?i)(/|\bpro\b|\bje\b|\bper\b|\bim\b)\s*(monat|month|mo\b|tag|day|woche|week|jahr|year|quartal)|monatlich|täglich|jährlich|wöchentlich|monthly|p\.?\s?m\.?$|p\.?\s?a\.?$`)
	foreign    = regexp.MustCompile(`(?i)[$£¥]|\b(usd|chf|gbp|sek|dkk|nok|pln|czk|dollar|franken|sfr|fr)\b`)
	perHour    = regexp.MustCompile(`(?i)(/|\bpro\b|\bje\b|\bper\b|\bdie\b)\s*(std|stunde|h\b|hour)|stündlich`)
	freeOfCost = regexp.MustCompile(`(?i)^(kostenlos|gratis|kostenfrei|unentgeltlich)$`)
)

// doubts are the ways to write money that are asked for, each with the German question; the first that fits is asked.
var doubts = []struct {
	pattern  *regexp.Regexp
	hourToo  bool // also of a price for an hour
	question string
}{
	{gross, true, "Ist das der Preis mit Umsatzsteuer? Bitte nennen Sie den Nettopreis (ohne Umsatzsteuer)."},
	{foreign, true, "Hier werden nur Preise in Euro verarbeitet. Welcher Nettopreis in Euro gilt?"},
	{recurring, true, "Bezieht sich der Preis auf einen Zeitraum (etwa pro Monat)? Bitte nennen Sie den genauen Preis und wofür er gilt."},
	{perHour, false, "Ist das ein Preis pro Stunde? Bitte nennen Sie den Preis für die ganze Leistung, oder Stundenzahl und Stundensatz."},
	{approx, true, "Der Preis ist nicht genau angegeben. Welcher genaue Nettopreis in Euro gilt?"},
}

// readMoney reads a net price; hour says that it is one for an hour. The question is "" when it can be read.
func readMoney(v value, hour bool) (p parsed, question string) {
	s := strings.TrimSpace(v.text)
	for _, d := range doubts {
		if d.pattern.MatchString(s) && (!hour || d.hourToo) {
			return p, d.question
		}
	}
	if freeOfCost.MatchString(s) {
		return parsed{decimal: money.Int(0), ok: true}, ""
	}
	if hour {
		s = hourly.ReplaceAllString(s, "")
	}
	const layers = 3
	bare := s
	for range layers {
		bare = strings.TrimSpace(netWords.ReplaceAllString(bare, ""))
		if hour {
			bare = strings.TrimSpace(hourly.ReplaceAllString(bare, ""))
		}
		bare = strings.TrimSpace(euro.ReplaceAllString(bare, ""))
	}
	bare = dash.ReplaceAllString(bare, ",00")
	p = readNumber(value{v.kind, bare})
	switch {
	case p.zero && bare != s: // "0 €" is said, a bare 0 may be a blank field
		p.zero = false
	case p.proposal != "":
		return p, "Ist „" + s + "“ als " + p.proposal + ",00 € gemeint? Bitte schreiben Sie den Preis mit Nachkommastellen, etwa " + p.proposal + ",00."
	case !p.ok:
		return p, "„" + clip(s) + "“ ist kein eindeutiger Preis. Welcher Nettopreis in Euro gilt?"
	}
	return p, ""
}

var hoursUnit = regexp.MustCompile(`(?i)\s*(std|std\.|stunden|stunde|h|hours|hour|hrs|stk|stk\.|stück|x|mal)$`)

// readHours reads a number of hours or of pieces, with its unit.
func readHours(v value) (p parsed, question string) {
	s := strings.TrimSpace(hoursUnit.ReplaceAllString(strings.TrimSpace(v.text), ""))
	p = readNumber(value{v.kind, s})
	switch {
	case p.proposal != "":
		return p, "„" + s + "“ lässt sich auf zwei Arten lesen. Welche Zahl ist gemeint? Bitte ohne Tausenderpunkt schreiben."
	case !p.ok:
		return p, "„" + clip(v.text) + "“ ist keine eindeutige Zahl. Wie viele sind es genau?"
	}
	return p, ""
}

var wholeNumber = regexp.MustCompile(`(?i)^(?:innerhalb(?: von)?|binnen|in|net|netto)?\s*(\d{1,5})([.,]0+)?\s*([a-zäöü.]*)(?: netto| rein netto)?$`)

// units of whole numbers: how often the field's own unit is in them; 0: it is the same unit.
var units = map[string]map[string]int{
	"/term/notice_weeks":                   {"wochen": 1, "woche": 1, "weeks": 1, "week": 1},
	"/pricing/payment/due_days":            {"tage": 1, "tag": 1, "tagen": 1, "days": 1, "day": 1, "t": 1, "kalendertage": 1, "wochen": 7, "woche": 7, "weeks": 7},
	"/pricing/payment/cash_discount/days":  {"tage": 1, "tagen": 1, "tag": 1, "days": 1, "wochen": 7, "woche": 7},
	"/pricing/offer_valid_days":            {"tage": 1, "tagen": 1, "tag": 1, "days": 1, "wochen": 7, "woche": 7},
	"/pricing/billing_increment_minutes":   {"minuten": 1, "min": 1, "min.": 1, "minutes": 1},
	"/terms/nda_years":                     {"jahre": 1, "jahr": 1, "years": 1},
	"/processing/retention_after_end_days": {"tage": 1, "tagen": 1, "days": 1},
	"/processing/breach_hours":             {"stunden": 1, "std": 1, "h": 1, "hours": 1},
	"/revision":                            {},
}
