package texts

import (
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// contractConditions are facts that the contract asks for; some of them the other deeds ask for too.
var contractConditions = map[string]predicate{
	"has_result":         func(c *Case) bool { return c.owes(engagement.NatureResult) },
	"has_effort":         func(c *Case) bool { return c.owes(engagement.NatureService) },
	"client_association": func(c *Case) bool { return c.Engagement.Client.Form == engagement.EV },
	"hours_outlast":      (*Case).hoursOutlast,
	"replaces_contract":  func(c *Case) bool { return c.replaces(decision.Contract) },
	"until_done":         func(c *Case) bool { return untilDone(c.Engagement) },
	"checklist":          func(c *Case) bool { return c.cited(decision.AccessChecklist) },
	"one_channel":        func(c *Case) bool { return c.channels() == 1 },
	"many_channels":      func(c *Case) bool { return c.channels() > 1 },
	"leitweg":            func(c *Case) bool { return c.Engagement.Client.LeitwegID != "" },
	"secrecy":            func(c *Case) bool { return isTrue(c.Engagement.Client.ProfessionalSecrecy) },

	"substitutes":       func(c *Case) bool { return isTrue(c.Engagement.Terms.Substitutes) },
	"expenses_receipts": func(c *Case) bool { return c.Engagement.Terms.Expenses != "none" },
	"rights_exclusive":  func(c *Case) bool { return c.Engagement.Terms.Rights == "exclusive" },
	"rights_on_payment": func(c *Case) bool { return isTrue(c.Engagement.Terms.RightsOnPayment) },
	"references_ask":    func(c *Case) bool { return c.Engagement.Terms.References == "ask" },
	"references_yes":    func(c *Case) bool { return c.Engagement.Terms.References == "yes" },
	"references_no":     func(c *Case) bool { return c.Engagement.Terms.References == "no" },
	"jurisdiction":      func(c *Case) bool { return c.Engagement.Terms.Jurisdiction != "" },
}

// ndaConditions are facts that the confidentiality agreement asks for: what the granted tools show (N02: categories
// must be concrete).
var ndaConditions = map[string]predicate{
	"nda_mutual":    func(c *Case) bool { return isTrue(c.Engagement.Terms.NDAMutual) },
	"nda_penalty":   func(c *Case) bool { return isTrue(c.Engagement.Terms.NDAPenalty) },
	"replaces_nda":  func(c *Case) bool { return c.replaces(decision.NDA) },
	"sees_people":   func(c *Case) bool { return c.sees("STA") },
	"sees_orders":   func(c *Case) bool { return c.sees("BES", "ZAH") },
	"sees_usage":    func(c *Case) bool { return c.sees("NUT", "LER", "LOG") },
	"sees_messages": func(c *Case) bool { return c.sees("KOM") },
}

// avvConditions are facts that the processing agreement asks for.
var avvConditions = map[string]predicate{
	"replaces_avv": func(c *Case) bool { return c.replaces(decision.AVV) },
	"seen":         func(c *Case) bool { return len(c.seen()) > 0 },
	"one_seen":     func(c *Case) bool { return len(c.seen()) == 1 },
	"many_seen":    func(c *Case) bool { return len(c.seen()) > 1 },
	"purpose":      func(c *Case) bool { return c.Engagement.Processing.Purpose != "" },
	"subjects_open": func(c *Case) bool {
		return len(c.Engagement.Processing.DataSubjects) == 0 && (len(c.seen()) == 0 || len(c.toolsWithout(subjectsOf)) > 0)
	},
	"data_open": func(c *Case) bool {
		return len(c.Engagement.Processing.DataCategories) == 0 && (len(c.seen()) == 0 || len(c.toolsWithout(dataOf)) > 0)
	},

	"measures":          func(c *Case) bool { return len(c.measures()) > 0 },
	"home_office":       func(c *Case) bool { return isTrue(c.Engagement.Contractor.HomeOffice) },
	"office_only":       func(c *Case) bool { h := c.Engagement.Contractor.HomeOffice; return h != nil && !*h },
	"breach_hours":      func(c *Case) bool { return c.Engagement.Processing.BreachHours != nil },
	"retention_days":    func(c *Case) bool { return *c.Engagement.Processing.RetentionAfterEndDays > 0 },
	"separate_approval": func(c *Case) bool { return c.Engagement.Terms.SubprocessorApproval == "separate" },
	"approved_subs":     func(c *Case) bool { return len(c.subprocessors()) > 0 },
	"third_country":     (*Case).thirdCountry,
	"client_third":      func(c *Case) bool { return !inEEA(c.Engagement.Client.Address.Country) },
}

// owes says that a service of this nature is part of the order. An hour package is time, no result, whatever its
// services are called.
func (c *Case) owes(n engagement.Nature) bool {
	for i := range c.Engagement.Scope.Services {
		if c.natureOf(&c.Engagement.Scope.Services[i]) == n {
			return true
		}
	}
	return false
}

func (c *Case) natureOf(s *engagement.Service) engagement.Nature {
	if c.model() == engagement.HourPackage {
		return engagement.NatureService
	}
	return s.Nature
}

// hoursOutlast says that prepaid hours can be called after the contract has ended.
func (c *Case) hoursOutlast() bool {
	end := c.Engagement.Term.End
	return c.model() == engagement.HourPackage && !end.IsZero() && c.hoursUntil().After(end)
}

func (c *Case) replaces(k decision.Kind) bool { return c.Replaces[k].Number != "" }

// channels counts the channels of which there is something to print.
func (c *Case) channels() int {
	n := 0
	for i := range c.Engagement.Communication {
		if channelLine(&c.Engagement.Communication[i]) != "" {
			n++
		}
	}
	return n
}

// sees says that an access shows data of one of these categories, by the catalogue.
func (c *Case) sees(codes ...string) bool {
	for _, a := range c.seen() {
		for _, data := range decision.Look(a).Data {
			for _, code := range codes {
				if data == code {
					return true
				}
			}
		}
	}
	return false
}

// seen is the accesses that count as sight of personal data.
func (c *Case) seen() []engagement.Access {
	var out []engagement.Access
	for _, a := range c.Engagement.Access {
		if sees, _ := decision.SeesCustomerData(a); sees {
			out = append(out, a)
		}
	}
	return out
}
