package decision

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/engagement/engagementtest"
	"auftragsmappe/documents/money"
)

var update = flag.Bool("update", false, "write the goldens")

// valid is an engagement of which nothing but stage and price model is known.
func valid() *engagement.Valid {
	v := &engagement.Valid{}
	v.Stage = engagement.StageComplete
	v.Pricing.Model = engagement.ResultPackage
	return v
}

var today = date.Date{Year: 2026, Month: 11, Day: 23}

// sample is a complete engagement with its expectation.
type sample struct {
	name   string
	v      *engagement.Valid
	expect struct {
		Applies      []Kind   `json:"applies"`
		DoesNotApply []Kind   `json:"does_not_apply"`
		Access       []string `json:"avv_access"`
		Precaution   bool     `json:"avv_precaution"`
	}
}

func samples(t *testing.T) []sample {
	t.Helper()
	files, err := filepath.Glob("testdata/*.expect.json")
	if err != nil || len(files) < 7 {
		t.Fatalf("samples: %v, %v", files, err)
	}
	out := make([]sample, 0, len(files))
	for _, file := range files {
		s := sample{name: strings.TrimSuffix(filepath.Base(file), ".expect.json")}
		expect, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(expect, &s.expect); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		body, err := os.ReadFile("testdata/" + s.name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if s.v, err = engagement.Decode(bytes.NewReader(body), nil, today, Check); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		out = append(out, s)
	}
	return out
}

func TestSamples(t *testing.T) {
	for _, s := range samples(t) {
		d := Decide(s.v)
		for _, k := range s.expect.Applies {
			if !d.Applies(k) {
				t.Errorf("%s: %s does not apply", s.name, k)
			}
		}
		for _, k := range s.expect.DoesNotApply {
			if d.Applies(k) {
				t.Errorf("%s: %s applies", s.name, k)
			}
		}
		for _, tool := range s.expect.Access {
			if !strings.Contains(key(d.AVVReason), key(tool)) {
				t.Errorf("%s: %q does not name %s", s.name, d.AVVReason, tool)
			}
		}
		if d.AVVPrecaution != s.expect.Precaution || s.expect.Precaution != strings.Contains(d.AVVReason, "vorsorglich") {
			t.Errorf("%s: precaution %v: %s", s.name, d.AVVPrecaution, d.AVVReason)
		}
	}
}

// stages are every sample at every stage.
func stages(t *testing.T, yield func(name string, v *engagement.Valid)) {
	t.Helper()
	for _, s := range samples(t) {
		for _, stage := range []engagement.Stage{engagement.StageOffer, engagement.StageContract, engagement.StageComplete} {
			v := *s.v
			v.Stage = stage
			yield(s.name+" "+string(stage), &v)
		}
	}
}

// write is a decision as text.
func write(b *strings.Builder, name string, v *engagement.Valid) {
	d := Decide(v)
	fmt.Fprintf(b, "== %s (AVV %v, precaution %v)\n", name, d.AVVRequired, d.AVVPrecaution)
	for _, n := range d.Needs {
		fmt.Fprintf(b, "%-16s %-5v %-22s %s\n", n.Kind, n.Applies, n.Rule, n.Reason)
	}
	for _, n := range d.Notices {
		fmt.Fprintf(b, "  ! %s: %s\n", n.Code, n.Detail)
	}
	b.WriteString("\n")
}

// TestDecisionsGolden holds every sentence of the samples, of the AVV's variants and of the notices for reading.
func TestDecisionsGolden(t *testing.T) {
	var b strings.Builder
	stages(t, func(name string, v *engagement.Valid) { write(&b, name, v) })
	for _, c := range avvCases {
		for _, stage := range []engagement.Stage{engagement.StageComplete, engagement.StageOffer} {
			v := valid()
			v.Stage, v.Access = stage, c.accesses()
			n := Decide(v).Needs[3]
			fmt.Fprintf(&b, "-- %s (%s)\n%v %s: %s\n\n", c.says, stage, n.Applies, n.Rule, n.Reason)
		}
	}
	for _, c := range overrides {
		write(&b, c.name, c.engagement())
	}
	golden(t, "testdata/decisions.txt", b.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no golden (go test -update makes it): %v", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; go test -update and read the diff. Now:\n%s", file, got)
	}
}

