package start

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
)

// fault is a violation as the page shows it: a sentence, and the input that it is about.
type fault struct {
	Target string // id of an input
	Field  string // where it is in pasted JSON: the pointer
	Detail string
}

// plain says in the words of the form what the sentences of the engagement say in those of its JSON.
var plain = strings.NewReplacer(
	" Bitte ergänzen Sie diese Angabe.", "",
	"Bitte tragen Sie tax_number oder vat_id ein.", "Bitte tragen Sie eine von beiden ein.",
	"Bitte tragen Sie unter person deren Namen ein.", "Bitte tragen Sie Vor- und Nachnamen ein.",
	"Das Preismodell result_package braucht", "Der Festpreis braucht", "Das Preismodell hour_package braucht", "Das Stundenpaket braucht",
	"Das Preismodell tracked_hours braucht", "Die Abrechnung nach Aufwand braucht",
)

// inBrackets is the name of a field in JSON behind its German name: „Rechtsform (form)“.
var inBrackets = regexp.MustCompile(`^(„[^“]*?) \([a-z_]+\)`)

// faults are the violations of a check, those of the form in the order of its inputs.
func (in *Input) faults(found engagement.Violations) []fault {
	all := make([]fault, len(found))
	place := map[string]int{}
	for i, v := range found {
		all[i] = fault{Target: textID, Field: v.Pointer, Detail: v.Detail}
		if in.Pasted {
			continue
		}
		target := in.form.target(v.Pointer)
		all[i] = fault{Target: target, Detail: plain.Replace(inBrackets.ReplaceAllString(v.Detail, "$1"))}
	}
	if in.Pasted {
		return all
	}
	for i, name := range in.form.names() {
		place[name] = i
	}
	slices.SortStableFunc(all, func(a, b fault) int { return place[a.Target] - place[b.Target] })
	return all
}

// atInput is the sentence below the label of its input, which need not say the name again: "„Ort“ fehlt." is "Fehlt."
func (f *fault) atInput() string {
	_, said, ok := strings.Cut(f.Detail, "“ ")
	if !ok || !strings.HasPrefix(f.Detail, "„") || said == "" {
		return f.Detail
	}
	return strings.ToUpper(said[:1]) + said[1:] // a verb: ASCII
}

// names are the ids of all inputs in the order of the page, those of one row where a list has none yet.
func (f *form) names() []string {
	var all []string
	eachPart(func(p *part) {
		rows := 1
		if p.list != "" {
			rows = max(1, f.rows[p.list])
		}
		for row := range rows {
			for i := range p.fields {
				all = append(all, p.name(row, &p.fields[i]))
			}
		}
	})
	return all
}

// target is the input that a violation is about: the one of its pointer, else the nearest one.
func (f *form) target(pointer string) string {
	name := f.nameOf(pointer)
	names := f.names()
	for name != "" {
		for _, candidate := range names {
			if candidate == name || strings.HasPrefix(candidate, name+".") {
				return candidate
			}
		}
		name = name[:max(strings.LastIndexByte(name, '.'), 0)]
	}
	return formID
}

// nameOf is the name of the input at a pointer; an access is the first of its rows.
func (f *form) nameOf(pointer string) string {
	segments := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if len(segments) < 2 || segments[0] != accessList {
		return strings.Join(segments, ".")
	}
	accesses := f.granted()
	i, err := strconv.Atoi(segments[1])
	if err != nil || i >= len(accesses) {
		return accessList
	}
	at := accessList + "." + strconv.Itoa(accesses[i].row)
	switch {
	case len(segments) > 2 && segments[2] == "customer_data":
		return at + ".customer_data"
	case accesses[i].tool != "" && len(accesses[i].permissions) == 0 && f.values[at+".what"] == other:
		return at + ".tool"
	case f.values[at+".what"] == other:
		return at + ".tool"
	}
	return at + ".what"
}
