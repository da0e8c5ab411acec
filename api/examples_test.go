package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/texts"
)

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

// The form in the contract gets the answer that stands beside it.
func TestContractShowsTheHook(t *testing.T) {
	shown := readContract(t).Components.Examples
	encoded := func(name string) []byte {
		b, err := json.Marshal(shown[name].Value.Value)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	s := newService(t)
	if answer, b := s.call(t, http.MethodPut, "/v1/profile", encoded("Profile")); answer.StatusCode != http.StatusOK {
		t.Fatal(string(b))
	}
	answer, b := s.call(t, http.MethodPost, "/v1/hooks/engagement?dry_run=true", encoded("form"))
	var got, want map[string]any
	if err := errors.Join(json.Unmarshal(b, &got), json.Unmarshal(encoded("HookDraft"), &want)); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, err, string(b))
	}
	for _, field := range []string{"status", "reference", "guessed", "missing", "ignored", "engagement", "error", "errors"} {
		if !reflect.DeepEqual(got[field], want[field]) {
			t.Errorf("%s: the contract shows %v, the program answers %v", field, want[field], got[field])
		}
	}
	if got, want := fieldsOf(got["understood"]), fieldsOf(want["understood"]); !reflect.DeepEqual(got, want) || len(got) < 15 {
		t.Errorf("understood: the contract shows %v, the program answers %v", want, got)
	}
}

// fieldsOf are the entries of a report by their fields; their order is that of the input.
func fieldsOf(list any) map[any]any {
	entries, _ := list.([]any)
	all := map[any]any{}
	for _, e := range entries {
		all[at(e, []string{"field"})] = e
	}
	return all
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

// Every call that has JSON shows it: the request, and the answer of each status. readContract has held the examples
// against their schemas.
func TestContractShowsEveryAnswer(t *testing.T) {
	for path, item := range readContract(t).Paths.Map() {
		for method, o := range item.Operations() {
			call := method + " " + path
			if o.RequestBody != nil {
				shown(t, call, o.RequestBody.Value.Content)
			}
			for status, response := range o.Responses.Map() {
				shown(t, call+" "+status, response.Value.Content)
			}
		}
	}
}

func shown(t *testing.T, what string, content openapi3.Content) {
	t.Helper()
	for media, m := range content {
		if (media == "application/json" || media == "application/problem+json") && len(m.Examples) == 0 {
			t.Errorf("%s has no example as %s", what, media)
		}
	}
}
