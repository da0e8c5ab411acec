package texts

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

var contractSpans = map[string]spanSlot{
	"replaced_contract": func(c *Case) []content.Span { return fixed(c.Replaces[decision.Contract].Number) },
	"replaced_nda":      func(c *Case) []content.Span { return fixed(c.Replaces[decision.NDA].Number) },
	"replaced_avv":      func(c *Case) []content.Span { return fixed(c.Replaces[decision.AVV].Number) },
	"nda_period":        func(c *Case) []content.Span { return fixed(de.Years(*c.Engagement.Terms.NDAYears)) },
	"jurisdiction":      func(c *Case) []content.Span { return name(c.Engagement.Terms.Jurisdiction) },
	"leitweg":           func(c *Case) []content.Span { return fixed(c.Engagement.Client.LeitwegID) },
	"insurance_text":    func(c *Case) []content.Span { return said(insuranceText(c.Engagement.Contractor.Insurance)) },
}

var contractBlocks = map[string]blockSlot{"services": contractServices}

func insuranceText(i engagement.Insurance) string {
	if i.Area == "" {
		return i.Insurer
	}
	return i.Insurer + " (Geltungsbereich: " + i.Area + ")"
}

// contractServices is each service with its description and with what is owed: a result (Werk, § 631 BGB) or careful
// work (Dienst, § 611 BGB).
func contractServices(c *Case) []content.Block {
	l := content.List{Style: content.Decimal}
	for i := range c.Engagement.Scope.Services {
		s := &c.Engagement.Scope.Services[i]
		item := []content.Block{content.Para{Text: []content.Span{strong(s.Title)}, Keep: content.KeepWithNext}}
		item = append(item, paragraphs(s.Description)...)
		l.Items = append(l.Items, append(item, owed(s, c.natureOf(s))...))
	}
	if len(l.Items) == 1 {
		return l.Items[0]
	}
	return []content.Block{l}
}

// owed is the line under a service that says its nature and, when given, its result.
func owed(s *engagement.Service, n engagement.Nature) []content.Block {
	alone, label := "Werkleistung", "Werkleistung, geschuldetes Ergebnis: "
	if n == engagement.NatureService {
		alone, label = "Dienstleistung", "Dienstleistung, angestrebtes Ergebnis: "
	}
	if s.Result == "" {
		return []content.Block{content.Para{Text: []content.Span{{Text: alone, Style: content.Italic}}}}
	}
	return resultLine(label, s.Result)
}
