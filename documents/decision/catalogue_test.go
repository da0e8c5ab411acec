package decision

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

// printed is the tool matrix of the source: tool, then "verdict: names as printed, …". Every name must be found, in
// any spelling, with this verdict.
var printed = map[string]string{
	"Digistore24": `J: 1st level support, 2nd level support, Support, Delivery, Bookkeeping, Affiliate manager, Full, Master, orders, affiliates
		N: products, Produkte
		D: Technical, order forms, IPN settings, View statistics, statistics, Affiliate view`,
	"ablefy": `J: order management, access management, orders, members, invoices, admin
		N: product edit, products`,
	"Elopage":  `N: products`,
	"CopeCart": "J: Support, Sale, Finance Manager, orders, finance\nN: product area",
	"ActiveCampaign": `J: Contacts, Lists, Deals, Admin
		D: Campaigns, Templates, Forms, Automations, Reports`,
	"KlickTipp": `J: Customer Support, API User, Administrator
		N: Texter, texts
		D: E-Mail-Marketing-Manager, Website Builder`,
	"Mailchimp":  "J: Manager, Admin, Owner\nD: Viewer, Author",
	"Brevo":      "J: contacts, View, edit, import, export, API keys, All access, Conversations, CRM\nN: contacts hidden",
	"MailerLite": "J: Subscribers, Manager, Administrator\nN: Accountant\nD: Viewer, Custom",
	"Kit":        "J: Editor, Admin",
	"ConvertKit": "J: Editor, Admin",
	"WordPress":  "J: Administrator, admin\nN: Author, Contributor, Autor\nD: Editor, Redakteur",
	"WooCommerce": `J: Shop Manager, Administrator, orders, customers, reports
		N: custom product editor`,
	"Shopify": `J: Orders, Draft orders, Customers, POS staff
		N: Products, Themes, Discounts
		D: Reports, Dashboards, Home, Apps, Collaborator`,
	"Zoom":               "J: reports, recordings, Admin, Owner, co-host\nD: Member, scheduling privilege, scheduling, Planungsrecht",
	"Slack":              "J: Member, Admin\nD: Single-Channel Guest, Multi-Channel Guest",
	"Google Workspace":   "J: Gmail delegation, Contacts, Forms responses, Admin console\nD: Drive Viewer, Drive Commenter, Drive Editor, Shared drive, Calendar",
	"Microsoft 365":      "J: mailbox, Full Access, Send as, Bookings, Admin\nD: Guest, Guest in Teams",
	"Calendly":           "J: Group admin, Admin, Owner\nD: User, Team manager",
	"Toggl Track":        "J: project lead, team lead, admin\nN: own workspace\nD: user",
	"Asana":              "J: admin\nD: guest, member, observer",
	"Trello":             "J: admin\nD: guest, member, observer",
	"ClickUp":            "J: admin\nD: guest, member, observer",
	"Notion":             "J: member, owner, CRM, member database\nD: guest page, view, comment, edit",
	"Canva":              "N: Member, Brand designer\nD: people photos, certificates, bulk-create CSV",
	"Instagram":          "J: Community activity, Messages & calls, Leads, full control\nN: Insights\nD: Content, Ads, partial access",
	"Facebook Page":      "J: Community activity, Messages & calls, Leads, full control\nN: Insights\nD: Content, Ads, partial access",
	"Meta ad account":    "J: Leads, Custom Audiences\nN: View performance\nD: Manage campaigns",
	"Google Analytics 4": "D: Viewer, Analyst, Marketer, Editor, Admin",
	"Memberspot":         "J: Zugänge, Prüfungen, Mitglieder\nN: Kurse",
	"Coachy":             "J: members, statistics, invoices, Admin\nN: courses",
	"Stripe":             "J: View only, Support Specialist, Analyst, Administrator, Developer\nN: IAM Administrator",
	"PayPal Business":    "J: view transactions, refunds, shipping\nD: API/developer page",
	"Lexware Office":     "J: user, Administration, Banking",
	"lexoffice":          "J: user",
	"sevdesk":            "J: Benutzer, Administrator",
	"LastPass":           "D: shared login, hidden passwords",
	"Bitwarden":          "D: shared login",
	"1Password":          "D: shared login",
	"support@":           "J: access", "info@": "J: access", "mailbox": "J: access", "info@kurse.example": "J: Zugriff",
	"helpdesk": "J: access", "hosting": "J: access", "FTP": "J: access", "DB": "J: access", "Zapier": "J: access", "Make": "J: access",
}

var verdicts = map[string]Shows{"J": Yes, "N": No, "D": Depends}

// spellings are ways in which people and tools write a name.
var spellings = []func(string) string{
	func(s string) string { return s },
	strings.ToUpper,
	func(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "_")) },
	func(s string) string { return " " + strings.ReplaceAll(strings.ReplaceAll(s, "-", " "), " ", "-") },
	func(s string) string { return strings.NewReplacer("ä", "ae", "ü", "ue", "ö", "oe").Replace(s) },
}

