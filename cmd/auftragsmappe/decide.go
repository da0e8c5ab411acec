package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"auftragsmappe/documents/decision"
)

// decided is the answer of decide --json.
type decided struct {
	Decision    []decision.Need   `json:"decision"`
	AVVRequired bool              `json:"avv_required"`
	AVVReason   string            `json:"avv_reason"`
	Notices     []decision.Notice `json:"notices"`
}

// decide prints which documents apply and why.
func decide(_ context.Context, c *call) error {
	v, err := c.read(nil)
	if err != nil {
		return err
	}
	d := decision.Decide(v)
	out := decisionTable(&d)
	if c.json {
		if out, err = decisionJSON(&d); err != nil {
			return err
		}
	}
	_, err = c.stdout.Write(out)
	return err
}

func decisionJSON(d *decision.Decision) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(decided{d.Needs, d.AVVRequired, d.AVVReason, append([]decision.Notice{}, d.Notices...)})
	return b.Bytes(), err
}

// decisionTable is one line for each kind: whether it applies, its title, the reason; then the notices.
func decisionTable(d *decision.Decision) []byte {
	width := 0
	for _, row := range decision.Kinds {
		width = max(width, utf8.RuneCountInString(row.Title))
	}
	var b bytes.Buffer
	for _, n := range d.Needs {
		row, _ := decision.RowOf(n.Kind)
		fmt.Fprintf(&b, "%-4s  %-*s  %s\n", yesNo(n.Applies), width, row.Title, oneLine(n.Reason))
	}
	for _, n := range d.Notices {
		fmt.Fprintf(&b, "\nHinweis (%s): %s\n", n.Code, oneLine(n.Detail))
	}
	return b.Bytes()
}

func yesNo(b bool) string {
	if b {
		return "ja"
	}
	return "nein"
}
