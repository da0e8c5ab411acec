package texts

import (
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

// engagements is how many generated engagements the tests of wording read.
const engagements = 600

// filledDocuments are all documents of a case, by kind.
func filledDocuments(t testing.TB, lib *Library, c *Case) map[decision.Kind]*content.Document {
	t.Helper()
	out := map[decision.Kind]*content.Document{}
	for _, need := range c.Decision.Needs {
		if !need.Applies {
			continue
		}
		doc, err := lib.Fill(need.Kind, c)
		if err != nil {
			t.Fatalf("%s: %v", need.Kind, err)
		}
		out[need.Kind] = doc
	}
	return out
}
