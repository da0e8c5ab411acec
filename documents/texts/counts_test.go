package texts

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// number is a wording in the singular and the plural, and how many there are of what it names.
type number struct {
	kind      decision.Kind
	one, many string
	count     func(*Case) int
}

func accesses(c *Case) int { return len(c.Engagement.Access) }
func services(c *Case) int { return len(c.Engagement.Scope.Services) }

// numbers are all wordings that follow a count. At none neither may stand.
var numbers = []number{
	{decision.Offer, "die folgende Leistung an", "die folgenden Leistungen an", services},
	{decision.Offer, "\nLeistung\n", "\nLeistungen\n", services},
	{decision.Offer, "Diesen Zugang,", "Diese Zugänge,", accesses},
	{decision.Contract, "diese Leistung:", "diese Leistungen:", services},
	{decision.Contract, "diesen Zugang ein", "diese Zugänge ein", accesses},
	{decision.Contract, "darf den Zugang nur", "darf die Zugänge nur", accesses},
	{decision.Contract, "auf diesem Weg:", "auf diesen Wegen:", (*Case).channels},
	{decision.Contract, "entfernt den Zugang", "entfernt die Zugänge", accesses},
	{decision.NDA, "zu denen dieser Zugang führt", "zu denen diese Zugänge führen", accesses},
	{decision.AVV, "Verarbeitung\nZugang\n", "Verarbeitung\nZugänge\n", func(c *Case) int { return len(c.seen()) }},
	{decision.AVV, "\nWerkzeug | ", "\nWerkzeuge | ", func(c *Case) int { return len(toolNames(c.seen())) }},
	{decision.AccessChecklist, "diesen Zugang.", "diese Zugänge.", accesses},
	{decision.AccessChecklist, "\nZugang entfernen", "\nAlle Zugänge entfernen", accesses},
}

// countFaults are wordings in the wrong number, and labels of rights that do not fit theirs.
func countFaults(kind decision.Kind, d *content.Document, c *Case) []string {
	text := "\n" + strings.Join(linesOf(d), "\n") + "\n"
	var out []string
	for _, n := range numbers {
		if n.kind != kind {
			continue
		}
		count := n.count(c)
		if strings.Contains(text, n.one) != (count == 1) || strings.Contains(text, n.many) != (count > 1) {
			out = append(out, fmt.Sprintf("%q or %q for %d", n.one, n.many, count))
		}
	}
	return out
}

// linesOf are the texts of a document, a line each; of a table a row each.
func linesOf(d *content.Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, blockLines(b)...)
	}
	return out
}

func blockLines(b content.Block) []string {
	switch b := b.(type) {
	case content.Heading:
		return []string{plain(b.Text)}
	case content.Annex:
		return []string{b.Title}
	case content.Para:
		return []string{plain(b.Text)}
	case content.List:
		var out []string
		for _, item := range b.Items {
			for _, inner := range item {
				out = append(out, blockLines(inner)...)
			}
		}
		return out
	case content.Table:
		var out []string
		for _, row := range b.Rows {
			cells := make([]string, 0, len(row))
			for _, cell := range row {
				cells = append(cells, plain(cell.Text))
			}
			out = append(out, strings.Join(cells, " | "))
		}
		return out
	case content.Sums:
		var out []string
		for _, r := range b.Rows {
			out = append(out, r.Label+" | "+plain(r.Value))
		}
		return out
	}
	return nil
}

// TestCountFaultsFind proves that a plural for one and a singular for many are found.
func TestCountFaultsFind(t *testing.T) {
	c := &Case{Engagement: &engagement.Valid{}}
	c.Engagement.Scope.Services = make([]engagement.Service, 1)
	doc := func(s string) *content.Document {
		return &content.Document{Blocks: []content.Block{content.Para{Text: said(s)}}}
	}
	right, wrong := doc("Die Auftragnehmerin erbringt diese Leistung:"), doc("Die Auftragnehmerin erbringt diese Leistungen:")
	if got := countFaults(decision.Contract, right, c); got != nil {
		t.Errorf("right: %v", got)
	}
	if got := countFaults(decision.Contract, wrong, c); len(got) != 1 {
		t.Errorf("wrong: %v", got)
	}
	c.Engagement.Scope.Services = make([]engagement.Service, 2)
	if got := countFaults(decision.Contract, right, c); len(got) != 1 {
		t.Errorf("too few: %v", got)
	}
}
