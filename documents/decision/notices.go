package decision

import (
	"slices"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// warning is one notice: its code and, when it concerns the engagement, its sentence.
type warning struct {
	code string
	text func(*facts, *Decision) string
}

// warnings are all notices in the order in which they are given; they stop nothing.
var warnings = []warning{
	{"invoice_before_acceptance", func(_ *facts, d *Decision) string {
		return when(d.Applies(Offer) && d.Applies(Invoice),
			"Angebot und Rechnung sind zusammen ausgestellt: Die Rechnung bitte erst verschicken, wenn das Angebot angenommen ist.")
	}},
	{"customer_data_denied", deniedNotice},
	{"avv_measures_missing", func(f *facts, d *Decision) string {
		return when(d.Applies(AVV) && len(f.measures()) == 0,
			"Für den Auftragsverarbeitungsvertrag ist keine Schutzmaßnahme bestätigt: In Anlage 2 bitte vor der Unterschrift ankreuzen, was zutrifft, oder die Maßnahmen im Auftrag angeben.")
	}},
	{"avv_measures_thin", thinNotice},
	{"processing_incomplete", func(f *facts, d *Decision) string {
		return when(d.Applies(AVV) && f.processingOpen(),
			"Welche Personen und Daten betroffen sind, ist nicht angegeben: In Anlage 1 des Auftragsverarbeitungsvertrags bitte vor der Unterschrift ankreuzen oder im Auftrag angeben.")
	}},
	{"offer_valid_after_start", func(f *facts, d *Decision) string {
		start := f.Term.Start
		late := d.Applies(Offer) && !start.IsZero() && f.Date.AddDays(*f.Pricing.OfferValidDays).After(start)
		return when(late, "Das Angebot gilt über den geplanten Beginn am "+de.ShortDate(start)+" hinaus: Wird es erst danach angenommen, verschieben sich Beginn und Termine.")
	}},
	{"prepayment_public_body", func(f *facts, _ *Decision) string {
		prepaid := f.Pricing.Model != engagement.TrackedHours && len(f.Pricing.Payment.Instalments) == 0
		return when(prepaid && f.Client.Form == engagement.PublicBody,
			"Öffentliche Stellen dürfen meist nicht im Voraus zahlen: Bitte vorher klären oder Raten vereinbaren.")
	}},
	{"telegram_personal_data", func(f *facts, d *Decision) string {
		telegram := slices.ContainsFunc(f.Communication, func(c engagement.Communication) bool { return c.Channel == "telegram" })
		return when(telegram && (d.AVVRequired || d.Applies(AVV)),
			"Über Telegram bitte keine personenbezogenen Daten der Kundschaft austauschen: Dort gibt es keinen Vertrag zur Auftragsverarbeitung.")
	}},
}

func when(holds bool, sentence string) string {
	if holds {
		return sentence
	}
	return ""
}

func notices(f *facts, d *Decision) []Notice {
	var out []Notice
	for _, w := range warnings {
		if s := w.text(f, d); s != "" {
			out = append(out, Notice{Code: w.code, Detail: s})
		}
	}
	return out
}

func deniedNotice(f *facts, _ *Decision) string {
	for i := range f.sight {
		s := &f.sight[i]
		if c := s.access.CustomerData; c != nil && !*c && s.sight.Shows == Yes {
			return "Für " + s.sight.Tool + " ist angegeben, dass keine Daten der Kundschaft zu sehen sind; nach unserem Verzeichnis zeigt " + s.sight.Tool +
				" sie" + s.with() + ". Bitte prüfen."
		}
	}
	return ""
}

// essential are the measures without which a concept is thin.
var essential = []string{"disk_encryption", "screen_lock", "two_factor", "password_manager", "updates", "client_separation", "incident_plan"}

func thinNotice(f *facts, d *Decision) string {
	confirmed := f.measures()
	if !d.Applies(AVV) || len(confirmed) == 0 {
		return ""
	}
	missing := 0
	for _, m := range essential {
		if !slices.Contains(confirmed, m) {
			missing++
		}
	}
	return when(missing > 0, "Von den sieben grundlegenden Schutzmaßnahmen (Verschlüsselung, Bildschirmsperre, Zwei-Faktor-Anmeldung, Passwortmanager, Updates, Trennung nach Kundschaft, Notfallplan) sind nicht alle bestätigt: Bitte prüfen, ob sie zutreffen.")
}

func (f *facts) measures() []string {
	return append(slices.Clone(f.Contractor.Measures), f.Processing.Measures...)
}

// processingOpen says that neither the caller nor the catalogue knows the persons or the data.
func (f *facts) processingOpen() bool {
	subjects, data := len(f.Processing.DataSubjects), len(f.Processing.DataCategories)
	for i := range f.sight {
		if s := &f.sight[i]; s.sees {
			subjects += len(s.sight.Subjects)
			data += len(s.sight.Data)
		}
	}
	return subjects == 0 || data == 0
}
