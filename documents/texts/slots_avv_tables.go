package texts

import (
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// column is a column of a table of text; it is left out when all its cells are empty.
type column struct {
	head  string
	width int // relative to the others
	cells []string
	empty string // what stands in a single empty cell
}

// textTable is a lined table of the columns that say something; the first column heads its row.
func textTable(summary string, columns ...column) []content.Block {
	var kept []column
	total := 0
	for _, col := range columns {
		if strings.Join(col.cells, "") != "" {
			kept = append(kept, col)
			total += col.width
		}
	}
	if len(kept) == 0 {
		return nil
	}
	t := content.Table{Carry: content.NoCarry, Summary: summary}
	rest := 1000
	for i, col := range kept {
		w := 1000 * col.width / total
		if i == len(kept)-1 {
			w = rest
		}
		rest -= w
		t.Columns = append(t.Columns, content.TableColumn{Width: w})
		t.Head = append(t.Head, content.Cell{Text: said(col.head)})
	}
	for row := range kept[0].cells {
		cells := make([]content.Cell, 0, len(kept))
		for i, col := range kept {
			text := col.cells[row]
			if text == "" {
				text = col.empty
			}
			cells = append(cells, content.Cell{Text: said(text), Head: i == 0})
		}
		t.Rows = append(t.Rows, cells)
	}
	return []content.Block{t}
}

// avvAccess is a row for each access with sight of personal data. What the caller says of the whole processing stands
// in lists of its own; else the catalogue speaks for each tool.
func avvAccess(c *Case) []content.Block {
	tool := column{head: "Werkzeug", width: 26}
	rights := column{head: "Rechte", width: 20, empty: "nicht angegeben"}
	persons := column{head: subjectsOf.label, width: 27, empty: "siehe unten"}
	data := column{head: dataOf.label, width: 27, empty: "siehe unten"}
	for _, a := range c.seen() {
		sight := decision.Look(a)
		tool.cells = append(tool.cells, strings.Join(lines(sight.Tool, prefixed("Rolle: ", a.Role), prefixed("Zugang: ", handovers[a.Handover])), "\n"))
		rights.cells = append(rights.cells, rightsText(&sight))
		persons.cells = append(persons.cells, c.described(subjectsOf, &sight))
		data.cells = append(data.cells, c.described(dataOf, &sight))
	}
	return textTable("Zugänge mit Sicht auf personenbezogene Daten", tool, rights, persons, data)
}

// described is what the catalogue says of a tool, unless the caller speaks for the whole processing.
func (c *Case) described(d description, s *decision.Sight) string {
	if len(d.given(&c.Engagement.Processing)) > 0 {
		return ""
	}
	return strings.Join(names(d.codes(s), d.name), "\n")
}

func rightsText(s *decision.Sight) string {
	rights := make([]string, 0, len(s.Permissions))
	for _, p := range s.Permissions {
		rights = append(rights, p.Name)
	}
	return de.And(rights)
}

func prefixed(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

// subprocessors are those with a name: nobody can be approved without one (Art. 28 (2) DSGVO).
func (c *Case) subprocessors() []engagement.Subprocessor {
	var out []engagement.Subprocessor
	for _, s := range c.Engagement.Processing.Subprocessors {
		if s.Name != "" {
			out = append(out, s)
		}
	}
	return out
}

// avvSubs is annex 3: who is approved, for what, where and, in a third country, on which basis (Art. 44 DSGVO).
func avvSubs(c *Case) []content.Block {
	who := column{head: "Name", width: 30}
	what := column{head: "Leistung", width: 25, empty: "nicht angegeben"}
	where := column{head: "Land", width: 15, empty: "nicht angegeben"}
	basis := column{head: "Grundlage der Übermittlung", width: 30, empty: "keine Übermittlung in ein Drittland"}
	for _, s := range c.subprocessors() {
		who.cells = append(who.cells, s.Name)
		what.cells = append(what.cells, s.Service)
		where.cells = append(where.cells, s.Country)
		basis.cells = append(basis.cells, basisText(&s))
	}
	return textTable("Genehmigte Unterauftragsverarbeiter", who, what, where, basis)
}

func basisText(s *engagement.Subprocessor) string {
	if s.Safeguard == "" && outsideEEA(s) {
		return "noch offen: Einsatz erst, wenn eine Grundlage in Textform ergänzt ist"
	}
	return s.Safeguard
}
