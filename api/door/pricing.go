package door

import (
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
)

const (
	items       = "/pricing/items"
	modelPlace  = "/pricing/model"
	hoursPlace  = "/pricing/hours"
	ratePlace   = "/pricing/hourly_rate"
	capPlace    = "/pricing/cap_hours"
	wholePrice  = items + "/#1p" // the one price of the engagement
	unitPrice   = "/unit_price"
	description = "/description"
)

func itoa(n int) string { return strconv.Itoa(n) }

// readPrice reads a net price of a line.
func (r *reading) readPrice(place string, in *input) { r.readAmount(place, in, false) }

// readRate reads a price for an hour.
func (r *reading) readRate(place string, in *input) { r.readAmount(place, in, true) }

func (r *reading) readAmount(place string, in *input, hour bool) {
	each(in, func(v value) {
		if isBlankWord(v.text) {
			r.set(place, nil, in)
			return
		}
		p, question := readMoney(v, hour)
		switch {
		case question != "":
			r.unclear(place, in, question)
		case p.zero:
			r.zeros = append(r.zeros, waiting{place, in})
		default:
			r.set(place, priceString(p.decimal), in)
		}
	})
}

// readDecimal reads hours and quantities.
func (r *reading) readDecimal(place string, in *input) {
	each(in, func(v value) {
		if isBlankWord(v.text) {
			r.set(place, nil, in)
			return
		}
		p, question := readHours(v)
		switch {
		case question != "":
			r.unclear(place, in, question)
		case p.zero:
			r.zeros = append(r.zeros, waiting{place, in})
		default:
			r.set(place, p.decimal.String(), in)
			if place == capPlace {
				r.period(in)
			}
		}
	})
}

// readRange reads "8 bis 12 Stunden".
func (r *reading) readRange(place string, in *input) {
	text := hoursUnit.ReplaceAllString(strings.TrimSpace(in.text()), "")
	low, high, found := strings.Cut(strings.NewReplacer("–", "-", "—", "-", " bis ", "-").Replace(text), "-")
	if !found {
		low, high = text, text
	}
	a, question1 := readHours(value{in.values[0].kind, low})
	b, question2 := readHours(value{in.values[0].kind, high})
	switch {
	case question1+question2 != "":
		r.unclear(place, in, "")
	case a.zero && b.zero:
		r.zeros = append(r.zeros, waiting{place, in})
	default:
		r.set(place+"/min", a.decimal.String(), in)
		r.set(place+"/max", b.decimal.String(), in)
		r.period(in)
	}
}

// period takes from the name of an estimate or a limit that it is one for a month.
func (r *reading) period(in *input) {
	if anyOf(words(in.name), "monat", "month", "monatlich") {
		r.set("/pricing/period", "month", in)
	}
}

// readPercent reads "5 %"; an amount is no percentage.
func (r *reading) readPercent(place string, in *input) {
	each(in, func(v value) {
		if isBlankWord(v.text) {
			r.set(place, nil, in)
			return
		}
		s := strings.TrimSpace(v.text)
		for _, unit := range []string{"%", "Prozent", "prozent", "percent"} {
			s = strings.TrimSpace(strings.TrimSuffix(s, unit))
		}
		if p := readNumber(value{v.kind, s}); p.ok {
			r.set(place, p.decimal.String(), in)
			return
		}
		r.unclear(place, in, "")
	})
}

// finishPricing finds the price model, makes lines of prices, and holds sums against their parts.
func (r *reading) finishPricing() {
	for _, w := range r.later[kindModel] {
		r.readModel(w.in)
	}
	r.readColumns()
	r.oneOrSeveral()
	for _, w := range r.later[kindPrice] {
		r.readWholePrice(w.in)
	}
	r.concludeModel()
	for _, w := range r.later[kindTotal] {
		if r.has(items) || r.byHours() {
			r.checkTotal(w.in)
		} else {
			r.readWholePrice(w.in)
		}
	}
	r.describeItems()
	r.servicesFromItems()
	for _, w := range r.later[kindGross] {
		r.checkGross(w.in)
	}
	for _, w := range r.later[kindBudget] {
		r.askBudget(w.in)
	}
	r.concludeModel()
	r.finishZeros()
}

func (r *reading) model() engagement.Model {
	if m := r.text(modelPlace); m != "" {
		return engagement.Model(m)
	}
	if r.profile != nil && !r.has(modelPlace) {
		return r.profile.Pricing.Model
	}
	return ""
}

// byHours says that the form names a model that is paid by the hour.
func (r *reading) byHours() bool {
	m := engagement.Model(r.text(modelPlace))
	return m == engagement.HourPackage || m == engagement.TrackedHours
}

// oneOrSeveral: lines and prices of services are two ways to say one thing; with both, something would be paid twice.
func (r *reading) oneOrSeveral() {
	var lines, prices []*input
	for _, token := range r.tokens(items) {
		for _, part := range []string{unitPrice, description, "/quantity"} {
			in := r.source(items + "/" + token + part)
			switch {
			case in == nil:
			case strings.HasSuffix(token, "s"):
				prices = append(prices, in)
			default:
				lines = append(lines, in)
			}
		}
	}
	if len(lines) > 0 && len(prices) > 0 {
		r.drop(items)
		r.ask(items, "Es gibt Positionen mit Preisen und dazu Preise bei den Leistungen. Welche Preise gelten?", append(lines, prices...)...)
	}
}

// readWholePrice reads the one price; where there are lines it must be their sum.
func (r *reading) readWholePrice(in *input) {
	if r.byHours() || len(r.tokens(items)) > 0 && r.text(wholePrice+unitPrice) == "" {
		r.checkTotal(in)
		return
	}
	if !r.asked(items) || r.text(wholePrice+unitPrice) != "" {
		r.readPrice(wholePrice+unitPrice, in)
		return
	}
	r.unclear(items, in, "")
}

// describeItems gives each priced service its line: quantity 1, flat, its title.
func (r *reading) describeItems() {
	for _, token := range r.tokens(items) {
		at := items + "/" + token
		source := r.source(at + unitPrice)
		switch {
		case strings.HasSuffix(token, "s"):
			title := services + "/" + strings.TrimSuffix(token, "s") + "/title"
			switch t, in := r.text(title), r.source(title); {
			case t != "" && in != nil:
				r.set(at+description, t, in)
			case t != "":
				r.guess(at+description, t, nil, "Die Position heißt wie die Leistung, zu der ihr Preis gehört.")
			}
		case strings.HasSuffix(token, "p"):
			r.describeWhole(at)
		}
		if source == nil {
			continue
		}
		if !r.has(at + "/quantity") {
			r.set(at+"/quantity", "1", source)
			if !r.has(at + "/unit") {
				r.set(at+"/unit", "flat", source)
			}
		}
	}
}

// describeWhole names the one line after the engagement.
func (r *reading) describeWhole(at string) {
	if t := r.text("/scope/title"); t != "" {
		r.guess(at+description, t, nil, "Der eine Preis steht für den ganzen Auftrag; die Position heißt wie der Auftrag.")
		return
	}
	var all []string
	for _, token := range r.tokens(services) {
		all = append(all, r.text(services+"/"+token+"/title"))
	}
	if len(all) > 0 {
		r.guess(at+description, strings.Join(all, ", "), nil, "Der eine Preis steht für alle Leistungen; die Position nennt sie.")
	}
}