// TestCatalogueHoldsTheMatrix walks every printed name in every spelling through the three answers of the caller.
func TestCatalogueHoldsTheMatrix(t *testing.T) {
	yes, no := true, false
	for tool, rows := range printed {
		for row := range strings.Lines(rows) {
			verdict, names, _ := strings.Cut(strings.TrimSpace(row), ": ")
			want := verdicts[verdict]
			for name := range strings.SplitSeq(names, ", ") {
				for _, spell := range spellings {
					a := engagement.Access{Tool: spell(tool), Permissions: []string{spell(name)}}
					s := Look(a)
					if !s.Known || s.Shows != want || len(s.Permissions) != 1 || !s.Permissions[0].Known {
						t.Errorf("%q %q: %+v, want %s", a.Tool, a.Permissions, s, want)
					}
					truth(t, a, want != No, want == Depends)
					a.CustomerData = &yes
					truth(t, a, true, false)
					a.CustomerData = &no
					truth(t, a, false, false)
				}
			}
		}
	}
}

func truth(t *testing.T, a engagement.Access, sees, precaution bool) {
	t.Helper()
	if s, p := SeesCustomerData(a); s != sees || p != precaution {
		t.Errorf("%+v: sees %v, precaution %v; want %v, %v", a, s, p, sees, precaution)
	}
	v := valid()
	v.Access = []engagement.Access{a}
	if d := Decide(v); d.AVVRequired != sees || d.AVVPrecaution != precaution || d.Applies(AVV) != sees {
		t.Errorf("%+v: AVV %v, precaution %v; want %v, %v", a, d.AVVRequired, d.AVVPrecaution, sees, precaution)
	}
}

// TestNothingUnknownIsTakenForNo: no permission, an unknown one, an unknown tool.
func TestNothingUnknownIsTakenForNo(t *testing.T) {
	for _, tool := range theCatalogue().Tools {
		truth(t, engagement.Access{Tool: tool.ID}, true, true)
		truth(t, engagement.Access{Tool: tool.ID, Permissions: []string{"geheimes Recht"}}, true, true)
	}
	truth(t, engagement.Access{Tool: "eigenbau"}, true, true)
	truth(t, engagement.Access{Tool: "eigenbau", Permissions: []string{"products"}}, true, true)
	truth(t, engagement.Access{Tool: "ablefy", Permissions: []string{"products", "neu"}}, true, true)
	truth(t, engagement.Access{Tool: "ablefy", Permissions: []string{"neu", "orders", "products"}}, true, false)
	truth(t, engagement.Access{Tool: "wordpress", Permissions: []string{"author", "editor"}}, true, true)
}

// TestCatalogueIsSound: names are unambiguous, codes known, each "depends" says when, each row has source and date.
func TestCatalogueIsSound(t *testing.T) {
	c := theCatalogue()
	source := regexp.MustCompile(`^(S\d+: \S|k: )`)
	tools := map[string]string{}
	for i := range c.Tools {
		tool := &c.Tools[i]
		for _, n := range tool.names() {
			if other, taken := tools[key(n)]; taken && other != tool.ID {
				t.Errorf("%q names %s and %s", n, other, tool.ID)
			}
			tools[key(n)] = tool.ID
		}
		if tool.ID != strings.ToLower(tool.ID) || tool.Name == "" || !source.MatchString(tool.Source) || len(tool.Permissions) == 0 {
			t.Errorf("%s: incomplete row", tool.ID)
		}
		if d, err := date.Parse(tool.CheckedOn); err != nil || d.IsZero() {
			t.Errorf("%s: checked_on %q", tool.ID, tool.CheckedOn)
		}
		checkCodes(t, tool.ID, tool.Subjects, SubjectCodes)
		checkCodes(t, tool.ID, tool.Data, DataCodes)
		for k := range tool.Permissions {
			checkPermission(t, tool, &tool.Permissions[k])
		}
	}
}

func checkCodes(t *testing.T, where string, codes, all []string) {
	t.Helper()
	if len(codes) == 0 || len(inOrder(all, codes)) != len(codes) {
		t.Errorf("%s: codes %v not among %v, or twice", where, codes, all)
	}
}

