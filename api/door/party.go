package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/engagement"
)

// suffixes are the legal forms at the end of a name; the first that fits counts, "" is a form that the format does not have.
var suffixes = []struct {
	pattern *regexp.Regexp
	form    engagement.Form
}{
	{ending(`kgaa`), ""},
	{ending(`(?:&|und|\+)\s*co\.?\s*kg`), engagement.KG},
	{ending(`(?:&|und|\+)\s*co\.?\s*ohg`), engagement.OHG},
	{ending(`g?gmbh|gesellschaft mit beschränkter haftung`), engagement.GmbH},
	{ending(`g?ug\s*\(?\s*haftungsbeschränkt\s*\)?|unternehmergesellschaft\s*\(?\s*haftungsbeschränkt\s*\)?`), engagement.UG},
	{regexp.MustCompile(`(?:^|[\s,-])UG$`), engagement.UG},
	{regexp.MustCompile(`(?:^|[\s,-])g?AG$|(?i)aktiengesellschaft$`), engagement.AG},
	{regexp.MustCompile(`(?:^|[\s,-])KG$`), engagement.KG},
	{ending(`ohg`), engagement.OHG},
	{ending(`e?gbr`), engagement.GbR},
	{ending(`partg(?:\s*mbb)?|partnerschaftsgesellschaft(?:\s+mbb)?`), engagement.PartG},
	{regexp.MustCompile(`(?:^|[\s,-])(?:e\.\s?V\.?|eV)$|(?i)eingetragener verein$`), engagement.EV},
	{regexp.MustCompile(`(?:^|[\s,-])e\.\s?(?:K\.?|Kfm\.?|Kfr\.?|U\.?)$`), engagement.SoleTrader},
}

