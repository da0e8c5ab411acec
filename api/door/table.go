package door

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// headed reads a row of a spreadsheet that comes as two lists, the headings and the values.
func (d *delivery) headed(n *node) bool {
	const both, fewest = 2, 2
	if len(n.elems) != both || len(n.elems[0].elems) < fewest || len(n.elems[0].elems) < len(n.elems[1].elems) {
		return false
	}
	for _, list := range n.elems {
		for _, e := range list.elems {
			if !e.scalar() || e.kind >= file {
				return false
			}
		}
	}
	for i, v := range n.elems[1].elems {
		heading := n.elems[0].elems[i].text
		d.flatten(v, []string{heading}, heading)
	}
	return true
}

// parseCSV reads a table with headings: an object for one row, a list of them for several.
func parseCSV(b []byte) (*node, error) {
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	if head, _, _ := bytes.Cut(b, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';'
	}
	headings, err := r.Read()
	if err != nil {
		return nil, unreadable("Die Tabelle (CSV) ist nicht lesbar. Bitte senden Sie sie mit einer Zeile Überschriften und einer Zeile Werten.", err)
	}
	rows := &node{kind: list}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable("Die Tabelle (CSV) ist nicht lesbar. Bitte prüfen Sie die Anführungszeichen.", err)
		}
		row := &node{kind: object}
		for i, v := range record[:min(len(record), len(headings))] {
			row.members = append(row.members, member{strings.TrimSpace(headings[i]), &node{kind: text, text: v}})
		}
		rows.elems = append(rows.elems, row)
	}
	if len(rows.elems) == 1 {
		return rows.elems[0], nil
	}
	return rows, nil
}
