package decision

import (
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// Row is one kind of document.
type Row struct {
	Kind      Kind
	Title     string       // German
	Series    string       // prefix of its numbers: "AN"
	FileName  string       // readable, ASCII: "Vertrag-ueber-freie-Mitarbeit"
	Form      content.Form // outer shape
	KeepYears int          // retention: 8 for invoices (§ 14b (1) UStG), else 6 (§ 147 (3) AO)
	// Optional: documents.include may name it.
	Optional bool
	article  string // of the title: "Das"
	// applies says whether the kind is made, by which rule, and why, in German.
	applies func(*facts) Need
}

// Kinds is the table of kinds, in the order of a bundle.
var Kinds = []Row{
	{Offer, "Angebot", "AN", "Angebot", content.FormLetter, 6, true, "Das", offerNeed},
	{Contract, "Vertrag über freie Mitarbeit", "VT", "Vertrag-ueber-freie-Mitarbeit", content.FormDeed, 6, true, "Der", contractNeed},
	{NDA, "Vertraulichkeitsvereinbarung", "VV", "Vertraulichkeitsvereinbarung", content.FormDeed, 6, true, "Die", ndaNeed},
	{AVV, "Auftragsverarbeitungsvertrag", "AV", "Auftragsverarbeitungsvertrag", content.FormDeed, 6, true, "Der", avvNeed},
	{AccessChecklist, "Zugangs-Checkliste", "ZC", "Zugangs-Checkliste", content.FormLetter, 6, false, "Die", checklistNeed},
	{Invoice, "Rechnung", "RE", "Rechnung", content.FormLetter, 8, false, "Die", invoiceNeed},
}

// RowOf is the row of a kind; ok is false for an unknown one.
func RowOf(k Kind) (row Row, ok bool) {
	for _, r := range Kinds {
		if r.Kind == k {
			return r, true
		}
	}
	return Row{}, false
}

// facts is what the predicates ask for.
type facts struct {
	*engagement.Engagement
	sight sightings
}

// offerOnly says that the engagement is at the stage of the offer.
func (f *facts) offerOnly() bool { return f.Stage == engagement.StageOffer }

// Decide says which kinds apply, and why. It is total and pure.
func Decide(v *engagement.Valid) Decision {
	f := &facts{&v.Engagement, see(v.Access)}
	d := Decision{AVVRequired: f.sight.required(), AVVPrecaution: f.sight.precaution()}
	for _, row := range Kinds {
		n := row.overridden(row.applies(f), f)
		n.Kind = row.Kind
		d.Needs = append(d.Needs, n)
		if row.Kind == AVV {
			d.AVVReason = n.Reason
		}
	}
	d.Notices = notices(f, &d)
	return d
}

// overridden applies documents.include and documents.exclude.
func (row *Row) overridden(n Need, f *facts) Need {
	title := row.article + " " + row.Title
	switch {
	case slices.Contains(f.Documents.Exclude, string(row.Kind)):
		return no("excluded", title+" ist für diesen Auftrag ausdrücklich abgewählt.")
	case !slices.Contains(f.Documents.Include, string(row.Kind)) || n.Applies:
		return n
	case row.Kind == AVV && f.sight.required():
		n.Applies, n.Rule = true, "included"
		n.Reason = strings.TrimSuffix(f.sight.reason(false), ".") + "; wie gewünscht wird der Vertrag schon jetzt ausgestellt."
		return n
	}
	return yes("included", title+" ist für diesen Auftrag ausdrücklich gewünscht.")
}

func yes(rule, reason string) Need { return Need{Applies: true, Rule: rule, Reason: reason} }

func no(rule, reason string) Need { return Need{Rule: rule, Reason: reason} }

func offerNeed(f *facts) Need {
	if f.Stage == engagement.StageContract {
		return no("offer_phase_over", "Die Angebotsphase ist vorbei; jetzt geht es um die Verträge.")
	}
	return yes("offer_stage", "Das Angebot hält Leistung und Preis verbindlich fest.")
}

func contractNeed(f *facts) Need {
	if f.offerOnly() {
		return no("after_acceptance", "Der Vertrag folgt nach der Annahme des Angebots.")
	}
	return yes("contract_stage", "Der Vertrag ist die schriftliche Grundlage der Zusammenarbeit und hält die Selbstständigkeit fest.")
}

func ndaNeed(f *facts) Need {
	switch {
	case f.offerOnly():
		return no("after_acceptance", "Die Vertraulichkeitsvereinbarung folgt nach der Annahme des Angebots.")
	case len(f.Access) == 0:
		return yes("inside_knowledge", "Bei der Zusammenarbeit wird Internes bekannt; die Vereinbarung schützt es.")
	}
	return yes("inside_knowledge", "Bei der Zusammenarbeit werden Interna und Zugangsdaten bekannt; die Vereinbarung schützt beides.")
}

func checklistNeed(f *facts) Need {
	n := len(f.Access)
	switch {
	case n == 0:
		return no("no_access", "Es ist kein Zugang vereinbart, der einzurichten wäre.")
	case f.offerOnly():
		return no("after_acceptance", "Die Zugangs-Checkliste folgt nach der Annahme des Angebots.")
	case n == 1:
		return yes("access_to_grant", "Es ist ein Zugang einzurichten; die Checkliste führt durch die Schritte.")
	}
	return yes("access_to_grant", "Es sind "+count(n)+de.NBSP+"Zugänge einzurichten; die Checkliste führt durch die Schritte.")
}

func invoiceNeed(f *facts) Need {
	parts := f.Pricing.Payment.Instalments
	now := slices.ContainsFunc(parts, dueOnOrder)
	switch {
	case f.Pricing.Model == engagement.TrackedHours:
		return no("after_service", "Abgerechnet wird nach erfassten Stunden; die Rechnung wird nach Leistungserbringung gestellt.")
	case len(parts) > 0 && !now:
		return no("no_instalment_on_order", "Bei Auftragserteilung ist noch keine Rate fällig; die Rechnungen folgen zu den vereinbarten Terminen.")
	case f.offerOnly() && now:
		return no("after_acceptance", "Bei Auftragserteilung ist eine Rate fällig; die Rechnung darüber folgt nach der Annahme des Angebots.")
	case f.offerOnly():
		return no("after_acceptance", "Das Paket wird im Voraus bezahlt; die Rechnung folgt nach der Annahme des Angebots.")
	case now:
		return yes("instalment_on_order", "Bei Auftragserteilung ist eine Rate fällig; die Rechnung lautet über diese Rate.")
	}
	return yes("prepaid", "Das Paket wird im Voraus bezahlt; deshalb gehört die Rechnung dazu.")
}

func dueOnOrder(i engagement.Instalment) bool { return i.Due == engagement.DueOnOrder }

func count(n int) string { return strconv.Itoa(n) }
