package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

var update = flag.Bool("update", false, "write the reports of the forms anew")

var today = date.Date{Year: 2026, Month: 11, Day: 23}

// form is a made-up delivery with the report that a person would write of it.
type form struct {
	About   string          `json:"about"`
	Profile string          `json:"profile,omitempty"` // file in testdata
	Type    string          `json:"type,omitempty"`    // content type, default application/json
	Body    json.RawMessage `json:"body,omitempty"`    // JSON
	Text    string          `json:"text,omitempty"`    // instead: the body as it is
	Report  struct {
		Engagement json.RawMessage `json:"engagement"`
		Guessed    []string        `json:"guessed"` // pointers
		Asked      []string        `json:"asked"`   // pointers that the inputs themselves raise
		Decode     []string        `json:"decode"`  // pointers that Decode still asks for
		Ignored    []string        `json:"ignored"` // names
		Key        string          `json:"key,omitempty"`
	} `json:"report"`
}

func readForms(t *testing.T) map[string]*form {
	t.Helper()
	files, err := filepath.Glob("testdata/forms/*.json")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d forms, %v", len(files), err)
	}
	out := map[string]*form{}
	for _, name := range files {
		f := &form{}
		b, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(b, f)
		}
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = f
	}
	return out
}

func (f *form) read(t *testing.T) (*Report, *engagement.Profile) {
	t.Helper()
	p := profile(t, f.Profile)
	in := Input{Body: f.Body, ContentType: f.Type}
	if f.Text != "" {
		in.Body = []byte(f.Text)
	}
	if f.Type == "" {
		in.ContentType = "application/json"
	}
	r, err := Read(in, p)
	if err != nil {
		t.Fatal(err)
	}
	return r, p
}

func profile(t *testing.T, name string) *engagement.Profile {
	t.Helper()
	if name == "" {
		return nil
	}
	b, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := engagement.DecodeProfile(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// decoded are the pointers that Decode still has something to say about.
func decoded(t *testing.T, r *Report, p *engagement.Profile) []string {
	t.Helper()
	_, err := engagement.Decode(bytes.NewReader(r.Engagement), p, today)
	if err == nil {
		return nil
	}
	var v engagement.Violations
	if !errors.As(err, &v) {
		t.Fatal(err)
	}
	before := len(r.Missing)
	r.Add(v)
	return pointers(r.Missing[before:])
}

func pointers(all []Question) []string {
	out := []string{}
	for _, q := range all {
		out = append(out, q.Field)
	}
	return out
}

func TestForms(t *testing.T) {
	for name, f := range readForms(t) {
		r, p := f.read(t)
		got := f.Report
		got.Engagement, got.Key, got.Ignored, got.Asked, got.Guessed = r.Engagement, r.Key, r.Ignored, pointers(r.Missing), []string{}
		for _, g := range r.Guessed {
			got.Guessed = append(got.Guessed, g.Field)
		}
		checkReport(t, name, r)
		got.Decode = append([]string{}, decoded(t, r, p)...)
		if *update {
			f.Report = got
			write(t, name, f)
			continue
		}
		a, b := compact(t, got), compact(t, f.Report)
		if a != b {
			t.Errorf("%s (%s):\n got %s\nwant %s", name, f.About, a, b)
		}
	}
}

func write(t *testing.T, name string, f *form) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(f); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compact(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// checkReport holds what is true of every report.
func checkReport(t *testing.T, name string, r *Report) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(r.Engagement, &tree); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	known := map[string]bool{}
	for _, u := range r.Understood {
		known[u.Field] = true
		if u.From == "" {
			t.Errorf("%s: %s was understood from nothing", name, u.Field)
		}
	}
	for _, g := range r.Guessed {
		known[g.Field] = true
		if g.Why == "" {
			t.Errorf("%s: %s was guessed for no reason", name, g.Field)
		}
	}
	for leaf := range leaves(tree, "") {
		if !known[leaf] {
			t.Errorf("%s: %s stands in the engagement and not in the report", name, leaf)
		}
	}
	for _, q := range r.Missing {
		if len(q.Question) < 10 || strings.Contains(q.Question, "SIDE") {
			t.Errorf("%s: %s is asked for with %q", name, q.Field, q.Question)
		}
	}
}

// leaves are the values of a tree by pointer; a list of texts is one.
func leaves(v any, pointer string) map[string]any {
	out := map[string]any{}
	switch x := v.(type) {
	case map[string]any:
		for key, value := range x {
			for p, leaf := range leaves(value, pointer+"/"+key) {
				out[p] = leaf
			}
		}
	case []any:
		for i, value := range x {
			if _, isText := value.(string); isText {
				return map[string]any{pointer: x}
			}
			for p, leaf := range leaves(value, pointer+"/"+itoa(i)) {
				out[p] = leaf
			}
		}
	default:
		out[pointer] = v
	}
	return out
}

// TestEveryInputIsReported: nothing that is not blank may get lost.
func TestEveryInputIsReported(t *testing.T) {
	for name, f := range readForms(t) {
		in := Input{Body: f.Body, ContentType: f.Type}
		if f.Text != "" {
			in.Body = []byte(f.Text)
		}
		root, err := parseBody(in)
		if err != nil {
			t.Fatal(name, err)
		}
		r, _ := f.read(t)
		for _, input := range unwrap(root).inputs {
			if n := r.lists(input.name); n == 0 {
				t.Errorf("%s: %q is in none of the lists", name, input.name)
			}
			if slices.Contains(r.Ignored, input.name) && r.lists(input.name) > 1 {
				t.Errorf("%s: %q is ignored and is not", name, input.name)
			}
		}
	}
}

// lists counts the lists of the report that name an input.
func (r *Report) lists(name string) int {
	n := 0
	for _, in := range []bool{
		slices.ContainsFunc(r.Understood, func(u Understood) bool { return u.From == name }),
		slices.ContainsFunc(r.Guessed, func(g Guess) bool { return g.From == name }),
		slices.ContainsFunc(r.Missing, func(q Question) bool { return slices.Contains(strings.Split(q.From, ", "), name) || q.From == name }),
		slices.Contains(r.Ignored, name),
	} {
		if in {
			n++
		}
	}
	return n
}

// TestMeasure: of all that the forms say, how much is understood; nothing may stand in an engagement that is not meant.
func TestMeasure(t *testing.T) {
	meant, understood, guessed, wrong, asked := 0, 0, 0, 0, 0
	for name, f := range readForms(t) {
		r, _ := f.read(t)
		var got, want any
		if json.Unmarshal(r.Engagement, &got) != nil || json.Unmarshal(f.Report.Engagement, &want) != nil {
			t.Fatal(name)
		}
		right := leaves(want, "")
		for pointer, v := range leaves(got, "") {
			if reflect.DeepEqual(v, right[pointer]) {
				understood++
			} else {
				wrong++
				t.Errorf("%s: %s = %v", name, pointer, v)
			}
		}
		guessed += len(r.Guessed)
		asked += len(f.Report.Asked)
		meant += len(right) + len(f.Report.Asked)
	}
	share := 100 * float64(understood) / float64(meant)
	t.Logf("%d fields meant, %d set (%.1f %%), %d of them guessed, %d asked for, %d wrong", meant, understood, share, guessed, asked, wrong)
	if share < 85 || wrong > 0 {
		t.Error("the door understands less than it did")
	}
}
