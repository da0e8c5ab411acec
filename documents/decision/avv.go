package decision

import (
	"strconv"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// sighting is an access with what it shows.
type sighting struct {
	access           engagement.Access
	sight            Sight
	sees, precaution bool
}

type sightings []sighting

func see(accesses []engagement.Access) sightings {
	out := make(sightings, 0, len(accesses))
	for _, a := range accesses {
		s := sighting{access: a, sight: Look(a)}
		s.sees, s.precaution = SeesCustomerData(a)
		out = append(out, s)
	}
	return out
}

// required says that at least one access counts as sight (Art. 28 DSGVO; merely being able to see is enough).
func (s sightings) required() bool { return s.decisive() != nil }

// precaution says that only accesses of which it is not known decide.
func (s sightings) precaution() bool {
	d := s.decisive()
	return d != nil && d.precaution
}

// decisive is the access that decides: the first that certainly shows data, else the first of which it is not known.
func (s sightings) decisive() *sighting {
	var found *sighting
	for i := range s {
		if s[i].sees && !s[i].precaution {
			return &s[i]
		}
		if s[i].sees && found == nil {
			found = &s[i]
		}
	}
	return found
}

// onlyCause is the German name of the one permission over all accesses without which no AVV would be needed; "" when
// there are several or when an access counts without a named permission.
func (s sightings) onlyCause() string {
	name, n := "", 0
	for i := range s {
		if !s[i].sees {
			continue
		}
		causes := s[i].causes()
		if len(causes) == 0 {
			return ""
		}
		n += len(causes)
		name = causes[0].Name
	}
	if n != 1 {
		return ""
	}
	return name
}

// causes are the permissions that show data or of which it is not known.
func (s *sighting) causes() []PermissionSight {
	var out []PermissionSight
	for _, p := range s.sight.Permissions {
		if p.Shows != No {
			out = append(out, p)
		}
	}
	return out
}

func avvNeed(f *facts) Need {
	d := f.sight.decisive()
	if d == nil {
		return f.sight.noAVV()
	}
	n := Need{Applies: true, Precaution: d.precaution, Rule: avvRule(d), Reason: d.reason()}
	if cause := f.sight.onlyCause(); cause != "" {
		n.Reason += " Ohne die Berechtigung „" + cause + "“ wäre kein Auftragsverarbeitungsvertrag nötig."
	}
	if f.offerOnly() {
		n.Applies, n.Rule = false, "after_acceptance"
		n.Reason += " Der Auftragsverarbeitungsvertrag folgt nach der Annahme des Angebots."
	}
	return n
}

func avvRule(s *sighting) string {
	switch {
	case s.access.CustomerData != nil:
		return "customer_data_stated"
	case s.precaution:
		return "customer_data_unclear"
	}
	return "customer_data_visible"
}

// reason says which access shows data of whom, or why it counts as a precaution.
func (s *sighting) reason() string {
	with := s.with()
	switch {
	case s.access.CustomerData != nil:
		return s.sight.Tool + " zeigt" + with + " nach Angabe personenbezogene Daten" + s.whose() + "; es genügt, sie sehen zu können."
	case !s.precaution:
		return s.sight.Tool + " zeigt" + with + " personenbezogene Daten" + s.whose() + "; es genügt, sie sehen zu können."
	case !s.sight.Known || len(s.sight.Permissions) == 0:
		return "Was der Zugang zu „" + s.sight.Tool + "“ zeigt, ist nicht bekannt; der Auftragsverarbeitungsvertrag ist deshalb vorsorglich vorgesehen. " +
			"Bitte klären, ob dort personenbezogene Daten zu sehen sind, und dann neu entscheiden lassen."
	}
	return "Ob " + s.sight.Tool + with + " personenbezogene Daten zeigt, steht nicht fest; der Auftragsverarbeitungsvertrag ist deshalb vorsorglich vorgesehen. " +
		"Bitte klären und dann neu entscheiden lassen."
}

// with is " mit der Berechtigung „Bestellungen“" or " mit den Berechtigungen „A“ und „B“", empty without any.
func (s *sighting) with() string {
	causes := s.causes()
	if !s.precaution && s.access.CustomerData == nil {
		causes = certain(causes)
	}
	names := make([]string, 0, len(causes))
	for _, p := range causes {
		names = append(names, "„"+p.Name+"“")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " mit der Berechtigung " + names[0]
	}
	return " mit den Berechtigungen " + de.And(names)
}

func certain(causes []PermissionSight) []PermissionSight {
	var out []PermissionSight
	for _, p := range causes {
		if p.Shows == Yes {
			out = append(out, p)
		}
	}
	return out
}

// whose is " (Käuferinnen und Käufer)", empty for an unknown tool.
func (s *sighting) whose() string {
	names := make([]string, 0, len(s.sight.Subjects))
	for _, code := range s.sight.Subjects {
		names = append(names, SubjectName(code))
	}
	if len(names) == 0 {
		return ""
	}
	text := names[0]
	for _, n := range names[1:] {
		text += "; " + n
	}
	return " (" + text + ")"
}

// noAVV says which accesses there are and why none of them counts.
func (s sightings) noAVV() Need {
	if len(s) == 0 {
		return no("no_access", "Es ist kein Zugang vereinbart; personenbezogene Daten der Kundschaft sind nicht zu sehen.")
	}
	var byCatalogue, stated []string
	for i := range s {
		if s[i].access.CustomerData != nil {
			stated = append(stated, s[i].sight.Tool)
			continue
		}
		byCatalogue = append(byCatalogue, s[i].sight.Tool+s[i].granted())
	}
	switch {
	case len(stated) == 0:
		return no("no_customer_data", accessTo(byCatalogue)+" keine personenbezogenen Daten der Kundschaft.")
	case len(byCatalogue) == 0:
		return no("customer_data_denied", "Nach Angabe sind über "+de.And(stated)+" keine personenbezogenen Daten der Kundschaft zu sehen.")
	}
	return no("no_customer_data", accessTo(byCatalogue)+" keine personenbezogenen Daten der Kundschaft; für "+de.And(stated)+" ist dasselbe angegeben.")
}

// granted is " („Produkte“)": the permissions that an access has.
func (s *sighting) granted() string {
	names := make([]string, 0, len(s.sight.Permissions))
	for _, p := range s.sight.Permissions {
		names = append(names, "„"+p.Name+"“")
	}
	return " (" + de.And(names) + ")"
}

// accessTo is "Der Zugang zu A zeigt" or "Die Zugänge zu A und B zeigen".
func accessTo(tools []string) string {
	if len(tools) == 1 {
		return "Der Zugang zu " + tools[0] + " zeigt"
	}
	return "Die Zugänge zu " + de.And(tools) + " zeigen"
}

func count(n int) string { return strconv.Itoa(n) }
