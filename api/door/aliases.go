package door

import (
	"slices"
	"strings"
	"sync"
)

// valueKind says how the value of a field is read.
type valueKind string

const (
	kindText     valueKind = "text"
	kindLong     valueKind = "long"    // text of several paragraphs
	kindTexts    valueKind = "texts"   // list of texts
	kindMoney    valueKind = "money"   // a net price
	kindRate     valueKind = "rate"    // a price for an hour
	kindDecimal  valueKind = "decimal" // hours, quantities
	kindRange    valueKind = "range"   // estimated hours
	kindPercent  valueKind = "percent"
	kindInt      valueKind = "int"
	kindDate     valueKind = "date"
	kindPeriod   valueKind = "period" // start and end
	kindBool     valueKind = "bool"
	kindTri      valueKind = "tri" // a legal yes or no: what is not clear is null
	kindWord     valueKind = "word"
	kindCountry  valueKind = "country"
	kindForm     valueKind = "form"
	kindName     valueKind = "name"    // of a party, or of who acts for it
	kindCompany  valueKind = "company" // of a party, for sure
	kindPerson   valueKind = "person"  // who acts for a party
	kindAddress  valueKind = "address" // in one line
	kindCity     valueKind = "city"    // with or without the postal code
	kindHouse    valueKind = "house"   // number of the house
	kindTitle    valueKind = "title"   // of the engagement; "Dr." is that of a person
	kindServices valueKind = "services"
	kindService  valueKind = "service"
	kindModel    valueKind = "model"
	kindPrice    valueKind = "price" // the one price of the engagement
	kindTotal    valueKind = "total"
	kindBudget   valueKind = "budget"
	kindGross    valueKind = "gross"
	kindSkonto   valueKind = "skonto"
	kindRefuse   valueKind = "refuse" // money in words: asked for
	kindTools    valueKind = "tools"
	kindTool     valueKind = "tool"
	kindAnswer   valueKind = "answer" // do the accesses show customer data?
	kindDue      valueKind = "due"    // of an instalment
	kindColumn   valueKind = "column" // of the lines, all in one text
	kindLogin    valueKind = "login"  // whether there is access to the tool in the name
)

// Alias is a row of the published table: a field and the names under which it is found, compared without case, blanks,
// separators and umlaut spelling. "#" stands for a number.
type Alias struct {
	Field    string   // JSON pointer, # for each place in a list
	Names    []string // German names first, then the names of the format
	Prefixes []string // of a party's field: the names, without a prefix of their own, are found behind each of these as well
}

type alias struct {
	field string
	kind  valueKind
	names string // separated by commas
}

// prefixes are the names of the two sides; those of the client may be left out.
var prefixes = []struct {
	side, names string
	bare        bool
}{
	{"/client", "kunde, kundin, kunden, auftraggeber, auftraggeberin, client, customer, besteller", true},
	{"/contractor", "auftragnehmer, auftragnehmerin, contractor, dienstleister, dienstleisterin, freelancer", false},
}

// between are words that may stand between a side and its field, by the part of the pointer.
var between = map[string]string{"/address": "anschrift, adresse, address", "/person": "ansprechpartner, ansprechpartnerin, ansprechperson, kontakt, contact, person, name",
	"/bank": "bank, konto", "/register": "register", "/insurance": "versicherung"}

// sections are left out of the names of the format: start is term.start.
var sections = map[string]bool{"scope": true, "term": true, "pricing": true, "payment": true, "terms": true, "processing": true,
	"address": true, "person": true, "bank": true, "register": true, "insurance": true, "vat": true}

// Aliases is the published table, in the order of its rows. Names that only repeat another one with the word of its part
// before it (anschrift_plz) are left out.
func Aliases() []Alias {
	var out []Alias
	for _, side := range prefixes {
		all := list2(side.names)
		for _, a := range partyAliases {
			row := Alias{Field: side.side + a.field}
			for _, p := range all {
				row.Prefixes = append(row.Prefixes, p+"_")
			}
			for _, name := range list2(a.names) {
				bare, sided := strings.CutPrefix(name, "+")
				if sided || !side.bare || name == "" {
					bare = strings.TrimSuffix(all[0]+"_"+bare, "_")
				}
				row.Names = append(row.Names, bare)
			}
			out = append(out, row)
		}
	}
	for _, a := range append(slices.Clone(sideAliases), ownAliases...) {
		out = append(out, Alias{Field: published(a.field), Names: withFormat(a)})
	}
	return out
}

