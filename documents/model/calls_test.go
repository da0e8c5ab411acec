package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// body is what a caller posts.
type body struct {
	Reference string // "" = none
	Stage     string
	Revision  int
	Variant   string // the field in which it differs from the others: "", price, start, tone, year
}

func (b body) String() string {
	return fmt.Sprintf("%s %s r%d%s", cmp.Or(b.Reference, "no reference"), b.Stage, b.Revision, strings.TrimSuffix(" other "+b.Variant, " other "))
}

// agreed is what an offer binds both sides to, and billed what stands on an invoice.
func (b body) agreed() string { return b.has("price") }
func (b body) billed() string { return b.has("price", "start") }

func (b body) has(variants ...string) string {
	if slices.Contains(variants, b.Variant) {
		return b.Variant
	}
	return ""
}

func (b body) year() int {
	if b.Variant == "year" {
		return 2027
	}
	return 2026
}

// call is a request.
type call struct {
	body
	Key     string // Idempotency-Key; "" = none
	Long    bool   // it names the request for two days, not for one
	Profile int    // version that the body was decoded with
}

func (c call) String() string {
	s := c.body.String()
	if c.Key != "" {
		s += " key " + c.Key
	}
	if c.Long {
		s += " (for two days)"
	}
	if c.Profile > 0 {
		s += fmt.Sprint(" profile ", c.Profile)
	}
	return s
}

// GoString is what a failing example shows.
func (c call) GoString() string { return c.String() }

func (c call) life() time.Duration {
	if c.Long {
		return 48 * time.Hour
	}
	return 24 * time.Hour
}

var (
	references = []string{"A", "B", ""}
	stages     = []string{"offer", "contract", "complete"}
	variants   = []string{"", "price", "start", "tone", "year"}
)

// bodies are all bodies that are posted: decoded, by their canonical form, and by its hash.
type bodies struct {
	valid         map[body]*engagement.Valid
	named, hashed map[string]body
}

// everyBody is the launch of testdata as offer and invoice only, which is fast, in all variants.
func everyBody(t *testing.T) *bodies {
	t.Helper()
	text, err := os.ReadFile("../testdata/launch-digistore24.json")
	if err != nil {
		t.Fatal(err)
	}
	all := &bodies{map[body]*engagement.Valid{}, map[string]body{}, map[string]body{}}
	for _, reference := range references {
		for _, stage := range stages {
			for revision := 1; revision <= 3; revision++ {
				for _, variant := range variants {
					b := body{reference, stage, revision, variant}
					v := b.decode(t, text)
					all.valid[b], all.named[string(v.Canonical)], all.hashed[sum(v.Canonical)] = v, b, b
				}
			}
		}
	}
	return all
}

func (b body) decode(t *testing.T, text []byte) *engagement.Valid {
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"access", "processing", "communication"} {
		delete(m, k)
	}
	m["documents"] = map[string]any{"exclude": []string{"contract", "nda"}}
	scope := m["scope"].(map[string]any)
	scope["services"] = scope["services"].([]any)[:1]
	m["reference"], m["stage"], m["revision"] = b.Reference, b.Stage, b.Revision
	switch b.Variant {
	case "price":
		m["pricing"].(map[string]any)["items"].([]any)[0].(map[string]any)["unit_price"] = "1990.00"
	case "start":
		m["term"].(map[string]any)["start"] = "2026-12-02"
	case "tone":
		m["tone"] = "du"
	case "year":
		m["date"] = "2027-01-04"
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	v, err := engagement.Decode(bytes.NewReader(text), nil, date.Date{Year: 2026, Month: time.November, Day: 23}, decision.Check)
	if err != nil {
		t.Fatal(b, err)
	}
	return v
}

// drawCall is a call; a key may belong to another body, a profile is one of those that are stored.
func drawCall(t *rapid.T, label string, profiles int) call {
	return rapid.Custom(func(t *rapid.T) call {
		return call{
			body: body{
				rapid.SampledFrom(references).Draw(t, "reference"), rapid.SampledFrom(stages).Draw(t, "stage"),
				rapid.IntRange(1, 3).Draw(t, "revision"), rapid.SampledFrom(variants).Draw(t, "variant"),
			},
			Key: rapid.SampledFrom([]string{"", "", "k", "l"}).Draw(t, "key"), Long: rapid.IntRange(0, 7).Draw(t, "long") == 7,
			Profile: rapid.IntRange(0, profiles).Draw(t, "profile"),
		}
	}).Draw(t, label)
}
