package texts

import (
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

func TestInEEA(t *testing.T) {
	for _, s := range []string{"DE", "de", "Deutschland", "Irland (Dublin)", "Deutschland, Frankfurt", "EU", "EU (Frankreich)", "Norwegen", "Island", " Österreich ", "Niederlande"} {
		if !inEEA(s) {
			t.Errorf("%q is in the area", s)
		}
	}
	for _, s := range []string{"", "USA", "US", "Schweiz", "CH", "Vereinigtes Königreich", "EU-US", "Deutschlandsberg und USA", "Indien", "Isle of Man"} {
		if inEEA(s) {
			t.Errorf("%q is not in the area", s)
		}
	}
}

func TestThirdCountry(t *testing.T) {
	for _, v := range []struct {
		sub  engagement.Subprocessor
		want bool
	}{
		{engagement.Subprocessor{}, false},
		{engagement.Subprocessor{Name: "A", Country: "Irland"}, false},
		{engagement.Subprocessor{Name: "A", Country: "Irland", Safeguard: "Vertrag"}, false},
		{engagement.Subprocessor{Name: "A", Country: "USA"}, true},
		{engagement.Subprocessor{Name: "A", Safeguard: "Standardvertragsklauseln"}, true},
		{engagement.Subprocessor{Name: "A"}, false},
	} {
		c := &Case{Engagement: &engagement.Valid{}}
		c.Engagement.Processing.Subprocessors = []engagement.Subprocessor{v.sub}
		if got := c.thirdCountry(); got != v.want {
			t.Errorf("%+v: third country %v", v.sub, got)
		}
	}
}

// TestTextTable: empty columns go, empty cells say why, widths fill the measure.
func TestTextTable(t *testing.T) {
	got := textTable("S", column{head: "A", width: 10, cells: []string{"a", "b"}}, column{head: "B", width: 10, cells: []string{"", ""}},
		column{head: "C", width: 20, cells: []string{"", "c"}, empty: "offen"})
	table, ok := got[0].(content.Table)
	if !ok || len(table.Columns) != 2 || table.Columns[0].Width+table.Columns[1].Width != 1000 || table.Columns[0].Width != 333 {
		t.Fatalf("columns: %+v", table.Columns)
	}
	if text := plain(table.Rows[0][1].Text); text != "offen" || !table.Rows[0][0].Head || table.Rows[1][1].Head {
		t.Errorf("rows: %+v", table.Rows)
	}
	if textTable("S", column{head: "A", width: 1}) != nil {
		t.Error("a table of nothing")
	}
}

// TestDescription: who is concerned, by the caller, by the catalogue, or open.
func TestDescription(t *testing.T) {
	no := false
	c := &Case{Engagement: &engagement.Valid{}}
	c.Engagement.Access = []engagement.Access{
		{Tool: "digistore24", Permissions: []string{"orders", "affiliates"}}, {Tool: "canva", CustomerData: &no}, {Tool: "eigenbau"}, {Tool: "eigenbau"},
	}
	if got := c.whose(); !strings.HasPrefix(got, decision.SubjectName("KÄ")+"; "+decision.SubjectName("AF")) || !strings.HasSuffix(got, "weitere in Anlage\u00a01 anzukreuzen") {
		t.Errorf("whose: %q", got)
	}
	if got := c.toolsWithout(subjectsOf); len(got) != 1 || got[0] != "eigenbau" {
		t.Errorf("tools without subjects: %v", got)
	}
	c.Engagement.Processing.DataSubjects = []string{"KÄ", "Vereinsmitglieder", "KÄ"}
	if got := c.whose(); got != decision.SubjectName("KÄ")+"; Vereinsmitglieder" {
		t.Errorf("whose, by the caller: %q", got)
	}
	if conditions["subjects_open"](c) || !conditions["data_open"](c) {
		t.Error("subjects are given, data are open")
	}
}

// TestReadsRightForEveryParty fills the deeds for each pair of grammars: no form of one gender beside another's.
func TestReadsRightForEveryParty(t *testing.T) {
	forms := map[string][2]string{ // gender: what must stand, as client and contractor
		"f": {"Auftraggeberin", "Auftragnehmerin"}, "m": {"Auftraggeber ", "Auftragnehmer "}, "n": {"auftraggebende", "auftragnehmende"},
	}
	options := object{"terms.nda_mutual": true, "terms.nda_penalty": true, "client.professional_secrecy": true, "terms.references": "yes"}
	for client, want := range forms {
		for contractor, other := range forms {
			options["client.gender"], options["contractor.gender"] = client, contractor
			c := caseOf(decoded(t, patched(t, "launch-digistore24", options)))
			for _, kind := range deeds {
				doc, err := library(t).Fill(kind, c)
				if err != nil {
					t.Fatal(err)
				}
				where := string(kind) + " " + client + "/" + contractor
				r := reader{t: t, where: where}
				r.document(doc)
				text := content.PlainText(doc, wide)
				for gender, form := range forms {
					for side, own := range []string{client, contractor} {
						if gender != own && strings.Contains(text, form[side]) {
							t.Errorf("%s: says %q", where, form[side])
						}
					}
				}
				if !strings.Contains(text, want[0]) || !strings.Contains(text, other[1]) {
					t.Errorf("%s: neither %q nor %q", where, want[0], other[1])
				}
			}
		}
	}
}
