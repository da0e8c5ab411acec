package door

import (
	"regexp"
	"strings"
)

var (
	codeAndCity = regexp.MustCompile(`^(?:([A-Za-z]{1,3})\s?-\s?)?(\d{4,5})\s+(\pL.*)$`)
	codeAlone   = regexp.MustCompile(`^(?:([A-Za-z]{1,3})\s?-\s?)?(\d{4,5})$`)
	noComma     = regexp.MustCompile(`^(\pL.*?\s\d+\s?[a-zA-Z]?(?:\s?[-/]\s?\d+\s?[a-zA-Z]?)?)\s+((?:[A-Za-z]{1,2}\s?-\s?)?\d{5}\s+\pL.*)$`)
	houseEnd    = regexp.MustCompile(`^\pL.*\s\d+\s?[a-zA-Z]?(?:\s?[-/]\s?\d+\s?[a-zA-Z]?)?$`)
	dashedCity  = regexp.MustCompile(`\s*\((.+)\)$`)
)

// postal is an address as far as it was read.
type postal struct{ extra, street, code, city, country string }

// parseAddress reads "Aachener Straße 12, 50674 Köln" and "Hauptplatz 1, 4020 Linz, Österreich", also in lines.
func parseAddress(s string) (a postal, ok bool) {
	if len(s) > maxValue {
		return a, false
	}
	parts := addressParts(s)
	const most = 5
	place := -1
	for i, part := range parts {
		if i > 0 && codeAndCity.MatchString(part) && !strings.HasPrefix(part, parts[0]) {
			place = i
		}
	}
	if place < 1 || len(parts) > most {
		return a, false
	}
	street := streetAt(parts[:place])
	a.street = parts[street]
	a.extra = strings.Join(append(append([]string{}, parts[:street]...), parts[street+1:place]...), ", ")
	if !a.setPlace(parts[place]) {
		return a, false
	}
	return a, a.setCountry(parts[place+1:])
}

// addressParts are the lines of an address, or what stands between its commas.
func addressParts(s string) []string {
	s = strings.NewReplacer("\r\n", ",", "\n", ",", ";", ",", " · ", ",", " | ", ",").Replace(s)
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = oneLine(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) > 0 && len(parts) <= 2 {
		if m := noComma.FindStringSubmatch(parts[0]); m != nil {
			return append([]string{m[1], m[2]}, parts[1:]...)
		}
	}
	return parts
}

// streetAt is the last line with the number of a house, else the last one: "Rückgebäude" may stand behind the street.
func streetAt(lines []string) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if houseEnd.MatchString(lines[i]) {
			return i
		}
	}
	return len(lines) - 1
}

// setPlace reads "D-50674 Köln (Deutschland)".
func (a *postal) setPlace(s string) bool {
	m := codeAndCity.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	a.code, a.city = m[2], strings.TrimSpace(m[3])
	if m[1] != "" {
		if a.country = country(m[1]); a.country == "" {
			return false
		}
	}
	if aside := dashedCity.FindStringSubmatch(a.city); aside != nil && country(aside[1]) != "" {
		a.city, a.country = dashedCity.ReplaceAllString(a.city, ""), country(aside[1])
	}
	return true
}

// setCountry reads what stands behind the city: a country, or nothing.
func (a *postal) setCountry(rest []string) bool {
	if len(rest) == 0 {
		return true
	}
	c := country(rest[0])
	if len(rest) > 1 || c == "" || a.country != "" && a.country != c {
		return false
	}
	a.country = c
	return true
}

func (r *reading) setAddress(at string, a postal, in *input) {
	for _, part := range []struct{ name, value string }{
		{"extra", a.extra}, {"street", a.street}, {"postal_code", a.code}, {"city", a.city}, {"country", a.country},
	} {
		if part.value != "" {
			r.set(at+"/"+part.name, part.value, in)
		}
	}
}

