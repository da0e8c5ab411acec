package invoice

import (
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

// categories are how a treatment is taxed; what is not standard has no tax.
var categories = map[engagement.Treatment]Category{
	engagement.VATStandard:      Standard,
	engagement.VATReduced:       Standard,
	engagement.VATSmallBusiness: Exempt,
	engagement.VATReverseCharge: ReverseCharge,
	engagement.VATNotTaxable:    NotTaxable,
}

// vatOf is the tax of an engagement by the law of its date. A valid engagement has one from 2000 on, which the table covers.
func vatOf(e *engagement.Engagement) VAT {
	rates, _, err := de.VATRates.On(e.Date)
	if err != nil {
		panic("invoice: no valid engagement: " + err.Error())
	}
	vat := VAT{Category: categories[e.Pricing.VAT.Treatment], Rate: money.Int(0)}
	switch e.Pricing.VAT.Treatment {
	case engagement.VATStandard:
		vat.Rate = rates.Standard
	case engagement.VATReduced:
		vat.Rate = rates.Reduced
	}
	return vat
}

// ceiling bounds every sum, so that nothing overflows whatever is multiplied; the limits of an engagement lie far below.
const ceiling = money.Amount(1) << 53

// Quote is the fixed price of a package; nil for tracked hours, which have no total.
func Quote(e *engagement.Engagement) *Price {
	lines := linesOf(e)
	if lines == nil {
		return nil
	}
	p := &Price{Lines: lines, VAT: vatOf(e), DiscountPercent: percent(e.Pricing.DiscountPercent)}
	t := &p.Totals
	for _, l := range lines {
		t.Lines = min(t.Lines+l.Amount, ceiling)
	}
	t.Discount = t.Lines.Percent(p.DiscountPercent)
	t.Net = t.Lines - t.Discount
	t.VAT = t.Net.Percent(p.VAT.Rate)
	t.Gross = t.Net + t.VAT
	p.Parts = parts(e.Pricing.Payment.Instalments, t)
	return p
}

// percent is an optional percentage; absent is none.
func percent(d *money.Decimal) money.Decimal {
	if d == nil {
		return money.Int(0)
	}
	return *d
}

func linesOf(e *engagement.Engagement) []Line {
	p := &e.Pricing
	switch p.Model {
	case engagement.HourPackage:
		return []Line{line(1, e.Scope.Title, "hour", [2]money.Decimal{*p.Hours, *p.HourlyRate})}
	case engagement.ResultPackage:
		lines := make([]Line, 0, len(p.Items))
		for i, item := range p.Items {
			lines = append(lines, line(i+1, item.Description, item.Unit, [2]money.Decimal{*item.Quantity, *item.UnitPrice}))
		}
		return lines
	}
	return nil
}

// line prices quantity × unit price.
func line(id int, description, unit string, factors [2]money.Decimal) Line {
	return Line{
		ID: id, Description: description, Unit: unit, Quantity: factors[0], UnitPrice: factors[1],
		Amount: product(factors[0], factors[1]),
	}
}

// product is a × b rounded half up to the cent, at most ceiling.
func product(a, b money.Decimal) money.Amount {
	p := a.Mul(b)
	if p.Cmp(ceiling.Decimal()) >= 0 {
		return ceiling
	}
	return p.Round()
}

// parts are percents of net and VAT alike, each rounded; the last takes the rest. Of a few cents in many parts none may
// take more than is left, or the last would be negative.
func parts(instalments []engagement.Instalment, t *Totals) []Part {
	out := make([]Part, 0, len(instalments))
	restNet, restVAT := t.Net, t.VAT
	for i, in := range instalments {
		p := Part{Percent: *in.Percent, Due: in.Due}
		p.Net, p.VAT = min(t.Net.Percent(*in.Percent), restNet), min(t.VAT.Percent(*in.Percent), restVAT)
		if i == len(instalments)-1 {
			p.Net, p.VAT = restNet, restVAT
		}
		if d, err := date.Parse(in.Due); err == nil {
			p.Due, p.Date = "date", d
		}
		restNet, restVAT = restNet-p.Net, restVAT-p.VAT
		p.Gross = p.Net + p.VAT
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// EstimateOf is what tracked hours may come to, net; nil for packages.
func EstimateOf(e *engagement.Engagement) *Estimate {
	p := &e.Pricing
	if p.Model != engagement.TrackedHours {
		return nil
	}
	off := percent(p.DiscountPercent)
	est := &Estimate{
		Rate: *p.HourlyRate, Discounted: discounted(*p.HourlyRate, off), VAT: vatOf(e),
		MinHours: p.EstimatedHours.Min, MaxHours: p.EstimatedHours.Max, CapHours: p.CapHours,
	}
	est.Min, est.Max, est.Cap = est.cost(est.MinHours, off), est.cost(est.MaxHours, off), est.cost(est.CapHours, off)
	return est
}

// discounted is a rate less a percentage, exact.
func discounted(rate, off money.Decimal) money.Decimal {
	share := money.Int(100).Add(off.Mul(money.Int(-1)))
	return rate.Mul(share).Mul(money.MustParse("0.01"))
}

// cost is the net sum of some hours, with the discount taken off as an invoice does.
func (e *Estimate) cost(hours *money.Decimal, off money.Decimal) money.Amount {
	if hours == nil {
		return 0
	}
	sum := product(*hours, e.Rate)
	return sum - sum.Percent(off)
}

// New is the invoice of a bundle: the whole price in advance or, with instalments, the part due on order.
// It is nil where nothing is asked for now: tracked hours, or instalments of which none is due on order.
func New(e *engagement.Engagement, p *Price, number string, issued date.Date) *Invoice {
	if p == nil {
		return nil
	}
	i := &Invoice{
		Number: number, Issued: issued, Due: issued.AddDays(*e.Pricing.Payment.DueDays),
		From: e.Term.Start, To: e.Term.End, Price: *p, Totals: p.Totals, Prepaid: true,
	}
	if len(p.Parts) > 0 {
		if i.Part = onOrder(p.Parts); i.Part == nil {
			return nil
		}
		i.Totals = Totals{Net: i.Part.Net, VAT: i.Part.VAT, Gross: i.Part.Gross, Lines: i.Part.Net}
	}
	i.Skonto = skonto(e.Pricing.Payment.CashDiscount, i)
	return i
}

func onOrder(parts []Part) *Part {
	for k := range parts {
		if parts[k].Due == engagement.DueOnOrder {
			return &parts[k]
		}
	}
	return nil
}

func skonto(c *engagement.CashDiscount, i *Invoice) *Skonto {
	if c == nil {
		return nil
	}
	off := i.Totals.Gross.Percent(*c.Percent)
	return &Skonto{Percent: *c.Percent, Until: i.Issued.AddDays(*c.Days), Off: off, Pay: i.Totals.Gross - off}
}
