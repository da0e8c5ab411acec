package texts

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement/engagementtest"
)

func yesNo(b bool) string { return map[bool]string{true: "yes", false: "no"}[b] }

func some(n int) string { return []string{"none", "one", "many"}[min(n, 2)] }

// dimensions are what engagements differ in and texts depend on.
var dimensions = []struct {
	name   string
	values string
	of     func(*Case) string
}{
	{"model", "result_package hour_package tracked_hours", func(c *Case) string { return string(c.model()) }},
	{"vat", "standard reduced small_business reverse_charge not_taxable", func(c *Case) string { return string(c.treatment()) }},
	{"term", "fixed open none", func(c *Case) string {
		switch t := c.Engagement.Term; {
		case !t.End.IsZero():
			return "fixed"
		case !t.Start.IsZero():
			return "open"
		}
		return "none"
	}},
	{"avv", "yes no", func(c *Case) string { return yesNo(c.Decision.Applies(decision.AVV)) }},
	{"nda", "yes no", func(c *Case) string { return yesNo(c.Decision.Applies(decision.NDA)) }},
	{"access", "none one many", func(c *Case) string { return some(len(c.Engagement.Access)) }},
	{"services", "one many", func(c *Case) string { return some(len(c.Engagement.Scope.Services)) }},
	{"instalments", "yes no", func(c *Case) string { return yesNo(conditions["instalments"](c)) }},
	{"skonto", "yes no", func(c *Case) string { return yesNo(conditions["cash_discount"](c)) }},
	{"discount", "yes no", func(c *Case) string { return yesNo(c.discounted()) }},
	{"tone", "sie du", func(c *Case) string { return string(c.Engagement.Tone) }},
	{"client", "0 1 2", func(c *Case) string { return fmt.Sprint(de.GrammarOf(&c.Engagement.Client.Party)) }},
	{"contractor", "0 1 2", func(c *Case) string { return fmt.Sprint(de.GrammarOf(&c.Engagement.Contractor.Party)) }},
	{"company", "yes no", func(c *Case) string { return yesNo(de.Company(&c.Engagement.Contractor.Party)) }},
	{"replaces", "yes no", func(c *Case) string { return yesNo(len(c.Replaces) > 0) }},
}

// impossible are pairs of values that no engagement can have.
var impossible = map[string]bool{
	"model=tracked_hours instalments=yes": true,
}

// TestCombinationsAreRead: every pair of values of two dimensions occurs among the engagements that the tests read.
func TestCombinationsAreRead(t *testing.T) {
	seen := map[string]bool{}
	for n := range engagements {
		c := caseOf(decoded(t, engagementtest.Generate(n)))
		if n%2 == 1 {
			c.Replaces = replaced(c)
		}
		for i, a := range dimensions {
			for _, b := range dimensions[i+1:] {
				seen[a.name+"="+a.of(c)+" "+b.name+"="+b.of(c)] = true
			}
		}
	}
	for i, a := range dimensions {
		for _, b := range dimensions[i+1:] {
			for _, x := range strings.Fields(a.values) {
				for _, y := range strings.Fields(b.values) {
					pair := a.name + "=" + x + " " + b.name + "=" + y
					if seen[pair] == impossible[pair] {
						t.Errorf("%s: read %v, impossible %v", pair, seen[pair], impossible[pair])
					}
				}
			}
		}
	}
}
