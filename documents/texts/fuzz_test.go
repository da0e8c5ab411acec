package texts

import (
	"strings"
	"testing"
	"unicode/utf8"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement/engagementtest"
)

// FuzzFill fills every text with generated engagements in which strings of the user are replaced: nothing fails, and what
// the user wrote stands there literally, whatever it looks like.
func FuzzFill(f *testing.F) {
	f.Add(uint16(0), "Kurs")
	f.Add(uint16(7), "*Müller* | <b>Söhne</b> {{.}} {total} [§](#preis)")
	f.Add(uint16(21), "endet mit Punkt.")
	f.Add(uint16(33), "{if=\"draft\"} # Titel\n- Liste")
	lib, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, n uint16, s string) {
		s = strings.Join(strings.Fields(s), " ")
		if s == "" || !utf8.ValidString(s) || utf8.RuneCountInString(s) > 200 {
			return
		}
		v := decoded(t, engagementtest.Generate(int(n%2000)))
		v.Scope.Title, v.Client.Name, v.Contractor.Name = s, s, s
		v.Scope.Services[0].Title = s
		c := caseOf(v)
		for _, need := range c.Decision.Needs {
			if !need.Applies {
				continue
			}
			doc, err := lib.Fill(need.Kind, c)
			if err != nil {
				t.Fatalf("%s: %v", need.Kind, err)
			}
			if need.Kind == decision.Offer && !strings.Contains(allText(doc), s) {
				t.Fatalf("%s does not show %q", need.Kind, s)
			}
		}
	})
}

// allText is the text of a document without wrapping.
func allText(d *content.Document) string { return content.PlainText(d, 1<<30) }
