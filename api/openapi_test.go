package api_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
	"auftragsmappe/documents/texts"
)

func readContract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := loadContract()
	if err != nil {
		t.Fatal("openapi.yaml: ", err)
	}
	return doc
}

// fits holds JSON against a schema of the contract.
func fits(doc *openapi3.T, schema string, body []byte) error {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	return doc.Components.Schemas[schema].Value.VisitJSON(v, openapi3.EnableJSONSchema2020(), openapi3.EnableFormatValidation())
}

// Every route is in the contract, and every call of the contract is a route.
func TestContractHasTheRoutes(t *testing.T) {
	doc := readContract(t)
	store := archive.NewMemory()
	is, err := documents.New(documents.Options{Records: store})
	if err != nil {
		t.Fatal(err)
	}
	routes := api.Routes(api.New(api.Options{Issuer: is, Records: store, Profiles: tenant.NewProfiles(store), Log: slog.New(slog.DiscardHandler)}))
	echoed := regexp.MustCompile(`\{(\w+)\}`)
	described := map[[2]string]bool{}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described[[2]string{method, strings.ReplaceAll(echoed.ReplaceAllString(path, ":$1"), "/docs/:file", "/docs/*")}] = true
		}
	}
	for route := range routes {
		get := [2]string{http.MethodGet, route[1]} // HEAD answers like GET
		if !described[route] && (route[0] != http.MethodHead || !described[get]) {
			t.Error("not in openapi.yaml:", route)
		}
	}
	for call := range described {
		if !routes[call] {
			t.Error("not in the program:", call)
		}
	}
	if len(described) < 10 {
		t.Error("too few calls", len(described))
	}
}

// Every kind of problem that the program can send has an example with its own status and title, is in the table of the
// description, and the reverse.
func TestContractHasTheProblems(t *testing.T) {
	doc := readContract(t)
	answers := api.Answers()
	sent, shown := map[string]bool{}, map[string]bool{}
	for a := range answers {
		sent[a.Type+" "+strconv.Itoa(a.Status)] = true
	}
	values := slices.Clone(doc.Components.Schemas["Problem"].Value.Examples)
	for name, e := range doc.Components.Examples {
		if strings.HasPrefix(name, "Problem") {
			values = append(values, e.Value.Value)
		}
	}
	for _, v := range values {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var p api.Problem
		if err := json.Unmarshal(b, &p); err != nil {
			t.Fatal(err)
		}
		if !answers[api.Answer{Type: p.Type, Status: p.Status, Title: p.Title}] {
			t.Errorf("the program has no problem %s, %d, %q", p.Type, p.Status, p.Title)
		}
		if p.Detail == "" || p.Error != p.Detail {
			t.Errorf("%s: error repeats detail: %q, %q", p.Type, p.Error, p.Detail)
		}
		shown[p.Type+" "+strconv.Itoa(p.Status)] = true
	}
	listed := map[string]bool{}
	for _, row := range regexp.MustCompile("`(urn:auftragsmappe:problem:[a-z_]+)` \\| (\\d+) ").FindAllStringSubmatch(doc.Info.Description, -1) {
		listed[row[1]+" "+row[2]] = true
	}
	if !reflect.DeepEqual(sent, shown) || !reflect.DeepEqual(sent, listed) {
		t.Errorf("problems\nof the program %v\nof the examples %v\nof the table    %v", sent, shown, listed)
	}
}

// Every code of a violation that the packages document or use is in the contract's list, and the reverse.
func TestContractHasTheCodes(t *testing.T) {
	listed := map[string]bool{}
	for _, code := range regexp.MustCompile("`([a-z_0-9]+)`").FindAllStringSubmatch(readContract(t).Components.Schemas["Violation"].Value.Description, -1) {
		listed[code[1]] = true
	}
	delete(listed, "pointer") // the field
	used := map[string]bool{"parameter": true}
	doc, err := os.ReadFile("../documents/engagement/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range regexp.MustCompile(`(?m)^//\t([a-z_0-9, ]+?)  +\S`).FindAllSubmatch(doc, -1) {
		for _, code := range strings.Split(string(row[1]), ", ") {
			used[code] = true
		}
	}
	delete(used, "code") // the head of the table
	for _, file := range []string{"decision/check.go", "texts/measures.go", "engagement/report.go", "documents.go", "changed.go"} {
		b, err := os.ReadFile("../documents/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range regexp.MustCompile(`(?:Code: +|code[A-Z]\w+ += +)"([a-z_]+)"`).FindAllSubmatch(b, -1) {
			used[string(code[1])] = true
		}
	}
	if !reflect.DeepEqual(listed, used) || len(used) < 40 {
		t.Errorf("codes\nof the contract %v\nof the packages %v", listed, used)
	}
}

var today = date.Date{Year: 2026, Month: time.November, Day: 23}

// The engagements in the contract are those of examples/, and the program takes them; so does it the profile.
func TestContractExamplesAreTaken(t *testing.T) {
	found := 0
	for name, e := range readContract(t).Components.Examples {
		file, err := os.ReadFile(filepath.Join("..", "examples", name+".json"))
		if err != nil && name != "Profile" {
			continue
		}
		b, err := json.Marshal(e.Value.Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		if name == "Profile" {
			if _, err := engagement.DecodeProfile(bytes.NewReader(b), decision.Check, texts.CheckMeasures); err != nil {
				t.Error(name, err)
			}
			continue
		}
		if _, err := engagement.Decode(bytes.NewReader(b), nil, today, decision.Check, texts.CheckMeasures); err != nil {
			t.Error(name, err)
		}
		var want any
		if err := json.Unmarshal(file, &want); err != nil || !reflect.DeepEqual(e.Value.Value, want) {
			t.Errorf("the example %s of openapi.yaml is not examples/%s.json (%v)", name, name, err)
		}
	}
	if found < 4 {
		t.Error("too few examples", found)
	}
}

// All of examples/ fits the contract's schema.
func TestExamplesFitTheContract(t *testing.T) {
	doc := readContract(t)
	files, err := filepath.Glob("../examples/*.json")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := fits(doc, "Engagement", b); err != nil {
			t.Error(file, err)
		}
	}
}

// What the schema forbids is forbidden: else the other tests hold nothing.
func TestContractForbids(t *testing.T) {
	doc := readContract(t)
	for path, value := range map[string]any{
		"/scop": "Tippfehler", "/client/adress": "Köln", "/pricing/items/0/unit_price": "1.490,00", "/pricing/items/0/quantity": true,
		"/date": "24.11.2026", "/term/notice_weeks": 53, "/client/form": "GmbH", "/scope/services": []any{},
		"/client/address/street": dropped{}, "/pricing/payment/due_days": "14",
	} {
		b, err := json.Marshal(edit(load(t, "launch"), steps(path), func(any) any { return value }))
		if err != nil {
			t.Fatal(err)
		}
		if fits(doc, "Engagement", b) == nil {
			t.Errorf("%s: %v is allowed", path, value)
		}
	}
}
