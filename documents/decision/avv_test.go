package decision

import (
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

// accesses reads "tool/permission,permission" with an optional "=true" or "=false" for the caller's answer.
func accesses(specs ...string) []engagement.Access {
	out := make([]engagement.Access, 0, len(specs))
	for _, s := range specs {
		spec, answer, answered := strings.Cut(s, "=")
		tool, permissions, named := strings.Cut(spec, "/")
		a := engagement.Access{Tool: tool}
		if named {
			a.Permissions = strings.Split(permissions, ",")
		}
		if answered {
			yes := answer == "true"
			a.CustomerData = &yes
		}
		out = append(out, a)
	}
	return out
}

type avvCase struct {
	says  string // what the reason begins with, at the stage complete
	specs string // accesses, separated by blanks
	only  string // the permission to do without
}

func (c avvCase) accesses() []engagement.Access { return accesses(strings.Fields(c.specs)...) }

// avvCases are the accesses that the reason of an AVV tells apart.
var avvCases = []avvCase{
	{"Der Zugang zu Digistore24 zeigt mit der Berechtigung „Bestellungen“ personenbezogene Daten von Käuferinnen, Käufern, Kundinnen und Kunden;", "digistore24/orders", "Bestellungen"},
	{"Der Zugang zu ablefy zeigt mit den Berechtigungen „Bestellungen“ und „Mitglieder“ personenbezogene Daten von Käuferinnen, Käufern, Kundinnen und Kunden sowie von Kursmitgliedern;", "elopage/orders,members", ""},
	{"Der Zugang zu ablefy zeigt mit der Berechtigung „Mitglieder“ personenbezogene Daten von Kursmitgliedern;", "ablefy/products,members", "Mitglieder"},
	{"Der Zugang zu ActiveCampaign zeigt mit der Berechtigung „Kontakte“", "activecampaign/campaigns,contacts", ""},
	{"Der Zugang zu Slack zeigt mit der Berechtigung „Mitgliedschaft“", "wordpress/author slack/member", "Mitgliedschaft"},
	{"Der Zugang zu Zoom zeigt mit der Berechtigung „Berichte“", "eigenbau zoom/reports slack/member kit/admin", ""},
	{"Der Zugang zu Stripe zeigt mit der Berechtigung „Entwicklung (Developer)“", "stripe/developer kit/admin brevo/crm zoom/reports slack/member coachy/members sevdesk/user lexware/user zapier/access", ""},
	{"Der Zugang zu Digistore24 zeigt mit der Berechtigung „Bestellungen“", "digistore24/orders digistore24/Bestellungen", "Bestellungen"},
	{"Der Zugang zu Digistore24 zeigt mit der Berechtigung „Bestellungen“", "digistore24/orders digistore24/delivery", ""},
	{"Der Zugang zu „zendesk“ zeigt mit der Berechtigung „Zugang“ personenbezogene Daten", "zendesk/access", "Zugang"},
	{"Der Zugang zu Canva zeigt laut Angabe im Auftrag mit der Berechtigung „Mitgliedschaft“ personenbezogene Daten von Kursmitgliedern sowie von Mitarbeitenden und Teammitgliedern;", "canva/member=true", "Mitgliedschaft"},
	{"Der Zugang zu Canva zeigt laut Angabe im Auftrag personenbezogene Daten", "canva/member,brand_designer=true", ""},
	{"Der Zugang zu „eigenbau-crm“ zeigt laut Angabe im Auftrag personenbezogene Daten; schon", "eigenbau-crm=true", ""},
	{"Der Zugang zu „eigenbau-crm“ zeigt laut Angabe im Auftrag mit der Berechtigung „Pflege“ personenbezogene Daten; schon", "eigenbau-crm/Pflege=true", "Pflege"},

	{"Was der Zugang zu „eigenbau-crm“ zeigt, ist nicht bekannt; deshalb gehört vorsorglich", "eigenbau-crm", ""},
	{"Was der Zugang zu „eigenbau-crm“ zeigt, ist nicht bekannt; deshalb gehört vorsorglich", "eigenbau-crm/Pflege", "Pflege"},
	{"Welche Berechtigungen der Zugang zu Slack hat, ist nicht genannt;", "slack", ""},
	{"Für den Zugang zu „Postfach“ ist keine Berechtigung genannt, und alle bekannten zeigen personenbezogene Daten;", "mailbox", ""},
	{"Der Zugang zu Slack zeigt mit der Berechtigung „Gastzugang“ personenbezogene Daten, wenn in den Kanälen Daten von Kundinnen, Kunden oder Dritten stehen;", "slack/guest", "Gastzugang"},
	{"Ob der Zugang zu ActiveCampaign mit den Berechtigungen „Kampagnen“ und „Berichte“ personenbezogene Daten zeigt, hängt vom Einzelfall ab;", "activecampaign/campaigns,reports", ""},
	{"Was der Zugang zu ablefy mit der Berechtigung „Neues“ zeigt, ist nicht bekannt;", "ablefy/products,Neues", "Neues"},
	{"Was der Zugang zu Slack mit der Berechtigung „Neues“ zeigt, ist nicht bekannt;", "slack/guest,Neues", ""},
	{"Ob die Zugänge zu „eigenbau“ und Slack personenbezogene Daten zeigen, steht nicht fest;", "eigenbau slack/guest", ""},

	{"Es ist kein Zugang vereinbart; ein Auftragsverarbeitungsvertrag ist deshalb nicht nötig.", "", ""},
	{"Der Zugang zu ablefy zeigt mit der Berechtigung „Produkte“ keine personenbezogenen Daten;", "ablefy/products", ""},
	{"Die Zugänge zu ablefy und WordPress zeigen mit den genannten Berechtigungen keine personenbezogenen Daten;", "ablefy/products wordpress/author", ""},
	{"Der Zugang zu Canva zeigt laut Angabe im Auftrag keine personenbezogenen Daten;", "canva/brand_designer=false", ""},
	{"Die Zugänge zu Canva und „eigenbau“ zeigen laut Angabe im Auftrag keine personenbezogenen Daten;", "canva=false eigenbau=false", ""},
	{"Der Zugang zu ablefy zeigt mit der Berechtigung „Produkte“ keine personenbezogenen Daten, der Zugang zu Canva laut Angabe im Auftrag ebenfalls nicht;", "ablefy/products canva=false", ""},
	{"Die Zugänge zu ablefy und WordPress zeigen mit den genannten Berechtigungen keine personenbezogenen Daten, die Zugänge zu Canva und Zoom laut Angabe im Auftrag ebenfalls nicht;", "ablefy/products wordpress/author canva=false zoom=false", ""},
}

func TestAVVReasons(t *testing.T) {
	for _, c := range avvCases {
		v := valid()
		v.Access = c.accesses()
		d := Decide(v)
		if !strings.HasPrefix(d.AVVReason, c.says) {
			t.Errorf("%s:\n%s\ndoes not begin with\n%s", c.specs, d.AVVReason, c.says)
		}
		without := "hne die Berechtigung „" + c.only + "“ wäre kein"
		if names := strings.Contains(d.AVVReason, "hne die Berechtigung"); names != (c.only != "") || c.only != "" && !strings.Contains(d.AVVReason, without) {
			t.Errorf("%s: permission to do without is %q:\n%s", c.specs, c.only, d.AVVReason)
		}
		if d.AVVPrecaution != strings.Contains(d.AVVReason, "vorsorglich") || d.AVVPrecaution != d.Needs[3].Precaution {
			t.Errorf("%s: precaution %v:\n%s", c.specs, d.AVVPrecaution, d.AVVReason)
		}
		atOffer(t, c, d.AVVRequired)
		forClient(t, c, d.AVVRequired)
	}
}

// forClient: the same reason without what only the contractor has to do.
func forClient(t *testing.T, c avvCase, required bool) {
	t.Helper()
	ground := Ground(c.accesses())
	if (ground != "") != required {
		t.Errorf("%s: ground %q, required %v", c.specs, ground, required)
	}
	if required && (!strings.HasPrefix(ground, c.says) || strings.Contains(ground, "Bitte") || strings.Contains(ground, "folgt") ||
		strings.Contains(ground, "hne die Berechtigung „"+c.only+"“ wäre kein") != (c.only != "")) {
		t.Errorf("%s: for the client:\n%s", c.specs, ground)
	}
}

// atOffer: the access first, then that it follows; the answer by the accesses stays.
func atOffer(t *testing.T, c avvCase, required bool) {
	t.Helper()
	v := valid()
	v.Stage, v.Access = engagement.StageOffer, c.accesses()
	d := Decide(v)
	n := d.Needs[3]
	begin, _, _ := strings.Cut(c.says, ";")
	if n.Applies || d.AVVRequired != required || required != strings.Contains(n.Reason, "folgt nach der Annahme") || !strings.HasPrefix(n.Reason, begin) {
		t.Errorf("%s at the offer: %+v", c.specs, n)
	}
	if required && n.Rule != "after_acceptance" {
		t.Errorf("%s at the offer: rule %s", c.specs, n.Rule)
	}
}

// TestDroppingTheOnlyPermission: what the reason says is true.
func TestDroppingTheOnlyPermission(t *testing.T) {
	for _, c := range avvCases {
		if c.only == "" {
			continue
		}
		list := c.accesses()
		kept := list[:0]
		for _, a := range list {
			var rest []string
			for _, p := range a.Permissions {
				if one := Look(engagement.Access{Tool: a.Tool, Permissions: []string{p}}); one.Permissions[0].Name != c.only {
					rest = append(rest, p)
				}
			}
			if a.Permissions = rest; len(rest) > 0 {
				kept = append(kept, a)
			}
		}
		if see(kept).required() {
			t.Errorf("%s: without %s an AVV is still needed", c.specs, c.only)
		}
	}
}
