package start

import (
	"regexp"
	"strings"
)

var (
	thousands   = regexp.MustCompile(`^-?[1-9]\d{0,2}(\.\d{3})+$`)              // 1.490: is it 1490 or 1,49?
	germanMoney = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+|\d+),\d+$`)         // 1.490,00 or 1490,00
	germanDay   = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d{2})$`) // 1.12.2026
	digits      = regexp.MustCompile(`^\d{1,9}$`)
	money       = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", "EUR", "", "Euro", "")
)

// plainAmount is an amount as people type it in the notation of JSON: "1.490,00 €" is 1490.00. What is none stays as it
// is, for the engagement's own rules to name. doubt says that it could mean two amounts; that is asked, never guessed.
func plainAmount(s string) (plain string, doubt bool) {
	t := strings.TrimSuffix(strings.TrimSuffix(money.Replace(s), ",--"), ",-")
	switch {
	case thousands.MatchString(t):
		return t, true
	case germanMoney.MatchString(t):
		return strings.ReplaceAll(strings.ReplaceAll(t, ".", ""), ",", "."), false
	}
	return t, false
}

// isoDay is a day as people type it where the browser has no calendar: 1.12.2026 is 2026-12-01.
func isoDay(s string) string {
	m := germanDay.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	two := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
	return m[3] + "-" + two(m[2]) + "-" + two(m[1])
}
