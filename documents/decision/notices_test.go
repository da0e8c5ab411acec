package decision

import (
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

// quiet is an engagement without any notice.
func quiet() *engagement.Valid {
	v := valid()
	v.Stage = engagement.StageContract
	v.Date = today
	v.Access = accesses("digistore24/orders")
	v.Contractor.Measures = []string{"disk_encryption", "screen_lock", "two_factor", "password_manager", "updates"}
	v.Processing.Measures = []string{"client_separation", "incident_plan", "training"}
	days := 14
	v.Pricing.OfferValidDays = &days
	return v
}

func TestNotices(t *testing.T) {
	half := money.Int(50)
	complete := func(v *engagement.Valid) { v.Stage = engagement.StageComplete }
	telegram := []engagement.Communication{{Channel: "email"}, {Channel: "telegram"}}
	for _, c := range []struct {
		name   string
		change func(*engagement.Valid)
		codes  string
		says   string
	}{
		{"nothing", func(*engagement.Valid) {}, "", ""},
		{"offer and invoice", complete, "invoice_before_acceptance", "erst verschicken"},
		{"offer without invoice", func(v *engagement.Valid) { complete(v); v.Pricing.Model = engagement.TrackedHours }, "", ""},
		{"offer and invoice excluded", func(v *engagement.Valid) { complete(v); v.Documents.Exclude = []string{"invoice"} }, "", ""},
		{"start within the validity", func(v *engagement.Valid) {
			v.Stage, v.Term.Start = engagement.StageOffer, date.Date{Year: 2026, Month: 12, Day: 6}
		}, "offer_valid_after_start", "06.12.2026"},
		{"start on the last day", func(v *engagement.Valid) {
			v.Stage, v.Term.Start = engagement.StageOffer, date.Date{Year: 2026, Month: 12, Day: 7}
		}, "", ""},
		{"start within, no offer", func(v *engagement.Valid) { v.Term.Start = date.Date{Year: 2026, Month: 12, Day: 1} }, "", ""},
		{"no measures", func(v *engagement.Valid) { v.Contractor.Measures, v.Processing.Measures = nil, nil }, "avv_measures_missing", "keine Schutzmaßnahme"},
		{"no measures, no AVV", func(v *engagement.Valid) { v.Contractor.Measures, v.Processing.Measures, v.Access = nil, nil, nil }, "", ""},
		{"no measures, offer", func(v *engagement.Valid) {
			v.Contractor.Measures, v.Processing.Measures, v.Stage = nil, nil, engagement.StageOffer
		}, "", ""},
		{"two missing", func(v *engagement.Valid) {
			v.Contractor.Measures, v.Processing.Measures = v.Contractor.Measures[2:], []string{"client_separation", "incident_plan"}
		}, "avv_measures_thin", "nicht bestätigt: Verschlüsselung der Geräte, Bildschirmsperre."},
		{"unknown tool", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders", "eigenbau") }, "processing_incomplete", "Welche Personen und Daten"},
		{"unknown tool, persons given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataSubjects = accesses("eigenbau"), []string{"Mitglieder"}
		}, "processing_incomplete", "Welche Daten"},
		{"unknown tool, data given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataCategories = accesses("eigenbau"), []string{"Namen"}
		}, "processing_incomplete", "Welche Personen die"},
		{"unknown tool, all given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataCategories, v.Processing.DataSubjects = accesses("eigenbau"), []string{"Namen"}, []string{"Mitglieder"}
		}, "", ""},
		{"AVV wished without accesses", func(v *engagement.Valid) { v.Access, v.Documents.Include = nil, []string{"avv"} }, "processing_incomplete", "Anlage\u00a01"},
		{"denied", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders,products=false") }, "customer_data_denied", "zu Digistore24 keine personenbezogenen Daten, nach unserem Verzeichnis aber schon, mit der Berechtigung „Bestellungen“"},
		{"denied twice", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders=false", "kit/admin=false") }, "customer_data_denied", "aber schon: Digistore24 und Kit"},
		{"denied, depends", func(v *engagement.Valid) { v.Access = accesses("slack/guest=false", "eigenbau=false") }, "", ""},
		{"public body", func(v *engagement.Valid) { v.Client.Form = engagement.PublicBody }, "prepayment_public_body", "Raten"},
		{"public body by instalments", func(v *engagement.Valid) {
			v.Client.Form = engagement.PublicBody
			v.Pricing.Payment.Instalments = []engagement.Instalment{{Percent: &half, Due: engagement.DueOnCompletion}}
		}, "", ""},
		{"public body by the hour", func(v *engagement.Valid) {
			v.Client.Form, v.Pricing.Model = engagement.PublicBody, engagement.TrackedHours
		}, "", ""},
		{"telegram", func(v *engagement.Valid) { v.Communication = telegram }, "telegram_personal_data", "Telegram"},
		{"telegram, no AVV", func(v *engagement.Valid) { v.Communication, v.Access = telegram, nil }, "", ""},
	} {
		v := quiet()
		c.change(v)
		var codes []string
		text := ""
		for _, n := range Decide(v).Notices {
			codes = append(codes, n.Code)
			text += n.Detail + "\n"
			reads(t, c.name, n.Detail)
		}
		if strings.Join(codes, " ") != c.codes || !strings.Contains(text, c.says) {
			t.Errorf("%s: %v %s, want %s with %q", c.name, codes, text, c.codes, c.says)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name             string
		include, exclude []string
		access           []string
		purpose          string
		want             []string
	}{
		{name: "nothing"},
		{name: "all that may be wished", include: []string{"offer", "contract", "nda", "avv"}, access: []string{"canva"}},
		{name: "all that may be left out", exclude: []string{"offer", "contract", "nda", "avv", "access_checklist", "invoice"}, access: []string{"ablefy/products"}},
		{name: "unknown kinds", include: []string{"nda", "Vertrag"}, exclude: []string{"agb", "nda2"}, want: []string{"/documents/include/1 kind_unknown", "/documents/exclude/0 kind_unknown", "/documents/exclude/1 kind_unknown"}},
		{name: "not to be wished", include: []string{"invoice", "access_checklist"}, want: []string{"/documents/include/0 kind_not_optional", "/documents/include/1 kind_not_optional"}},
		{name: "in both", include: []string{"offer", "nda"}, exclude: []string{"nda"}, want: []string{"/documents/include/1 kind_contradiction"}},
		{name: "AVV without anything", include: []string{"avv"}, want: []string{"/processing processing_required"}},
		{name: "AVV with processing", include: []string{"avv"}, purpose: "Pflege der Liste"},
		{name: "needed", exclude: []string{"avv"}, access: []string{"digistore24/orders"}, want: []string{"/documents/exclude avv_required"}},
		{name: "needed as a precaution", exclude: []string{"avv"}, access: []string{"eigenbau"}, want: []string{"/documents/exclude avv_required"}},
		{name: "denied", exclude: []string{"avv"}, access: []string{"digistore24/orders=false"}},
		{name: "half read", exclude: []string{"avv"}, access: []string{""}},
	} {
		e := &engagement.Engagement{Access: accesses(c.access...)}
		e.Documents = engagement.Documents{Include: c.include, Exclude: c.exclude}
		e.Processing.Purpose = c.purpose
		var got []string
		for _, v := range Check(e) {
			got = append(got, v.Pointer+" "+v.Code)
			reads(t, c.name, v.Detail)
			if !strings.Contains(v.Detail, "Bitte ") {
				t.Errorf("%s: no remedy: %s", c.name, v.Detail)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if Check(nil) != nil {
		t.Error("nothing read breaks no rule")
	}
}

// TestCheckNamesTheWayOut: the access that needs the AVV, and what to do without.
func TestCheckNamesTheWayOut(t *testing.T) {
	e := &engagement.Engagement{Access: accesses("digistore24/orders"), Documents: engagement.Documents{Exclude: []string{"avv"}}}
	if got := Check(e)[0].Detail; !strings.Contains(got, "Der Zugang zu Digistore24 zeigt") || !strings.Contains(got, "die Berechtigung „Bestellungen“ aus dem Auftrag") {
		t.Error(got)
	}
	e.Access = accesses("eigenbau")
	if got := Check(e)[0].Detail; !strings.Contains(got, "zu „eigenbau“") || !strings.Contains(got, "vorsorglich") || !strings.Contains(got, "den Zugang zu „eigenbau“ aus dem Auftrag") {
		t.Error(got)
	}
	e.Access = accesses("eigenbau", "ablefy/products", "slack/guest")
	if got := Check(e)[0].Detail; !strings.Contains(got, "Ob die Zugänge zu „eigenbau“ und Slack personenbezogene Daten zeigen") || !strings.Contains(got, "die Zugänge zu „eigenbau“ und Slack aus dem Auftrag") {
		t.Error(got)
	}
}
