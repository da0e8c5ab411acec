package texts

import (
	"strings"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// eeaWords are further ways to write a place inside the area.
var eeaWords = []string{"eu", "ewr", "europäische union", "europäischer wirtschaftsraum", "germany", "austria", "ireland", "netherlands", "france", "tschechische republik"}

// inEEA says that a country, as a code or as people write it ("Irland (Dublin)"), lies in the area. What cannot be read
// is taken for a third country: a transfer there needs a basis.
func inEEA(country string) bool {
	s := strings.ToLower(strings.TrimSpace(country))
	for _, code := range de.EEA {
		if begins(s, strings.ToLower(code)) || begins(s, strings.ToLower(de.Country(code))) {
			return true
		}
	}
	for _, word := range eeaWords {
		if begins(s, word) {
			return true
		}
	}
	return false
}

// begins says that s is the word or begins with it: "deutschland, frankfurt", not "eu-us".
func begins(s, word string) bool {
	rest, ok := strings.CutPrefix(s, word)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], " ,(;"))
}

// outsideEEA says that a sub-processor works in a third country, or may: its basis of transfer is named.
func outsideEEA(s *engagement.Subprocessor) bool {
	if s.Country == "" {
		return s.Safeguard != ""
	}
	return !inEEA(s.Country)
}

// thirdCountry says that an approved sub-processor works in a third country.
func (c *Case) thirdCountry() bool {
	for _, s := range c.subprocessors() {
		if outsideEEA(&s) {
			return true
		}
	}
	return false
}
