package invoice

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/engagement/engagementtest"
	"auftragsmappe/documents/money"
)

var today = date.Date{Year: 2026, Month: 11, Day: 23}

func decimal(s string) *money.Decimal {
	d := money.MustParse(s)
	return &d
}

func days(n int) *int { return &n }

// order is a result package; items are "quantity × unit price".
func order(treatment engagement.Treatment, items ...[2]string) *engagement.Engagement {
	e := &engagement.Engagement{Date: today}
	e.Pricing.Model = engagement.ResultPackage
	e.Pricing.VAT.Treatment = treatment
	e.Pricing.Payment.DueDays = days(14)
	for i, x := range items {
		e.Pricing.Items = append(e.Pricing.Items, engagement.Item{
			Description: "Position " + strconv.Itoa(i+1), Quantity: decimal(x[0]), Unit: "piece", UnitPrice: decimal(x[1]),
		})
	}
	return e
}

func instalments(parts ...string) []engagement.Instalment {
	var out []engagement.Instalment
	for i := 0; i < len(parts); i += 2 {
		out = append(out, engagement.Instalment{Percent: decimal(parts[i]), Due: parts[i+1]})
	}
	return out
}

// TestSamples: the public samples' sums, categories and due dates.
func TestSamples(t *testing.T) {
	for _, c := range []struct {
		name, net, vat, gross, due string
		category                   Category
	}{
		{"kursvideos-ablefy", "1450.00", "275.50", "1725.50", "2026-12-07", Standard},
		{"launch-digistore24", "1850.00", "0.00", "1850.00", "2026-11-30", Exempt},
		{"unklarer-zugang", "1450.00", "275.50", "1725.50", "2026-12-07", Standard},
		{"vhs-xrechnung", "1110.00", "210.90", "1320.90", "2026-12-23", Standard},
		{"wien-reverse-charge", "473.10", "0.00", "473.10", "2026-12-07", ReverseCharge},
	} {
		v := decode(t, read(t, c.name))
		inv := New(&v.Engagement, Quote(&v.Engagement), "RE-2026-0001", today)
		got := inv.Totals
		if got.Net.String() != c.net || got.VAT.String() != c.vat || got.Gross.String() != c.gross || inv.Due.String() != c.due || inv.Price.VAT.Category != c.category {
			t.Errorf("%s: %+v due %s, category %s", c.name, got, inv.Due, inv.Price.VAT.Category)
		}
		if inv.Number != "RE-2026-0001" || inv.Issued != today || !inv.Prepaid || inv.Part != nil || inv.From != v.Term.Start || inv.To != v.Term.End {
			t.Errorf("%s: %+v", c.name, inv)
		}
		if EstimateOf(&v.Engagement) != nil {
			t.Errorf("%s: a package has no estimate", c.name)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../decision/testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func decode(t *testing.T, body []byte) *engagement.Valid {
	t.Helper()
	v, err := engagement.Decode(bytes.NewReader(body), nil, today)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestHourPackageIsOneLine(t *testing.T) {
	v := decode(t, read(t, "kursvideos-ablefy"))
	lines := Quote(&v.Engagement).Lines
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	l := lines[0]
	if l.ID != 1 || l.Description != "Aktualisierung der Kursvideos" || l.Unit != "hour" || l.Quantity.String() != "20" || l.UnitPrice.String() != "72.5" || l.Amount != 145000 {
		t.Errorf("%+v", l)
	}
}

func TestTrackedHours(t *testing.T) {
	v := decode(t, read(t, "newsletter-activecampaign"))
	e := &v.Engagement
	if Quote(e) != nil || New(e, nil, "RE-2026-0001", today) != nil {
		t.Error("tracked hours have neither price nor invoice")
	}
	est := EstimateOf(e)
	if est.Min != 43500 || est.Max != 72500 || est.Cap != 87000 || est.Discounted.String() != "72.5" || est.VAT.Category != Standard {
		t.Errorf("%+v", est)
	}
	e.Pricing.DiscountPercent, e.Pricing.EstimatedHours.Min, e.Pricing.CapHours = decimal("12.5"), nil, nil
	est = EstimateOf(e)
	if est.Min != 0 || est.MinHours != nil || est.Max != 72500-9063 || est.Cap != 0 || est.Discounted.String() != "63.4375" || est.Rate.String() != "72.5" {
		t.Errorf("with a discount: %+v", est)
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		name                           string
		treatment                      engagement.Treatment
		discount                       string
		items                          [][2]string
		lines, off, net, vat, gross, r string
	}{
		{"half a cent goes up", engagement.VATStandard, "0", [][2]string{{"1", "0.005"}}, "0.01", "0.00", "0.01", "0.00", "0.01", "19"},
		{"below half goes down", engagement.VATStandard, "0", [][2]string{{"1", "0.0049"}}, "0.00", "0.00", "0.00", "0.00", "0.00", "19"},
		{"each line is rounded", engagement.VATSmallBusiness, "0", [][2]string{{"3", "0.335"}, {"3", "0.335"}}, "2.02", "0.00", "2.02", "0.00", "2.02", "0"},
		{"VAT once, on the net", engagement.VATStandard, "0", [][2]string{{"1", "0.13"}, {"1", "0.13"}, {"1", "0.13"}}, "0.39", "0.00", "0.39", "0.07", "0.46", "19"},
		{"discount is rounded", engagement.VATReduced, "3", [][2]string{{"1", "100.50"}}, "100.50", "3.02", "97.48", "6.82", "104.30", "7"},
		{"all given away", engagement.VATStandard, "100", [][2]string{{"2", "50"}}, "100.00", "100.00", "0.00", "0.00", "0.00", "19"},
		{"four decimals", engagement.VATNotTaxable, "0", [][2]string{{"12345.6789", "0.3335"}}, "4117.28", "0.00", "4117.28", "0.00", "4117.28", "0"},
		{"the largest engagement", engagement.VATStandard, "0", [][2]string{{"1", "9999999.99"}}, "9999999.99", "0.00", "9999999.99", "1900000.00", "11899999.99", "19"},
	} {
		e := order(c.treatment, c.items...)
		e.Pricing.DiscountPercent = decimal(c.discount)
		p := Quote(e)
		got := [...]string{p.Totals.Lines.String(), p.Totals.Discount.String(), p.Totals.Net.String(), p.Totals.VAT.String(), p.Totals.Gross.String(), p.VAT.Rate.String()}
		if want := [...]string{c.lines, c.off, c.net, c.vat, c.gross, c.r}; got != want {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}

func TestCategories(t *testing.T) {
	for treatment, want := range map[engagement.Treatment]VAT{
		engagement.VATStandard: {Standard, money.Int(19)}, engagement.VATReduced: {Standard, money.Int(7)},
		engagement.VATSmallBusiness: {Exempt, money.Int(0)}, engagement.VATReverseCharge: {ReverseCharge, money.Int(0)},
		engagement.VATNotTaxable: {NotTaxable, money.Int(0)},
	} {
		if got := Quote(order(treatment, [2]string{"1", "1"})).VAT; got.Category != want.Category || got.Rate.Cmp(want.Rate) != 0 {
			t.Errorf("%s: %+v", treatment, got)
		}
	}
}

// TestRatesFollowTheDate: the rate is that of the engagement's date, and every date that an engagement can have has one.
func TestRatesFollowTheDate(t *testing.T) {
	for _, c := range []struct {
		day               date.Date
		standard, reduced int
	}{
		{date.Date{Year: 2000, Month: 1, Day: 1}, 16, 7}, {date.Date{Year: 2020, Month: 6, Day: 30}, 19, 7},
		{date.Date{Year: 2020, Month: 7, Day: 1}, 16, 5}, {date.Date{Year: 2021, Month: 1, Day: 1}, 19, 7},
		{date.Date{Year: 2099, Month: 12, Day: 31}, 19, 7},
	} {
		for treatment, want := range map[engagement.Treatment]int{
			engagement.VATStandard: c.standard, engagement.VATReduced: c.reduced, engagement.VATSmallBusiness: 0,
		} {
			e := order(treatment, [2]string{"1", "100"})
			e.Date = c.day
			if got := Quote(e); got.VAT.Rate.Cmp(money.Int(want)) != 0 || got.Totals.VAT != money.Amount(100*want) {
				t.Errorf("%s on %s: %s %%, %s", treatment, c.day, got.VAT.Rate, got.Totals.VAT)
			}
		}
	}
}

func TestInstalments(t *testing.T) {
	e := order(engagement.VATStandard, [2]string{"1", "100.01"})
	e.Pricing.Payment.Instalments = instalments("33.3333", "on_completion", "33.3333", "on_order", "33.3334", "2027-01-31")
	p := Quote(e)
	want := []Part{
		{Due: "on_completion", Net: 3334, VAT: 633, Gross: 3967}, {Due: "on_order", Net: 3334, VAT: 633, Gross: 3967},
		{Due: "date", Date: date.Date{Year: 2027, Month: 1, Day: 31}, Net: 3333, VAT: 634, Gross: 3967},
	}
	for i, w := range want {
		g := p.Parts[i]
		if g.Due != w.Due || g.Date != w.Date || g.Net != w.Net || g.VAT != w.VAT || g.Gross != w.Gross {
			t.Errorf("part %d: %+v, want %+v", i, g, w)
		}
	}
	inv := New(e, p, "RE-2026-0002", today)
	if inv.Part == nil || inv.Part.Due != "on_order" || inv.Totals.Gross != 3967 || inv.Totals.Net != 3334 || inv.Totals.VAT != 633 || inv.Price.Totals.Gross != 11901 {
		t.Errorf("the invoice asks for the part on order: %+v", inv)
	}
	e.Pricing.Payment.Instalments = instalments("50", "on_completion", "50", "2027-01-31")
	if New(e, Quote(e), "RE-2026-0002", today) != nil {
		t.Error("no part is due on order")
	}
}

func TestFewCentsInManyParts(t *testing.T) {
	e := order(engagement.VATStandard, [2]string{"1", "0.13"}) // 4 % are half a cent and a bit: 23 parts rounded up are 23 cents
	for i := range 24 {
		percent := "4"
		if i == 23 {
			percent = "8"
		}
		e.Pricing.Payment.Instalments = append(e.Pricing.Payment.Instalments, instalments(percent, today.AddDays(i).String())...)
	}
	for _, p := range Quote(e).Parts {
		if p.Net < 0 || p.VAT < 0 {
			t.Errorf("a negative part: %+v", p)
		}
	}
}

func TestSkonto(t *testing.T) {
	e := order(engagement.VATStandard, [2]string{"1", "1000.25"})
	e.Pricing.Payment.CashDiscount = &engagement.CashDiscount{Percent: decimal("2"), Days: days(7)}
	s := New(e, Quote(e), "RE-2026-0003", today).Skonto
	if s.Off != 2381 || s.Pay != 119030-2381 || s.Until.String() != "2026-11-30" || s.Percent.String() != "2" {
		t.Errorf("%+v", s)
	}
	e.Pricing.Payment.Instalments = instalments("50", "on_order", "50", "on_completion")
	if s := New(e, Quote(e), "RE-2026-0003", today).Skonto; s.Off != 1190 || s.Pay != 59516-1190 {
		t.Errorf("of the part: %+v", s)
	}
	e.Pricing.Payment.CashDiscount = nil
	if New(e, Quote(e), "RE-2026-0003", today).Skonto != nil {
		t.Error("none is agreed")
	}
}

// TestNothingOverflows: values far beyond the limits saturate.
func TestNothingOverflows(t *testing.T) {
	huge := "9999999999999999999999999999999999999999"
	e := order(engagement.VATStandard, [2]string{huge, huge}, [2]string{huge, huge}, [2]string{"1", "1"})
	e.Pricing.Payment.Instalments = instalments("50", "on_order", "50", "on_completion")
	p := Quote(e)
	consistent(t, p)
	if p.Totals.Lines != ceiling || p.Totals.Gross <= p.Totals.Net {
		t.Errorf("%+v", p.Totals)
	}
	e.Pricing.Model, e.Pricing.HourlyRate, e.Pricing.CapHours = engagement.TrackedHours, decimal(huge), decimal(huge)
	if est := EstimateOf(e); est.Cap != ceiling {
		t.Errorf("%+v", est)
	}
}

// consistent holds what is true of every price: the laws of EN 16931's sums (BR-CO-10, BR-CO-13, BR-CO-15).
func consistent(t *testing.T, p *Price) {
	t.Helper()
	var lines, net, vat, gross money.Amount
	for _, l := range p.Lines {
		lines += l.Amount
	}
	if s := p.Totals; min(lines, ceiling) != s.Lines || s.Lines-s.Discount != s.Net || s.Net+s.VAT != s.Gross || s.VAT != s.Net.Percent(p.VAT.Rate) || s.Net < 0 {
		t.Errorf("totals %+v of lines %s", s, lines)
	}
	for _, part := range p.Parts {
		net, vat, gross = net+part.Net, vat+part.VAT, gross+part.Gross
		if part.Net+part.VAT != part.Gross || part.Net < 0 || part.VAT < 0 {
			t.Errorf("part %+v", part)
		}
	}
	if s := p.Totals; len(p.Parts) > 0 && (net != s.Net || vat != s.VAT || gross != s.Gross) {
		t.Errorf("parts %s + %s = %s of %+v", net, vat, gross, s)
	}
}

// TestLawsOfSums: random orders within the limits, and generated engagements.
func TestLawsOfSums(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	treatments := []engagement.Treatment{engagement.VATStandard, engagement.VATReduced, engagement.VATSmallBusiness, engagement.VATReverseCharge, engagement.VATNotTaxable}
	number := func(whole, places int) string {
		return strconv.Itoa(r.IntN(whole)) + "." + strconv.Itoa(10000 + r.IntN(10000))[1:][:places]
	}
	for range 2000 {
		e := order(treatments[r.IntN(len(treatments))])
		for range 1 + r.IntN(20) {
			e.Pricing.Items = append(e.Pricing.Items, order("", [2]string{number(1000, 4), number(1000, 4)}).Pricing.Items...)
		}
		e.Pricing.DiscountPercent = decimal(number(100, 4))
		left := 100
		for n := r.IntN(6); n > 0; n-- {
			share := 1 + r.IntN(left-n)
			left -= share
			e.Pricing.Payment.Instalments = append(e.Pricing.Payment.Instalments, instalments(strconv.Itoa(share), "on_order")...)
		}
		if len(e.Pricing.Payment.Instalments) > 0 {
			e.Pricing.Payment.Instalments = append(e.Pricing.Payment.Instalments, instalments(strconv.Itoa(left), "on_completion")...)
		}
		consistent(t, Quote(e))
	}
	for n := range 200 {
		v := decode(t, engagementtest.Generate(n))
		p := Quote(&v.Engagement)
		if (p == nil) != (v.Pricing.Model == engagement.TrackedHours) || (p == nil) == (EstimateOf(&v.Engagement) == nil) {
			t.Errorf("generated %d: price %v", n, p)
		}
		if p != nil {
			consistent(t, p)
		}
	}
}

// FuzzQuote: any decimals keep the laws.
func FuzzQuote(f *testing.F) {
	f.Add("3", "120.00", "5", "50")
	f.Add("0.0001", "0.335", "100", "33.3333")
	f.Add("9999999.9999", "9999999.9999", "0", "100")
	f.Fuzz(func(t *testing.T, quantity, price, discount, share string) {
		var d [4]money.Decimal
		for i, s := range []string{quantity, price, discount, share} {
			var err error
			if d[i], err = money.Parse(s); err != nil || d[i].Sign() < 0 || i > 1 && d[i].Cmp(money.Int(100)) > 0 {
				t.Skip()
			}
		}
		e := order(engagement.VATStandard, [2]string{quantity, price}, [2]string{"1", "0.01"})
		e.Pricing.DiscountPercent = &d[2]
		rest := money.Int(100).Add(d[3].Mul(money.Int(-1)))
		e.Pricing.Payment.Instalments = []engagement.Instalment{{Percent: &d[3], Due: engagement.DueOnOrder}, {Percent: &rest, Due: engagement.DueOnCompletion}}
		p := Quote(e)
		consistent(t, p)
		inv := New(e, p, "RE-2026-0001", today)
		if inv.Totals.Net != p.Parts[0].Net || inv.Totals.Lines-inv.Totals.Discount != inv.Totals.Net {
			t.Errorf("%+v", inv.Totals)
		}
		if _, err := json.Marshal(inv); err != nil {
			t.Error(err)
		}
	})
}
