package engagement

import (
	"regexp"
	"strings"
)

// ibanLengths are the lengths of the IBAN by country (SWIFT IBAN registry).
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22,
	"CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22,
	"GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30,
	"KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20,
	"MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
	"RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26,
	"UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// euVAT are the forms of the VAT ids by prefix, as the Commission's VIES prints them (EL: Greece, XI: Northern Ireland).
var euVAT = map[string]*regexp.Regexp{
	"AT": whole(`U\d{8}`), "BE": whole(`[01]\d{9}`), "BG": whole(`\d{9,10}`), "CY": whole(`\d{8}[A-Z]`), "CZ": whole(`\d{8,10}`), "DE": whole(`\d{9}`),
	"DK": whole(`\d{8}`), "EE": whole(`\d{9}`), "EL": whole(`\d{9}`), "ES": whole(`[A-Z0-9]\d{7}[A-Z0-9]`), "FI": whole(`\d{8}`), "FR": whole(`[A-Z0-9]{2}\d{9}`),
	"HR": whole(`\d{11}`), "HU": whole(`\d{8}`), "IE": whole(`\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z]`), "IT": whole(`\d{11}`), "LT": whole(`\d{9}|\d{12}`),
	"LU": whole(`\d{8}`), "LV": whole(`\d{11}`), "MT": whole(`\d{8}`), "NL": whole(`[A-Z0-9+*]{9}B\d{2}`), "PL": whole(`\d{10}`), "PT": whole(`\d{9}`),
	"RO": whole(`\d{2,10}`), "SE": whole(`\d{10}01`), "SI": whole(`\d{8}`), "SK": whole(`\d{10}`), "XI": whole(`\d{9}|\d{12}|GD\d{3}|HA\d{3}`),
}

// postal is the form of a postal code and how it is shown in a sentence.
type postal struct {
	form    *regexp.Regexp
	example string
}

// postalCodes are the forms by country; where there is none, any code is taken.
var postalCodes = map[string]postal{
	"AT": {whole(`[1-9]\d{3}`), "1020"}, "BE": {whole(`[1-9]\d{3}`), "1000"}, "BG": {whole(`\d{4}`), "1000"}, "CH": {whole(`[1-9]\d{3}`), "8001"},
	"CY": {whole(`\d{4}`), "1010"}, "CZ": {whole(`\d{3} ?\d{2}`), "110 00"}, "DE": {whole(`(0[1-9]|[1-9]\d)\d{3}`), "04229"}, "DK": {whole(`\d{4}`), "1050"},
	"EE": {whole(`\d{5}`), "10111"}, "ES": {whole(`\d{5}`), "28001"}, "FI": {whole(`\d{5}`), "00100"}, "FR": {whole(`\d{5}`), "75001"},
	"GB": {whole(`[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}`), "SW1A 1AA"}, "GR": {whole(`\d{3} ?\d{2}`), "104 31"}, "HR": {whole(`\d{5}`), "10000"}, "HU": {whole(`\d{4}`), "1011"},
	"IE": {whole(`[A-Za-z]\d[\dWw] ?[A-Za-z\d]{4}`), "D02 AF30"}, "IT": {whole(`\d{5}`), "00118"}, "LI": {whole(`94\d{2}`), "9490"}, "LT": {whole(`(LT-)?\d{5}`), "01100"},
	"LU": {whole(`(L-)?\d{4}`), "1009"}, "LV": {whole(`(LV-)?\d{4}`), "LV-1010"}, "MT": {whole(`[A-Za-z]{3} ?\d{4}`), "VLT 1110"}, "NL": {whole(`[1-9]\d{3} ?[A-Za-z]{2}`), "1012 AB"},
	"NO": {whole(`\d{4}`), "0150"}, "PL": {whole(`\d{2}-\d{3}`), "00-001"}, "PT": {whole(`\d{4}-\d{3}`), "1000-001"}, "RO": {whole(`\d{6}`), "010011"},
	"SE": {whole(`\d{3} ?\d{2}`), "111 20"}, "SI": {whole(`\d{4}`), "1000"}, "SK": {whole(`\d{3} ?\d{2}`), "811 01"}, "US": {whole(`\d{5}(-\d{4})?`), "10001"},
}

