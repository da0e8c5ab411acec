package decision

import (
	"slices"

	"auftragsmappe/documents/engagement"
)

// Row is one kind of document.
type Row struct {
	Kind      Kind
	Title     string // German
	Series    string // prefix of its numbers: "AN"
	FileName  string // readable, ASCII: "Vertrag-ueber-freie-Mitarbeit"
	KeepYears int    // retention: 8 for invoices (§ 14b (1) UStG), else 6 (§ 147 (3) AO)
	// Optional: documents.include may name it.
	Optional bool
	// applies says whether the kind is made, by which rule, and why, in German.
	applies func(*facts) Need
}

// Kinds is the table of kinds, in the order of a bundle.
var Kinds = []Row{
	{Offer, "Angebot", "AN", "Angebot", 6, true, offerNeed},
	{Contract, "Vertrag über freie Mitarbeit", "VT", "Vertrag-ueber-freie-Mitarbeit", 6, true, contractNeed},
	{NDA, "Vertraulichkeitsvereinbarung", "VV", "Vertraulichkeitsvereinbarung", 6, true, ndaNeed},
	{AVV, "Auftragsverarbeitungsvertrag", "AV", "Auftragsverarbeitungsvertrag", 6, true, avvNeed},
	{AccessChecklist, "Zugangs-Checkliste", "ZC", "Zugangs-Checkliste", 6, false, checklistNeed},
	{Invoice, "Rechnung", "RE", "Rechnung", 8, false, invoiceNeed},
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
		n := row.applies(f)
		n.Kind = row.Kind
		n = overridden(n, row, &v.Documents)
		d.Needs = append(d.Needs, n)
		if row.Kind == AVV {
			d.AVVReason = n.Reason
		}
	}
	d.Notices = notices(f, &d)
	return d
}

// overridden applies documents.include and documents.exclude.
func overridden(n Need, row Row, o *engagement.Documents) Need {
	switch {
	case slices.Contains(o.Exclude, string(row.Kind)):
		return Need{Kind: row.Kind, Reason: "Dieses Dokument ist für den Auftrag ausdrücklich abgewählt.", Rule: "excluded"}
	case slices.Contains(o.Include, string(row.Kind)) && !n.Applies:
		return Need{Kind: row.Kind, Applies: true, Reason: "Dieses Dokument ist für den Auftrag ausdrücklich gewünscht.", Rule: "included"}
	}
	return n
}

func yes(rule, reason string) Need { return Need{Applies: true, Rule: rule, Reason: reason} }

func no(rule, reason string) Need { return Need{Rule: rule, Reason: reason} }

func offerNeed(f *facts) Need {
	if f.Stage == engagement.StageContract {
		return no("offer_phase_over", "Die Angebotsphase ist vorbei; jetzt werden die Verträge geschlossen.")
	}
	return yes("offer_stage", "Das Angebot hält Leistung und Preis verbindlich fest.")
}

func contractNeed(f *facts) Need {
	if f.offerOnly() {
		return no("after_acceptance", "Der Vertrag folgt, sobald das Angebot angenommen ist.")
	}
	return yes("contract_stage", "Der Vertrag ist die schriftliche Grundlage der Zusammenarbeit und hält fest, dass selbstständig gearbeitet wird.")
}

func ndaNeed(f *facts) Need {
	if f.offerOnly() {
		return no("after_acceptance", "Die Vertraulichkeitsvereinbarung folgt, sobald das Angebot angenommen ist.")
	}
	if len(f.Access) == 0 {
		return yes("inside_knowledge", "Bei der Zusammenarbeit wird Internes bekannt; die Vereinbarung schützt es.")
	}
	return yes("inside_knowledge", "Bei der Zusammenarbeit werden Internes und Zugangsdaten bekannt; die Vereinbarung schützt beides.")
}

func checklistNeed(f *facts) Need {
	n := len(f.Access)
	switch {
	case n == 0:
		return no("no_access", "Es ist kein Zugang vereinbart, den jemand einrichten müsste.")
	case f.offerOnly():
		return no("after_acceptance", "Die Checkliste folgt, sobald das Angebot angenommen ist.")
	case n == 1:
		return yes("access_to_grant", "Es ist ein Zugang einzurichten; die Checkliste führt durch die Schritte.")
	}
	return yes("access_to_grant", "Es sind "+count(n)+" Zugänge einzurichten; die Checkliste führt durch die Schritte.")
}

func invoiceNeed(f *facts) Need {
	switch {
	case f.Pricing.Model == engagement.TrackedHours:
		return no("after_service", "Die Stunden werden erfasst; die Rechnung wird nach Leistungserbringung gestellt.")
	case f.offerOnly():
		return no("after_acceptance", "Das Paket wird im Voraus bezahlt; die Rechnung folgt, sobald das Angebot angenommen ist.")
	case len(f.Pricing.Payment.Instalments) == 0:
		return yes("prepaid", "Das Paket wird im Voraus bezahlt; deshalb gehört die Rechnung dazu.")
	case slices.ContainsFunc(f.Pricing.Payment.Instalments, dueOnOrder):
		return yes("instalment_on_order", "Bei Auftragserteilung ist eine Rate fällig; über sie lautet die Rechnung.")
	}
	return no("no_instalment_on_order", "Bei Auftragserteilung ist noch keine Rate fällig; die Rechnungen folgen zu den vereinbarten Terminen.")
}

func dueOnOrder(i engagement.Instalment) bool { return i.Due == engagement.DueOnOrder }
