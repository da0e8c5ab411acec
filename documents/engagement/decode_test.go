package engagement

import (
	"bytes"
	_ "embed" // the package doc
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
)

var today = date.Date{Year: 2026, Month: 11, Day: 23}

// sample reads a complete engagement of testdata.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// variant is a sample with changes: pointer, raw JSON, pointer, raw JSON …; "-" removes, missing parents are made.
func variant(t testing.TB, name string, changes ...string) []byte {
	t.Helper()
	return edited(t, sample(t, name), changes...)
}

// edited is a JSON text with changes as variant makes them.
func edited(t testing.TB, text []byte, changes ...string) []byte {
	t.Helper()
	var tree any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(changes); i += 2 {
		tree = change(t, tree, segments(changes[i]), changes[i+1])
	}
	data, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func change(t testing.TB, tree any, path []string, raw string) any {
	t.Helper()
	if len(path) == 0 {
		return json.RawMessage(raw)
	}
	if list, ok := tree.([]any); ok {
		i, err := strconv.Atoi(path[0])
		if err != nil || i > len(list) {
			t.Fatalf("no element %s", path[0])
		}
		if i == len(list) {
			list = append(list, nil)
		}
		list[i] = change(t, list[i], path[1:], raw)
		return list
	}
	object, ok := tree.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	if raw == "-" && len(path) == 1 {
		delete(object, path[0])
		return object
	}
	object[path[0]] = change(t, object[path[0]], path[1:], raw)
	return object
}

// decoded is a sample with changes that must be valid.
func decoded(t testing.TB, name string, changes ...string) *Valid {
	t.Helper()
	v, err := Decode(bytes.NewReader(variant(t, name, changes...)), nil, today)
	if err != nil {
		t.Fatalf("%v: %v", changes, err)
	}
	return v
}

// faults are "pointer code" of every violation, in the order of the answer.
func faults(t testing.TB, data []byte, p *Profile, rules ...func(*Engagement) Violations) []string {
	t.Helper()
	_, err := Decode(bytes.NewReader(data), p, today, rules...)
	return faultsOf(t, err)
}

// faultsOf are "pointer code" of every violation that an error holds.
func faultsOf(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var found Violations
	if !errors.As(err, &found) {
		t.Fatalf("no violations but %v", err)
	}
	var all []string
	for _, v := range found {
		met[v.Code] = true
		all = append(all, v.Pointer+" "+v.Code)
		checkSentence(t, v)
	}
	return all
}

// met are the codes that the tests have met.
var met = map[string]bool{}

// TestMain holds the table of codes in the package doc against what the tests met: none is missing on either side.
func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	partial := flag.Lookup("test.run").Value.String()+flag.Lookup("test.fuzz").Value.String()+flag.Lookup("test.skip").Value.String() != ""
	if status == 0 && !partial && !compareCodes() {
		status = 1
	}
	os.Exit(status)
}

//go:embed doc.go
var packageDoc string

func compareCodes() bool {
	listed := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^//\t([a-z_, 0-9]+?)  +\S`).FindAllStringSubmatch(packageDoc, -1) {
		for code := range strings.SplitSeq(row[1], ", ") {
			listed[code] = true
		}
	}
	delete(listed, "code")
	foreign := map[string]bool{"avv_required": true, "follow_up": true}
	ok := len(listed) > 0
	for code := range met {
		if !listed[code] && !foreign[code] {
			fmt.Println("code not in the package doc:", code)
			ok = false
		}
	}
	for code := range listed {
		if !met[code] {
			fmt.Println("no test meets code", code)
			ok = false
		}
	}
	return ok
}

// checkSentence: every violation speaks German, names a remedy, ends as a sentence and leaves no slot unfilled.
func checkSentence(t testing.TB, v Violation) {
	t.Helper()
	if v.Code == "" || !strings.ContainsAny(v.Detail[max(len(v.Detail)-1, 0):], ".?!") || strings.ContainsAny(v.Detail, "%\x00\n") {
		t.Errorf("%s %s: not a sentence: %q", v.Pointer, v.Code, v.Detail)
	}
	remedy := regexp.MustCompile(`[Bb]itte |meinten Sie|muss .* sein; angekommen|Möglich sind`)
	if !remedy.MatchString(v.Detail) {
		t.Errorf("%s %s: no remedy: %q", v.Pointer, v.Code, v.Detail)
	}
}

