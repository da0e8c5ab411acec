package texts

import (
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/engagement/engagementtest"
)

// generatedCases is many cases, with the number of each.
func generatedCases(t *testing.T, yield func(int, *Case)) {
	t.Helper()
	for n := range 200 {
		yield(n, caseOf(decoded(t, engagementtest.Generate(n))))
	}
}

func (c *Case) fulfils(cond condition) bool {
	return !slices.ContainsFunc(cond, func(t term) bool { return conditions[t.name](c) == t.not })
}

// shownBy is what a reader must find where a part covers an item, by its code and, where it matters, kind. An empty string is
// a fact that this engagement does not have.
var shownBy = map[string]func(*Case) []string{
	"F16": func(c *Case) []string { return append(senderLines(c), c.Engagement.Contractor.Register.Number) },
	"D01": func(c *Case) []string { return []string{footName(&c.Engagement.Contractor.Party)} },
	"D02": func(c *Case) []string {
		return append(senderLines(c), c.Engagement.Contractor.Email, c.Engagement.Contractor.Phone)
	},
	"D03": func(c *Case) []string {
		return []string{c.Engagement.Contractor.Register.Court, c.Engagement.Contractor.Register.Number}
	},
	"D05": func(c *Case) []string { return []string{c.Engagement.Contractor.VATID} },
	"D11": func(c *Case) []string {
		return []string{c.Engagement.Contractor.Insurance.Insurer, c.Engagement.Contractor.Insurance.Area}
	},
	"D10": func(c *Case) []string {
		var titles []string
		for _, s := range c.Engagement.Scope.Services {
			titles = append(titles, s.Title)
		}
		return titles
	},
	"D12": func(c *Case) []string { return []string{priceOf(c)} },
	"U01": func(c *Case) []string {
		a := c.Engagement.Client.Address
		return append(senderLines(c), c.Engagement.Client.Name, a.Street, a.PostalCode, a.City)
	},
	"U02": func(c *Case) []string {
		k := &c.Engagement.Contractor
		return []string{slices.MaxFunc([]string{k.TaxNumber, k.VATID}, func(a, b string) int { return len(a) - len(b) })}
	},
	"U03": func(c *Case) []string { return []string{"Datum: " + de.ShortDate(c.Engagement.Date)} },
	"U04": func(*Case) []string { return []string{"Rechnungsnummer: RE-2026-0003"} },
	"U05": func(c *Case) []string {
		return []string{de.Quantity(c.Price.Lines[0].Quantity, c.Price.Lines[0].Unit), "Menge"}
	},
	"U06": func(c *Case) []string {
		return []string{"Leistungszeitraum", de.ShortDate(c.Engagement.Term.Start)}
	},
	"U07": func(c *Case) []string {
		return []string{de.Money(c.Invoice.Totals.Net), de.Money(c.Invoice.Totals.Gross)}
	},
	"U08": func(c *Case) []string {
		return []string{"Umsatzsteuer " + de.Percent(c.Price.VAT.Rate), de.Money(c.Invoice.Totals.VAT)}
	},
	"V01 invoice":  dueParts,
	"V01 contract": func(*Case) []string { return []string{"Zahlung"} },
	"N05":          func(c *Case) []string { return []string{"Dauer", de.Years(*c.Engagement.Terms.NDAYears)} },
	"N06":          func(*Case) []string { return []string{"Geschützt sind"} },
	"A25": func(c *Case) []string {
		if o := c.Engagement.Contractor.DataProtectionOfficer; o != "" {
			return []string{o}
		}
		return []string{"nicht benannt"}
	},
	"A12": func(c *Case) []string { return []string{c.subprocessors()[0].Name} },
}

// sameAs are items that a part shows with another one.
var sameAs = map[string]string{"I01": "U04", "I02": "U05", "I03": "U06", "F10": "D12"}

func senderLines(c *Case) []string {
	a := c.Engagement.Contractor.Address
	return []string{a.Street, a.PostalCode, a.City}
}

func priceOf(c *Case) string {
	if c.Price != nil {
		return de.Money(c.Price.Totals.Gross)
	}
	return de.Price(c.Estimate.Discounted)
}