// TestEverySentenceReadsWell: what no German sentence of ours may contain, over samples and generated engagements.
func TestEverySentenceReadsWell(t *testing.T) {
	check := func(name string, v *engagement.Valid) {
		d := Decide(v)
		if len(d.Needs) != len(Kinds) {
			t.Fatalf("%s: %d rows", name, len(d.Needs))
		}
		for i, n := range d.Needs {
			if n.Kind != Kinds[i].Kind || n.Rule == "" {
				t.Errorf("%s: row %d is %+v", name, i, n)
			}
			reads(t, name, n.Reason)
		}
		for _, n := range d.Notices {
			reads(t, name, n.Detail)
		}
		if avv := d.Needs[3]; avv.Reason != d.AVVReason || v.Stage != engagement.StageOffer && avv.Rule != "included" && avv.Applies != d.AVVRequired {
			t.Errorf("%s: AVV row %+v, required %v", name, avv, d.AVVRequired)
		}
	}
	stages(t, check)
	for n := range 300 {
		body := engagementtest.Generate(n)
		v, err := engagement.Decode(bytes.NewReader(body), nil, today, Check)
		if err != nil {
			t.Fatalf("generated %d: %v", n, err)
		}
		check(fmt.Sprint("generated ", n), v)
	}
	for _, c := range avvCases {
		v := valid()
		v.Access = c.accesses()
		check(c.says, v)
	}
}

func reads(t *testing.T, name, s string) {
	t.Helper()
	words := strings.Fields(s)
	for i := 1; i < len(words); i++ {
		if words[i] == words[i-1] {
			t.Errorf("%s: doubled %q in %q", name, words[i], s)
		}
	}
	end := "."
	if strings.HasPrefix(s, "Bitte fragen, ") {
		end = "?"
	}
	if !strings.HasSuffix(s, end) || strings.Count(s, "„") != strings.Count(s, "“") {
		t.Errorf("%s: %q", name, s)
	}
	if strings.Count(s, ". ") > 2 {
		t.Errorf("%s: more than three sentences: %q", name, s)
	}
	for _, bad := range []string{"  ", " .", " ,", ",,", "..", ";;", "*", "„“", "()", "innen/", ":innen", "Vorsorglich", " und .", "Anlage 1", "Anlage 2"} {
		if strings.Contains(s, bad) {
			t.Errorf("%s: %q in %q", name, bad, s)
		}
	}
}

func TestKindsTable(t *testing.T) {
	series := map[string]bool{}
	for _, row := range Kinds {
		if row.Title == "" || row.Series == "" || row.FileName == "" || series[row.Series] || row.KeepYears < 6 {
			t.Errorf("%+v", row)
		}
		series[row.Series] = true
		if got, ok := RowOf(row.Kind); !ok || got.Title != row.Title {
			t.Errorf("RowOf(%s): %+v", row.Kind, got)
		}
	}
	if _, ok := RowOf("timesheet"); ok {
		t.Error("a kind that is not in the table")
	}
	d := &Decision{}
	if d.Applies(Offer) {
		t.Error("an empty decision applies to nothing")
	}
}

func TestInvoice(t *testing.T) {
	half := money.Int(50)
	onOrder := engagement.Instalment{Percent: &half, Due: engagement.DueOnOrder}
	later := engagement.Instalment{Percent: &half, Due: engagement.DueOnCompletion}
	for _, c := range []struct {
		name    string
		model   engagement.Model
		stage   engagement.Stage
		parts   []engagement.Instalment
		applies bool
		rule    string
		says    string
	}{
		{"package", engagement.ResultPackage, engagement.StageComplete, nil, true, "prepaid", "im Voraus bezahlt"},
		{"hours", engagement.HourPackage, engagement.StageContract, nil, true, "prepaid", "im Voraus bezahlt"},
		{"offer", engagement.HourPackage, engagement.StageOffer, nil, false, "after_acceptance", "folgt nach der Annahme"},
		{"tracked", engagement.TrackedHours, engagement.StageComplete, nil, false, "after_service", "wird nach Leistungserbringung gestellt"},
		{"tracked offer", engagement.TrackedHours, engagement.StageOffer, nil, false, "after_service", "wird nach Leistungserbringung gestellt"},
		{"first part", engagement.ResultPackage, engagement.StageComplete, []engagement.Instalment{later, onOrder}, true, "instalment_on_order", "eine Rate fällig"},
		{"first part offer", engagement.ResultPackage, engagement.StageOffer, []engagement.Instalment{onOrder, later}, false, "after_acceptance", "folgt nach der Annahme"},
		{"later parts", engagement.ResultPackage, engagement.StageComplete, []engagement.Instalment{later}, false, "no_instalment_on_order", "noch keine Rate fällig"},
		{"later parts offer", engagement.ResultPackage, engagement.StageOffer, []engagement.Instalment{later}, false, "no_instalment_on_order", "noch keine Rate fällig"},
	} {
		v := valid()
		v.Stage, v.Pricing.Model, v.Pricing.Payment.Instalments = c.stage, c.model, c.parts
		n := Decide(v).Needs[5]
		if n.Kind != Invoice || n.Applies != c.applies || n.Rule != c.rule || !strings.Contains(n.Reason, c.says) {
			t.Errorf("%s: %+v", c.name, n)
		}
	}
}
