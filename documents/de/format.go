package de

import (
	"strconv"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// NBSP is the blank that does not break; DIN 5008 wants it between number and unit and in "§ 5".
const NBSP = "\u00a0"

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// Month is a month's name.
func Month(m int) string { return months[m-1] }

// LongDate is "7. Dezember 2026".
func LongDate(d date.Date) string {
	return strconv.Itoa(d.Day) + "." + NBSP + months[d.Month-1] + " " + strconv.Itoa(d.Year)
}

// ShortDate is "07.12.2026", for tables.
func ShortDate(d date.Date) string {
	return pad(d.Day) + "." + pad(int(d.Month)) + "." + strconv.Itoa(d.Year)
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Money is "1.850,00 €".
func Money(a money.Amount) string { return decimals(a.Decimal(), 2, ".") + NBSP + "€" }

// Price is a price per unit: at least two decimals, up to the four that it has: "0,335 €".
func Price(d money.Decimal) string { return decimals(d, 2, ".") + NBSP + "€" }

// Number is a quantity: "20", "1,5", "12 345".
func Number(d money.Decimal) string { return decimals(d, 0, NBSP) }

// Percent is "19 %".
func Percent(d money.Decimal) string { return Number(d) + NBSP + "%" }

// decimals writes d with a comma, at least `least` decimals and groups of three; groups of numbers other than
// money begin with five digits (DIN 5008).
func decimals(d money.Decimal, least int, group string) string {
	whole, frac, _ := strings.Cut(d.String(), ".")
	for len(frac) < least {
		frac += "0"
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	if group == "." || len(whole) > 4 {
		whole = Grouped(whole, group)
	}
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "," + frac
}

// Grouped puts sep between groups of three digits, counted from the end.
func Grouped(digits, sep string) string {
	out := ""
	for len(digits) > 3 {
		out = sep + digits[len(digits)-3:] + out
		digits = digits[:len(digits)-3]
	}
	return digits + out
}

// Noun is a counted noun in nominative/accusative and dative, singular and plural.
type Noun struct{ One, Many, DativeMany string }

// The counted nouns.
var (
	Hour = Noun{"Stunde", "Stunden", "Stunden"}
	Day  = Noun{"Tag", "Tage", "Tagen"}
	Week = Noun{"Woche", "Wochen", "Wochen"}
)

// Count is "1 Stunde", "20 Stunden".
func Count(d money.Decimal, n Noun) string { return Number(d) + NBSP + n.of(d, n.Many) }

// CountDative is Count in the dative: "14 Tagen", "1 Tag".
func CountDative(d money.Decimal, n Noun) string { return Number(d) + NBSP + n.of(d, n.DativeMany) }

func (n Noun) of(d money.Decimal, many string) string {
	if d.Cmp(money.Int(1)) == 0 {
		return n.One
	}
	return many
}

// units are the units of items: singular, plural.
var units = map[string][2]string{
	"flat": {"pauschal", "pauschal"}, "hour": {"Stunde", "Stunden"}, "piece": {"Stück", "Stück"}, "month": {"Monat", "Monate"},
}

// Quantity is an item's quantity with its unit: "pauschal", "3 Stück", "1 Monat"; more than one flat item is "2 × pauschal".
func Quantity(d money.Decimal, unit string) string {
	one := d.Cmp(money.Int(1)) == 0
	switch {
	case unit == "flat" && one:
		return "pauschal"
	case unit == "flat":
		return Number(d) + NBSP + "×" + NBSP + "pauschal"
	case one:
		return Number(d) + NBSP + units[unit][0]
	}
	return Number(d) + NBSP + units[unit][1]
}

var numerals = [...]string{"null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"}

// Years is "ein Jahr", "drei Jahre".
func Years(n int) string {
	if n == 1 {
		return "ein Jahr"
	}
	return numeral(n) + " Jahre"
}

func numeral(n int) string {
	if n >= 0 && n < len(numerals) {
		return numerals[n]
	}
	return strconv.Itoa(n)
}

// And joins "A, B und C".
func And(items []string) string { return join(items, "und") }

// Or joins "A, B oder C".
func Or(items []string) string { return join(items, "oder") }

func join(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + word + " " + items[last]
}

// IBAN is an IBAN in groups of four.
func IBAN(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += 4 {
		if i > 0 {
			b.WriteString(NBSP)
		}
		b.WriteString(s[i:min(i+4, len(s))])
	}
	return b.String()
}
