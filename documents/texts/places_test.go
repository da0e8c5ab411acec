package texts

import (
	"slices"
	"strings"

	"auftragsmappe/documents/decision"
)

// place is something printed that covers an item: where it stands and under which conditions it is printed.
type place struct {
	section *section // nil: the frame
	where   string   // of what Go prints
	cond    condition
}

// slotNeeds is when a block slot prints something, as a condition; a slot that stands here with "" always does. Of the others
// (lists that only the caller can fill) nothing is taken for granted. TestSlotsPrint proves the table.
var slotNeeds = map[string]string{
	"parties": "", "facts": "", "glance": "", "nda_facts": "", "avv_facts": "", "avv_contacts": "", "invoice_glance": "",
	"services": "", "services_offer": "", "signatures": "", "acceptance": "", "positions": "package", "sums": "package",
	"invoice_sums": "package", "access": "access", "offer_access": "access", "out_of_scope": "out_of_scope",
	"client_duties": "client_duties", "avv_access": "seen", "measures": "measures", "measure_boxes": "!measures",
	"avv_subs": "approved_subs", "subject_boxes": "subjects_open", "data_boxes": "data_open", "instalments": "package instalments",
}

// premises hold of every document of a kind: an invoice is made of packages only, a checklist of accesses.
var premises = map[decision.Kind]string{decision.Invoice: "package", decision.AccessChecklist: "access"}

// placesOf is where a kind covers which item. What a heading or a paragraph covers stands in what is printed under it, so it is
// only there when some of that is: a section without content is dropped.
func placesOf(t *Text) map[string][]place {
	out := map[string][]place{}
	for i := range t.sections {
		s := &t.sections[i]
		chain := chainCondition(append(t.parents(i), &s.attributes))
		add := func(items []string, cond condition) {
			for _, item := range items {
				out[item] = append(out[item], place{section: s, cond: cond})
			}
		}
		for j := range s.blocks {
			blockPlaces(&s.blocks[j], chain, s.covers, add)
		}
		partPlaces(t, s, chain, out)
	}
	for i := range parts {
		if p := &parts[i]; p.slot == "" && slices.Contains(p.kinds, decision.Kind(t.Name)) {
			for _, item := range strings.Fields(p.items) {
				out[item] = append(out[item], place{where: p.where, cond: parseCondition(p.needs)})
			}
		}
	}
	return out
}

// blockPlaces adds what a block covers, with what its section does.
func blockPlaces(b *block, chain condition, items []string, add func([]string, condition)) {
	items, chain = slices.Concat(items, b.covers), slices.Concat(chain, b.cond)
	if need, ok := slotNeeds[b.slot]; b.kind == blockInsert && ok {
		add(items, slices.Concat(chain, parseCondition(need)))
	}
	for i := range b.lines {
		l := &b.lines[i]
		add(slices.Concat(items, l.covers), slices.Concat(chain, l.cond))
	}
	for i := range b.items {
		blockPlaces(&b.items[i], chain, items, add)
	}
}

// partPlaces adds what the block slots of a section cover by themselves.
func partPlaces(t *Text, s *section, chain condition, out map[string][]place) {
	for j := range s.blocks {
		b := &s.blocks[j]
		for i := range parts {
			p := &parts[i]
			if b.kind != blockInsert || p.slot != b.slot || !slices.Contains(p.kinds, decision.Kind(t.Name)) {
				continue
			}
			for _, item := range strings.Fields(p.items) {
				out[item] = append(out[item], place{s, p.where, slices.Concat(chain, b.cond, parseCondition(p.needs))})
			}
		}
	}
}
