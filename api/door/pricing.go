package door

import (
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

const (
	items       = "/pricing/items"
	modelPlace  = "/pricing/model"
	hoursPlace  = "/pricing/hours"
	ratePlace   = "/pricing/hourly_rate"
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
	r.oneOrSeveral()
	for _, w := range r.later[kindPrice] {
		r.readWholePrice(w.in)
	}
	for _, w := range r.later[kindTotal] {
		if r.has(items) || r.model() == engagement.HourPackage || r.model() == engagement.TrackedHours {
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
	hours := r.model() == engagement.HourPackage || r.model() == engagement.TrackedHours
	if hours || len(r.tokens(items)) > 0 && r.text(wholePrice+unitPrice) == "" {
		r.checkTotal(in)
		return
	}
	if !r.asked(items) || r.text(wholePrice+unitPrice) != "" {
		r.readPrice(wholePrice+unitPrice, in)
		return
	}
	r.unclear(items, in, "")
}

// asked says that there is a question about a place itself.
func (r *reading) asked(place string) bool {
	for _, q := range r.questions {
		if q.Field == place {
			return true
		}
	}
	return false
}

// describeItems gives each priced service its line: quantity 1, flat, its title.
func (r *reading) describeItems() {
	for _, token := range r.tokens(items) {
		at := items + "/" + token
		source := r.source(at + unitPrice)
		switch {
		case strings.HasSuffix(token, "s"):
			title := services + "/" + strings.TrimSuffix(token, "s") + "/title"
			if t := r.text(title); t != "" {
				r.set(at+description, t, r.source(title))
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

// sum is what the lines, or hours and rate, come to; ok is false while something is missing.
func (r *reading) sum() (total money.Decimal, ok bool) {
	if r.text(hoursPlace) != "" && r.text(ratePlace) != "" {
		return product(r.text(hoursPlace), r.text(ratePlace))
	}
	tokens := r.tokens(items)
	for _, token := range tokens {
		at := items + "/" + token
		quantity := r.text(at + "/quantity")
		if quantity == "" {
			quantity = "1"
		}
		p, ok := product(quantity, r.text(at+unitPrice))
		if !ok {
			return total, false
		}
		total = total.Add(p.Round().Decimal())
	}
	return total, len(tokens) > 0
}

func product(a, b string) (money.Decimal, bool) {
	x, err1 := money.Parse(a)
	y, err2 := money.Parse(b)
	if err1 != nil || err2 != nil {
		return money.Decimal{}, false
	}
	return x.Mul(y), true
}

// checkTotal holds a sum against its parts; where they differ no price is taken.
func (r *reading) checkTotal(in *input) {
	p, question := readMoney(in.values[0], false)
	total, ok := r.sum()
	switch {
	case len(in.values) == 1 && p.zero:
		r.zeros = append(r.zeros, waiting{items, in})
	case question != "" || len(in.values) > 1:
		r.unclear(items, in, question)
	case ok && (p.decimal.Round() == total.Round() || p.decimal.Round() == r.discounted(total)):
		r.tell(items, priceString(p.decimal), in)
	case ok:
		said := total.Round().String()
		sources := []*input{in}
		for _, c := range r.candidates {
			if within(c.place, items) && strings.HasSuffix(c.place, unitPrice) || c.place == hoursPlace || c.place == ratePlace {
				sources = append(sources, c.in)
			}
		}
		r.drop(items)
		r.drop(hoursPlace)
		r.drop(ratePlace)
		r.ask(items, "Die Summe „"+clip(in.text())+"“ passt nicht zu den Einzelpreisen, die zusammen "+strings.Replace(said, ".", ",", 1)+" € ergeben. Welche Preise gelten?", sources...)
	default:
		r.unclear(items, in, "Wofür gilt dieser Betrag? Bitte nennen Sie die einzelnen Preise, oder Stundenzahl und Stundensatz.")
	}
}

func (r *reading) discounted(total money.Decimal) money.Amount {
	net := total.Round()
	if d, err := money.Parse(r.text("/pricing/discount_percent")); err == nil {
		net -= net.Percent(d)
	}
	return net
}

// checkGross takes a gross sum only as a confirmation of net prices with 19 % VAT.
func (r *reading) checkGross(in *input) {
	const rate = 19
	p, _ := readMoney(value{in.values[0].kind, strings.TrimSpace(gross.ReplaceAllString(in.values[0].text, ""))}, false)
	total, ok := r.sum()
	if ok && p.ok && !p.zero {
		net := r.discounted(total)
		if p.decimal.Round() == net+net.Percent(money.Int(rate)) {
			r.tell(items, priceString(p.decimal), in)
			return
		}
	}
	r.unclear(items, in, "Das ist ein Preis mit Umsatzsteuer. Bitte nennen Sie die Nettopreise (ohne Umsatzsteuer).")
}

// askBudget: what a client can spend is no price; it is asked for where no price is named.
func (r *reading) askBudget(in *input) {
	if r.has(items) || r.has(ratePlace) || r.has(hoursPlace) {
		r.ignored = append(r.ignored, in.name)
		return
	}
	r.unclear(items, in, "Ein Budget ist noch kein Preis. Welcher Nettopreis ist vereinbart, und wofür gilt er?")
}
