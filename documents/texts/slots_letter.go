package texts

import (
	"slices"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

var letterSpans = map[string]spanSlot{
	"salutation": func(c *Case) []content.Span {
		return name(de.Salutation(&c.Engagement.Client.Party, c.Engagement.Tone))
	},
	"papers":            func(c *Case) []content.Span { return said(de.And(c.papersToSign())) },
	"valid_until":       func(c *Case) []content.Span { return day(c.validUntil()) },
	"avv_reason":        func(c *Case) []content.Span { return said(c.avvGround()) },
	"invoice_due":       func(c *Case) []content.Span { return day(c.Invoice.Due) },
	"skonto_until":      func(c *Case) []content.Span { return day(c.Invoice.Skonto.Until) },
	"skonto_off":        func(c *Case) []content.Span { return fixed(de.Money(c.Invoice.Skonto.Off)) },
	"skonto_pay":        func(c *Case) []content.Span { return fixed(de.Money(c.Invoice.Skonto.Pay)) },
	"contractor_vat_id": func(c *Case) []content.Span { return fixed(c.Engagement.Contractor.VATID) },
	"client_vat_id":     func(c *Case) []content.Span { return fixed(c.Engagement.Client.VATID) },
	"contractor_email": func(c *Case) []content.Span {
		m := c.Engagement.Contractor.Email
		return []content.Span{{Text: m, Flags: content.NoHyphen, Link: "mailto:" + m}}
	},
}

// letterConditions are facts that only letters ask for.
var letterConditions = map[string]predicate{
	"same_date":   func(c *Case) bool { return c.dated(decision.Offer) == c.dated(decision.Contract) },
	"avv_follows": func(c *Case) bool { return c.follows(decision.AVV) },
	"papers_follow": func(c *Case) bool {
		return c.follows(decision.Contract) || c.follows(decision.NDA) || c.follows(decision.AVV)
	},
	"hands_team":     func(c *Case) bool { return c.access.Handover == "team_account" },
	"hands_password": func(c *Case) bool { return c.access.Handover == "password_manager" },
	"hands_key":      func(c *Case) bool { return c.access.Handover == "api_key" },
	"hands_other":    func(c *Case) bool { return c.access.Handover == "other" },
	"has_rights":     func(c *Case) bool { return len(c.access.Permissions) > 0 },
	"unneeded":       func(c *Case) bool { return len(c.unneeded()) > 0 },
	"one_unneeded":   func(c *Case) bool { return len(c.unneeded()) == 1 },
}

// avvGround is why an AVV follows, for the client to read; when it is only wished for, the reason of the decision.
func (c *Case) avvGround() string {
	if g := decision.Ground(c.Engagement.Access); g != "" {
		return g
	}
	return c.Decision.AVVReason
}

// papersToSign are the contracts that follow an offer, in the accusative.
func (c *Case) papersToSign() []string {
	var out []string
	for _, p := range []struct {
		kind decision.Kind
		name string
	}{
		{decision.Contract, "den Vertrag über freie Mitarbeit"},
		{decision.NDA, "die Vertraulichkeitsvereinbarung"},
		{decision.AVV, "den Auftragsverarbeitungsvertrag"},
	} {
		if c.follows(p.kind) {
			out = append(out, p.name)
		}
	}
	return out
}

// follows says that a contract is made in this call or will be once the offer is accepted.
func (c *Case) follows(k decision.Kind) bool {
	if c.Engagement.Stage != engagement.StageOffer {
		return c.cited(k)
	}
	if slices.Contains(c.Engagement.Documents.Exclude, string(k)) {
		return false
	}
	return k != decision.AVV || c.Decision.AVVRequired || slices.Contains(c.Engagement.Documents.Include, string(k))
}

var letterBlocks = map[string]blockSlot{
	"glance":         glance,
	"services_offer": offeredServices,
	"offer_access":   accessList,
	"acceptance":     acceptance,
	"invoice_glance": invoiceGlance,
	"invoice_sums":   invoiceSums,
}

func (c *Case) accountHolder() string {
	if h := c.Engagement.Contractor.Bank.Holder; h != "" {
		return h
	}
	return c.Engagement.Contractor.Name
}

// glance answers in a few lines: how much, when, until when the offer stands.
func glance(c *Case) []content.Block {
	e := c.Engagement
	price := fact("Stundensatz", c.rateText()...)
	if c.Price != nil {
		price = fact("Gesamtpreis", strong(de.Money(c.Price.Totals.Gross)+c.vatSuffix()))
	}
	return factTable("Auf einen Blick",
		price,
		fact("Stundenpaket", c.packageText()...),
		fact("Geschätzter Aufwand", c.estimateText()...),
		fact("Obergrenze", c.capText()...),
		fact("Zeitraum", said(period(e.Term))...),
		fact("Gültig bis", content.Span{Text: de.ShortDate(c.validUntil())}))
}

func strong(s string) content.Span { return content.Span{Text: s, Style: content.Strong} }

// untaxed says, in brackets, why a price has no tax; "" when it has.
func (c *Case) untaxed() string {
	switch c.treatment() {
	case engagement.VATSmallBusiness:
		return tie(" (keine Umsatzsteuer, § 19 UStG)")
	case engagement.VATReverseCharge:
		return " (Steuerschuldnerschaft des Leistungsempfängers)"
	case engagement.VATNotTaxable:
		return " (in Deutschland nicht steuerbar)"
	}
	return ""
}

// vatSuffix says what a printed total holds.
func (c *Case) vatSuffix() string {
	if s := c.untaxed(); s != "" {
		return s
	}
	return " einschließlich " + de.Percent(c.vatRate()) + " Umsatzsteuer"
}

// netSuffix says what comes on top of a printed rate per hour.
func (c *Case) netSuffix() string {
	if s := c.untaxed(); s != "" {
		return s
	}
	return " zuzüglich " + de.Percent(c.vatRate()) + " Umsatzsteuer"
}

func (c *Case) rateText() []content.Span {
	if c.Estimate == nil {
		return nil
	}
	rate := c.Estimate.Rate
	if c.discounted() {
		return []content.Span{strong(de.Price(c.Estimate.Discounted)), {Text: " statt " + de.Price(rate) + c.netSuffix()}}
	}
	return []content.Span{strong(de.Price(rate)), {Text: c.netSuffix()}}
}

func (c *Case) packageText() []content.Span {
	if c.model() != engagement.HourPackage {
		return nil
	}
	return said(c.hoursAtRate())
}

// hoursAtRate is the price of an hour package, spelled out: "20 Stunden zu je 65,00 € netto, abzüglich 5 % Rabatt".
func (c *Case) hoursAtRate() string {
	p := &c.Engagement.Pricing
	each := " zu je "
	if p.Hours.Cmp(money.Int(1)) == 0 {
		each = " zu "
	}
	s := de.Count(*p.Hours, de.Hour) + each + de.Price(*p.HourlyRate) + c.netWord()
	if c.discounted() {
		s += ", abzüglich " + de.Percent(*p.DiscountPercent) + " Rabatt"
	}
	return s
}

func (c *Case) estimateText() []content.Span {
	if c.Estimate == nil || c.Estimate.MaxHours == nil {
		return nil
	}
	return said(c.estimatedHours() + c.perMonth() + " (" + c.estimatedMoney() + c.netWord() + ")")
}

func (c *Case) capText() []content.Span {
	if c.Estimate == nil || c.Estimate.CapHours == nil {
		return nil
	}
	return said(de.Count(*c.Estimate.CapHours, de.Hour) + c.perMonth() + " (" + de.Money(c.Estimate.Cap) + c.netWord() + ")")
}

// netWord marks a sum without tax where tax is added.
func (c *Case) netWord() string {
	if c.vatRate().Sign() > 0 {
		return " netto"
	}
	return ""
}

// period is the term in a table: "01.12.2026 bis 31.01.2027", "ab 01.12.2026, unbefristet".
func period(t engagement.Term) string {
	return periodOf(t.Start, t.End)
}

func periodOf(start, end date.Date) string {
	switch {
	case start.IsZero() && end.IsZero():
		return ""
	case start.IsZero():
		return "bis " + de.ShortDate(end)
	case end.IsZero():
		return "ab " + de.ShortDate(start)
	}
	return de.ShortDate(start) + " bis " + de.ShortDate(end)
}

// offeredServices is each service with description and result.
func offeredServices(c *Case) []content.Block {
	l := content.List{Style: content.Decimal}
	for _, s := range c.Engagement.Scope.Services {
		item := []content.Block{content.Para{Text: []content.Span{strong(s.Title)}, Keep: content.KeepWithNext}}
		item = append(item, paragraphs(s.Description)...)
		if s.Result != "" {
			item = append(item, resultLine(c.resultLabel(&s), s.Result)...)
		}
		l.Items = append(l.Items, item)
	}
	if len(l.Items) == 1 {
		return l.Items[0]
	}
	return []content.Block{l}
}

// resultLabel says the same as the contract: only a work owes its result.
func (c *Case) resultLabel(s *engagement.Service) string {
	if c.natureOf(s) == engagement.NatureService {
		return "Angestrebtes Ergebnis: "
	}
	return "Ergebnis: "
}

// resultLine is a result after its label.
func resultLine(label, result string) []content.Block {
	blocks := paragraphs(result)
	first := blocks[0].(content.Para)
	first.Text = append([]content.Span{{Text: label, Style: content.Italic}}, first.Text...)
	blocks[0] = first
	return blocks
}

// acceptance is the block that the client signs to accept.
func acceptance(c *Case) []content.Block {
	client := &c.Engagement.Client.Party
	s := signature("client", de.Client, client, "")
	s.Label = "Angebot angenommen"
	return []content.Block{content.Signatures{Parties: []content.Signature{s}}}
}
