package texts

import (
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// frame is a document without its blocks: metadata, head and foot.
func frame(kind decision.Kind, c *Case) *content.Document {
	e := c.Engagement
	row, _ := decision.RowOf(kind)
	d := &content.Document{
		Kind: string(kind), Title: strings.TrimSpace(row.Title + " " + c.Papers[kind].Number), Lang: "de-DE",
		Subject: e.Scope.Title, Author: e.Contractor.Name, Date: c.dated(kind), Form: row.Form, Logo: c.Logo, Draft: c.Draft,
	}
	if d.Form == content.FormDeed {
		d.Footer = deedFooter(e)
		return d
	}
	d.Footer = letterFooter(kind, c)
	d.Letter = &content.Letter{
		Sender: letterhead(&e.Contractor.Party), Return: returnLine(&e.Contractor.Party),
		Address: de.PostalAddress(&e.Client.Party), Info: info(kind, c),
	}
	return d
}

// kicker is the small line above a title: what the paper is, its number and, on deeds, its date.
func kicker(kind decision.Kind, c *Case) string {
	row, _ := decision.RowOf(kind)
	number := c.Papers[kind].Number
	switch {
	case kind == decision.Offer:
		return strings.TrimSpace(row.Title + " " + number)
	case row.Form == content.FormDeed:
		return strings.Trim(number+" · "+de.LongDate(c.dated(kind)), " ·")
	}
	return c.Engagement.Scope.Title
}

func letterhead(p *engagement.Party) []string {
	return []string{p.Name, de.Place(&p.Address)}
}

func returnLine(p *engagement.Party) string {
	return strings.Join([]string{p.Name, p.Address.Street, p.Address.PostalCode + de.NBSP + p.Address.City}, " · ")
}

// info is the info block: number, date, what to cite, how to reach the sender.
func info(kind decision.Kind, c *Case) []content.Pair {
	p := &c.Engagement.Contractor.Party
	rows := []content.Pair{
		{Label: numberLabels[kind], Value: fixed(c.Papers[kind].Number)},
		{Label: "Datum", Value: fixed(de.ShortDate(c.dated(kind)))},
		{Label: "Ersetzt", Value: fixed(c.Replaces[kind].Number)},
	}
	if kind == decision.Offer {
		rows = append(rows, content.Pair{Label: "Gültig bis", Value: fixed(de.ShortDate(c.validUntil()))})
	}
	if kind != decision.Offer && c.cited(decision.Contract) {
		rows = append(rows, content.Pair{Label: "Vertrag", Value: fixed(c.Papers[decision.Contract].Number)})
	}
	if kind == decision.Invoice && c.cited(decision.Offer) {
		rows = append(rows, content.Pair{Label: "Angebot", Value: fixed(c.Papers[decision.Offer].Number)})
	}
	if kind == decision.Invoice {
		rows = append(rows, content.Pair{Label: "Leitweg-ID", Value: name(c.Engagement.Client.LeitwegID)})
	}
	rows = append(rows,
		content.Pair{Label: "Ansprechperson", Value: name(contact(p))},
		content.Pair{Label: "Telefon", Value: name(p.Phone)},
		content.Pair{Label: "E-Mail", Value: []content.Span{{Text: p.Email, Flags: content.NoHyphen, Link: link("mailto:", p.Email)}}})
	kept := rows[:0]
	for _, r := range rows {
		if plain(r.Value) != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

var numberLabels = map[decision.Kind]string{
	decision.Offer: "Angebotsnummer", decision.Invoice: "Rechnungsnummer", decision.AccessChecklist: "Nummer",
}

// contact is the acting person, when the letterhead does not show the name already.
func contact(p *engagement.Party) string {
	name := de.FullName(&p.Person)
	if strings.Contains(p.Name, name) {
		return ""
	}
	return name
}

func link(scheme, target string) string {
	if target == "" {
		return ""
	}
	return scheme + target
}

// letterFooter is the sender's business details (§ 35a GmbHG, § 37a HGB, DL-InfoV § 2); bank and tax number only where money is asked for.
func letterFooter(kind decision.Kind, c *Case) []content.Column {
	k := &c.Engagement.Contractor
	p := &k.Party
	columns := []content.Column{
		lines(footName(p), representation(p), p.Address.Street, p.Address.PostalCode+de.NBSP+p.Address.City),
		lines(p.Phone, p.Email, p.Website, strings.Trim(p.Register.Court+", "+p.Register.Number, ", ")),
	}
	if kind == decision.AccessChecklist {
		return columns
	}
	if kind == decision.Offer { // DL-InfoV § 2 (1) Nr. 11 asks for it before the contract
		columns[1] = append(columns[1], insurance(k)...)
	}
	columns = append(columns, taxColumn(kind, c))
	if b := k.Bank; b.IBAN != "" {
		columns = append(columns, lines(b.Bank, labelled("IBAN", de.IBAN(b.IBAN)), labelled("BIC", b.BIC), holder(k)))
	}
	kept := columns[:0]
	for _, col := range columns {
		if len(col) > 0 {
			kept = append(kept, col)
		}
	}
	return kept
}

// footName is the sender's name in the foot: of a sole trader the person's own name must be read (§ 37a HGB).
func footName(p *engagement.Party) string {
	if strings.Contains(p.Name, strings.TrimSpace(p.Person.FirstName+" "+p.Person.LastName)) {
		return p.Name
	}
	return legalName(p)
}

// taxColumn is the tax numbers (§ 14 (4) Nr. 2 UStG). The invoice of a supply that is not taxable in Germany shows the tax
// number instead of the VAT id, as its XML must not carry one (BR-O-02); an offer must show it (DL-InfoV § 2 (1) Nr. 5).
func taxColumn(kind decision.Kind, c *Case) content.Column {
	p := &c.Engagement.Contractor.Party
	vatID := p.VATID
	if kind == decision.Invoice && c.treatment() == engagement.VATNotTaxable && p.TaxNumber != "" {
		vatID = ""
	}
	return lines(labelled("Steuernummer", p.TaxNumber), labelled("USt-IdNr.", vatID), labelled("KU-IdNr.", p.SmallBusinessID))
}

func insurance(k *engagement.Contractor) content.Column {
	if k.Insurance.Insurer == "" {
		return nil
	}
	s := "Berufshaftpflicht: " + k.Insurance.Insurer
	if k.Insurance.Area != "" {
		s += " (Geltungsbereich: " + k.Insurance.Area + ")"
	}
	return content.Column{s}
}

// holder names the account's holder when it is someone else than the letterhead says.
func holder(k *engagement.Contractor) string {
	if k.Bank.Holder == "" || strings.Contains(k.Name, k.Bank.Holder) {
		return ""
	}
	return "Konto von: " + k.Bank.Holder
}

func deedFooter(e *engagement.Valid) []content.Column {
	return []content.Column{
		{roleLabel(de.Client, &e.Client.Party) + ": " + tiedName(e.Client.Name)},
		{roleLabel(de.Contractor, &e.Contractor.Party) + ": " + tiedName(e.Contractor.Name)},
	}
}

// lines is a column without its empty lines.
func lines(s ...string) content.Column {
	var out content.Column
	for _, l := range s {
		if strings.Trim(l, de.NBSP+" ") != "" {
			out = append(out, l)
		}
	}
	return out
}

// labelled is "USt-IdNr. DE123", empty without a value.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + de.NBSP + value
}