func checkPermission(t *testing.T, tool *Tool, p *Permission) {
	t.Helper()
	where := tool.ID + "/" + p.ID
	if !regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`).MatchString(p.ID) || p.Name == "" || strings.ContainsAny(p.Name, "*:/") {
		t.Errorf("%s: id or name %q", where, p.Name)
	}
	if (p.Shows == Depends) != strings.HasPrefix(p.When, "wenn ") {
		t.Errorf("%s: shows %s when %q", where, p.Shows, p.When)
	}
	if _, known := strength[p.Shows]; !known || p.Shows == Unknown {
		t.Errorf("%s: shows %q", where, p.Shows)
	}
	checkCodes(t, where, or(p.Subjects, tool.Subjects), tool.Subjects)
	checkCodes(t, where, or(p.Data, tool.Data), tool.Data)
	for _, n := range p.names() {
		if q, _ := tool.Permission(n); q != p {
			t.Errorf("%s: %q names %s", where, n, q.ID)
		}
	}
}

// TestCatalogueFileHasNoUnknownFields: a typo in the data file would silently drop what it says.
func TestCatalogueFileHasNoUnknownFields(t *testing.T) {
	d := json.NewDecoder(strings.NewReader(string(catalogueJSON)))
	d.DisallowUnknownFields()
	if err := d.Decode(&catalogue{}); err != nil {
		t.Fatal(err)
	}
}

func TestCodesAreThoseOfTheFile(t *testing.T) {
	c := theCatalogue()
	for _, list := range []struct {
		codes []code
		want  []string
	}{{c.Subjects, SubjectCodes}, {c.Data, DataCodes}} {
		var got []string
		for _, x := range list.codes {
			got = append(got, x.Code)
			if x.Name == "" || strings.ContainsAny(x.Name, "*:/") {
				t.Errorf("%s: name %q", x.Code, x.Name)
			}
		}
		if !slices.Equal(got, list.want) {
			t.Errorf("codes %v, want %v", got, list.want)
		}
	}
	if SubjectName("KÄ") != "Käuferinnen, Käufer, Kundinnen und Kunden" || DataName("TER") != "Termindaten" || SubjectName("frei") != "frei" || DataName("frei") != "frei" {
		t.Error("names of codes")
	}
}

func TestLookNarrowsToThePermissions(t *testing.T) {
	for _, c := range []struct {
		tool, permissions, subjects, data, name string
	}{
		{"digistore24", "orders", "KÄ", "STA BES ZAH", "Digistore24"},
		{"digistore24", "affiliate_view,orders", "KÄ AF", "STA BES ZAH", "Digistore24"},
		{"digistore24", "orders,products", "KÄ", "STA BES ZAH", "Digistore24"},
		{"digistore24", "products", "KÄ AF", "STA BES ZAH", "Digistore24"}, // shows nothing: of the whole tool, should the caller say otherwise
		{"digistore24", "", "KÄ AF", "STA BES ZAH", "Digistore24"},
		{"digistore24", "delivery,unbekannt", "KÄ AF", "STA BES ZAH", "Digistore24"},
		{"elopage", "members", "MI", "STA LER", "ablefy"},
		{"zoom", "recordings,reports", "TN MA", "STA KOM TER MED", "Zoom"},
		{"zendesk", "access", "KÄ BE", "STA BES ZAH NUT KOM LER TER MED LOG", "zendesk"},
		{"Mailbox", "access", "KÄ BE", "STA BES ZAH NUT KOM LER TER MED LOG", "Postfach"},
		{"Eigenbau CRM", "x", "", "", "Eigenbau CRM"},
	} {
		a := engagement.Access{Tool: c.tool}
		if c.permissions != "" {
			a.Permissions = strings.Split(c.permissions, ",")
		}
		s := Look(a)
		if got := strings.Join(s.Subjects, " "); got != c.subjects {
			t.Errorf("%s %s: subjects %s, want %s", c.tool, c.permissions, got, c.subjects)
		}
		if got := strings.Join(s.Data, " "); got != c.data {
			t.Errorf("%s %s: data %s, want %s", c.tool, c.permissions, got, c.data)
		}
		if s.Tool != c.name {
			t.Errorf("%s: shown as %s, want %s", c.tool, s.Tool, c.name)
		}
	}
	if s := Look(engagement.Access{Tool: "zoom", Permissions: []string{"reports", "Berichte", "Reports"}}); len(s.Permissions) != 1 {
		t.Errorf("one permission by three names: %+v", s.Permissions)
	}
}

func TestUnneeded(t *testing.T) {
	for _, c := range []struct {
		tool        string
		permissions []string
		want        string
	}{
		{"ablefy", []string{"products"}, "Bestellungen, Mitglieder, Rechnungen, Administration"},
		{"ablefy", []string{"products", "invoices"}, "Bestellungen, Mitglieder, Administration"},
		{"ablefy", []string{"admin"}, ""},
		{"ablefy", nil, ""},
		{"canva", []string{"member"}, ""},
		{"eigenbau", []string{"products"}, ""},
	} {
		if got := strings.Join(Unneeded(engagement.Access{Tool: c.tool, Permissions: c.permissions}), ", "); got != c.want {
			t.Errorf("%s %v: %s, want %s", c.tool, c.permissions, got, c.want)
		}
	}
}

func BenchmarkLook(b *testing.B) {
	a := engagement.Access{Tool: "Google Drive", Permissions: []string{"Forms responses", "calendar"}}
	b.ReportAllocs()
	for b.Loop() {
		Look(a)
	}
}
