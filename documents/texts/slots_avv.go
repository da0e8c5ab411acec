package texts

import (
	"slices"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

var avvSpans = map[string]spanSlot{
	"purpose": func(c *Case) []content.Span { return said(c.Engagement.Processing.Purpose) },
	"breach_hours": func(c *Case) []content.Span {
		return fixed(de.CountDative(money.Int(*c.Engagement.Processing.BreachHours), de.Hour))
	},
	"tools_without_subjects": func(c *Case) []content.Span { return said(de.And(c.toolsWithout(subjectsOf))) },
	"tools_without_data":     func(c *Case) []content.Span { return said(de.And(c.toolsWithout(dataOf))) },
}

var avvBlocks = map[string]blockSlot{
	"avv_facts":     avvFacts,
	"avv_access":    avvAccess,
	"avv_subjects":  func(c *Case) []content.Block { return bullets(c.given(subjectsOf)) },
	"avv_data":      func(c *Case) []content.Block { return bullets(c.given(dataOf)) },
	"subject_boxes": func(c *Case) []content.Block { return c.boxes("subjects_open", subjectsOf) },
	"data_boxes":    func(c *Case) []content.Block { return c.boxes("data_open", dataOf) },
	"avv_contacts":  avvContacts,
	"measures":      func(c *Case) []content.Block { return measureList(c.measures(), content.Dash) },
	"measure_boxes": measureBoxes,
	"avv_subs":      avvSubs,
}

// description is one of the two lists of Art. 28 (3) DSGVO: whose data, or which data.
type description struct {
	given func(*engagement.Processing) []string
	codes func(*decision.Sight) []string // of a tool, by the catalogue
	name  func(code string) string
	all   []string
	label string // head of the table's column
}

var (
	subjectsOf = description{
		given: func(p *engagement.Processing) []string { return p.DataSubjects },
		codes: func(s *decision.Sight) []string { return s.Subjects },
		name:  decision.SubjectName, all: decision.SubjectCodes, label: "Personen",
	}
	dataOf = description{
		given: func(p *engagement.Processing) []string { return p.DataCategories },
		codes: func(s *decision.Sight) []string { return s.Data },
		name:  decision.DataName, all: decision.DataCodes, label: "Daten",
	}
)

// given is what the caller says of the data; a code of the catalogue is spelled out.
func (c *Case) given(d description) []string {
	return names(d.given(&c.Engagement.Processing), d.name)
}

func names(codes []string, name func(string) string) []string {
	out := make([]string, 0, len(codes))
	for _, code := range codes {
		if s := name(code); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// toolsWithout are the tools with sight of personal data of which the catalogue does not know whose or which.
func (c *Case) toolsWithout(d description) []string {
	var out []string
	for _, a := range c.seen() {
		sight := decision.Look(a)
		if len(d.codes(&sight)) == 0 && !slices.Contains(out, sight.Tool) {
			out = append(out, sight.Tool)
		}
	}
	return out
}

func (c *Case) boxes(open string, d description) []content.Block {
	if !conditions[open](c) {
		return nil
	}
	l := content.List{Style: content.Box}
	for _, s := range names(d.all, d.name) {
		l.Items = append(l.Items, []content.Block{content.Para{Text: said(s)}})
	}
	return []content.Block{l}
}

func measureBoxes(c *Case) []content.Block {
	if len(c.measures()) > 0 {
		return nil
	}
	return measureList(theMeasures(), content.Box)
}

// toolNames are the display names of accesses, each once.
func toolNames(list []engagement.Access) []string {
	var out []string
	for _, a := range list {
		if tool := decision.Look(a).Tool; !slices.Contains(out, tool) {
			out = append(out, tool)
		}
	}
	return out
}

// avvFacts answers on page one: which tools, whose data, who instructs.
func avvFacts(c *Case) []content.Block {
	e := c.Engagement
	tools := toolNames(c.seen())
	label := "Werkzeuge"
	if len(tools) == 1 {
		label = "Werkzeug"
	}
	return factTable("Auf einen Blick",
		fact("Vertrag", c.citation(decision.Contract)...),
		fact(label, said(de.And(tools))...),
		fact("Betroffene", said(c.whose())...),
		fact("Weisungen gibt", said(de.Or(people(e.Processing.Instructors, &e.Client.Party)))...),
		fact("Weisungen erhält", said(de.Or(people(e.Processing.Recipients, &e.Contractor.Party)))...))
}

// people are the named persons, else who signs for the party.
func people(named []string, p *engagement.Party) []string {
	if len(named) > 0 {
		return named
	}
	return []string{de.Signatory(p)}
}

// whose is the persons concerned in one line, parted by semicolons as their names hold commas; the boxes of annex 1 are pointed at where something is open.
func (c *Case) whose() string {
	persons := c.given(subjectsOf)
	if len(persons) == 0 {
		var codes []string
		for _, a := range c.seen() {
			codes = append(codes, decision.Look(a).Subjects...)
		}
		persons = names(codes, decision.SubjectName)
	}
	switch {
	case !conditions["subjects_open"](c):
		return strings.Join(persons, "; ")
	case len(persons) == 0:
		return "vor Unterzeichnung in Anlage" + de.NBSP + "1 anzukreuzen"
	}
	return strings.Join(persons, "; ") + "; weitere in Anlage" + de.NBSP + "1 anzukreuzen"
}

// avvContacts is how to reach both sides and who looks after data protection. Nobody is invented: the contractor's
// officer is named or said not to be named (§ 38 BDSG), of the client's nothing is said when nothing is known.
func avvContacts(c *Case) []content.Block {
	client, contractor := &c.Engagement.Client.Party, &c.Engagement.Contractor.Party
	officer := contractor.DataProtectionOfficer
	if officer == "" {
		officer = "nicht benannt"
	}
	return factTable("Kontakte",
		fact(roleLabel(de.Client, client), name(reach(client))...),
		fact(roleLabel(de.Contractor, contractor), name(reach(contractor))...),
		fact(officerLabel(de.Client, client), said(client.DataProtectionOfficer)...),
		fact(officerLabel(de.Contractor, contractor), said(officer)...))
}

func officerLabel(r de.Role, p *engagement.Party) string {
	return "Datenschutzbeauftragte Person " + de.Genitive(r, de.GrammarOf(p))
}

func reach(p *engagement.Party) string { return strings.Join(lines(p.Email, p.Phone), "\n") }
