package decision

import "slices"

// mostQuestions is how many accesses are asked about one by one; what is left is asked about in one question.
const mostQuestions = 5

// asked is what a question wants to know: not only of buyers, since any person counts.
const asked = "Namen, E-Mail-Adressen oder Bestellungen Ihrer Kundinnen und Kunden oder Angaben zu anderen Personen"

// answer is the field that takes a yes or no.
const answer = "customer_data: true bei Ja, false bei Nein"

// unclearNotices have, ready to copy, what the client has to be asked about each access that counts only as a
// precaution: the question is all that follows the colon.
func unclearNotices(f *facts, _ *Decision) []string {
	var out, rest []string
	for i := range f.sight {
		s := &f.sight[i]
		if !s.precaution {
			continue
		}
		line := "Bitte fragen, die Antwort bei diesem Zugang eintragen (" + s.field() + ") und neu entscheiden lassen: " + s.question()
		switch {
		case slices.Contains(out, line):
		case len(out) < mostQuestions:
			out = append(out, line)
		case !slices.Contains(rest, s.tool()):
			rest = append(rest, s.tool())
		}
	}
	if len(rest) > 0 {
		out = append(out, "Bitte fragen, die Antworten bei diesen Zugängen eintragen ("+answer+") und neu entscheiden lassen: "+sum(rest))
	}
	return out
}

// sum asks about several tools at once.
func sum(tools []string) string {
	if len(tools) == 1 {
		return "Zeigt " + within(tools) + " " + asked + "?"
	}
	return "Zeigen " + within(tools) + " " + asked + "?"
}

// unnamed says that the answer lies in permissions that are not named; of a tool that always shows data they do not
// matter.
func (s *sighting) unnamed() bool {
	return s.sight.Known && len(s.sight.Permissions) == 0 && !s.alwaysShows()
}

// field is the field that takes the client's answer.
func (s *sighting) field() string {
	if s.unnamed() {
		return "permissions"
	}
	return answer
}

// question asks the client what an access shows. Where the catalogue knows on what it depends it asks for that: the
// clause with "wenn" has the order of one with "dass".
func (s *sighting) question() string {
	causes := s.causes()
	switch {
	case s.unnamed():
		return "Welche Berechtigungen bekommt der Zugang zu " + s.tool() + ", und zeigt er damit " + asked + "?"
	case s.sight.Shows == Depends:
		return "Zum Zugang zu " + s.tool() + with(causes) + ": Ist es bei Ihnen so, " + that(causes) + "?"
	}
	return "Zeigt der Zugang zu " + s.tool() + with(causes) + " " + asked + "?"
}

// that is "dass A" or "dass A oder dass B": on what the permissions depend, each condition once.
func that(causes []PermissionSight) string {
	var conditions []string
	for _, p := range causes {
		if c := p.When[len("wenn "):]; !slices.Contains(conditions, c) {
			conditions = append(conditions, c)
		}
	}
	text := ""
	for i, c := range conditions {
		if i > 0 {
			text += " oder "
		}
		text += "dass " + c
	}
	return text
}

// sharedNotices warn of a "no" that a shared login may break: whoever has the owner's login has the owner's rights.
func sharedNotices(f *facts, _ *Decision) []string {
	shared := slices.DeleteFunc(slices.Clone(f.sight), func(s sighting) bool {
		return s.access.Handover != "password_manager" || s.access.CustomerData != nil || s.sight.Shows != No
	})
	tools := shared.tools(func(*sighting) bool { return true })
	switch {
	case len(tools) == 0:
		return nil
	case len(shared) == 1:
		return []string{"Der Zugang zu " + tools[0] + " wird über einen Passwortmanager geteilt: Kann dieser Login mehr als genannt, " +
			"zeigt er womöglich doch personenbezogene Daten. Bitte ein eigenes Benutzerkonto" + with(shared[0].sight.Permissions) +
			" einrichten lassen oder customer_data: true angeben."}
	}
	return []string{"Über einen Passwortmanager wird der Login zu mehreren Werkzeugen geteilt: " + list(tools, "weitere Werkzeuge") +
		". Können diese Logins mehr als genannt, zeigen sie womöglich doch personenbezogene Daten; bitte eigene Benutzerkonten " +
		"mit nur den genannten Berechtigungen einrichten lassen oder customer_data: true angeben."}
}
