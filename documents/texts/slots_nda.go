package texts

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

var ndaSpans = map[string]spanSlot{
	"tool_names": func(c *Case) []content.Span { return said(de.And(toolNames(c.Engagement.Access))) },
}

var ndaBlocks = map[string]blockSlot{"nda_facts": ndaFacts}

// ndaFacts answers on page one: which order, whose secrets, how long.
func ndaFacts(c *Case) []content.Block {
	e := c.Engagement
	protected := "Informationen " + de.Genitive(de.Client, de.GrammarOf(&e.Client.Party))
	if isTrue(e.Terms.NDAMutual) {
		protected = "Informationen beider Vertragsparteien"
	}
	return factTable("Auf einen Blick",
		fact("Vertrag", c.citation(decision.Contract)...),
		fact("Vorhaben", said(e.Scope.Title)...),
		fact("Geschützt sind", said(protected)...),
		fact("Dauer", said("während der Zusammenarbeit und "+de.Years(*e.Terms.NDAYears)+" danach")...))
}

// citation is "VT-2026-0007 vom 23.11.2026"; nothing when there is no such paper.
func (c *Case) citation(k decision.Kind) []content.Span {
	if !c.cited(k) {
		return nil
	}
	return append(c.number(k), content.Span{Text: " vom " + de.ShortDate(c.dated(k))})
}
