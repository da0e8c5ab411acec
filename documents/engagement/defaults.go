package engagement

import (
	"strings"

	"auftragsmappe/documents/date"
)

// The defaults of the format; the texts among them stand where they are filled in.
const (
	defaultRevision       = 1
	defaultDueDays        = 14
	defaultOfferValidDays = 14
	defaultIncrement      = 15 // minutes
	defaultRetention      = 30 // days
	defaultNDAYears       = 3
	defaultCountry        = "DE"
	defaultCurrency       = "EUR"
)

// modelFields are the fields of pricing that only some price models have, by path.
var modelFields = []struct {
	path   string
	models []Model
}{
	{"items", []Model{ResultPackage}},
	{"hours", []Model{HourPackage}},
	{"hourly_rate", []Model{HourPackage, TrackedHours}},
	{"hours_valid_until", []Model{HourPackage}},
	{"unused_hours", []Model{HourPackage}},
	{"estimated_hours", []Model{TrackedHours}},
	{"cap_hours", []Model{TrackedHours}},
	{"period", []Model{TrackedHours}},
	{"billing_increment_minutes", []Model{HourPackage, TrackedHours}},
	{"payment/instalments", []Model{ResultPackage, HourPackage}},
}

// complete fills the defaults of the format, then what follows from other fields.
func complete(e *Engagement, today date.Date) {
	setDefault(&e.Revision, defaultRevision)
	setZero(&e.Stage, StageComplete)
	setZero(&e.Date, today)
	setZero(&e.Tone, ToneSie)
	completeParty(&e.Contractor.Party)
	completeParty(&e.Client.Party)
	setDefault(&e.Contractor.SmallBusiness, false)
	setDefault(&e.Client.Merchant, false)
	e.Contractor.Bank.IBAN = compact(e.Contractor.Bank.IBAN)
	e.Contractor.Bank.BIC = compact(e.Contractor.Bank.BIC)
	for i := range e.Access {
		setZero(&e.Access[i].Handover, "other")
	}
	setDefault(&e.Processing.SpecialCategories, false)
	setDefault(&e.Processing.RetentionAfterEndDays, defaultRetention)
	completePricing(e)
	completeServices(e)
	completeTerms(&e.Terms)
	setZero(&e.Pricing.VAT.Treatment, treatmentOf(e))
}

func completeParty(p *Party) {
	if len(p.Address.Country) == len(defaultCountry) {
		p.Address.Country = strings.ToUpper(p.Address.Country)
	}
	setZero(&p.Address.Country, defaultCountry)
	if id := compact(strings.NewReplacer(".", "", "-", "").Replace(p.VATID)); euVATPrefix(id) {
		p.VATID = id
	}
}

func completePricing(e *Engagement) {
	pr := &e.Pricing
	setZero(&pr.Currency, defaultCurrency)
	setDefault(&pr.OfferValidDays, defaultOfferValidDays)
	setDefault(&pr.Payment.DueDays, defaultDueDays)
	for i := range pr.Items {
		setZero(&pr.Items[i].Unit, "flat")
	}
	for i := range pr.Payment.Instalments {
		if d, err := date.Parse(pr.Payment.Instalments[i].Due); err == nil {
			pr.Payment.Instalments[i].Due = d.String()
		}
	}
	if pr.Model != HourPackage && pr.Model != TrackedHours {
		return
	}
	setDefault(&pr.BillingIncrementMinutes, defaultIncrement)
	if pr.HourlyRate == nil {
		pr.HourlyRate = e.Contractor.HourlyRate
	}
	if pr.Model == HourPackage {
		setZero(&pr.UnusedHours, "refund")
		setZero(&pr.HoursValidUntil, e.Term.End)
		return
	}
	if e.Term.End.IsZero() {
		setZero(&pr.Period, "month")
	}
	setZero(&pr.Period, "total")
}

func completeServices(e *Engagement) {
	for i := range e.Scope.Services {
		s := &e.Scope.Services[i]
		if s.Result != "" && e.Pricing.Model == ResultPackage {
			setZero(&s.Nature, NatureResult)
		}
		setZero(&s.Nature, NatureService)
	}
}

func completeTerms(t *Terms) {
	setDefault(&t.Substitutes, true)
	setZero(&t.Expenses, "receipts")
	setZero(&t.Rights, "simple")
	setDefault(&t.RightsOnPayment, true)
	setZero(&t.References, "ask")
	setDefault(&t.NDAMutual, false)
	setDefault(&t.NDAYears, defaultNDAYears)
	setDefault(&t.NDAPenalty, false)
	setZero(&t.SubprocessorApproval, "general")
}

// treatmentOf is the VAT treatment that follows from the parties, the first that fits.
func treatmentOf(e *Engagement) Treatment {
	country := e.Client.Address.Country
	switch {
	case !inEU(country):
		return VATNotTaxable // § 3a (2) UStG, also for a small business: § 19 UStG covers domestic supplies only
	case *e.Contractor.SmallBusiness:
		return VATSmallBusiness
	case country != defaultCountry:
		return VATReverseCharge
	}
	return VATStandard
}

func setDefault[T any](p **T, value T) {
	if *p == nil {
		*p = &value
	}
}

func setZero[T comparable](p *T, value T) {
	if zero := *new(T); *p == zero {
		*p = value
	}
}

// compact takes the blanks out of an identifier and writes its letters large.
func compact(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }
