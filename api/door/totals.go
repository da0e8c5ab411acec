package door

import (
	"strings"

	"auftragsmappe/documents/money"
)

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