func (r *reading) readAddress(place string, in *input) {
	each(in, func(v value) {
		if a, ok := parseAddress(v.text); ok {
			r.setAddress(place, a, in)
			return
		}
		r.unclear(place+"/street", in, "Wie lautet die Anschrift vollständig? Bitte mit Straße und Hausnummer, Postleitzahl, Ort und Land.")
	})
}

// wholeAddress reads a whole address that was written into the field for the street.
func (r *reading) wholeAddress(place, s string, in *input) bool {
	a, ok := parseAddress(s)
	if ok {
		r.setAddress(strings.TrimSuffix(place, "/street"), a, in)
	}
	return ok
}

// readCity reads a city, with the postal code before it or the country behind it.
func (r *reading) readCity(place string, in *input) {
	at := strings.TrimSuffix(place, "/city")
	each(in, func(v value) {
		s := oneLine(v.text)
		city, land, both := strings.Cut(s, ",")
		var a postal
		switch {
		case v.kind == boolean:
			r.ignored = append(r.ignored, in.name)
			return
		case codeAndCity.MatchString(city):
			if !a.setPlace(city) || both && !a.setCountry([]string{land}) {
				r.unclear(place, in, "")
				return
			}
		case both && country(land) != "":
			a.city, a.country = strings.TrimSpace(city), country(land)
		default:
			a.city = s
		}
		r.setAddress(at, a, in)
	})
}

// readPostalCode takes the country's letters off: D-50674, A-4020.
func (r *reading) readPostalCode(place, s string, in *input) {
	m := codeAlone.FindStringSubmatch(s)
	switch {
	case m != nil && m[1] != "" && country(m[1]) != "":
		r.set(place, m[2], in)
		r.set(strings.TrimSuffix(place, "postal_code")+"country", country(m[1]), in)
	case codeAndCity.MatchString(s):
		r.readCity(strings.TrimSuffix(place, "postal_code")+"city", &input{name: in.name, values: []value{{text, s}}})
	default:
		r.set(place, s, in)
	}
}

func (r *reading) readCountry(place string, in *input) {
	each(in, func(v value) {
		if c := country(v.text); c != "" {
			r.set(place, c, in)
			return
		}
		r.unclear(place, in, "")
	})
}

// finishHouse puts the number of a house behind its street.
func (r *reading) finishHouse(side string) {
	place := side + "/address/street"
	for _, in := range r.of(kindHouse, side) {
		number := oneLine(in.text())
		street := r.text(place)
		switch {
		case street == "":
			r.unclear(place, in, "")
			continue
		case strings.HasSuffix(folded(street), " "+folded(number)):
			number = ""
		}
		for _, c := range r.candidates {
			if c.place == place {
				c.value = oneLine(street + " " + number)
			}
		}
		r.set(place, oneLine(street+" "+number), in)
	}
}

// finishExtra leaves out of an address what only repeats the name of the party.
func (r *reading) finishExtra(side string) {
	place := side + "/address/extra"
	if in := r.source(place); in != nil && same(r.text(place), r.text(side+"/name")) {
		r.drop(place)
		r.tell(side+"/name", r.text(side+"/name"), in)
	}
}

// finishCountry asks for the country of a postal code with four digits: it could be Austria, Switzerland, another one, or a
// German code whose zero was lost.
func (r *reading) finishCountry(side string) {
	const four = 4
	code := r.text(side + "/address/postal_code")
	if len(code) != four || strings.Trim(code, "0123456789") != "" || r.has(side+"/address/country") {
		return
	}
	if in := r.source(side + "/address/postal_code"); in != nil {
		r.ask(side+"/address/country", "Die Postleitzahl „"+code+"“ hat vier Stellen. In welchem Land liegt die Anschrift, etwa Österreich oder Schweiz? "+
			"Liegt sie in Deutschland: Wie lautet die Postleitzahl mit fünf Stellen?", in)
	}
}
