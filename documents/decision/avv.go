package decision

import (
	"slices"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// avvNeed is the row of the AVV (Art. 28 DSGVO): by the accesses alone, at the stage of the offer announced only.
func avvNeed(f *facts) Need {
	d := f.sight.decisive()
	if d == nil {
		return f.sight.noAVV()
	}
	n := Need{Applies: true, Precaution: d.precaution, Rule: d.rule(), Reason: f.sight.reason(f.offerOnly())}
	if f.offerOnly() {
		n.Applies, n.Rule = false, "after_acceptance"
	}
	return n
}

func (s *sighting) rule() string {
	switch {
	case s.access.CustomerData != nil:
		return "customer_data_stated"
	case s.precaution:
		return "customer_data_unclear"
	}
	return "customer_data_visible"
}

// reason says which access makes an AVV necessary and, at the stage of the offer, when it follows.
func (s sightings) reason(offer bool) string {
	if s.precaution() {
		return s.doubt(offer)
	}
	return s.decisive().shown() + s.certainty(offer)
}

// shown says whose data the access shows, by the catalogue or by the caller's answer.
func (s *sighting) shown() string {
	causes, stated := s.causes(), ""
	if s.access.CustomerData == nil {
		causes = permissions(causes, func(p PermissionSight) bool { return p.Shows == Yes })
	} else {
		stated = " laut Angabe im Auftrag"
	}
	return "Der Zugang zu " + s.tool() + " zeigt" + stated + with(causes) + " personenbezogene Daten" + s.whose(causes) +
		"; schon die Möglichkeit, sie zu sehen, macht einen Auftragsverarbeitungsvertrag nötig."
}

// certainty follows what is shown: what could be done without, or which other accesses count too.
func (s sightings) certainty(offer bool) string {
	others := s.tools(func(x *sighting) bool {
		return x.sees && !x.precaution && x.sight.Tool != s.decisive().sight.Tool
	})
	cause := s.onlyCause()
	switch {
	case cause != "" && offer:
		return " Er folgt nach der Annahme des Angebots; ohne die Berechtigung „" + cause + "“ wäre keiner nötig."
	case cause != "":
		return " Ohne die Berechtigung „" + cause + "“ wäre keiner nötig."
	case len(others) > 0 && offer:
		return " Dasselbe gilt für " + onto(others) + "; der Vertrag folgt nach der Annahme des Angebots."
	case len(others) > 0:
		return " Dasselbe gilt für " + onto(others) + "."
	case offer:
		return " Er folgt nach der Annahme des Angebots."
	}
	return ""
}

// Ground is why the accesses make an AVV necessary, in words for the client; "" when none of them does. What the
// contractor alone has to do, and when the AVV follows, is left out.
func Ground(accesses []engagement.Access) string {
	s := see(accesses)
	switch {
	case !s.required():
		return ""
	case !s.precaution():
		return s.decisive().shown() + s.certainty(false)
	}
	ground := s.unknown() + "; deshalb gehört vorsorglich ein Auftragsverarbeitungsvertrag dazu."
	if cause := s.onlyCause(); cause != "" {
		ground += " Ohne die Berechtigung „" + cause + "“ wäre keiner nötig."
	}
	return ground
}

// unknown is what is not known of the accesses.
func (s sightings) unknown() string {
	if tools := s.seeing(); len(tools) > 1 {
		return "Ob die Zugänge zu " + list(tools, "weiteren Werkzeugen") + " personenbezogene Daten zeigen, steht nicht fest"
	}
	open, _ := s.decisive().open()
	return open
}

// seeing are the tools whose accesses count as sight.
func (s sightings) seeing() []string { return s.tools(func(x *sighting) bool { return x.sees }) }

// doubt says what is not known, that the AVV is a precaution, and what to ask.
func (s sightings) doubt(offer bool) string {
	_, ask := s.decisive().open()
	if len(s.seeing()) > 1 {
		ask = "Bitte klären, welche Daten dort zu sehen sind,"
	}
	then := "; deshalb gehört vorsorglich ein Auftragsverarbeitungsvertrag dazu. "
	if offer {
		then = "; deshalb folgt nach der Annahme des Angebots vorsorglich ein Auftragsverarbeitungsvertrag. "
	}
	ask += " und dann neu entscheiden lassen"
	if cause := s.onlyCause(); cause != "" {
		ask += "; ohne die Berechtigung „" + cause + "“ wäre kein Auftragsverarbeitungsvertrag nötig"
	}
	return s.unknown() + then + ask + "."
}

// open is what is not known of an access, and what to ask.
func (s *sighting) open() (open, ask string) {
	tool, causes := s.tool(), s.causes()
	ask = "Bitte klären, ob dort personenbezogene Daten zu sehen sind,"
	switch {
	case !s.sight.Known:
		return "Was der Zugang zu " + tool + " zeigt, ist nicht bekannt", ask
	case len(causes) == 0 && s.alwaysShows():
		return "Für den Zugang zu " + tool + " ist keine Berechtigung genannt, und alle bekannten zeigen personenbezogene Daten", ask
	case len(causes) == 0:
		return "Welche Berechtigungen der Zugang zu " + tool + " hat, ist nicht genannt", "Bitte die Berechtigungen nennen"
	case s.sight.Shows == Unknown:
		unknown := permissions(causes, func(p PermissionSight) bool { return p.Shows == Unknown })
		return "Was der Zugang zu " + tool + with(unknown) + " zeigt, ist nicht bekannt", ask
	case len(causes) == 1:
		return "Der Zugang zu " + tool + " zeigt" + with(causes) + " personenbezogene Daten, " + causes[0].When,
			"Bitte klären, ob das zutrifft,"
	}
	return "Ob der Zugang zu " + tool + with(causes) + " personenbezogene Daten zeigt, hängt vom Einzelfall ab", ask
}

// alwaysShows says that every known permission of the tool shows personal data.
func (s *sighting) alwaysShows() bool {
	t, ok := Find(s.access.Tool)
	return ok && !slices.ContainsFunc(t.Permissions, func(p Permission) bool { return p.Shows != Yes })
}

// noAVV says which accesses there are and why none of them counts.
func (s sightings) noAVV() Need {
	stated := s.tools(func(x *sighting) bool { return x.access.CustomerData != nil })
	known := s.tools(func(x *sighting) bool { return x.access.CustomerData == nil })
	const none, needless = " keine personenbezogenen Daten", "ein Auftragsverarbeitungsvertrag ist deshalb nicht nötig."
	switch {
	case len(s) == 0:
		return no("no_access", "Es ist kein Zugang vereinbart; "+needless)
	case len(stated) == 0:
		return no("no_customer_data", accessTo(known)+s.granted()+none+"; "+needless)
	case len(known) == 0:
		return no("customer_data_denied", accessTo(stated)+" laut Angabe im Auftrag"+none+"; "+needless)
	}
	return no("no_customer_data", accessTo(known)+s.granted()+none+", "+within(stated)+" laut Angabe im Auftrag ebenfalls nicht; "+needless)
}

// granted are the permissions of the accesses of which the caller says nothing: of one by name, of several in sum.
func (s sightings) granted() string {
	asked := slices.DeleteFunc(slices.Clone(s), func(x sighting) bool { return x.access.CustomerData != nil })
	if len(asked) == 1 {
		return with(asked[0].sight.Permissions)
	}
	return " mit den genannten Berechtigungen"
}

// accessTo is "Der Zugang zu A zeigt" or "Die Zugänge zu A und B zeigen".
func accessTo(tools []string) string {
	if len(tools) == 1 {
		return "Der Zugang zu " + tools[0] + " zeigt"
	}
	return "Die Zugänge zu " + list(tools, "weiteren Werkzeugen") + " zeigen"
}

// within is "der Zugang zu A" or "die Zugänge zu A und B".
func within(tools []string) string {
	if len(tools) == 1 {
		return "der Zugang zu " + tools[0]
	}
	return "die Zugänge zu " + list(tools, "weiteren Werkzeugen")
}

// onto is "den Zugang zu A" or "die Zugänge zu A und B".
func onto(tools []string) string {
	if len(tools) == 1 {
		return "den Zugang zu " + tools[0]
	}
	return within(tools)
}

// tool is its name in a sentence: quoted unless it is the proper name of a known tool.
func (s *sighting) tool() string {
	if s.sight.Known && !s.sight.Generic {
		return s.sight.Tool
	}
	return "„" + s.sight.Tool + "“"
}

// tools are the names of some accesses' tools, each once.
func (s sightings) tools(keep func(*sighting) bool) []string {
	var out []string
	for i := range s {
		if name := s[i].tool(); keep(&s[i]) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// with is " mit der Berechtigung „A“" or " mit den Berechtigungen „A“ und „B“", empty without any.
func with(granted []PermissionSight) string {
	names := make([]string, 0, len(granted))
	for _, p := range granted {
		names = append(names, "„"+p.Name+"“")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " mit der Berechtigung " + names[0]
	}
	return " mit den Berechtigungen " + list(names, "weiteren")
}

// whose is " von Käuferinnen, Käufern … sowie von Kursmitgliedern"; empty when nobody knows.
func (s *sighting) whose(causes []PermissionSight) string {
	var codes []string
	for _, p := range causes {
		codes = append(codes, p.Subjects...)
	}
	codes = inOrder(SubjectCodes, or(codes, s.sight.Subjects))
	text := ""
	for i, c := range codes {
		switch {
		case i == 0:
			text = " von "
		case i == len(codes)-1:
			text += " sowie von "
		default:
			text += ", von "
		}
		text += subjectDative(c)
	}
	return text
}

// most is how many names a sentence bears; at least two are summed up as "weitere".
const most = 6

// list is "A, B und C"; a long one ends with "und 3 weitere Werkzeuge".
func list(names []string, more string) string {
	if rest := len(names) - most + 1; rest > 1 {
		names = append(slices.Clone(names[:most-1]), count(rest)+de.NBSP+more)
	}
	return de.And(names)
}