// TestPartsShowWhatTheyCover fills the documents and looks for what the parts made in Go promise.
func TestPartsShowWhatTheyCover(t *testing.T) {
	lib := library(t)
	checked := map[string]int{}
	generatedCases(t, func(n int, c *Case) {
		for i := range parts {
			for _, kind := range parts[i].kinds {
				if !c.Decision.Applies(kind) || !c.fulfils(parseCondition(parts[i].needs)) {
					continue
				}
				doc, err := lib.Fill(kind, c)
				if err != nil {
					t.Fatal(err)
				}
				text := flatText(doc)
				for _, code := range strings.Fields(parts[i].items) {
					for _, want := range promised(code, kind)(c) {
						checked[code]++
						if want == "" {
							continue
						}
						if !strings.Contains(text, flatString(want)) {
							t.Fatalf("engagement %d: %s does not show %q for %s", n, kind, want, code)
						}
					}
				}
			}
		}
	})
	for _, p := range parts {
		for _, code := range strings.Fields(p.items) {
			if checked[code] == 0 {
				t.Errorf("%s was never looked for", code)
			}
		}
	}
}

// promised is how an item is seen in a kind; nil if nothing says so.
func promised(code string, kind decision.Kind) func(*Case) []string {
	if other := sameAs[code]; other != "" {
		code = other
	}
	if f := shownBy[code+" "+string(kind)]; f != nil {
		return f
	}
	return shownBy[code]
}

// flatText is a document on one line: its lines break where the page is full.
func flatText(d *content.Document) string { return flatString(content.PlainText(d, 100)) }

// flatString folds blanks and case: a foreign city is written in capitals.
func flatString(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(s, de.NBSP, " ")), " "))
}

// TestSlotsPrint proves slotNeeds: where the need holds, the slot is not empty.
func TestSlotsPrint(t *testing.T) {
	lib := library(t)
	filled := map[string]int{}
	generatedCases(t, func(n int, c *Case) {
		for kind, text := range lib.texts {
			if !c.Decision.Applies(kind) {
				continue
			}
			for _, s := range text.sections {
				for _, b := range s.blocks {
					need, known := slotNeeds[b.slot]
					if !known || s.each != "" || !c.fulfils(parseCondition(need)) {
						continue
					}
					if len(lib.blockSlots[b.slot](c)) == 0 {
						t.Fatalf("engagement %d: {{%s}} of %s is empty", n, b.slot, kind)
					}
					filled[b.slot]++
				}
			}
		}
	})
	for slot := range slotNeeds {
		if filled[slot] == 0 {
			t.Errorf("{{%s}} was never filled", slot)
		}
	}
	for _, p := range parts {
		if _, known := slotNeeds[p.slot]; p.slot != "" && !known {
			t.Errorf("{{%s}} covers something, but nothing says when it prints", p.slot)
		}
	}
}

// TestRulesOfConditionsHold: what the proofs take for impossible does not happen.
func TestRulesOfConditionsHold(t *testing.T) {
	generatedCases(t, func(n int, c *Case) {
		for _, group := range exactlyOne {
			if strings.HasPrefix(group[0], "hands_") {
				continue // of an access
			}
			if held := slices.DeleteFunc(slices.Clone(group), func(name string) bool { return !conditions[name](c) }); len(held) != 1 {
				t.Errorf("engagement %d: %v of %v", n, held, group)
			}
		}
		for _, i := range implications {
			then, not := strings.CutPrefix(i[1], "!")
			if conditions[i[0]] == nil || conditions[then] == nil {
				continue
			}
			if conditions[i[0]](c) && conditions[then](c) == not {
				t.Errorf("engagement %d: %s, but not %s", n, i[0], i[1])
			}
		}
		for kind, premise := range premises {
			if c.Decision.Applies(kind) && !c.fulfils(parseCondition(premise)) {
				t.Errorf("engagement %d: %s without %s", n, kind, premise)
			}
		}
	})
}

// TestVATIDOnOffers: an offer shows the VAT id even where the invoice must not.
func TestVATIDOnOffers(t *testing.T) {
	c := caseOf(decoded(t, engagementtest.Generate(0)))
	k := &c.Engagement.Contractor
	k.TaxNumber, k.VATID = "232/123/45678", "DE123456788"
	c.Engagement.Pricing.VAT.Treatment = engagement.VATNotTaxable
	for kind, want := range map[decision.Kind]bool{decision.Offer: true, decision.Invoice: false} {
		if got := strings.Contains(strings.Join(taxColumn(kind, c), " "), k.VATID); got != want {
			t.Errorf("%s shows the VAT id: %v", kind, got)
		}
	}
}

// dueParts is what an invoice says of its due date.
func dueParts(c *Case) []string {
	if c.Invoice.Due == c.Invoice.Issued {
		return []string{"Fällig", "sofort nach Erhalt"}
	}
	return []string{"Fällig am", de.ShortDate(c.Invoice.Due)}
}
