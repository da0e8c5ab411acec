package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/decision"
)

// exactlyOne are groups of conditions of which every case fulfils one.
var exactlyOne = [][]string{
	{"result_package", "hour_package", "tracked_hours"},
	{"standard_vat", "small_business", "reverse_charge", "not_taxable"},
	{"sie", "du"},
	{"fixed_term", "open_term"},
	{"unused_refund", "unused_extend"},
	{"hands_team", "hands_password", "hands_key", "hands_other"},
}

// implications are "a → b" (or "a → !b") that hold of every case.
var implications = [][2]string{
	{"result_package", "package"}, {"hour_package", "package"}, {"tracked_hours", "!package"},
	{"one_access", "access"}, {"many_access", "access"}, {"one_access", "!many_access"},
	{"no_term", "!has_start"}, {"no_term", "open_term"}, {"part_invoice", "instalments"},
	{"avv", "avv_required"}, {"client_public", "public_body"}, {"public_body", "client_public"},
}

// assignment is the truth of conditions.
type assignment map[string]bool

func (a assignment) holds(c condition) bool {
	for _, t := range c {
		if a[t.name] == t.not {
			return false
		}
	}
	return true
}

// possible says that no rule about the conditions is broken.
func (a assignment) possible() bool {
	for _, group := range exactlyOne {
		n, all := 0, true
		for _, name := range group {
			v, known := a[name]
			all = all && known
			if v {
				n++
			}
		}
		if n > 1 || all && n == 0 {
			return false
		}
	}
	for _, i := range implications {
		b, not := strings.CutPrefix(i[1], "!")
		if v, known := a[b]; known && a[i[0]] && v == not {
			return false
		}
	}
	return true
}

// assignments yields every possible truth of the names that occur in the conditions (and of their groups).
func assignments(t *testing.T, conds []condition, yield func(assignment) bool) {
	t.Helper()
	names := map[string]bool{}
	for _, c := range conds {
		for _, term := range c {
			names[term.name] = true
		}
	}
	for _, group := range exactlyOne {
		if slices.ContainsFunc(group, func(n string) bool { return names[n] }) {
			for _, n := range group {
				names[n] = true
			}
		}
	}
	list := make([]string, 0, len(names))
	for n := range names {
		list = append(list, n)
	}
	slices.Sort(list)
	if len(list) > 20 {
		t.Fatalf("too many conditions for a proof: %v", list)
	}
	for bits := range 1 << len(list) {
		a := assignment{}
		for i, n := range list {
			a[n] = bits>>i&1 == 1
		}
		if a.possible() && !yield(a) {
			return
		}
	}
}

// chainCondition is all conditions that govern a place.
func chainCondition(chain []*attributes) condition {
	var all condition
	for _, a := range chain {
		all = append(all, a.cond...)
	}
	return all
}

// uncovered returns the items that nothing in a document covers under some assignment of the conditions, with that assignment.
func uncovered(t *testing.T, text *Text, items []string) map[string]string {
	t.Helper()
	all := placesOf(text)
	gaps := map[string]string{}
	for _, item := range items {
		if gap := gapIn(t, all[item], nil); gap != "" {
			gaps[item] = gap
		}
	}
	return gaps
}

// gapIn is an assignment of the conditions under which the premise holds but none of the places is printed; "" if there is none.
func gapIn(t *testing.T, places []place, premise condition) (gap string) {
	t.Helper()
	conds := []condition{premise}
	for _, p := range places {
		if len(p.cond) == 0 {
			return ""
		}
		conds = append(conds, p.cond)
	}
	printed := func(a assignment) bool {
		return slices.ContainsFunc(places, func(p place) bool { return a.holds(p.cond) })
	}
	assignments(t, conds, func(a assignment) bool {
		if a.holds(premise) && !printed(a) {
			gap = fmt.Sprint(a)
		}
		return gap == ""
	})
	return gap
}

// TestReferencesAreGuarded proves that a reference's target stands in the document whenever the reference does.
func TestReferencesAreGuarded(t *testing.T) {
	lib := library(t)
	for kind, text := range lib.texts {
		targets := map[string]condition{}
		text.walk(func(a *attributes, chain []*attributes) {
			if a.id != "" {
				targets[a.id] = chainCondition(chain)
			}
		}, nil)
		text.walk(nil, func(i *inline, chain []*attributes) {
			id := strings.TrimPrefix(i.link, "#")
			target, ok := targets[id]
			if i.link == "" || !ok {
				return
			}
			from := chainCondition(chain)
			assignments(t, []condition{from, target}, func(a assignment) bool {
				if a.holds(from) && !a.holds(target) {
					t.Errorf("%s.md: reference to #%s stands without its target under %v", kind, id, a)
					return false
				}
				return true
			})
		})
	}
}

func library(t *testing.T) *Library {
	t.Helper()
	lib, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestEveryTextHasARow: a text that no row of the table of kinds names would never be set.
func TestEveryTextHasARow(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil || len(entries) != len(decision.Kinds) {
		t.Errorf("%d texts for %d kinds: %v", len(entries), len(decision.Kinds), err)
	}
	for _, e := range entries {
		if _, ok := decision.RowOf(decision.Kind(strings.TrimSuffix(e.Name(), ".md"))); !ok {
			t.Errorf("%s has no row in decision.Kinds", e.Name())
		}
	}
}
