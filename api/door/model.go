package door

import (
	"regexp"
	"slices"
	"strings"

	"auftragsmappe/documents/engagement"
)

// modelWords are the price models in words, folded; what fits two of them, or has a word of doubt, is asked for.
var modelWords = []struct {
	model   engagement.Model
	pattern *regexp.Regexp
}{
	{engagement.ResultPackage, regexp.MustCompile(`\bfestpreis|fixpreis|fester preis|pauschal|fixed[ -]?price|flat fee|flat rate|werkvertrag|ergebnispaket|result[ _-]?package|paketpreis|projektpreis|leistungspaket`)},
	{engagement.HourPackage, regexp.MustCompile(`stundenpaket|stunden-paket|stundenkontingent|stundenkonto|paket(e)? (mit|aus|ueber|von) \d+ (std|stunden)|hour[ _-]?package|prepaid hours|block of hours|\d+er[ -]paket`)},
	{engagement.TrackedHours, regexp.MustCompile(`nach (tatsaechlichem |zeitlichem )?(aufwand|stunden|zeit)\b|stundenbasis|stundenweise|auf stunden|time (and|&) materials?|tracked[ _-]?hours|^hourly|\bper hour\b|stundenabrechnung|nach erfassten stunden|abrechnung (nach|pro) stunde`)},
}

var (
	modelDoubt = regexp.MustCompile(`\boder\b|\bkein|\bnicht\b|\?|\bohne\b|monat|retainer|\babo\b|\bvs\b|noch offen|\bor\b`)
	proseRate  = regexp.MustCompile(`(?i)(?:à|zu je|zu|je|a|mit)?\s*([\d.,]+)\s*(?:€|eur\b|euro\b)\s*(?:netto\s*)?(?:/|pro|je|per|die)\s*(?:stunde|std\.?|h\b|hour)|(?:à|zu je|\bzu\b|\bje\b)\s*([\d.,]+)\s*(?:€|eur\b|euro\b)`)
	proseCap   = regexp.MustCompile(`(?i)(?:max\.?|maximal|höchstens|bis zu)\s*([\d.,]+)\s*(?:std\b\.?|stunden|h\b|hours)`)
	proseHours = regexp.MustCompile(`(?i)([\d.,]+)[\s-]*(?:std\b\.?|stunden|h\b|hours)`)
	prosePrice = regexp.MustCompile(`(?i)(?:€|eur|euro)?\s*[\d.,]+(?:,-)?\s*(?:€|eur\b|euro\b)`)
	anyDigit   = regexp.MustCompile(`\d`)
)

// modelIn is the one price model that a text names, "" when it names none or is in doubt.
func modelIn(s string) engagement.Model {
	s = folded(oneLine(s))
	if modelDoubt.MatchString(s) {
		return ""
	}
	var found []engagement.Model
	for _, m := range modelWords {
		if m.pattern.MatchString(s) {
			found = append(found, m.model)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// readModel reads a price model with the hours and prices that stand in its words.
func (r *reading) readModel(in *input) {
	s := oneLine(in.text())
	m := modelIn(s)
	if m == "" || len(in.values) > 1 {
		r.unclear(modelPlace, in, "")
		return
	}
	rest := s
	take := func(pattern *regexp.Regexp, place string, hour bool) {
		if groups := pattern.FindStringSubmatch(rest); groups != nil {
			found := strings.Trim(strings.Join(groups[1:], ""), ".,")
			rest = strings.Replace(rest, groups[0], " ", 1)
			r.takeFromProse(place, found, hour, in)
		}
	}
	switch m {
	case engagement.HourPackage:
		take(proseRate, ratePlace, true)
		take(proseHours, hoursPlace, false)
	case engagement.TrackedHours:
		take(proseRate, ratePlace, true)
		take(proseCap, "/pricing/cap_hours", false)
	default:
		if price := prosePrice.FindString(rest); price != "" && !approx.MatchString(s) && !gross.MatchString(s) {
			rest = strings.Replace(rest, price, " ", 1)
			r.later[kindPrice] = append(r.later[kindPrice], waiting{items, &input{name: in.name, values: []value{{text, strings.TrimSpace(price)}}}})
		}
	}
	if anyDigit.MatchString(rest) {
		r.unclear(modelPlace, in, "Bitte nennen Sie das Preismodell und die Zahlen dazu (Preis, oder Stunden und Stundensatz) in getrennten Feldern.")
		return
	}
	r.set(modelPlace, string(m), in)
}

func (r *reading) takeFromProse(place, found string, hour bool, in *input) {
	one := &input{name: in.name, values: []value{{text, found}}}
	if hour {
		r.readRate(place, one)
		return
	}
	r.readDecimal(place, one)
}

// concludeModel: priced lines without a model are a package; from hours with a rate the model does not follow.
func (r *reading) concludeModel() {
	hours := r.has(hoursPlace) || r.has(ratePlace)
	switch {
	case r.has(modelPlace):
	case r.priced() && hours:
		r.ask(modelPlace, "Es gibt Festpreise und dazu Stunden oder einen Stundensatz. "+questionFor(modelPlace), r.source(hoursPlace), r.source(ratePlace))
	case r.priced() && r.model() != engagement.ResultPackage:
		r.guess(modelPlace, string(engagement.ResultPackage), nil, "Es sind Preise für Leistungen genannt und kein anderes Preismodell.")
	case hours && r.model() == "":
		r.ask(modelPlace, questionFor(modelPlace), r.source(hoursPlace), r.source(ratePlace))
	}
}

// priced says that there is a line with a price, or one whose price is asked for.
func (r *reading) priced() bool {
	return len(r.tokens(items)) > 0 || slices.ContainsFunc(r.questions, func(q Question) bool { return strings.HasPrefix(q.Field, items+"/") })
}

// modelParts are the fields of pricing that only some models have.
var modelParts = map[string][]engagement.Model{
	items: {engagement.ResultPackage}, hoursPlace: {engagement.HourPackage}, ratePlace: {engagement.HourPackage, engagement.TrackedHours},
	"/pricing/estimated_hours": {engagement.TrackedHours}, "/pricing/cap_hours": {engagement.TrackedHours},
}

// finishZeros: a 0 from a number field may be a blank one. Where the field does not belong to the price model, or to a
// service that is not named, it is blank; else it is asked for.
func (r *reading) finishZeros() {
	for _, w := range r.zeros {
		if r.foreignToModel(w.place) || r.namelessLine(w.place) || w.place == items && len(r.tokens(items)) > 0 {
			r.ignored = append(r.ignored, w.in.name)
			continue
		}
		r.unclear(w.place, w.in, "Leere Zahlenfelder kommen oft als 0 an. "+questionFor(w.place))
	}
}

func (r *reading) foreignToModel(place string) bool {
	for part, models := range modelParts {
		if within(place, part) {
			return r.model() != "" && !slices.Contains(models, r.model())
		}
	}
	return false
}

// namelessLine says that of a line or a service nothing but zeros was given.
func (r *reading) namelessLine(place string) bool {
	rest, isLine := strings.CutPrefix(place, items+"/")
	token, _, _ := strings.Cut(rest, "/")
	return isLine && !r.has(items+"/"+token) && !r.has(services+"/"+strings.TrimSuffix(token, "s"))
}
