package texts

import (
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

type (
	spanSlot  = func(*Case) []content.Span
	blockSlot = func(*Case) []content.Block
)

// spanFamilies and blockFamilies are the slots by the file that defines them; a name may stand once.
var (
	spanFamilies  = []map[string]spanSlot{sharedSpans, letterSpans, checklistSpans, deedSpans}
	blockFamilies = []map[string]blockSlot{sharedBlocks, letterBlocks, checklistBlocks, deedBlocks}
)

var sharedSpans = map[string]spanSlot{
	"title":        func(c *Case) []content.Span { return said(c.Engagement.Scope.Title) },
	"signing_name": func(c *Case) []content.Span { return name(de.Signatory(&c.Engagement.Contractor.Party)) },

	"start": func(c *Case) []content.Span { return day(c.Engagement.Term.Start) },

	"offer_number":    func(c *Case) []content.Span { return c.number(decision.Offer) },
	"contract_number": func(c *Case) []content.Span { return c.number(decision.Contract) },
	"nda_number":      func(c *Case) []content.Span { return c.number(decision.NDA) },
	"avv_number":      func(c *Case) []content.Span { return c.number(decision.AVV) },
	"invoice_number":  func(c *Case) []content.Span { return c.number(decision.Invoice) },
	"offer_date":      func(c *Case) []content.Span { return day(c.dated(decision.Offer)) },
	"contract_date":   func(c *Case) []content.Span { return day(c.dated(decision.Contract)) },

	"increment":   func(c *Case) []content.Span { return minutes(c.Engagement.Pricing.BillingIncrementMinutes) },
	"hours_until": func(c *Case) []content.Span { return day(c.hoursUntil()) },

	"vat_rate": func(c *Case) []content.Span { return fixed(de.Percent(c.vatRate())) },

	"due_days": func(c *Case) []content.Span {
		return fixed(de.CountDative(money.Int(*c.Engagement.Pricing.Payment.DueDays), de.Day))
	},
	"skonto_percent": func(c *Case) []content.Span { return fixed(de.Percent(*c.skonto().Percent)) },
	"skonto_days": func(c *Case) []content.Span {
		return fixed(de.CountDative(money.Int(*c.skonto().Days), de.Day))
	},
	"retention": func(c *Case) []content.Span {
		return fixed(de.CountDative(money.Int(*c.Engagement.Processing.RetentionAfterEndDays), de.Day))
	},
}

// said is user text as it is.
func said(s string) []content.Span { return []content.Span{{Text: s}} }

// name is a name: never hyphenated.
func name(s string) []content.Span {
	return []content.Span{{Text: tiedName(s), Flags: content.NoHyphen}}
}

// tiedName keeps the two letters of "e. V." and the like together.
func tiedName(s string) string {
	return tiedForms.Replace(s)
}

var tiedForms = strings.NewReplacer("e. V.", "e."+de.NBSP+"V.", "e. K.", "e."+de.NBSP+"K.", "e. G.", "e."+de.NBSP+"G.")

// fixed is a value that stays on one line.
func fixed(s string) []content.Span { return []content.Span{{Text: s, Flags: content.NoBreak}} }

// day is a date inside a sentence: "7. Dezember 2026".
func day(d date.Date) []content.Span {
	if d.IsZero() {
		return nil
	}
	return []content.Span{{Text: de.LongDate(d), Flags: content.NoHyphen}}
}

// number cites a paper; in a draft the number is still to come.
func (c *Case) number(k decision.Kind) []content.Span {
	if n := c.Papers[k].Number; n != "" {
		return fixed(n)
	}
	return fixed("(Nummer folgt)")
}

func (c *Case) dated(k decision.Kind) date.Date {
	if d := c.Papers[k].Date; !d.IsZero() {
		return d
	}
	return c.Engagement.Date
}

func (c *Case) skonto() *engagement.CashDiscount { return c.Engagement.Pricing.Payment.CashDiscount }

// hoursUntil is the day up to which prepaid hours can be called; zero: they do not expire.
func (c *Case) hoursUntil() date.Date {
	if d := c.Engagement.Pricing.HoursValidUntil; !d.IsZero() {
		return d
	}
	return c.Engagement.Term.End
}

func (c *Case) validUntil() date.Date {
	return c.Engagement.Date.AddDays(*c.Engagement.Pricing.OfferValidDays)
}

func (c *Case) vatRate() money.Decimal {
	if c.Price != nil {
		return c.Price.VAT.Rate
	}
	return c.Estimate.VAT.Rate
}

// minutes is what is billed at a time, after "je angefangene": "15 Minuten", "Minute".
func minutes(n *int) []content.Span {
	if *n == 1 {
		return fixed("Minute")
	}
	return fixed(de.Number(money.Int(*n)) + de.NBSP + "Minuten")
}

// weeks is a period in the dative: "einer Woche", "4 Wochen".
func weeks(n int) string {
	if n == 1 {
		return "einer Woche"
	}
	return de.CountDative(money.Int(n), de.Week)
}

// estimatedHours is "6 bis 10 Stunden" or, with one bound, "10 Stunden".
func (c *Case) estimatedHours() string {
	e := c.Estimate
	if e.MinHours == nil || e.MinHours.Cmp(*e.MaxHours) == 0 {
		return de.Count(*e.MaxHours, de.Hour)
	}
	return de.Number(*e.MinHours) + " bis " + de.Count(*e.MaxHours, de.Hour)
}

// estimatedMoney is "435,00 € bis 725,00 €".
func (c *Case) estimatedMoney() string {
	e := c.Estimate
	if e.MinHours == nil || e.Min == e.Max {
		return de.Money(e.Max)
	}
	return de.Money(e.Min) + " bis " + de.Money(e.Max)
}

// perMonth is " im Monat" when estimate and cap count per month.
func (c *Case) perMonth() string {
	if c.Engagement.Pricing.Period == "month" {
		return " im Monat"
	}
	return ""
}
