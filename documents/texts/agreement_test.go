package texts

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/invoice"
	"auftragsmappe/documents/money"
)

type bundle = map[decision.Kind]*content.Document

var (
	moneyIn = regexp.MustCompile(`−?\d[\d.]*,\d{2,4}\x{a0}€`)
	shortIn = regexp.MustCompile(`\d\d\.\d\d\.\d{4}`)
	longIn  = regexp.MustCompile(`\d{1,2}\.\x{a0}` + monthNames + ` \d{4}`)
	paperIn = regexp.MustCompile(`\b(?:AN|VT|VV|AV|ZC|RE)-\d{4}-\d{4}\b`)
	citedOn = regexp.MustCompile(`((?:AN|VT|VV|AV)-\d{4}-\d{4}) vom (\d\d\.\d\d\.\d{4})`)
)

// pairsThatAgree are rows of two documents that must show the same value.
var pairsThatAgree = []struct {
	left, right           decision.Kind
	leftLabel, rightLabel string
	find                  *regexp.Regexp // the value within the row
}{
	{decision.Offer, decision.Contract, "Gesamtpreis", "Vergütung", moneyIn},
	{decision.Offer, decision.Offer, "Gesamtpreis", "Gesamtbetrag", moneyIn},
	{decision.Offer, decision.Contract, "Stundensatz", "Vergütung", moneyIn},
	{decision.Offer, decision.Contract, "Geschätzter Aufwand", "Schätzung, unverbindlich", regexp.MustCompile(`.*`)},
	{decision.Offer, decision.Contract, "Obergrenze", "Obergrenze", regexp.MustCompile(`.*`)},
	{decision.Offer, decision.Contract, "Zeitraum", "Laufzeit", regexp.MustCompile(`^(?:ab |bis )?\d\d\.\d\d\.\d{4}(?: bis \d\d\.\d\d\.\d{4})?`)},
	{decision.Contract, decision.Invoice, "Laufzeit", "Leistungszeitraum", regexp.MustCompile(`^(?:ab |bis )?\d\d\.\d\d\.\d{4}(?: bis \d\d\.\d\d\.\d{4})?`)},
	{decision.Invoice, decision.Invoice, "Zu zahlen", "Rechnungsbetrag", moneyIn},
	{decision.Invoice, decision.Invoice, "Zu zahlen", "Gesamtbetrag", moneyIn},
	{decision.NDA, decision.AVV, "Vertrag", "Vertrag", regexp.MustCompile(`.*`)},
	{decision.Contract, decision.NDA, "Leistung", "Vorhaben", regexp.MustCompile(`.*`)},
}

// agreementFaults are differences between the documents of one engagement: sums, dates, numbers, names.
func agreementFaults(b bundle, c *Case, m *masker) []string {
	var out []string
	for _, p := range pairsThatAgree {
		left, right := rowOf(b[p.left], p.leftLabel), rowOf(b[p.right], p.rightLabel)
		if l, r := p.find.FindString(left), p.find.FindString(right); left != "" && right != "" && l != r {
			out = append(out, fmt.Sprintf("%s of %s is %q, %s of %s is %q", p.leftLabel, p.left, l, p.rightLabel, p.right, r))
		}
	}
	for kind, d := range b {
		for _, fault := range slices.Concat(strangers(d, c, m), papersIn(d, c), identity(kind, d, c)) {
			out = append(out, string(kind)+": "+fault)
		}
	}
	return append(out, sameParties(b)...)
}

// rowOf is the value beside a label; "" when the document has no such row.
func rowOf(d *content.Document, label string) string {
	if d == nil {
		return ""
	}
	for _, line := range linesOf(d) {
		if value, ok := strings.CutPrefix(line, label+" | "); ok {
			return value
		}
	}
	return ""
}

// strangers are amounts and days that do not follow from the engagement.
func strangers(d *content.Document, c *Case, m *masker) []string {
	amounts, days := amountsOf(c), daysOf(c)
	var out []string
	for _, p := range passages(d, m) {
		for _, a := range moneyIn.FindAllString(p.own, -1) {
			if !amounts[strings.TrimPrefix(a, "−")] {
				out = append(out, "an amount from nowhere: "+a)
			}
		}
		for _, s := range slices.Concat(shortIn.FindAllString(p.own, -1), longIn.FindAllString(p.own, -1)) {
			if !days[s] {
				out = append(out, "a day from nowhere: "+s)
			}
		}
	}
	return out
}

// amountsOf are all amounts that the documents of a case may name.
func amountsOf(c *Case) map[string]bool {
	out := map[string]bool{}
	add := func(list ...money.Amount) {
		for _, a := range list {
			out[de.Money(a)] = true
		}
	}
	if p := c.Price; p != nil {
		add(p.Totals.Lines, p.Totals.Discount, p.Totals.Net, p.Totals.VAT, p.Totals.Gross)
		for _, l := range p.Lines {
			add(l.Amount)
			out[de.Price(l.UnitPrice)] = true
		}
		for _, part := range p.Parts {
			add(part.Gross, part.Net)
		}
	}
	if e := c.Estimate; e != nil {
		add(e.Min, e.Max, e.Cap)
		out[de.Price(e.Rate)], out[de.Price(e.Discounted)] = true, true
	}
	if r := c.Engagement.Pricing.HourlyRate; r != nil {
		out[de.Price(*r)] = true
	}
	if i := c.Invoice; i != nil {
		add(i.Totals.Net, i.Totals.VAT, i.Totals.Gross)
		if i.Skonto != nil {
			add(i.Skonto.Off, i.Skonto.Pay)
		}
	}
	return out
}

