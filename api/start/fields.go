package start

import (
	"auftragsmappe/documents/decision"
)

// sort is how an input looks and how its text is read.
type sort string

// The sorts of inputs.
const (
	text   sort = "text"
	area   sort = "area" // a long text
	mail   sort = "email"
	day    sort = "date"
	amount sort = "amount" // a decimal in German or plain notation
	whole  sort = "whole"  // an integer
	choice sort = "choice" // one of the options
	radios sort = "radios" // the same, all to be seen
	tick   sort = "tick"   // yes or not given
)

// field is an input and the place in the engagement that it fills.
type field struct {
	path     string // "client.address.city"; in a list the path in the row
	label    string
	sort     sort
	width    string // class: full, half, third, small
	hint     string
	required bool
	initial  string // what a new form has; a row with nothing else in it counts as blank
	auto     string // autocomplete token (WCAG 1.3.5), for the visitor's own data only
	options  []option
}

// option is a value to choose; of equal groups that follow each other the browser makes one.
type option struct{ value, text, group string }

// part is a block of inputs, or of rows with the same inputs.
type part struct {
	legend string
	note   string
	list   string // path of the list when it has rows: "scope.services"
	row    string // what a row is called: "Leistung"
	more   string // the button that adds one
	model  string // price models that have it, as a class; "" = all
	fields []field
}

// section is a numbered step of the form.
type section struct {
	id, title, intro string
	parts            []part
}

// maxRows is how many rows a list of the form has at most; who needs more pastes JSON.
const maxRows = 20

// accessList is the list whose rows are one permission each: several of one tool become one access.
const accessList = "access"

// other is the option for a tool that the catalogue does not have, unknown for a permission that nobody knows.
const (
	other   = "other"
	unknown = "?"
)

var (
	partyForms = []option{
		{"", "Bitte wählen", ""}, {"sole_trader", "Einzelunternehmen oder freiberuflich", ""}, {"person", "Privatname, geschäftlich tätig", ""},
		{"gmbh", "GmbH", ""}, {"ug", "UG (haftungsbeschränkt)", ""}, {"gbr", "GbR", ""}, {"ohg", "OHG", ""}, {"kg", "KG", ""}, {"ag", "AG", ""},
		{"partg", "Partnerschaftsgesellschaft", ""}, {"ev", "Verein (e. V.)", ""}, {"public_body", "Behörde oder öffentliche Einrichtung", ""},
		{"other", "andere Rechtsform", ""},
	}
	salutations = []option{{"", "keine Angabe", ""}, {"Frau", "Frau", ""}, {"Herr", "Herr", ""}, {"divers", "divers", ""}}
	countries   = []option{
		{"", "Deutschland", ""}, {"AT", "Österreich", ""}, {"CH", "Schweiz", ""}, {"LI", "Liechtenstein", ""},
		{"BE", "Belgien", "EU"}, {"BG", "Bulgarien", "EU"}, {"DK", "Dänemark", "EU"}, {"EE", "Estland", "EU"}, {"FI", "Finnland", "EU"},
		{"FR", "Frankreich", "EU"}, {"GR", "Griechenland", "EU"}, {"IE", "Irland", "EU"}, {"IT", "Italien", "EU"}, {"HR", "Kroatien", "EU"},
		{"LV", "Lettland", "EU"}, {"LT", "Litauen", "EU"}, {"LU", "Luxemburg", "EU"}, {"MT", "Malta", "EU"}, {"NL", "Niederlande", "EU"},
		{"PL", "Polen", "EU"}, {"PT", "Portugal", "EU"}, {"RO", "Rumänien", "EU"}, {"SE", "Schweden", "EU"}, {"SK", "Slowakei", "EU"},
		{"SI", "Slowenien", "EU"}, {"ES", "Spanien", "EU"}, {"CZ", "Tschechien", "EU"}, {"HU", "Ungarn", "EU"}, {"CY", "Zypern", "EU"},
		{"GB", "Vereinigtes Königreich", "weitere"}, {"NO", "Norwegen", "weitere"}, {"US", "Vereinigte Staaten", "weitere"},
	}
	models = []option{
		{"result_package", "Festpreis für ein Paket", ""}, {"hour_package", "Stundenpaket, im Voraus bezahlt", ""},
		{"tracked_hours", "nach Aufwand, erfasste Stunden", ""},
	}
	units  = []option{{"flat", "pauschal", ""}, {"piece", "Stück", ""}, {"hour", "Stunden", ""}, {"month", "Monate", ""}}
	stages = []option{
		{"complete", "die ganze Mappe", ""}, {"offer", "erst nur das Angebot", ""}, {"contract", "die Verträge; das Angebot ist schon angenommen", ""},
	}
	tones = []option{{"", "Sie, oder wie im gespeicherten Profil", ""}, {"du", "du", ""}}
	sight = []option{{"", "weiß ich nicht", ""}, {"ja", "ja", ""}, {"nein", "nein", ""}}
)

// permissions are all permissions of the catalogue as one list to choose from, by tool.
func permissions() []option {
	all := []option{{"", "kein Zugang", ""}, {other, "anderes Werkzeug (Name daneben eintragen)", ""}}
	for _, t := range decision.Tools() {
		for _, p := range t.Permissions {
			all = append(all, option{t.ID + "/" + p.ID, t.Name + ": " + p.Name, t.Name})
		}
		all = append(all, option{t.ID + "/" + unknown, t.Name + ": Berechtigung noch unklar", t.Name})
	}
	return all
}

// party are the inputs that both sides have.
func party(side string, form, street field) []field {
	own := func(token string) string {
		if side == "contractor" {
			return token
		}
		return ""
	}
	return []field{
		form,
		{path: side + ".name", label: "Name oder Firma", sort: text, width: "half", hint: "so, wie er in den Dokumenten stehen soll", required: true, auto: own("organization")},
		{path: side + ".person.salutation", label: "Anrede", sort: choice, width: "small", options: salutations},
		{path: side + ".person.first_name", label: "Vorname", sort: text, width: "third", auto: own("given-name")},
		{path: side + ".person.last_name", label: "Nachname", sort: text, width: "third", auto: own("family-name")},
		street,
		{path: side + ".address.postal_code", label: "Postleitzahl", sort: text, width: "small", required: true, auto: own("postal-code")},
		{path: side + ".address.city", label: "Ort", sort: text, width: "third", required: true, auto: own("address-level2")},
	}
}
