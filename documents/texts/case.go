package texts

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
)

// Paper is how another document is cited.
type Paper struct {
	Number string    // "AN-2026-0007"; empty: there is no such paper
	Date   date.Date // its document date
}

// Papers are the numbers and dates of the engagement's papers, by kind: those of this call and those issued before.
type Papers map[decision.Kind]Paper

// Case is everything that a text may say: one engagement with its decision, prices and numbers.
type Case struct {
	Engagement *engagement.Valid
	Decision   *decision.Decision
	Price      *invoice.Price    // nil for tracked hours
	Estimate   *invoice.Estimate // nil for packages
	Invoice    *invoice.Invoice  // nil when none is made
	Papers     Papers
	Replaces   map[decision.Kind]Paper // the paper that this one replaces
	Draft      bool
	Logo       *content.Image

	access *engagement.Access // the current one inside a section with each="access"
}

// at is the case seen from one access, inside a section with each="access".
func (c *Case) at(i int) *Case {
	seen := *c
	seen.access = &c.Engagement.Access[i]
	return &seen
}
