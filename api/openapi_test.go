package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
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
	used := map[string]bool{"parameter": true, "unclear": true, "running": true, "idempotency_key_reused": true}
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

// byProfile may be missing where a profile or the price model makes up for it; the contract says so in words.
var byProfile = []string{"/contractor", "/pricing", "/pricing/model", "/pricing/items", "/term", "/term/start"}

// What the schema requires, the program misses, and the reverse.
func TestContractRequires(t *testing.T) {
	schema := readContract(t).Components.Schemas["Engagement"].Value
	n := 0
	for _, name := range []string{"launch", "agentur-raten", "volkshochschule"} {
		eachField(load(t, name), schema, "", func(pointer string, required bool) {
			n++
			b, err := json.Marshal(edit(load(t, name), steps(pointer), func(any) any { return dropped{} }))
			if err != nil {
				t.Fatal(err)
			}
			_, err = engagement.Decode(bytes.NewReader(b), nil, today)
			missed := misses(err, pointer)
			if missed != required && !slices.Contains(byProfile, pointer) {
				t.Errorf("%s without %s: the schema requires it: %t, the program misses it: %t", name, pointer, required, missed)
			}
		})
	}
	if n < 150 {
		t.Error("too few fields are dropped", n)
	}
}

// eachField calls f for every field of every object.
func eachField(v any, s *openapi3.Schema, pointer string, f func(pointer string, required bool)) {
	switch x := v.(type) {
	case map[string]any:
		for name, inner := range x {
			f(pointer+"/"+name, slices.Contains(s.Required, name))
			eachField(inner, s.Properties[name].Value, pointer+"/"+name, f)
		}
	case []any:
		for i, inner := range x {
			eachField(inner, s.Items.Value, pointer+"/"+strconv.Itoa(i), f)
		}
	}
}

// misses says that a violation tells that the field, or one in it, is required.
func misses(err error, pointer string) bool {
	var found engagement.Violations
	errors.As(err, &found)
	return slices.ContainsFunc(found, func(v engagement.Violation) bool {
		return v.Code == "required" && (v.Pointer == pointer || strings.HasPrefix(v.Pointer, pointer+"/"))
	})
}

// Every call says what may go wrong with it: with the key, with the body, with the storage, with us.
func TestContractHasTheFaults(t *testing.T) {
	for path, item := range readContract(t).Paths.Map() {
		for method, o := range item.Operations() {
			want := []int{http.StatusInternalServerError}
			if o.Security == nil { // that of the whole contract: a key
				want = append(want, http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable)
			}
			if o.RequestBody != nil {
				want = append(want, http.StatusBadRequest, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge,
					http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity)
			}
			for _, status := range want {
				if o.Responses.Status(status) == nil {
					t.Errorf("%s %s does not document %d", method, path, status)
				}
			}
		}
	}
}
