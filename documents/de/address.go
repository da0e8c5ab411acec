package de

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"auftragsmappe/documents/engagement"
)

//go:embed countries.json
var countriesJSON []byte

var countries = sync.OnceValue(func() map[string]string {
	var m map[string]string
	if err := json.Unmarshal(countriesJSON, &m); err != nil {
		panic("de: countries.json: " + err.Error())
	}
	return m
})

// Country is the German name of an ISO 3166-1 alpha-2 code; an unknown code is returned as it is.
func Country(code string) string {
	if name, ok := countries()[code]; ok {
		return name
	}
	return code
}

// FullName is "Dr. Jörg Weiß"; empty when no name is given.
func FullName(h *engagement.Human) string {
	return words(h.Title, h.FirstName, h.LastName)
}

func words(s ...string) string {
	kept := s[:0:0]
	for _, w := range s {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// Signatory is who signs for a party: the acting person, else the party's name.
func Signatory(p *engagement.Party) string {
	if name := FullName(&p.Person); name != "" {
		return name
	}
	return p.Name
}

// PostalAddress is the lines of an address field: name, acting person of a company, extra, street, place and, abroad, the
// country; abroad the last two are capitals (DIN 5008).
func PostalAddress(p *engagement.Party) []string {
	lines := []string{p.Name}
	if name := FullName(&p.Person); name != "" && !strings.Contains(p.Name, plainName(&p.Person)) {
		lines = append(lines, salutationLine(p, name))
	}
	a := &p.Address
	if a.Extra != "" {
		lines = append(lines, a.Extra)
	}
	lines = append(lines, a.Street)
	if !Abroad(a) {
		return append(lines, a.PostalCode+" "+a.City)
	}
	return append(lines, a.PostalCode+" "+strings.ToUpper(a.City), strings.ToUpper(Country(a.Country)))
}

// Abroad says that an address lies outside Germany.
func Abroad(a *engagement.Address) bool { return a.Country != "" && a.Country != "DE" }

// plainName is the name without title, as a trade name would contain it.
func plainName(h *engagement.Human) string { return words(h.FirstName, h.LastName) }

// salutationLine is the person's line in an address field: "Frau Dr. Lena Hoffmann", "Herrn Dr. Jörg Weiß".
func salutationLine(p *engagement.Party, name string) string {
	switch p.Person.Salutation {
	case "Frau":
		return "Frau " + name
	case "Herr":
		return "Herrn " + name
	}
	return name
}

// Place is the one-line address "Gartenweg 7, 04229 Leipzig", abroad with the country.
func Place(a *engagement.Address) string {
	s := a.Street + ", " + a.PostalCode + NBSP + a.City
	if a.Extra != "" {
		s = a.Extra + ", " + s
	}
	if Abroad(a) {
		s += ", " + Country(a.Country)
	}
	return s
}

// Salutation opens a letter, with its comma.
func Salutation(p *engagement.Party, tone engagement.Tone) string {
	h := &p.Person
	if tone == engagement.ToneDu {
		return greetingDu(p)
	}
	switch {
	case h.LastName == "":
		return "Guten Tag,"
	case h.Salutation == "Frau":
		return "Sehr geehrte Frau " + words(h.Title, h.LastName) + ","
	case h.Salutation == "Herr":
		return "Sehr geehrter Herr " + words(h.Title, h.LastName) + ","
	}
	return "Guten Tag " + FullName(h) + ","
}

func greetingDu(p *engagement.Party) string {
	h := &p.Person
	switch {
	case h.FirstName == "":
		return "Guten Tag,"
	case h.Salutation == "Frau" || h.Salutation == "" && p.Gender == "f":
		return "Liebe " + h.FirstName + ","
	case h.Salutation == "Herr" || h.Salutation == "" && p.Gender == "m":
		return "Lieber " + h.FirstName + ","
	}
	return "Hallo " + h.FirstName + ","
}

// Company says that a party is more than one person: its letters say "wir".
func Company(p *engagement.Party) bool {
	return p.Form != engagement.Person && p.Form != engagement.SoleTrader
}

// EEA are the states of the European Economic Area: no third countries in the sense of Art. 44 DSGVO (ISO 3166-1 alpha-2).
var EEA = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
	"LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}