var (
	bicForm     = whole(`[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?`) // ISO 9362
	ibanForm    = whole(`[A-Z]{2}\d{2}[A-Z0-9]+`)            // ISO 13616
	leitwegForm = whole(`\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}`)
)

func whole(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// inEU says that a country (ISO 3166-1 alpha-2) is a member state.
func inEU(country string) bool {
	switch country {
	case "GR":
		return true
	case "EL", "XI":
		return false
	}
	return euVAT[country] != nil
}

// euVATPrefix says that the id starts with the prefix of a member state or of Northern Ireland.
func euVATPrefix(id string) bool { return len(id) > 2 && euVAT[id[:2]] != nil }

// ibanFault says in German what is wrong with an IBAN, "" when it is right (ISO 13616: length by country, mod 97).
func ibanFault(iban string) string {
	switch {
	case !ibanForm.MatchString(iban):
		return "ist keine IBAN: " + quote(iban) + ". Bitte tragen Sie sie vollständig ein, etwa DE89 3704 0044 0532 0130 00."
	case ibanLengths[iban[:2]] == 0:
		return "beginnt mit einem Land ohne IBAN: " + quote(iban) + ". Bitte prüfen Sie die ersten beiden Buchstaben."
	case ibanLengths[iban[:2]] != len(iban):
		return "hat eine falsche Länge: " + quote(iban) + ". Bitte vergleichen Sie sie mit dem Kontoauszug."
	case mod97(iban[4:]+iban[:4]) != 1:
		return "hat eine falsche Prüfziffer: " + quote(iban) + ". Bitte vergleichen Sie sie mit dem Kontoauszug."
	}
	return ""
}

// mod97 is the remainder of ISO 7064 MOD 97-10; letters count as 10 to 35.
func mod97(s string) int {
	rest := 0
	for _, c := range strings.ToUpper(s) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest
}

// vatFault says in German what is wrong with a VAT id of a member state, "" when it is right.
// The check digit is computed for Germany only.
func vatFault(id string) string {
	switch {
	case !euVATPrefix(id):
		return "beginnt nicht mit dem Kürzel eines EU-Landes: " + quote(id) + ". Bitte tragen Sie die vollständige Nummer ein, etwa DE123456788."
	case !euVAT[id[:2]].MatchString(id[2:]):
		return "hat nicht die Form einer USt-IdNr. von " + id[:2] + ": " + quote(id) + ". Bitte prüfen Sie die Nummer."
	case id[:2] == defaultCountry && germanVATDigit(id[2:10]) != id[10]:
		return "hat eine falsche Prüfziffer: " + quote(id) + ". Bitte prüfen Sie die Nummer."
	}
	return ""
}

// germanVATDigit is the ninth digit of a German VAT id: ISO 7064 MOD 11,10.
func germanVATDigit(eight string) byte {
	product := 10
	for i := range len(eight) {
		sum := (int(eight[i]-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = 2 * sum % 11
	}
	return byte('0' + (11-product)%10)
}

// leitwegFault says in German what is wrong with a Leitweg-ID (KoSIT, format specification 2.0: coarse address, fine
// address, two check digits by ISO 7064 MOD 97-10).
func leitwegFault(id string) string {
	switch {
	case !leitwegForm.MatchString(id):
		return "hat nicht die Form einer Leitweg-ID: " + quote(id) + ". Bitte übernehmen Sie sie von der Behörde, etwa 04011000-1234512345-06."
	case mod97(strings.ReplaceAll(id, "-", "")) != 1:
		return "hat falsche Prüfziffern: " + quote(id) + ". Bitte übernehmen Sie die Leitweg-ID genau so, wie die Behörde sie nennt."
	}
	return ""
}
