package texts

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement/engagementtest"
)

// engagements is how many generated engagements the tests of wording read.
const engagements = 600

// filledDocuments are all documents of a case, by kind.
func filledDocuments(t testing.TB, lib *Library, c *Case) map[decision.Kind]*content.Document {
	t.Helper()
	out := map[decision.Kind]*content.Document{}
	for _, need := range c.Decision.Needs {
		if !need.Applies {
			continue
		}
		doc, err := lib.Fill(need.Kind, c)
		if err != nil {
			t.Fatalf("%s: %v", need.Kind, err)
		}
		out[need.Kind] = doc
	}
	return out
}

// TestWordingOfGeneratedEngagements reads every document of many engagements, each with all that it may cite, half of
// them as a revision that replaces earlier papers.
func TestWordingOfGeneratedEngagements(t *testing.T) {
	t.Parallel()
	lib, seen := library(t), map[passage]bool{}
	for n := range engagements {
		source := engagementtest.Generate(n)
		c := caseOf(decoded(t, source))
		if n%2 == 1 {
			c.Replaces = replaced(c)
		}
		for _, fault := range bundleFaults(filledDocuments(t, lib, c), c, newMasker(saidIn(t, source)), seen) {
			t.Errorf("engagement %d, %s", n, fault)
		}
		if t.Failed() {
			return
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d different passages", len(seen))
	}
}

// bundleFaults are the faults of all documents of a case. A passage whose wording was read before is not read again.
func bundleFaults(b bundle, c *Case, m *masker, seen map[passage]bool) []string {
	out := agreementFaults(b, c, m)
	roles := rolesOf(c)
	for kind, doc := range b {
		faults := append(referenceFaults(kind, doc, m), countFaults(kind, doc, c)...)
		for _, p := range passages(doc, m) {
			found := roleFaults(&p, roles)
			key := passage{spot: p.spot, own: p.own, caller: p.caller}
			if !seen[key] {
				found = append(found, wordingFaults(&p)...)
			}
			seen[key] = true
			for _, fault := range found {
				faults = append(faults, fmt.Sprintf("%s in %q", fault, p.text))
			}
		}
		for _, fault := range faults {
			out = append(out, string(kind)+": "+fault)
		}
	}
	return out
}

// replaced are earlier papers of all kinds that the case makes anew.
func replaced(c *Case) map[decision.Kind]Paper {
	out := map[decision.Kind]Paper{}
	for kind, p := range c.Papers {
		out[kind] = Paper{Number: strings.Replace(p.Number, "-000", "-100", 1), Date: p.Date.AddDays(-30)}
	}
	return out
}

// TestFaultyTextsAreFound spoils one sentence of a text at a time; reading the documents must find each fault.
func TestFaultyTextsAreFound(t *testing.T) {
	lib := library(t)
	body := patched(t, launch, nil)
	for _, v := range []struct {
		kind           decision.Kind
		old, new, want string
	}{
		{decision.Contract, "erbringt für {den Auftraggeber} diese", "erbringt für {dem Auftraggeber} diese", "the wrong case"},
		{decision.Contract, "Es gilt deutsches Recht.", "Es gilt deutsches  Recht", "a stray mark"},
		{decision.Contract, "Es gilt deutsches Recht.", "Es gilt das das deutsche Recht.", "the doubled word das"},
		{decision.Contract, "Es gilt deutsches Recht.", "Es gilt § 7.", "neither a law's nor a link"},
		{decision.Contract, "Es gilt deutsches Recht.", "Der Auftraggeber zahlt.", "not this party's"},
		{decision.Contract, "## Eckdaten", "## Kurz und klar", "points to Eckdaten"},
		{decision.Contract, `{if="many_access"} {Der Auftragnehmer} darf die Zugänge`, `{if="many_access"} {Der Auftragnehmer} darf den Zugang`, "for 2"},
		{decision.AVV, "# Technische und organisatorische Maßnahmen", "# Was schützt", "leads to"},
		{decision.NDA, "Es gilt deutsches Recht.", "es gilt bzw. galt. deutsches Recht ()", "a double form"},
		{decision.Offer, "Die Rechnung ist binnen {due_days} ab", "Die Rechnung über 12,00\u00a0€ ist binnen {due_days} ab", "an amount from nowhere"},
		{decision.Offer, "Mit freundlichen Grüßen", "Mit freundlichen Grüßen vom 3.\u00a0Mai 2026", "a day from nowhere"},
	} {
		md := source(t, v.kind)
		if strings.Count(md, v.old) == 0 {
			t.Errorf("%s.md does not have %q", v.kind, v.old)
			continue
		}
		spoiled, _ := with(t, lib, v.kind, strings.ReplaceAll(md, v.old, v.new))
		c := caseOf(decoded(t, body))
		got := strings.Join(bundleFaults(filledDocuments(t, spoiled, c), c, newMasker(saidIn(t, body)), map[passage]bool{}), "\n")
		if !strings.Contains(got, v.want) {
			t.Errorf("%s.md with %q: found %q, want %q", v.kind, v.new, got, v.want)
		}
	}
}
