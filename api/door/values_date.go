package door

import (
	"regexp"
	"strconv"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
)

var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$`)
	longDate   = regexp.MustCompile(`^(\d{1,2})\.?\s+([\pL]+)\.?,?\s+(\d{4})$`)
	monthFirst = regexp.MustCompile(`^([\pL]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$`)
	slashed    = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$`)
	weekday    = regexp.MustCompile(`(?i)^(mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+(den\s+)?`)
	dateWord   = regexp.MustCompile(`(?i)^(ab dem|ab|am|vom|von|zum|bis zum|bis|der|den|seit)\s+`)
	dayTime    = regexp.MustCompile(`(?i)[,\s]+(um\s+)?\d{1,2}:\d{2}(:\d{2})?(\s*uhr)?$`)
	between2   = regexp.MustCompile(`(?i)\s+(?:bis(?: zum| einschließlich)?|[-–—]|to)\s+|\s*[–—]\s*`)
)

// monthNames are the first three letters of the months, folded, in German and English.
var monthNames = map[string]int{"jan": 1, "feb": 2, "mae": 3, "mrz": 3, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
	"okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12}

// englishMonths are the months as English writes them.
var englishMonths = strings.Fields("january february march april may june july august september october november december")

// month is the number of a name, whole or short; 0 for anything else.
func month(name string) int {
	const short = 3
	name = folded(name)
	if len(name) < short {
		return 0
	}
	n := monthNames[name[:short]]
	if n == 0 || len(name) <= short+1 {
		return n
	}
	if name == folded(de.Month(n)) || name == englishMonths[n-1] {
		return n
	}
	return 0
}

// readDate reads a day as it is written; of a time with a zone the day as written counts.
func readDate(s string) (date.Date, bool) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if d, err := date.Parse(s); err == nil {
		return d, true
	}
	s = dateWord.ReplaceAllString(s, "")
	s = dayTime.ReplaceAllString(weekday.ReplaceAllString(s, ""), "")
	if d, err := date.Parse(s); err == nil {
		return d, true
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return day(m[3], m[2], m[1])
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := longDate.FindStringSubmatch(s); m != nil {
		return day(m[3], strconv.Itoa(month(m[2])), m[1])
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		return day(m[3], strconv.Itoa(month(m[1])), m[2])
	}
	if m := slashed.FindStringSubmatch(s); m != nil {
		return unclearOrder(m[1], m[2], m[3])
	}
	return date.Date{}, false
}

// unclearOrder reads 31/12/2026, where only one number can be the month; 01/12/2026 could be two days.
func unclearOrder(a, b, year string) (date.Date, bool) {
	const months = 12
	first, _ := strconv.Atoi(a) // digits only
	second, _ := strconv.Atoi(b)
	switch {
	case first > months || first == second:
		return day(year, b, a)
	case second > months:
		return day(year, a, b)
	}
	return date.Date{}, false
}

func day(year, month, day string) (date.Date, bool) {
	const twoDigits = 2
	if len(year) == twoDigits {
		year = "20" + year
	}
	pad := func(s string) string { return strings.Repeat("0", max(0, twoDigits-len(s))) + s }
	d, err := date.Parse(year + "-" + pad(month) + "-" + pad(day))
	return d, err == nil
}

// readPeriod reads "01.12.2026 bis 28.02.2027".
func readPeriod(s string) (start, end date.Date, ok bool) {
	parts := between2.Split(strings.TrimSpace(s), -1)
	if len(parts) != 2 {
		return start, end, false
	}
	start, ok1 := readDate(parts[0])
	end, ok2 := readDate(parts[1])
	return start, end, ok1 && ok2
}
