package door

import (
	"regexp"
	"strings"
)

// readColumns reads lines whose descriptions, quantities and prices come as one list each: several tools flatten lists so.
func (r *reading) readColumns() {
	all := r.later[kindColumn]
	lines := 0
	for _, w := range all {
		if strings.HasSuffix(w.place, description) {
			lines = len(column(w, 0))
		}
	}
	var in []*input
	fits := lines > 0
	for _, w := range all {
		in = append(in, w.in)
		fits = fits && len(column(w, lines)) == lines
	}
	if len(all) > 0 && !fits {
		r.ask(items, "Die Listen der Positionen, Mengen und Preise passen nicht zusammen. Bitte nennen Sie je Position Bezeichnung, Menge und Nettopreis.", in...)
		return
	}
	for _, w := range all {
		name := strings.TrimPrefix(w.place, items+"/column/")
		for i, s := range column(w, lines) {
			columnReaders[name](r, items+"/#"+itoa(i+1)+"/"+name, &input{name: w.in.name, values: []value{{text, s}}})
		}
	}
}

var columnReaders = map[string]reader{
	"description": (*reading).readLong, "quantity": (*reading).readDecimal, "unit": (*reading).readWord, "unit_price": (*reading).readPrice,
}

// plainColumn are numbers whose commas can only separate them: with decimal points, or whole and small.
var plainColumn = regexp.MustCompile(`^\s*\d+\.\d{2}(?:,\s*\d+\.\d{2})*\s*$|^\s*\d+(?:\s*,\s+\d+)+\s*$`)

// column takes a list apart. A comma that could be that of a decimal separates nothing, unless it makes the quantities as
// many as there are lines.
func column(w waiting, lines int) []string {
	s := w.in.values[0].text
	parts := strings.Split(s, ",")
	counts := strings.HasSuffix(w.place, "/quantity") && len(parts) == lines && strings.Trim(s, "0123456789, ") == ""
	if len(w.in.values) > 1 || !counts && !plainColumn.MatchString(s) {
		return w.in.list()
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