func ending(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[\s,-])(?:` + pattern + `)$`)
}

var founding = regexp.MustCompile(`(?i)[\s,]*\(?\b(?:i\.\s?g(?:r)?\.?|in gründung|mbh i\. gr\.)\)?$`)

// formOf is the legal form that a name ends in, "" when it has none.
func formOf(name string) engagement.Form {
	name = strings.TrimRight(founding.ReplaceAllString(strings.TrimSpace(name), ""), " ,")
	for _, s := range suffixes {
		if s.pattern.MatchString(name) {
			return s.form
		}
	}
	return ""
}

// readForm reads a stated legal form; one that the format does not have is asked for, never taken as "other".
func (r *reading) readForm(place string, in *input) {
	each(in, func(v value) {
		if form := statedForm(v.text); form != "" {
			r.set(place, form, in)
			return
		}
		r.unclear(place, in, "")
	})
}

var formParts = regexp.MustCompile(`\s*(?:/|\||,|\boder\b|\(|\)|:|\s[-–]\s)\s*`)

// statedForm reads "GmbH", "Einzelunternehmen (freiberuflich)", "Freiberufler/Einzelunternehmer": parts that are known must agree.
func statedForm(s string) string {
	if form := forms[wordKey(s)]; form != "" {
		return form
	}
	found := ""
	for _, part := range formParts.Split(s, -1) {
		form := forms[wordKey(part)]
		if form != "" && found != "" && form != found {
			return ""
		}
		if form != "" {
			found = form
		}
	}
	return found
}

// Words before a name, folded and without full stops.
var (
	salutations = map[string]string{"frau": "Frau", "fr": "Frau", "mrs": "Frau", "ms": "Frau", "herr": "Herr", "herrn": "Herr", "hr": "Herr", "mr": "Herr"}
	titles      = set(`dr prof mag mmag ddr dipling ing diplkfm diplkffr diplinf diplpsych di ra rain rer nat med jur phil oec hc habil dring pd`)
	particles   = set(`von van vom zu zur de der den del della di da du le la el al bin ter ten graf graefin freiherr freifrau`)
)

// parsePerson takes "Frau Dr. Lena Hoffmann (Inhaberin)" apart; ok is false when it is no name of one person.
func parsePerson(s string) (h engagement.Human, ok bool) {
	s, h.Role, ok = nameAndRole(oneLine(s))
	if !ok || anyOf(words(s), "und", "oder", "and") || strings.ContainsAny(s, "&/@0123456789") {
		return h, false
	}
	parts := strings.Fields(s)
	if len(parts) > 0 && salutations[plainKey(parts[0])] != "" {
		h.Salutation, parts = salutations[plainKey(parts[0])], parts[1:]
	}
	n := 0
	for n < len(parts) && titles[plainKey(parts[n])] {
		n++
	}
	h.Title, parts = strings.Join(parts[:n], " "), parts[n:]
	if len(parts) == 0 {
		return h, false
	}
	last := lastNameAt(parts)
	h.FirstName, h.LastName = strings.Join(parts[:last], " "), strings.Join(parts[last:], " ")
	return h, true
}

// nameAndRole reads "Lena Hoffmann (Inhaberin)", "Lena Hoffmann, Inhaberin" and "Hoffmann, Lena".
func nameAndRole(s string) (name, role string, ok bool) {
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		role, s = strings.TrimSpace(s[i+1:len(s)-1]), strings.TrimSpace(s[:i])
	}
	name, rest, cut := strings.Cut(s, ",")
	switch {
	case !cut:
		return s, role, true
	case strings.Contains(rest, ","):
		return s, role, false
	case len(strings.Fields(name)) > 1 && role == "":
		return name, strings.TrimSpace(rest), true
	}
	return strings.TrimSpace(rest) + " " + name, role, true
}

// lastNameAt is where the last name begins: at its particle, else with the last word.
func lastNameAt(parts []string) int {
	last := len(parts) - 1
	for i := 1; i < last; i++ {
		if particles[plainKey(parts[i])] {
			return i
		}
	}
	return last
}

// finishParties puts names and addresses together.
func (r *reading) finishParties() {
	for _, side := range prefixes {
		r.finishNames(side.side)
		r.finishExtra(side.side)
		r.finishHouse(side.side)
		r.finishCountry(side.side)
	}
}

// of are the waiting inputs of a side.
func (r *reading) of(k valueKind, side string) []*input {
	var out []*input
	for _, w := range r.later[k] {
		if within(w.place, side) {
			out = append(out, w.in)
		}
	}
	return out
}

// finishNames finds out whether a bare name is that of the party or that of who acts for it.
func (r *reading) finishNames(side string) {
	companies := map[string]bool{}
	for _, in := range r.of(kindCompany, side) {
		r.partyName(side, in)
		companies[folded(oneLine(in.text()))] = true
	}
	var bare []*input
	for _, in := range r.of(kindName, side) {
		if len(in.values) == 1 && formOf(in.text()) != "" {
			r.partyName(side, in)
			companies[folded(oneLine(in.text()))] = true
			continue
		}
		bare = append(bare, in)
	}
	for _, in := range bare {
		r.bareName(side, in, companies)
	}
	for _, in := range r.of(kindPerson, side) {
		r.actingPerson(side, in)
	}
	if !r.has(side + "/name") {
		r.nameOfPerson(side)
	}
}

// bareName reads a name that is that of a person where a company is named as well, and the last name beside a first name.
func (r *reading) bareName(side string, in *input, companies map[string]bool) {
	name := oneLine(in.text())
	company := companies[folded(name)]
	switch {
	case in.values[0].kind == boolean:
		r.ignored = append(r.ignored, in.name)
	case len(in.values) > 1:
		each(in, func(v value) { r.set(side+"/name", oneLine(v.text), in) })
	case len(companies) > 0 && !company:
		r.actingPerson(side, in)
	case r.has(side+"/person/first_name") && !r.has(side+"/person/last_name") && len(strings.Fields(name)) == 1 && !company:
		r.set(side+"/person/last_name", name, in)
	case len(companies) == 0 && r.personAsParty(side, in):
	default:
		r.partyName(side, in)
	}
}

// partyName sets the name as printed, and the legal form that it ends in.
func (r *reading) partyName(side string, in *input) {
	if in.values[0].kind == boolean {
		r.ignored = append(r.ignored, in.name)
		return
	}
	each(in, func(v value) {
		name := oneLine(v.text)
		if isBlankWord(name) {
			r.set(side+"/name", nil, in)
			return
		}
		r.set(side+"/name", name, in)
		if form := formOf(name); form != "" {
			r.set(side+"/form", string(form), in)
		}
	})
}

// personAsParty reads a party that is named with salutation or title: a person.
func (r *reading) personAsParty(side string, in *input) bool {
	h, ok := parsePerson(in.text())
	if !ok || h.Salutation == "" && h.Title == "" {
		return false
	}
	r.setPerson(side, h, in)
	if natural(r.text(side + "/form")) {
		r.set(side+"/name", oneLine(strings.Join([]string{h.Title, h.FirstName, h.LastName}, " ")), in)
	}
	return true
}

// natural says that a form, or none so far, is that of a single person.
func natural(form string) bool {
	switch engagement.Form(form) {
	case "", engagement.Person, engagement.SoleTrader, engagement.Consumer:
		return true
	}
	return false
}

func (r *reading) setPerson(side string, h engagement.Human, in *input) {
	for _, part := range []struct{ name, value string }{
		{"salutation", h.Salutation}, {"title", h.Title}, {"first_name", h.FirstName}, {"last_name", h.LastName}, {"role", h.Role},
	} {
		if part.value != "" {
			r.set(side+"/person/"+part.name, part.value, in)
		}
	}
}

// actingPerson reads who acts for a party.
func (r *reading) actingPerson(side string, in *input) {
	place := side + "/person/last_name"
	each(in, func(v value) {
		h, ok := parsePerson(v.text)
		switch {
		case isBlankWord(v.text):
			r.set(place, nil, in)
		case v.kind == boolean:
			r.ignored = append(r.ignored, in.name)
		case ok && h.FirstName == "" && h.Salutation == "" && r.has(place) && !r.has(side+"/person/first_name"):
			r.set(side+"/person/first_name", h.LastName, in)
		case !ok || h.FirstName == "" && h.Salutation == "" && !r.has(side+"/person/first_name"):
			r.unclear(place, in, "Wie heißt die Person mit Vor- und Nachnamen, die unterschreibt?")
		default:
			r.setPerson(side, h, in)
		}
	})
}

// nameOfPerson: a person who gives first and last name and no company is the party itself.
func (r *reading) nameOfPerson(side string) {
	first, last := r.text(side+"/person/first_name"), r.text(side+"/person/last_name")
	if first == "" || last == "" || !natural(r.text(side+"/form")) || len(r.of(kindPerson, side)) > 0 || len(r.of(kindCompany, side)) > 0 {
		return
	}
	r.set(side+"/name", oneLine(r.text(side+"/person/title")+" "+first+" "+last), r.source(side+"/person/last_name"))
}
