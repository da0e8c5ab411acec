package texts

import (
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

var sharedBlocks = map[string]blockSlot{
	"parties":       parties,
	"facts":         contractFacts,
	"positions":     positions,
	"sums":          sums,
	"out_of_scope":  func(c *Case) []content.Block { return bullets(c.Engagement.Scope.OutOfScope) },
	"client_duties": func(c *Case) []content.Block { return bullets(c.Engagement.Scope.ClientDuties) },
	"access":        accessList,
	"communication": communication,
	"instalments":   instalments,
	"signatures":    signatures,
	"summary":       func(c *Case) []content.Block { return paragraphs(c.Engagement.Scope.Summary) },
}

// paragraphs is a long user text: its line breaks are paragraph breaks.
func paragraphs(s string) []content.Block {
	var out []content.Block
	for _, p := range strings.Split(s, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, content.Para{Text: said(p)})
		}
	}
	return out
}

// bullets is a list of user texts.
func bullets(items []string) []content.Block {
	if len(items) == 0 {
		return nil
	}
	l := content.List{Style: content.Dash}
	for _, s := range items {
		l.Items = append(l.Items, []content.Block{content.Para{Text: said(s)}})
	}
	return []content.Block{l}
}

// fact is a row of label and value; it is left out when the value is empty.
func fact(label string, value ...content.Span) []content.Cell {
	if plain(value) == "" {
		return nil
	}
	return []content.Cell{{Text: said(label), Head: true}, {Text: value}}
}

