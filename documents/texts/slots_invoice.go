package texts

import (
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
)

// invoiceGlance is what page one must answer: how much, until when, for which period, where to.
func invoiceGlance(c *Case) []content.Block {
	i := c.Invoice
	return factTable("Auf einen Blick",
		fact("Zu zahlen", strong(de.Money(i.Totals.Gross))),
		dueFact(i),
		fact("Leistungszeitraum", said(servicePeriod(c))...),
		fact("Zahlung an", name(c.otherHolder())...),
		fact("IBAN", c.account()...),
		fact("Verwendungszweck", c.number("invoice")...))
}

// dueFact is the last day of payment; what is due at once has none.
func dueFact(i *invoice.Invoice) []content.Cell {
	if i.Due == i.Issued {
		return fact("Fällig", content.Span{Text: "sofort nach Erhalt"})
	}
	return fact("Fällig am", content.Span{Text: de.ShortDate(i.Due)})
}

// servicePeriod is the expected period of a service that is paid in advance (§ 14 (4) Nr. 6, (5) UStG).
func servicePeriod(c *Case) string {
	s := periodOf(c.Invoice.From, c.Invoice.To)
	if s == "" {
		return ""
	}
	return s + " (voraussichtlich)"
}

// invoiceSums is the totals of this invoice; with instalments the whole price first, then the part asked for.
func invoiceSums(c *Case) []content.Block {
	i := c.Invoice
	if i.Part == nil {
		return sums(c)
	}
	rows := append(discountRows(c), content.Pair{Label: "Auftragssumme" + c.netWord(), Value: fixed(de.Money(c.Price.Totals.Net))})
	part := "Rate von " + de.Percent(i.Part.Percent)
	if c.Price.VAT.Rate.Sign() > 0 {
		rows = append(rows,
			content.Pair{Label: part + ", netto", Value: fixed(de.Money(i.Totals.Net))},
			content.Pair{Label: "Umsatzsteuer " + de.Percent(c.Price.VAT.Rate), Value: fixed(de.Money(i.Totals.VAT))})
	} else {
		rows = append(rows, content.Pair{Label: part, Value: fixed(de.Money(i.Totals.Net))})
	}
	return []content.Block{content.Sums{Rows: append(rows, content.Pair{Label: "Rechnungsbetrag", Value: fixed(de.Money(i.Totals.Gross)), Strong: true})}}
}

// otherHolder is the account's holder where the letterhead does not name it.
func (c *Case) otherHolder() string {
	h := c.accountHolder()
	if strings.Contains(c.Engagement.Contractor.Name, h) {
		return ""
	}
	return h
}

// account is the IBAN with its BIC; the bank's name stands in the foot.
func (c *Case) account() []content.Span {
	b := &c.Engagement.Contractor.Bank
	spans := []content.Span{{Text: de.IBAN(b.IBAN), Style: content.Strong, Flags: content.NoBreak}}
	if b.BIC != "" {
		spans = append(spans, content.Span{Text: " (" + labelled("BIC", b.BIC) + ")", Flags: content.NoHyphen})
	}
	return spans
}

// contractFacts is the Eckdaten of the contract: each value stands there once, the clauses refer to it.
func contractFacts(c *Case) []content.Block {
	e := c.Engagement
	return factTable("Eckdaten",
		fact("Leistung", said(e.Scope.Title)...),
		fact("Angebot", c.offerText()...),
		fact("Laufzeit", said(termText(e))...),
		fact("Vergütung", c.payText()...),
		fact("Schätzung, unverbindlich", c.estimateText()...),
		fact("Obergrenze", c.capText()...),
		fact("Zahlung", c.paymentText()...),
		fact("Kündigung", said(noticeText(e))...))
}

func (c *Case) offerText() []content.Span {
	if !c.cited("offer") {
		return nil
	}
	return append(c.number("offer"), content.Span{Text: " vom " + de.ShortDate(c.dated("offer"))})
}

func termText(e *engagement.Valid) string {
	s := periodOf(e.Term.Start, e.Term.End)
	switch {
	case !e.Term.End.IsZero():
		return s
	case untilDone(e) && s == "":
		return doneText(e)
	case untilDone(e):
		return s + ", " + doneText(e)
	case s == "":
		return "ab Vertragsschluss, unbefristet"
	}
	return s + ", unbefristet"
}

// untilDone says that an order without an end is over when its work is done: a result package, or hours that are
// estimated and billed for the whole order. Other orders without an end run on.
func untilDone(e *engagement.Valid) bool {
	p := &e.Pricing
	return e.Term.End.IsZero() && (p.Model == engagement.ResultPackage || p.Model == engagement.TrackedHours && p.Period == "total")
}

// doneText is when such an order is over: with the acceptance of its results, else when its services are done.
func doneText(e *engagement.Valid) string {
	results := 0
	for _, s := range e.Scope.Services {
		if s.Nature == engagement.NatureResult {
			results++
		}
	}
	switch results {
	case 0:
		return "bis die Leistungen erbracht sind"
	case len(e.Scope.Services):
		return "bis zur Abnahme"
	}
	return "bis die Leistungen erbracht und Werkleistungen abgenommen sind"
}

func (c *Case) payText() []content.Span {
	if c.Price == nil {
		text := c.rateText()
		text[0].Text += " je Stunde"
		return text
	}
	text := strong(de.Money(c.Price.Totals.Gross))
	kind := " Festpreis,"
	if c.model() == engagement.HourPackage {
		kind = " für " + c.hoursAtRate() + ","
	}
	return []content.Span{text, {Text: kind + c.vatTail()}}
}

// vatTail is vatSuffix after a comma.
func (c *Case) vatTail() string {
	switch c.treatment() {
	case engagement.VATSmallBusiness:
		return tie(" ohne Umsatzsteuer (§ 19 UStG)")
	case engagement.VATReverseCharge:
		return " Steuerschuldnerschaft des Leistungsempfängers"
	case engagement.VATNotTaxable:
		return " in Deutschland nicht steuerbar"
	}
	return c.vatSuffix()
}

func (c *Case) paymentText() []content.Span {
	days := *c.Engagement.Pricing.Payment.DueDays
	when := "im Voraus"
	switch {
	case c.Price == nil && c.Engagement.Pricing.Period == "month":
		when = "monatlich nach Leistung"
	case c.Price == nil:
		when = "nach Leistung"
	case len(c.Price.Parts) > 0:
		when = "in Raten"
	}
	if days == 0 {
		return said(when + ", sofort nach Erhalt der Rechnung")
	}
	return append(said(when+", binnen "), append(sharedSpans["due_days"](c), content.Span{Text: " ab Rechnungsdatum"})...)
}

func noticeText(e *engagement.Valid) string {
	switch {
	case e.Term.NoticeWeeks != nil:
		return "mit einer Frist von " + weeks(*e.Term.NoticeWeeks)
	case !e.Term.End.IsZero(), e.Pricing.Model == engagement.ResultPackage:
		return ""
	}
	return tie("nach § 621 BGB")
}