// withFormat are the names of a row and those of the format.
func withFormat(a alias) []string {
	names := list2(a.names)
	if isOwn(a) {
		return names
	}
	for _, n := range formatNames(a.field) {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// published is a field as callers know it: the price of a service is that of an item.
func published(field string) string {
	return strings.NewReplacer("#1s", "#", "#s", "#", "#1", "#").Replace(field)
}

// isOwn says that a field is read from several names in several ways: only the first row has those of the format.
func isOwn(a alias) bool {
	switch a.kind {
	case kindCompany, kindPerson, kindAddress, kindPeriod, kindServices, kindService, kindPrice, kindTotal, kindBudget, kindGross,
		kindSkonto, kindRefuse, kindTools, kindAnswer, kindHouse, kindRange, kindColumn:
		return true
	}
	return false
}

// rows are all rows, those of the parties for both sides.
func rows() []alias {
	var out []alias
	for _, side := range prefixes {
		for _, a := range partyAliases {
			var names []string
			for _, name := range list2(a.names) {
				names = append(names, sideNames(side.names, a.field, name)...)
				if side.bare {
					names = append(bareNames(a.field, name), names...)
				}
			}
			out = append(out, alias{side.side + a.field, a.kind, strings.Join(names, ",")})
		}
	}
	return append(append(out, sideAliases...), ownAliases...)
}

// bareNames are the names of a client's field without the side.
func bareNames(field, name string) []string {
	bare, sided := strings.CutPrefix(name, "+")
	names := infixed("", field, bare)
	if !sided && name != "" {
		names = append([]string{name}, names...)
	}
	return names
}

// sideNames are the names of a party's field with the side before or behind it.
func sideNames(prefixes, field, name string) []string {
	name = strings.TrimPrefix(name, "+")
	var out []string
	for _, p := range list2(prefixes) {
		out = append(out, strings.TrimSuffix(p+"_"+name, "_"))
		if name != "" {
			out = append(out, name+"_"+p)
			out = append(out, infixed(p+"_", field, name)...)
		}
	}
	return out
}

// infixed are the names with the word of their part before them: anschrift_plz.
func infixed(prefix, field, name string) []string {
	var out []string
	for part, words := range between {
		if name != "" && strings.HasPrefix(field, part+"/") {
			for _, infix := range list2(words) {
				out = append(out, prefix+infix+"_"+name)
			}
		}
	}
	return out
}

// formatNames are the names of a field in the format: whole, and without its sections.
func formatNames(field string) []string {
	if strings.Contains(field, "#s") || strings.Contains(field, "#1") {
		return nil // a price of a service is no field of the format
	}
	parts := strings.Split(strings.TrimPrefix(field, "/"), "/")
	full := strings.Join(parts, "_")
	last := len(parts) - 1
	kept := append(slices.DeleteFunc(slices.Clone(parts[:last]), func(s string) bool { return sections[s] }), parts[last])
	if short := strings.Join(kept, "_"); short != full && short != "" {
		return []string{full, short}
	}
	return []string{full}
}

// stems are what numbered groups are called; ~leistung preis is "leistung # preis", "service # preis" and so on, also with
// the number behind.
var stems = map[string]string{
	"leistung": "leistung, leistungen, service, services, teilleistung, teilleistungen, aufgabe, aufgaben, arbeitspaket, scope services",
	"position": "position, positionen, pos, item, items, line item, line items, artikel, posten, pricing items",
	"tool":     "tool, tools, werkzeug, werkzeuge, zugang, zugänge, access, programm, programme, software, system, systeme, plattform",
}

// list2 is the names of a row; those with a stem are spelled out.
func list2(s string) []string {
	var out []string
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSpace(name)
		stem, rest, _ := strings.Cut(strings.TrimPrefix(name, "~"), " ")
		if !strings.HasPrefix(name, "~") {
			out = append(out, name)
			continue
		}
		for _, word := range list2(stems[stem]) {
			out = append(out, strings.TrimSpace(word+" # "+rest))
			if rest != "" {
				out = append(out, word+" "+rest+" #", rest+" "+word+" #")
			}
		}
	}
	return out
}

// table is every name, folded; the first row that has it counts.
var table = sync.OnceValue(func() map[string]*alias {
	t := map[string]*alias{}
	all := rows()
	for i := range all {
		for _, name := range list2(all[i].names) {
			enter(t, name, &all[i])
		}
	}
	for i := range all {
		if !isOwn(all[i]) && all[i].kind != kindName {
			for _, name := range formatNames(all[i].field) {
				enter(t, name, &all[i])
			}
		}
	}
	return t
})

func enter(t map[string]*alias, name string, a *alias) {
	if key := plainKey(name); key != "" && t[key] == nil {
		t[key] = a
	}
}
