package decision

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

var everyStage = []engagement.Stage{engagement.StageOffer, engagement.StageContract, engagement.StageComplete}

// expected is what has to come out for some accesses, worked out apart from the decision.
type expected struct {
	sees, precaution bool
	rule             string
	causes           []string // "tool permission": what must all be dropped; "" stands for an access without one
	tools            []string // of which one has to be named
	silent           []string // of which none may be: what they show decides nothing
}

// expect works out a list of accesses by the words of the rule, one access after the other.
func expect(list []engagement.Access) expected {
	var e expected
	rules := map[string]bool{}
	for _, a := range list {
		shows, causes := strongest(a)
		if a.CustomerData != nil {
			if !*a.CustomerData {
				continue
			}
			if len(a.Permissions) == 1 {
				causes = a.Permissions
			}
			shows = Yes
			rules["customer_data_stated"] = true
		} else if shows == Yes {
			rules["customer_data_visible"] = true
		}
		if shows == No {
			continue
		}
		if shows == Yes && (!e.sees || e.precaution) {
			e.precaution, e.tools = false, nil
		} else if !e.sees {
			e.precaution = true
		}
		e.sees = true
		if (shows == Yes) != e.precaution {
			e.tools = append(e.tools, a.Tool)
		}
		for _, p := range causes {
			if c := a.Tool + " " + p; !slices.Contains(e.causes, c) {
				e.causes = append(e.causes, c)
			}
		}
		if len(causes) == 0 {
			e.causes = append(e.causes, "")
		}
	}
	for _, a := range list {
		if e.sees && !slices.Contains(e.tools, a.Tool) {
			e.silent = append(e.silent, a.Tool)
		}
	}
	e.rule = expectedRule(list, &e, rules)
	return e
}

func expectedRule(list []engagement.Access, e *expected, certain map[string]bool) string {
	switch {
	case len(list) == 0:
		return "no_access"
	case e.sees && e.precaution:
		return "customer_data_unclear"
	case e.sees:
		return strings.Join(slices.Collect(maps.Keys(certain)), "|")
	case !slices.ContainsFunc(list, func(a engagement.Access) bool { return a.CustomerData == nil }):
		return "customer_data_denied"
	}
	return "no_customer_data"
}

// strongest is what the catalogue file says of an access, and which of its permissions do not say no.
func strongest(a engagement.Access) (shows Shows, causes []string) {
	tool, ok := Find(a.Tool)
	if !ok {
		return Unknown, a.Permissions
	}
	if len(a.Permissions) == 0 {
		return Unknown, nil
	}
	shows = No
	for _, name := range a.Permissions {
		one := Unknown
		if p, ok := tool.Permission(name); ok {
			one = p.Shows
		}
		if one != No {
			causes = append(causes, name)
		}
		if slices.Index(order, one) > slices.Index(order, shows) {
			shows = one
		}
	}
	return shows, causes
}

var order = []Shows{No, Depends, Unknown, Yes}

// judge holds decision and reason at every stage against what is expected.
func judge(t *testing.T, list []engagement.Access) {
	t.Helper()
	want := expect(list)
	for _, stage := range everyStage {
		v := valid()
		v.Stage, v.Access = stage, list
		d := Decide(v)
		n := d.Needs[3]
		where := fmt.Sprintf("%s %s", stage, spelled(list))
		offer := stage == engagement.StageOffer
		rule := want.rule
		if want.sees && offer {
			rule = "after_acceptance"
		}
		if n.Applies != (want.sees && !offer) || d.AVVRequired != want.sees || d.AVVPrecaution != want.precaution || !slices.Contains(strings.Split(rule, "|"), n.Rule) {
			t.Errorf("%s: %+v, required %v, precaution %v; want %+v", where, n, d.AVVRequired, d.AVVPrecaution, want)
		}
		judgeReason(t, where, n.Reason, &want, offer)
	}
}