// daysOf are all days that the documents of a case may name, written both ways.
func daysOf(c *Case) map[string]bool {
	list := []date.Date{c.Engagement.Date, c.Engagement.Term.Start, c.Engagement.Term.End, c.validUntil(), c.hoursUntil()}
	if c.Invoice != nil {
		list = append(list, c.Invoice.Due)
		if c.Invoice.Skonto != nil {
			list = append(list, c.Invoice.Skonto.Until)
		}
	}
	if c.Price != nil {
		for _, p := range c.Price.Parts {
			list = append(list, p.Date)
		}
	}
	for _, p := range slices.Concat(slices.Collect(maps.Values(c.Papers)), slices.Collect(maps.Values(c.Replaces))) {
		list = append(list, p.Date)
	}
	out := map[string]bool{}
	for _, d := range list {
		if !d.IsZero() {
			out[de.ShortDate(d)], out[de.LongDate(d)] = true, true
		}
	}
	return out
}

// papersIn are cited papers that do not exist, and citations with a wrong day.
func papersIn(d *content.Document, c *Case) []string {
	known := map[string]string{}
	for _, papers := range []map[decision.Kind]Paper{c.Papers, c.Replaces} {
		for _, p := range papers {
			known[p.Number] = de.ShortDate(p.Date)
		}
	}
	text := content.PlainText(d, wide)
	var out []string
	for _, n := range paperIn.FindAllString(text, -1) {
		if known[n] == "" {
			out = append(out, "cites "+n+", which is not there")
		}
	}
	for _, m := range citedOn.FindAllStringSubmatch(text, -1) {
		if known[m[1]] != m[2] {
			out = append(out, m[1]+" is of "+known[m[1]]+", not of "+m[2])
		}
	}
	return out
}

// identity: every document has its own number and day and the names of both sides (documents.md 1).
func identity(kind decision.Kind, d *content.Document, c *Case) []string {
	text := content.PlainText(d, wide)
	var out []string
	for _, want := range []string{c.Papers[kind].Number, c.Engagement.Contractor.Name, c.Engagement.Client.Name} {
		if !strings.Contains(text, strings.ReplaceAll(want, "\u00a0", " ")) {
			out = append(out, "does not name "+want)
		}
	}
	day := c.Papers[kind].Date
	if !strings.Contains(text, strings.ReplaceAll(de.LongDate(day), "\u00a0", " ")) && !strings.Contains(text, de.ShortDate(day)) {
		out = append(out, "does not name its day")
	}
	return out
}

// sameParties: the deeds name both parties alike.
func sameParties(b bundle) []string {
	var out []string
	first := ""
	for _, kind := range deeds {
		if b[kind] == nil {
			continue
		}
		for _, block := range b[kind].Blocks {
			if t, ok := block.(content.Table); ok && t.Summary == "Die Vertragsparteien" {
				text := strings.Join(blockLines(t), "\n")
				if first != "" && first != text {
					out = append(out, fmt.Sprintf("%s has other parties: %q and %q", kind, first, text))
				}
				first = text
			}
		}
	}
	return out
}

// TestAgreementFaultsFind changes one value of a right bundle at a time; each change must be found.
func TestAgreementFaultsFind(t *testing.T) {
	source := patched(t, launch, nil)
	c := caseOf(decoded(t, source))
	m := newMasker(saidIn(t, source))
	if got := agreementFaults(filledDocuments(t, library(t), c), c, m); len(got) > 0 {
		t.Fatalf("the right bundle: %v", got)
	}
	change := func(edit func(*Case)) *Case {
		other := caseOf(decoded(t, source))
		edit(other)
		return other
	}
	for name, v := range map[string]struct {
		kind decision.Kind
		c    *Case
	}{
		"sum":     {decision.Offer, change(func(c *Case) { c.Price.Totals.Gross++ })},
		"invoice": {decision.Invoice, change(func(c *Case) { c.Invoice.Totals.Gross++ })},
		"day":     {decision.Contract, change(func(c *Case) { c.Engagement.Term.End = c.Engagement.Term.End.AddDays(1) })},
		"number":  {decision.NDA, change(func(c *Case) { c.Papers[decision.Contract] = Paper{Number: "VT-2026-0008", Date: c.Engagement.Date} })},
		"cited": {decision.AVV, change(func(c *Case) {
			c.Papers[decision.Contract] = Paper{Number: "VT-2026-0007", Date: c.Engagement.Date.AddDays(1)}
		})},
		"name":  {decision.AVV, change(func(c *Case) { c.Engagement.Client.Name = "Kreativkurse Lena" })},
		"party": {decision.AVV, change(func(c *Case) { c.Engagement.Client.Address.City = "Bonn" })},
		"line":  {decision.Offer, change(func(c *Case) { c.Price = &invoice.Price{Lines: []invoice.Line{{Amount: 1}}, Totals: c.Price.Totals} })},
	} {
		b := filledDocuments(t, library(t), c)
		b[v.kind] = filledDocuments(t, library(t), v.c)[v.kind]
		if len(agreementFaults(b, c, m)) == 0 {
			t.Errorf("%s: a change is not found", name)
		}
	}
}
