package texts

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/engagement"
)

//go:embed measures.json
var measuresJSON []byte

// measure is a technical or organisational measure that a contractor can confirm (Art. 32 DSGVO).
type measure struct {
	ID      string `json:"id"`
	Heading string `json:"heading"` // what it controls: "Zutritt"
	Text    string `json:"text"`    // the German sentence of annex 2
}

// theMeasures is the measures file in its order, which is that of annex 2.
var theMeasures = sync.OnceValue(func() []measure {
	var list []measure
	if err := json.Unmarshal(measuresJSON, &list); err != nil {
		panic("texts: measures.json: " + err.Error()) // embedded: a fault of the build
	}
	return list
})

// CheckMeasures is a rule of engagement.Decode: every confirmed measure must be one of the measures file, as a measure
// that nobody can read would be promised otherwise. Code measure_unknown; a nil engagement breaks no rule.
func CheckMeasures(e *engagement.Engagement) engagement.Violations {
	if e == nil {
		return nil
	}
	return append(unknownMeasures("/contractor/measures/", e.Contractor.Measures),
		unknownMeasures("/processing/measures/", e.Processing.Measures)...)
}

func unknownMeasures(pointer string, ids []string) engagement.Violations {
	var out engagement.Violations
	for i, id := range ids {
		if knownMeasure(id) {
			continue
		}
		out = append(out, engagement.Violation{
			Pointer: pointer + strconv.Itoa(i), Code: "measure_unknown",
			Detail: "ist keine bekannte Schutzmaßnahme: „" + id + "“. Bitte wählen Sie aus diesen: " + strings.Join(measureIDs(), ", ") + ".",
		})
	}
	return out
}

func knownMeasure(id string) bool {
	return slices.ContainsFunc(theMeasures(), func(m measure) bool { return m.ID == id })
}

func measureIDs() []string {
	ids := make([]string, 0, len(theMeasures()))
	for _, m := range theMeasures() {
		ids = append(ids, m.ID)
	}
	return ids
}

// measures is what the contractor confirmed, in the order of the file.
func (c *Case) measures() []measure {
	confirmed := slices.Concat(c.Engagement.Contractor.Measures, c.Engagement.Processing.Measures)
	var out []measure
	for _, m := range theMeasures() {
		if slices.Contains(confirmed, m.ID) {
			out = append(out, m)
		}
	}
	return out
}

// measureList is measures under their headings: level 3, as an annex is a heading of level 2.
func measureList(list []measure, style content.ListStyle) []content.Block {
	var out []content.Block
	for i := 0; i < len(list); {
		heading := list[i].Heading
		l := content.List{Style: style}
		for ; i < len(list) && list[i].Heading == heading; i++ {
			l.Items = append(l.Items, []content.Block{content.Para{Text: said(list[i].Text)}})
		}
		out = append(out, content.Heading{Level: 3, Text: said(heading)}, l)
	}
	return out
}
