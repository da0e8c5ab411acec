package texts

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

// patched is a sample with fields replaced: {"terms.rights": "exclusive"}; nil removes a field.
func patched(t *testing.T, sample string, fields map[string]any) []byte {
	t.Helper()
	source, err := os.ReadFile("testdata/" + sample + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var e map[string]any
	if err := json.Unmarshal(source, &e); err != nil {
		t.Fatal(err)
	}
	for path, value := range fields {
		at, keys := e, strings.Split(path, ".")
		for _, key := range keys[:len(keys)-1] {
			inner, ok := at[key].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[key] = inner
			}
			at = inner
		}
		if last := keys[len(keys)-1]; value == nil {
			delete(at, last)
		} else {
			at[last] = value
		}
	}
	out, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type object = map[string]any

// wide is a measure at which no line of a text is broken.
const wide = 100000

func words(t *testing.T, kind decision.Kind, c *Case) string {
	t.Helper()
	doc, err := library(t).Fill(kind, c)
	if err != nil {
		t.Fatal(err)
	}
	return content.PlainText(doc, wide)
}

// variant is a sample with an option changed, and the words that follow from it.
type variant struct {
	name, sample string
	fields       object
	says, not    []string
}

const launch, course, vhs, wien = "launch-digistore24", "kursvideos-ablefy", "vhs-xrechnung", "wien-reverse-charge"

var contractVariants = []variant{}

var ndaVariants = []variant{}

var avvVariants = []variant{}

// TestVariants: each option of an engagement changes the words that it should.
func TestVariants(t *testing.T) {
	for kind, list := range map[decision.Kind][]variant{decision.Contract: contractVariants, decision.NDA: ndaVariants, decision.AVV: avvVariants} {
		for _, v := range list {
			t.Run(string(kind)+"/"+v.name, func(t *testing.T) {
				v.check(t, words(t, kind, caseOf(decoded(t, patched(t, v.sample, v.fields)))))
			})
		}
	}
}

func (v *variant) check(t *testing.T, text string) {
	t.Helper()
	for _, s := range v.says {
		if !strings.Contains(text, s) {
			t.Errorf("does not say %q", s)
		}
	}
	for _, s := range v.not {
		if strings.Contains(text, s) {
			t.Errorf("says %q", s)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestIncludedAVVWithoutAccess: an AVV that was asked for by hand describes the processing, not tools.
func TestIncludedAVVWithoutAccess(t *testing.T) {
	source := patched(t, "launch-digistore24", object{"access": nil, "documents.include": []string{"avv"}, "processing.data_categories": nil})
	text := words(t, decision.AVV, caseOf(decoded(t, source)))
	for _, s := range []string{"– Käuferinnen und Käufer", "welche Daten verarbeitet werden:", "☐ Termindaten"} {
		if !strings.Contains(text, s) {
			t.Errorf("does not say %q:\n%s", s, text)
		}
	}
	if strings.Contains(text, "Werkzeug |") || strings.Contains(text, "Werkzeuge |") {
		t.Errorf("names tools:\n%s", text)
	}
}

// TestReplacedDeeds: a deed of a later revision names the one that it replaces.
func TestReplacedDeeds(t *testing.T) {
	c := caseOf(decoded(t, patched(t, "launch-digistore24", nil)))
	c.Replaces = map[decision.Kind]Paper{
		decision.Contract: {Number: "VT-2026-0006"}, decision.NDA: {Number: "VV-2026-0006"}, decision.AVV: {Number: "AV-2026-0006"},
	}
	for kind, number := range map[decision.Kind]string{decision.Contract: "VT-2026-0006", decision.NDA: "VV-2026-0006", decision.AVV: "AV-2026-0006"} {
		if text := words(t, kind, c); !strings.Contains(text, "ersetzt ") || !strings.Contains(text, number) {
			t.Errorf("%s does not name the replaced %s", kind, number)
		}
	}
}
