package main

import (
	"context"
	"encoding/json"
	"fmt"

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
	v, err := c.read()
	if err != nil {
		return err
	}
	d := decision.Decide(v)
	if c.json {
		e := json.NewEncoder(c.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(decided{d.Needs, d.AVVRequired, d.AVVReason, append([]decision.Notice{}, d.Notices...)})
	}
	for _, n := range d.Needs {
		row, _ := decision.RowOf(n.Kind)
		fmt.Fprintf(c.stdout, "%-4s  %-31s %s\n", map[bool]string{true: "ja", false: "nein"}[n.Applies], row.Title, n.Reason)
	}
	for _, n := range d.Notices {
		fmt.Fprintf(c.stdout, "\nHinweis (%s): %s\n", n.Code, n.Detail)
	}
	return nil
}