func factTable(summary string, rows ...[]content.Cell) []content.Block {
	t := content.Table{Style: content.Facts, Columns: []content.TableColumn{{Width: 270}, {Width: 730}}, Carry: content.NoCarry, Summary: summary}
	for _, r := range rows {
		if r != nil {
			t.Rows = append(t.Rows, r)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []content.Block{t}
}

// parties is who contracts with whom, by role.
func parties(c *Case) []content.Block {
	e := c.Engagement
	client, contractor := &e.Client.Party, &e.Contractor.Party
	return factTable("Die Vertragsparteien",
		fact(roleLabel(de.Client, client), partyLines(client)...),
		fact(roleLabel(de.Contractor, contractor), partyLines(contractor)...))
}

// roleLabel is the role noun as a label: "Auftraggeberin".
func roleLabel(r de.Role, p *engagement.Party) string { return de.Capital(de.Bare(r, de.GrammarOf(p))) }

// partyLines is the party block: name, representation, address, register.
func partyLines(p *engagement.Party) []content.Span {
	lines := []string{"\n" + de.Place(&p.Address)}
	if r := p.Register; r.Number != "" {
		lines = append(lines, "\n"+strings.Trim(r.Court+", "+r.Number, ", "))
	}
	spans := []content.Span{{Text: tiedName(legalName(p)), Style: content.Strong, Flags: content.NoHyphen}}
	if by := representation(p); by != "" {
		spans = append(spans, content.Span{Text: "\n" + by, Flags: content.NoHyphen})
	}
	return append(spans, content.Span{Text: strings.Join(lines, ""), Flags: content.NoHyphen})
}

// legalName is who the party is in law: a sole trader is the person, acting under the trade name.
func legalName(p *engagement.Party) string {
	person := de.FullName(&p.Person)
	if p.Form != engagement.SoleTrader && p.Form != engagement.Person || person == "" {
		return p.Name
	}
	bare := strings.TrimSpace(p.Person.FirstName + " " + p.Person.LastName)
	if p.Name == person || p.Name == bare {
		return person
	}
	return person + ", handelnd unter „" + p.Name + "“"
}

// representation is "vertreten durch Dr. Jörg Weiß, Geschäftsführer" of a party that is no natural person.
func representation(p *engagement.Party) string {
	name := de.FullName(&p.Person)
	if !de.Company(p) || name == "" {
		return ""
	}
	if p.Person.Role != "" {
		name += ", " + p.Person.Role
	}
	return "vertreten durch " + name
}

// positions is the table of a package's priced lines.
func positions(c *Case) []content.Block {
	if c.Price == nil {
		return nil
	}
	t := content.Table{
		Columns: []content.TableColumn{{Width: 60}, {Width: 430}, {Width: 170}, {Width: 170, Align: content.AtComma}, {Width: 170, Align: content.AtComma}},
		Head:    []content.Cell{{Text: said("Nr.")}, {Text: said("Leistung")}, {Text: said("Menge")}, {Text: said("Einzelpreis")}, {Text: said("Betrag")}},
		Carry:   4, Summary: "Positionen mit Menge, Einzelpreis und Betrag",
	}
	var sum money.Amount
	for _, l := range c.Price.Lines {
		sum += l.Amount
		description := l.Description
		if c.model() == engagement.HourPackage {
			description = "Stundenpaket: " + description
		}
		t.Rows = append(t.Rows, []content.Cell{
			{Text: said(de.Number(money.Int(l.ID)))}, {Text: said(description), Head: true}, {Text: fixed(de.Quantity(l.Quantity, l.Unit))},
			{Text: fixed(de.Price(l.UnitPrice))}, {Text: fixed(de.Money(l.Amount))},
		})
		t.Carries = append(t.Carries, de.Money(sum))
	}
	return []content.Block{t}
}

// sums is the totals of a price as the offer prints them.
func sums(c *Case) []content.Block {
	if c.Price == nil {
		return nil
	}
	p := c.Price
	rows := discountRows(c)
	if p.VAT.Rate.Sign() == 0 {
		return []content.Block{content.Sums{Rows: append(rows, content.Pair{Label: "Gesamtbetrag", Value: fixed(de.Money(p.Totals.Gross)), Strong: true})}}
	}
	return []content.Block{content.Sums{Rows: append(rows,
		content.Pair{Label: "Nettobetrag", Value: fixed(de.Money(p.Totals.Net))},
		content.Pair{Label: "Umsatzsteuer " + de.Percent(p.VAT.Rate), Value: fixed(de.Money(p.Totals.VAT))},
		content.Pair{Label: "Gesamtbetrag", Value: fixed(de.Money(p.Totals.Gross)), Strong: true})}}
}

func discountRows(c *Case) []content.Pair {
	if !c.discounted() {
		return nil
	}
	t := &c.Price.Totals
	return []content.Pair{
		{Label: "Summe", Value: fixed(de.Money(t.Lines))},
		{Label: "Rabatt " + de.Percent(c.Price.DiscountPercent), Value: fixed("−" + de.Money(t.Discount))},
	}
}

// instalments is the table of parts with their due dates.
func instalments(c *Case) []content.Block {
	if c.Price == nil || len(c.Price.Parts) == 0 {
		return nil
	}
	t := content.Table{
		Columns: []content.TableColumn{{Width: 500}, {Width: 200}, {Width: 300, Align: content.AtComma}},
		Head:    []content.Cell{{Text: said("Rechnung")}, {Text: said("Anteil")}, {Text: said("Betrag")}},
		Carry:   content.NoCarry, Summary: "Raten mit Zeitpunkt der Rechnung, Anteil und Betrag",
	}
	for _, p := range c.Price.Parts {
		due := map[string]string{"on_order": "bei Auftragserteilung", "on_completion": "nach Abschluss der Leistung"}[p.Due]
		if due == "" {
			due = "am " + de.ShortDate(p.Date)
		}
		t.Rows = append(t.Rows, []content.Cell{{Text: said(due), Head: true}, {Text: fixed(de.Percent(p.Percent))}, {Text: fixed(de.Money(p.Gross))}})
	}
	return []content.Block{t}
}

// accessList is the accesses, one line each: "Digistore24 – Rolle: Support; Recht: Bestellungen".
func accessList(c *Case) []content.Block {
	items := make([]string, 0, len(c.Engagement.Access))
	for i := range c.Engagement.Access {
		items = append(items, accessLine(&c.Engagement.Access[i]))
	}
	return bullets(items)
}

func accessLine(a *engagement.Access) string {
	sight := decision.Look(*a)
	rights := make([]string, 0, len(sight.Permissions))
	for _, p := range sight.Permissions {
		rights = append(rights, p.Name)
	}
	var details []string
	if a.Role != "" {
		details = append(details, "Rolle: "+a.Role)
	}
	if len(rights) > 0 {
		details = append(details, rightsLabel(len(rights))+": "+de.And(rights))
	}
	if len(details) == 0 {
		return sight.Tool
	}
	return sight.Tool + de.NBSP + "– " + strings.Join(details, "; ")
}

// rightsLabel follows the count.
func rightsLabel(n int) string {
	if n == 1 {
		return "Recht"
	}
	return "Rechte"
}

// channels are the German names of the ways to talk.
var channels = map[string]string{
	"slack": "Slack", "teams": "Microsoft Teams", "email": "E-Mail", "telegram": "Telegram", "phone": "Telefon", "video": "Videokonferenz",
}

// communication is the agreed channels: "Slack (kreativkurse.slack.com): laufende Abstimmung und Dateien".
func communication(c *Case) []content.Block {
	items := make([]string, 0, len(c.Engagement.Communication))
	for _, m := range c.Engagement.Communication {
		if s := channelLine(&m); s != "" {
			items = append(items, s)
		}
	}
	return bullets(items)
}

// channelLine is one channel; each of its three parts may be missing.
func channelLine(m *engagement.Communication) string {
	s := channels[m.Channel]
	switch {
	case s == "":
		s = m.Address
	case m.Address != "":
		s += " (" + m.Address + ")"
	}
	purpose := strings.ReplaceAll(m.For, "\n", " ")
	if s == "" || purpose == "" {
		return s + purpose
	}
	return s + ": " + purpose
}

// signatures is the two blocks to sign: the client left, the contractor right. The place that the contractor gave is its
// own: where the client signs, nobody knows.
func signatures(c *Case) []content.Block {
	client, contractor := &c.Engagement.Client.Party, &c.Engagement.Contractor.Party
	return []content.Block{content.Signatures{Parties: []content.Signature{
		signature("client", de.Client, client, ""),
		signature("contractor", de.Contractor, contractor, c.Engagement.Terms.SigningCity),
	}}}
}

func signature(field string, r de.Role, p *engagement.Party, place string) content.Signature {
	s := content.Signature{
		Field: field, Label: roleLabel(r, p), Place: place, Name: de.Signatory(p), Role: p.Person.Role,
		Tooltip: "Unterschrift " + de.Genitive(r, de.GrammarOf(p)),
	}
	if de.Company(p) && s.Name != p.Name {
		s.Role = strings.Trim(s.Role+", "+p.Name, ", ")
	}
	return s
}
