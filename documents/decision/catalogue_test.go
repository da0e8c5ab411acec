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
		if tool.ID != strings.ToLower(tool.ID) || tool.Name == "" || !source.MatchString(tool.Source) ||
			!slices.Contains([]Basis{Inferred, Known, Mixed}, tool.Basis) || len(tool.Permissions) == 0 {
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
	if !slices.Contains([]Basis{"", Assumed, Verify}, p.Basis) {
		t.Errorf("%s: basis %q", where, p.Basis)
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
		{"google drive", "contacts", "KÄ TN MA", "STA", "Google Drive"},
		{"google workspace", "contacts", "KÄ TN MA", "STA", "Google Workspace"},
		{"G Suite", "contacts", "KÄ TN MA", "STA", "Google Workspace"},
		{"microsoft teams", "bookings", "KÄ TN", "STA KOM TER", "Microsoft Teams"},
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
