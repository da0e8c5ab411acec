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
		{"a client in the EEA", func(v *engagement.Valid) { v.Client.Address.Country = "NO" }, "", ""},
		{"a client in a third country", func(v *engagement.Valid) { v.Client.Address.Country = "US" }, "client_third_country", "Grundlage nach"},
		{"a client in a third country, no AVV", func(v *engagement.Valid) { v.Client.Address.Country, v.Access = "US", nil }, "", ""},
		{"German VAT abroad", func(v *engagement.Valid) {
			v.Client.Address.Country, v.Pricing.VAT.Treatment = "AT", engagement.VATStandard
		}, "vat_charged_abroad", "Steuerberatung"},
		{"German VAT at home", func(v *engagement.Valid) {
			v.Client.Address.Country, v.Pricing.VAT.Treatment = "DE", engagement.VATReduced
		}, "", ""},
		{"reverse charge abroad", func(v *engagement.Valid) {
			v.Client.Address.Country, v.Pricing.VAT.Treatment = "AT", engagement.VATReverseCharge
		}, "", ""},
		{"no measures", func(v *engagement.Valid) { v.Contractor.Measures, v.Processing.Measures = nil, nil }, "avv_measures_missing", "keine Schutzmaßnahme"},
		{"no measures, no AVV", func(v *engagement.Valid) { v.Contractor.Measures, v.Processing.Measures, v.Access = nil, nil, nil }, "", ""},
		{"no measures, offer", func(v *engagement.Valid) {
			v.Contractor.Measures, v.Processing.Measures, v.Stage = nil, nil, engagement.StageOffer
		}, "", ""},
		{"two missing", func(v *engagement.Valid) {
			v.Contractor.Measures, v.Processing.Measures = v.Contractor.Measures[2:], []string{"client_separation", "incident_plan"}
		}, "avv_measures_thin", "nicht bestätigt: Verschlüsselung der Geräte, Bildschirmsperre."},
		{"unknown tool", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders", "eigenbau") }, "access_unclear processing_incomplete", "Welche Personen und Daten"},
		{"unknown tool, persons given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataSubjects = accesses("eigenbau"), []string{"Mitglieder"}
		}, "access_unclear processing_incomplete", "Welche Daten"},
		{"unknown tool, data given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataCategories = accesses("eigenbau"), []string{"Namen"}
		}, "access_unclear processing_incomplete", "Welche Personen die"},
		{"unknown tool, all given", func(v *engagement.Valid) {
			v.Access, v.Processing.DataCategories, v.Processing.DataSubjects = accesses("eigenbau"), []string{"Namen"}, []string{"Mitglieder"}
		}, "access_unclear", "neu entscheiden lassen: Zeigt der Zugang zu „eigenbau“ Namen"},
		{"unknown tool, answered", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders", "eigenbau=false") }, "", ""},
		{"unclear at the offer", func(v *engagement.Valid) { v.Access, v.Stage = accesses("eigenbau"), engagement.StageOffer }, "access_unclear", "Zugang zu „eigenbau“ Namen"},
		{"shared login", func(v *engagement.Valid) { shared(v, "digistore24/orders", "ablefy/products") }, "shared_login", "eigenes Benutzerkonto mit der Berechtigung „Produkte“ einrichten"},
		{"shared logins", func(v *engagement.Valid) { shared(v, "digistore24/orders", "ablefy/products", "canva/member") }, "shared_login", "mehreren Werkzeugen geteilt: ablefy und Canva."},
		{"shared login, answered", func(v *engagement.Valid) { shared(v, "digistore24/orders", "ablefy/products=false") }, "", ""},
		{"shared login that shows data", func(v *engagement.Valid) { shared(v, "digistore24/orders") }, "", ""},
		{"own login", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders", "ablefy/products") }, "", ""},
		{"AVV wished without accesses", func(v *engagement.Valid) { v.Access, v.Documents.Include = nil, []string{"avv"} }, "processing_incomplete", "Anlage\u00a01"},
		{"denied", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders,products=false") }, "customer_data_denied", "zu Digistore24 keine personenbezogenen Daten, nach unserem Verzeichnis aber schon, mit der Berechtigung „Bestellungen“"},
		{"denied, no AVV", func(v *engagement.Valid) { v.Access = accesses("digistore24/orders=false") }, "customer_data_denied", "sonst fehlt ein Auftragsverarbeitungsvertrag."},
		{"denied beside a needed AVV", func(v *engagement.Valid) { v.Access = accesses("kit/editor", "digistore24/orders=false") }, "customer_data_denied", "sonst fehlt im Auftragsverarbeitungsvertrag, was dort zu sehen ist."},
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

// shared hands every access over by a password manager.
func shared(v *engagement.Valid, specs ...string) {
	v.Access = accesses(specs...)
	for i := range v.Access {
		v.Access[i].Handover = "password_manager"
	}
}

// TestQuestions: one ready to copy for each unclear access, none twice, and a bounded number.
func TestQuestions(t *testing.T) {
	const about = " Namen, E-Mail-Adressen oder Bestellungen Ihrer Kundinnen und Kunden oder Angaben zu anderen Personen?"
	for _, c := range []struct {
		specs string
		want  []string
	}{
		{"eigenbau", []string{"Zeigt der Zugang zu „eigenbau“" + about}},
		{"eigenbau/Pflege", []string{"Zeigt der Zugang zu „eigenbau“ mit der Berechtigung „Pflege“" + about}},
		{"eigenbau eigenbau", []string{"Zeigt der Zugang zu „eigenbau“" + about}},
		{"slack", []string{"Welche Berechtigungen bekommt der Zugang zu Slack, und zeigt er damit" + about}},
		{"mailbox", []string{"Zeigt der Zugang zu „Postfach“" + about}},
		{"ablefy/products,Neues", []string{"Zeigt der Zugang zu ablefy mit der Berechtigung „Neues“" + about}},
		{"slack/guest", []string{"Zum Zugang zu Slack mit der Berechtigung „Gastzugang“: Ist es bei Ihnen so, dass in den Kanälen Daten von Kundinnen, Kunden oder Dritten stehen?"}},
		{"activecampaign/campaigns,forms,reports", []string{"Zum Zugang zu ActiveCampaign mit den Berechtigungen „Kampagnen“, „Formulare“ und „Berichte“: Ist es bei Ihnen so, dass für die Gruppe eine Liste freigegeben ist oder dass die Berichte einzelne Kontakte nennen?"}},
		{"slack/guest,Neues", []string{"Zeigt der Zugang zu Slack mit den Berechtigungen „Gastzugang“ und „Neues“" + about}},
		{"a b c d e f", []string{"", "", "", "", "", "Zeigt der Zugang zu „f“" + about}},
		{"a b c d e f g h i j k l m g", []string{"", "", "", "", "", "Zeigen die Zugänge zu „f“, „g“, „h“, „i“, „j“ und 3 weiteren Werkzeugen" + about}},
		{"ablefy/products digistore24/orders eigenbau=true canva=false", nil},
	} {
		v := valid()
		v.Access = accesses(strings.Fields(c.specs)...)
		var got []string
		for _, n := range Decide(v).Notices {
			if _, question, _ := strings.Cut(n.Detail, ") und neu entscheiden lassen: "); n.Code == "access_unclear" {
				got = append(got, question)
			}
		}
		if len(got) != len(c.want) {
			t.Fatalf("%s: %d questions, want %d: %q", c.specs, len(got), len(c.want), got)
		}
		for i, want := range c.want {
			if plain := strings.ReplaceAll(got[i], "\u00a0", " "); want != "" && plain != want {
				t.Errorf("%s:\n%s\nwant\n%s", c.specs, plain, want)
			}
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
