package texts

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"auftragsmappe/documents/decision"
)

// part is something that Go prints, not a text, with what it covers there: a block slot, or the frame around the blocks.
type part struct {
	slot  string // "" = the frame
	where string // German
	kinds []decision.Kind
	needs string // the condition under which it is printed
	items string // as covers="…"
}

var letters = []decision.Kind{decision.Offer, decision.AccessChecklist, decision.Invoice}

// parts is the one table of what is covered outside the texts.
var parts = []part{
	{"", "Fußzeile", letters, "", "F16"},
	{"", "Fußzeile", []decision.Kind{decision.Offer}, "", "D01 D02 D03 D05"},
	{"", "Fußzeile", []decision.Kind{decision.Offer}, "insurance", "D11"},
	{"", "Anschriftfeld und Fußzeile", []decision.Kind{decision.Invoice}, "", "U01"},
	{"", "Fußzeile", []decision.Kind{decision.Invoice}, "", "U02"},
	{"", "Infoblock", []decision.Kind{decision.Invoice}, "", "U03 U04 I01"},

	{"glance", "Tabelle", []decision.Kind{decision.Offer}, "", "D12 F10"},
	{"services_offer", "Liste", []decision.Kind{decision.Offer}, "", "D10"},
	{"positions", "Positionen", []decision.Kind{decision.Invoice}, "package", "U05 U07 I02"},
	{"invoice_glance", "Tabelle", []decision.Kind{decision.Invoice}, "", "V01"},
	{"invoice_glance", "Tabelle", []decision.Kind{decision.Invoice}, "has_start", "U06 I03"},
	{"invoice_sums", "Summen", []decision.Kind{decision.Invoice}, "package", "U07"},
	{"invoice_sums", "Summen", []decision.Kind{decision.Invoice}, "package standard_vat", "U08"},
	{"facts", "Tabelle", []decision.Kind{decision.Contract}, "", "V01"},
	{"nda_facts", "Tabelle", []decision.Kind{decision.NDA}, "", "N05 N06"},
	{"avv_contacts", "Tabelle", []decision.Kind{decision.AVV}, "", "A25"},
	{"avv_subs", "Tabelle", []decision.Kind{decision.AVV}, "approved_subs", "A12"},
}

// checkLaw holds the texts against the law: what they cover is known and wanted of their kind, and what is wanted is covered
// somewhere. That it is covered in every case is proved by the tests.
func (lib *Library) checkLaw() error {
	var errs []error
	for kind, t := range lib.texts {
		covered := covers(kind, t)
		for _, code := range covered {
			if it := lib.law.item(code); it == nil {
				errs = append(errs, fmt.Errorf("%s.md: covers %q, which law.json does not know", kind, code))
			} else if _, ok := it.In[kind]; !ok {
				errs = append(errs, fmt.Errorf("%s.md: covers %s, which law.json does not want there", kind, code))
			}
		}
		for i := range lib.law.Items {
			it := &lib.law.Items[i]
			if _, ok := it.In[kind]; ok && it.Duty != outsideItem && !slices.Contains(covered, it.Code) {
				errs = append(errs, fmt.Errorf("%s.md: no clause covers %s (%s)", kind, it.Code, it.Name))
			}
		}
	}
	return errors.Join(errs...)
}

// covers is the codes that a kind covers, in its text or in Go.
func covers(kind decision.Kind, t *Text) []string {
	var out []string
	t.walk(func(a *attributes, _ []*attributes) { out = append(out, a.covers...) }, nil)
	for i := range parts {
		if slices.Contains(parts[i].kinds, kind) {
			out = append(out, strings.Fields(parts[i].items)...)
		}
	}
	return out
}
