package texts

import (
	"maps"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// predicate is a fact of a case that a text may ask for.
type predicate = func(*Case) bool

// conditions is the one table of names that stand in if="…".
var conditions = merged(sharedConditions, letterConditions, deedConditions)

func merged(tables ...map[string]predicate) map[string]predicate {
	all := map[string]predicate{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

var sharedConditions = map[string]predicate{
	"result_package": func(c *Case) bool { return c.model() == engagement.ResultPackage },
	"hour_package":   func(c *Case) bool { return c.model() == engagement.HourPackage },
	"tracked_hours":  func(c *Case) bool { return c.model() == engagement.TrackedHours },
	"package":        func(c *Case) bool { return c.model() != engagement.TrackedHours },

	"small_business": func(c *Case) bool { return c.treatment() == engagement.VATSmallBusiness },
	"reverse_charge": func(c *Case) bool { return c.treatment() == engagement.VATReverseCharge },
	"not_taxable":    func(c *Case) bool { return c.treatment() == engagement.VATNotTaxable },
	"standard_vat": func(c *Case) bool {
		return c.treatment() == engagement.VATStandard || c.treatment() == engagement.VATReduced
	},

	"has_start":  func(c *Case) bool { return !c.Engagement.Term.Start.IsZero() },
	"fixed_term": func(c *Case) bool { return !c.Engagement.Term.End.IsZero() },
	"open_term":  func(c *Case) bool { return c.Engagement.Term.End.IsZero() },
	"has_notice": func(c *Case) bool { return c.Engagement.Term.NoticeWeeks != nil },

	"nda":            func(c *Case) bool { return c.cited(decision.NDA) },
	"avv":            func(c *Case) bool { return c.cited(decision.AVV) },
	"precaution":     func(c *Case) bool { return c.Decision.AVVPrecaution },
	"offer_cited":    func(c *Case) bool { return c.cited(decision.Offer) },
	"contract_cited": func(c *Case) bool { return c.cited(decision.Contract) },

	"access":        func(c *Case) bool { return len(c.Engagement.Access) > 0 },
	"one_access":    func(c *Case) bool { return len(c.Engagement.Access) == 1 },
	"many_access":   func(c *Case) bool { return len(c.Engagement.Access) > 1 },
	"out_of_scope":  func(c *Case) bool { return len(c.Engagement.Scope.OutOfScope) > 0 },
	"client_duties": func(c *Case) bool { return len(c.Engagement.Scope.ClientDuties) > 0 },
	"summary":       func(c *Case) bool { return c.Engagement.Scope.Summary != "" },
	"communication": func(c *Case) bool { return len(c.Engagement.Communication) > 0 },
	"telegram":      func(c *Case) bool { return c.speaksBy("telegram") },

	"instalments":   func(c *Case) bool { return len(c.Engagement.Pricing.Payment.Instalments) > 0 },
	"part_invoice":  func(c *Case) bool { return c.Invoice != nil && c.Invoice.Part != nil },
	"cash_discount": func(c *Case) bool { return c.Engagement.Pricing.Payment.CashDiscount != nil },
	"discount":      (*Case).discounted,
	"due":           func(c *Case) bool { return *c.Engagement.Pricing.Payment.DueDays > 0 },
	"cap":           func(c *Case) bool { return c.Engagement.Pricing.CapHours != nil },
	"estimate":      func(c *Case) bool { return c.Estimate != nil && c.Estimate.MaxHours != nil },
	"monthly":       func(c *Case) bool { return c.Engagement.Pricing.Period == "month" },
	"hours_expire":  func(c *Case) bool { return !c.hoursUntil().IsZero() },
	"unused_refund": func(c *Case) bool { return c.Engagement.Pricing.UnusedHours != "extend" },
	"unused_extend": func(c *Case) bool { return c.Engagement.Pricing.UnusedHours == "extend" },

	"client_public":  (*Case).public,
	"public_body":    (*Case).public,
	"client_foreign": func(c *Case) bool { return de.Abroad(&c.Engagement.Client.Address) },
	"insurance":      func(c *Case) bool { return c.Engagement.Contractor.Insurance.Insurer != "" },

	"special_categories": func(c *Case) bool { return isTrue(c.Engagement.Processing.SpecialCategories) },

	"sie":         func(c *Case) bool { return c.Engagement.Tone != engagement.ToneDu },
	"du":          func(c *Case) bool { return c.Engagement.Tone == engagement.ToneDu },
	"late_offer":  (*Case).validAfterStart,
	"one_service": func(c *Case) bool { return len(c.Engagement.Scope.Services) == 1 },
	"by_password": func(c *Case) bool { return c.hands("password_manager") || c.hands("api_key") || c.hands("other") },
}

func (c *Case) model() engagement.Model         { return c.Engagement.Pricing.Model }
func (c *Case) treatment() engagement.Treatment { return c.Engagement.Pricing.VAT.Treatment }
func (c *Case) public() bool                    { return c.Engagement.Client.Form == engagement.PublicBody }

// cited says that another document of this kind is there or is made in this call: only then may it be named.
func (c *Case) cited(k decision.Kind) bool {
	return c.Papers[k].Number != "" || c.Decision.Applies(k)
}

func (c *Case) discounted() bool {
	d := c.Engagement.Pricing.DiscountPercent
	return d != nil && d.Sign() > 0
}

func (c *Case) speaksBy(channel string) bool {
	for _, m := range c.Engagement.Communication {
		if m.Channel == channel {
			return true
		}
	}
	return false
}

func (c *Case) hands(handover string) bool {
	for _, a := range c.Engagement.Access {
		if a.Handover == handover {
			return true
		}
	}
	return false
}

// validAfterStart says that the offer may still be accepted after the planned start.
func (c *Case) validAfterStart() bool {
	start := c.Engagement.Term.Start
	return !start.IsZero() && !start.Before(c.Engagement.Date) && c.validUntil().After(start)
}

func isTrue(b *bool) bool { return b != nil && *b }
