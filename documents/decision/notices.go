package decision

import (
	"slices"
	"strings"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// warning is a sort of notice: its code and, when it concerns the engagement, what there is to say.
type warning struct {
	code  string
	texts func(*facts, *Decision) []string
}

// warnings are all notices in the order in which they are given; they stop nothing.
var warnings = []warning{
	{"invoice_before_acceptance", func(_ *facts, d *Decision) []string {
		return when(d.Applies(Offer) && d.Applies(Invoice),
			"Angebot und Rechnung entstehen zusammen: Die Rechnung bitte erst verschicken, wenn das Angebot angenommen ist.")
	}},
	{"customer_data_denied", deniedNotice},
	{"access_unclear", unclearNotices},
	{"shared_login", sharedNotices},
	{"avv_measures_missing", func(f *facts, d *Decision) []string {
		return when(d.Applies(AVV) && len(f.measures()) == 0,
			"Für den Auftragsverarbeitungsvertrag ist keine Schutzmaßnahme bestätigt: Bitte in Anlage"+de.NBSP+
				"2 vor der Unterschrift ankreuzen, was zutrifft, oder die Maßnahmen im Auftrag angeben.")
	}},
	{"avv_measures_thin", thinNotice},
	{"processing_incomplete", openNotice},
	{"offer_valid_after_start", func(f *facts, d *Decision) []string {
		start, days := f.Term.Start, f.Pricing.OfferValidDays
		late := d.Applies(Offer) && !start.IsZero() && days != nil && f.Date.AddDays(*days).After(start)
		return when(late, "Das Angebot gilt über den geplanten Beginn am "+de.ShortDate(start)+
			" hinaus: Wird es erst danach angenommen, verschieben sich Beginn und Termine; soll das nicht sein, bitte die Frist kürzen.")
	}},
	{"prepayment_public_body", func(f *facts, d *Decision) []string {
		prepaid := f.Pricing.Model != engagement.TrackedHours && len(f.Pricing.Payment.Instalments) == 0
		concerned := d.Applies(Offer) || d.Applies(Contract) || d.Applies(Invoice)
		return when(prepaid && concerned && f.Client.Form == engagement.PublicBody,
			"Öffentliche Stellen dürfen meist nicht im Voraus zahlen: Bitte vorher klären oder Raten vereinbaren.")
	}},
	{"client_third_country", func(f *facts, d *Decision) []string {
		return when(d.Applies(AVV) && f.Client.Address.Country != "" && !slices.Contains(de.EEA, f.Client.Address.Country),
			"Der Auftraggeber sitzt außerhalb der EU und des EWR: Personenbezogene Daten dorthin zu übermitteln braucht eine Grundlage nach Art."+de.NBSP+
				"44 bis 49 DSGVO. Bitte vor dem Beginn klären, welche es ist.")
	}},
	{"vat_charged_abroad", func(f *facts, d *Decision) []string {
		charged := f.Pricing.VAT.Treatment == engagement.VATStandard || f.Pricing.VAT.Treatment == engagement.VATReduced
		concerned := d.Applies(Offer) || d.Applies(Contract) || d.Applies(Invoice)
		return when(charged && concerned && f.Client.Address.Country != "" && f.Client.Address.Country != "DE",
			"Der Auftraggeber sitzt nicht in Deutschland, trotzdem ist deutsche Umsatzsteuer gewählt: Bei Leistungen an Unternehmen liegt der Ort meist "+
				"beim Auftraggeber (§"+de.NBSP+"3a Abs."+de.NBSP+"2 UStG). Bitte vorher mit der Steuerberatung klären.")
	}},
	{"telegram_personal_data", func(f *facts, d *Decision) []string {
		telegram := slices.ContainsFunc(f.Communication, func(c engagement.Communication) bool { return c.Channel == "telegram" })
		return when(telegram && d.Applies(AVV),
			"Über Telegram bitte keine personenbezogenen Daten austauschen: Dort gibt es keinen Vertrag zur Auftragsverarbeitung.")
	}},
}

func when(holds bool, sentence string) []string {
	if holds {
		return []string{sentence}
	}
	return nil
}

func notices(f *facts, d *Decision) []Notice {
	var out []Notice
	for _, w := range warnings {
		for _, s := range w.texts(f, d) {
			out = append(out, Notice{Code: w.code, Detail: s})
		}
	}
	return out
}

// deniedNotice names the accesses of which the caller says no and the catalogue yes: the caller's answer counts.
func deniedNotice(f *facts, d *Decision) []string {
	denied := slices.DeleteFunc(slices.Clone(f.sight), func(s sighting) bool {
		return s.access.CustomerData == nil || *s.access.CustomerData || s.sight.Shows != Yes
	})
	check := "Bitte prüfen; sonst fehlt ein Auftragsverarbeitungsvertrag."
	if d.AVVRequired {
		check = "Bitte prüfen; sonst fehlt im Auftragsverarbeitungsvertrag, was dort zu sehen ist."
	}
	switch len(denied) {
	case 0:
		return nil
	case 1:
		s := &denied[0]
		shown := permissions(s.sight.Permissions, func(p PermissionSight) bool { return p.Shows == Yes })
		return []string{"Laut Angabe zeigt der Zugang zu " + s.tool() + " keine personenbezogenen Daten, nach unserem Verzeichnis aber schon," +
			with(shown) + ". " + check}
	}
	tools := denied.tools(func(*sighting) bool { return true })
	return []string{"Laut Angabe zeigen Zugänge keine personenbezogenen Daten, nach unserem Verzeichnis aber schon: " +
		list(tools, "weitere Werkzeuge") + ". " + check}
}

// essential are the measures without which a concept is thin, in German.
var essential = []struct{ id, name string }{
	{"disk_encryption", "Verschlüsselung der Geräte"}, {"screen_lock", "Bildschirmsperre"}, {"two_factor", "Zwei-Faktor-Anmeldung"},
	{"password_manager", "Passwortmanager"}, {"updates", "Updates"}, {"client_separation", "getrennte Ablage je Auftrag"},
	{"incident_plan", "Notfallplan"},
}

func thinNotice(f *facts, d *Decision) []string {
	confirmed := f.measures()
	if !d.Applies(AVV) || len(confirmed) == 0 {
		return nil
	}
	var missing []string
	for _, m := range essential {
		if !slices.Contains(confirmed, m.id) {
			missing = append(missing, m.name)
		}
	}
	return when(len(missing) > 0, "Für den Auftragsverarbeitungsvertrag sind grundlegende Schutzmaßnahmen nicht bestätigt: "+
		strings.Join(missing, ", ")+". Bitte ergänzen, was zutrifft.")
}

func (f *facts) measures() []string {
	return append(slices.Clone(f.Contractor.Measures), f.Processing.Measures...)
}

// openNotice: annex 1 has boxes to tick where neither the caller nor the catalogue knows the persons or the data.
func openNotice(f *facts, d *Decision) []string {
	subjects := f.open(f.Processing.DataSubjects, func(s *Sight) []string { return s.Subjects })
	data := f.open(f.Processing.DataCategories, func(s *Sight) []string { return s.Data })
	if !d.Applies(AVV) || !subjects && !data {
		return nil
	}
	what := "Personen und Daten"
	switch {
	case !data:
		what = "Personen"
	case !subjects:
		what = "Daten"
	}
	return []string{"Welche " + what + " die Verarbeitung betrifft, ist noch offen: Bitte in Anlage" + de.NBSP +
		"1 des Auftragsverarbeitungsvertrags vor der Unterschrift ankreuzen oder im Auftrag angeben."}
}

// open says that the caller gives nothing and that for some access in sight, or without any, the catalogue has nothing either.
func (f *facts) open(given []string, codes func(*Sight) []string) bool {
	if len(given) > 0 {
		return false
	}
	seen := false
	for i := range f.sight {
		s := &f.sight[i]
		if s.sees && len(codes(&s.sight)) == 0 {
			return true
		}
		seen = seen || s.sees
	}
	return !seen
}
