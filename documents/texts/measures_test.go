package texts

import (
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/engagement"
)

// TestMeasuresFile: ids are unique, headings stand together, each measure is one German sentence that claims nothing
// about a person's gender.
func TestMeasuresFile(t *testing.T) {
	if n := len(theMeasures()); n != 28 {
		t.Errorf("%d measures", n)
	}
	seen, headings := map[string]bool{}, map[string]bool{}
	last := ""
	for _, m := range theMeasures() {
		if seen[m.ID] || m.ID == "" {
			t.Errorf("id %q stands twice or is empty", m.ID)
		}
		seen[m.ID] = true
		if m.Heading != last && headings[m.Heading] {
			t.Errorf("heading %q is torn apart", m.Heading)
		}
		headings[m.Heading], last = true, m.Heading
		if !strings.HasSuffix(m.Text, ".") || len(strings.Fields(m.Text)) > 25 || strings.Contains(m.Text, "Auftragnehmer") {
			t.Errorf("%s: %q", m.ID, m.Text)
		}
	}
	if len(headings) != 10 {
		t.Errorf("headings: %v", headings)
	}
}

func TestCheckMeasures(t *testing.T) {
	e := &engagement.Engagement{}
	e.Contractor.Measures = []string{"two_factor", "moat"}
	e.Processing.Measures = []string{"Two_Factor", "updates", ""}
	got := make([]string, 0, 3)
	for _, v := range CheckMeasures(e) {
		got = append(got, v.Pointer+" "+v.Code)
		if !strings.Contains(v.Detail, "disk_encryption") {
			t.Errorf("the sentence names no choice: %s", v.Detail)
		}
	}
	want := []string{"/contractor/measures/1 measure_unknown", "/processing/measures/0 measure_unknown", "/processing/measures/2 measure_unknown"}
	if !slices.Equal(got, want) {
		t.Errorf("violations %v, want %v", got, want)
	}
	if v := CheckMeasures(nil); v != nil {
		t.Errorf("of nothing: %v", v)
	}
	if v := CheckMeasures(&engagement.Engagement{}); len(v) != 0 {
		t.Errorf("of an empty engagement: %v", v)
	}
}

// TestMeasureList: in the order of the file, under headings, each once.
func TestMeasureList(t *testing.T) {
	v := &engagement.Valid{}
	v.Contractor.Measures = []string{"training", "updates", "locked_storage", "two_factor"}
	v.Processing.Measures = []string{"two_factor"}
	c := &Case{Engagement: v}
	text := content.PlainText(&content.Document{Blocks: measureList(c.measures(), content.Dash)}, wide)
	at := -1
	for _, s := range []string{"Zutritt", "verschlossen", "Zugang", "Zwei-Faktor", "Sicherheitsupdates", "Evaluierung", "Fortbildung"} {
		next := strings.Index(text, s)
		if next <= at || strings.Count(text, s) != 1 {
			t.Errorf("%q stands at %d after %d in:\n%s", s, next, at, text)
		}
		at = next
	}
	if measureBoxes(c) != nil {
		t.Error("boxes beside confirmed measures")
	}
	if n := len(measureBoxes(&Case{Engagement: &engagement.Valid{}})); n != 20 {
		t.Errorf("%d blocks of boxes", n)
	}
}