func TestSamplesAreValid(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 7 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".json")
		if found := faults(t, sample(t, name), nil); found != nil {
			t.Errorf("%s: %v", name, found)
			continue
		}
		v := decoded(t, name)
		again, err := Decode(bytes.NewReader(v.Canonical), nil, today)
		if err != nil || !bytes.Equal(again.Canonical, v.Canonical) {
			t.Errorf("%s: the canonical form does not decode to itself: %v", name, err)
		}
	}
}

func TestInvalidSamples(t *testing.T) {
	for name, want := range map[string][]string{
		"invalid/vier-fehler": {
			"/contractor/bank/iban iban", "/client/address/postal_code postal_code", "/term/end end_before_start",
			"/pricing/vat/treatment small_business_vat",
		},
		"invalid/zeichen-nicht-darstellbar": {"/client/name character"},
		"invalid/avv-ausgeschlossen":        nil, // only package decision knows that the AVV is needed
	} {
		if got := faults(t, sample(t, name), nil); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	large := append(bytes.Repeat([]byte(" "), MaxBytes), '{', '}')
	if _, err := Decode(bytes.NewReader(large), nil, today); !errors.Is(err, ErrTooLarge) {
		t.Errorf("over 1 MiB: %v", err)
	}
	full := append(sample(t, "nur-angebot"), bytes.Repeat([]byte(" "), MaxBytes)...)[:MaxBytes]
	if _, err := Decode(bytes.NewReader(full), nil, today); err != nil {
		t.Errorf("exactly 1 MiB: %v", err)
	}
	if _, err := Decode(brokenReader{}, nil, today); !errors.Is(err, errBroken) {
		t.Errorf("broken reader: %v", err)
	}
}

var errBroken = errors.New("connection reset")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

func TestByteOrderMarkIsIgnored(t *testing.T) {
	if found := faults(t, append([]byte("\xEF\xBB\xBF"), sample(t, "nur-angebot")...), nil); found != nil {
		t.Error(found)
	}
}

func TestWholeItem(t *testing.T) {
	body := string(sample(t, "nur-angebot"))
	for _, item := range []string{
		`{"headers":{"host":"x"},"params":{},"query":{},"body":` + body + `,"webhookUrl":"https://n8n.example","executionMode":"test"}`,
		`[{"headers":{},"query":{},"body":{}}]`,
	} {
		faults(t, []byte(item), nil)
		_, err := Decode(strings.NewReader(item), nil, today)
		var found Violations
		if !errors.As(err, &found) || len(found) != 1 || found[0].Code != "whole_item" || !strings.Contains(found[0].Detail, "{{ $json.body }}") {
			t.Errorf("%.40s…: %v", item, err)
		}
	}
	if got := faults(t, []byte(`[{}]`), nil); !slices.Equal(got, []string{" type"}) {
		t.Errorf("a list: %v", got)
	}
}

func TestRulesFromAbove(t *testing.T) {
	rule := func(e *Engagement) Violations {
		if e.Client.Address.Country != "DE" || e.Access[0].Handover == "" {
			t.Error("the rule saw no defaults")
		}
		return Violations{
			{"/documents/exclude", "avv_required", "Bitte lassen Sie den AVV stehen."},
			{"/term/start", "follow_up", "Bitte nicht melden: Das Feld ist schon unlesbar."},
		}
	}
	got := faults(t, variant(t, "launch-digistore24", "/term/start", `"bald"`, "/client/address/country", "-"), nil, rule)
	if want := []string{"/term/start date", "/documents/exclude avv_required"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// An answer stays bounded, whatever is sent.
func TestManyViolations(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 80_000 {
		b.WriteString(`"f` + strconv.Itoa(i) + `":1,`)
	}
	b.WriteString(`"reference":"R"}`)
	got := faults(t, []byte(b.String()), nil)
	if len(got) != maxViolations+1 || got[len(got)-1] != " more_violations" {
		t.Errorf("%d violations, last %q", len(got), got[len(got)-1])
	}
}

func TestViolationsError(t *testing.T) {
	v := Violations{{"/term/end", "end_before_start", "geheim"}, {"/date", "date", "geheim"}}
	if got := v.Error(); got != "invalid engagement: /term/end end_before_start; /date date;" {
		t.Errorf("%q", got)
	}
}

func BenchmarkDecode(b *testing.B) {
	data := sample(b, "launch-digistore24")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(bytes.NewReader(data), nil, today); err != nil {
			b.Fatal(err)
		}
	}
}