func judgeReason(t *testing.T, where, reason string, want *expected, offer bool) {
	t.Helper()
	says := func(s string) bool { return strings.Contains(reason, s) }
	_, only, _ := strings.Cut(onlyOf(want), " ")
	for what, wrong := range map[string]bool{
		"vorsorglich":          says("vorsorglich") != want.precaution,
		"folgt":                says("folgt nach der Annahme") != (want.sees && offer),
		"nötig":                says("deshalb nicht nötig") == want.sees,
		"keine Daten":          says("keine personenbezogenen Daten") && want.sees,
		"without a permission": says("hne die Berechtigung") != (only != ""),
		"this permission":      only != "" && !says("hne die Berechtigung „"+germanName(onlyOf(want))+"“ wäre kein"),
		"tool":                 len(want.tools) > 0 && !slices.ContainsFunc(want.tools, func(id string) bool { return names(reason, id) }),
		"silent tool":          slices.ContainsFunc(want.silent, func(id string) bool { return names(reason, id) }),
		"permission":           only != "" && !says("mit der Berechtigung „"+germanName(onlyOf(want))+"“") && !strings.Contains(reason, "Was der Zugang zu „"),
		"two sentences":        strings.Count(reason, ". ") > 1,
	} {
		if wrong {
			t.Errorf("%s: %s: %s", where, what, reason)
		}
	}
	reads(t, where, reason)
}

// onlyOf is the one cause, "" when there are several or when an access counts without a permission.
func onlyOf(e *expected) string {
	if len(e.causes) != 1 {
		return ""
	}
	return e.causes[0]
}

func germanName(cause string) string {
	id, permission, _ := strings.Cut(cause, " ")
	if tool, ok := Find(id); ok {
		if p, ok := tool.Permission(permission); ok {
			return p.Name
		}
	}
	return permission
}

// names says that a reason names a tool by its id or its name.
func names(reason, id string) bool {
	tool, ok := Find(id)
	return strings.Contains(reason, id) || ok && strings.Contains(reason, tool.Name)
}

func spelled(list []engagement.Access) string {
	var out []string
	for _, a := range list {
		s := a.Tool + "/" + strings.Join(a.Permissions, ",")
		if a.CustomerData != nil {
			s += fmt.Sprint("=", *a.CustomerData)
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// answered is an access with each of the three answers of the caller.
func answered(a engagement.Access) []engagement.Access {
	yes, no := a, a
	t, f := true, false
	yes.CustomerData, no.CustomerData = &t, &f
	return []engagement.Access{a, yes, no}
}

// TestTruthTable walks every permission of the catalogue, and every two of a tool, through the answers of the caller
// and the stages.
func TestTruthTable(t *testing.T) {
	for _, tool := range theCatalogue().Tools {
		grants := [][]string{nil, {"etwas Neues"}}
		for _, p := range tool.Permissions {
			grants = append(grants, []string{p.ID}, []string{p.ID, "etwas Neues"})
			for _, q := range tool.Permissions {
				if q.ID != p.ID {
					grants = append(grants, []string{p.ID, q.ID})
				}
			}
		}
		for _, grant := range grants {
			for _, a := range answered(engagement.Access{Tool: tool.ID, Permissions: grant}) {
				judge(t, []engagement.Access{a})
			}
		}
	}
}

// TestTruthTableOfSeveralAccesses combines accesses of every sort, up to three.
func TestTruthTableOfSeveralAccesses(t *testing.T) {
	sorts := accesses("digistore24/orders", "digistore24/delivery", "ablefy/orders", "kit/editor", "ablefy/products", "wordpress/author", "slack/guest", "zoom", "mailbox",
		"eigenbau", "eigenbau/Pflege", "shopify/Neues", "canva/member=true", "eigenbau/Pflege=true", "mailchimp/admin=false", "brevo=false")
	judge(t, nil)
	for i, a := range sorts {
		for j, b := range sorts {
			judge(t, []engagement.Access{a, b})
			for _, c := range sorts[max(i, j):] {
				judge(t, []engagement.Access{a, b, c})
			}
		}
	}
}

// TestReasonsGolden holds, for reading aloud, what is said of every permission of the catalogue, and what is asked.
func TestReasonsGolden(t *testing.T) {
	var b strings.Builder
	for _, tool := range theCatalogue().Tools {
		fmt.Fprintf(&b, "== %s\n", tool.Name)
		say(&b, engagement.Access{Tool: tool.ID})
		for _, p := range tool.Permissions {
			say(&b, engagement.Access{Tool: tool.ID, Permissions: []string{p.ID}})
		}
		b.WriteString("\n")
	}
	golden(t, "testdata/reasons.txt", b.String())
}

func say(b *strings.Builder, a engagement.Access) {
	v := valid()
	v.Stage, v.Access = engagement.StageContract, []engagement.Access{a}
	d := Decide(v)
	fmt.Fprintf(b, "%s: %s\n", spelled(v.Access), d.AVVReason)
	for _, n := range d.Notices {
		if _, question, ok := strings.Cut(n.Detail, " neu entscheiden lassen: "); ok && n.Code == "access_unclear" {
			fmt.Fprintf(b, "  ? %s\n", question)
		}
	}
}
