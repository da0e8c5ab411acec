package decision

import (
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
)

// Check is the rule about documents.include and documents.exclude, for engagement.Decode. It copes with what could be
// read of an invalid engagement.
func Check(e *engagement.Engagement) engagement.Violations {
	var v engagement.Violations
	for i, name := range e.Documents.Include {
		v = append(v, checkIncluded(e, name, "/documents/include/"+strconv.Itoa(i))...)
	}
	for i, name := range e.Documents.Exclude {
		pointer := "/documents/exclude/" + strconv.Itoa(i)
		if _, ok := RowOf(Kind(name)); !ok {
			v = append(v, unknownKind(name, pointer, allKinds()))
			continue
		}
		if Kind(name) == AVV && see(e.Access).required() {
			v = append(v, engagement.Violation{Pointer: pointer, Code: "avv_required", Detail: "Der Auftragsverarbeitungsvertrag lässt sich nicht abwählen: " +
				see(e.Access).decisive().reason() + " Entfernen Sie „avv“ aus der Liste oder nehmen Sie den Zugang heraus."})
		}
	}
	return v
}

func checkIncluded(e *engagement.Engagement, name, pointer string) engagement.Violations {
	row, ok := RowOf(Kind(name))
	switch {
	case !ok:
		return engagement.Violations{unknownKind(name, pointer, optionalKinds())}
	case !row.Optional:
		return engagement.Violations{{Pointer: pointer, Code: "kind_not_optional", Detail: "„" + name + "“ lässt sich nicht ausdrücklich wünschen; möglich sind " + optionalKinds() + "."}}
	case slices.Contains(e.Documents.Exclude, name):
		return engagement.Violations{{Pointer: pointer, Code: "kind_contradiction", Detail: "„" + name + "“ steht in include und in exclude; entfernen Sie es aus einer der beiden Listen."}}
	case row.Kind == AVV && len(e.Access) == 0 && !e.Processing.Given():
		return engagement.Violations{{Pointer: "/processing", Code: "processing_required", Detail: "Ein Auftragsverarbeitungsvertrag ohne Zugang braucht Angaben zur Verarbeitung; ergänzen Sie processing mit Zweck, Personen und Daten."}}
	}
	return nil
}

func unknownKind(name, pointer, known string) engagement.Violation {
	return engagement.Violation{Pointer: pointer, Code: "kind_unknown", Detail: "Das Dokument „" + name + "“ gibt es nicht; möglich sind " + known + "."}
}

func allKinds() string { return kindList(func(Row) bool { return true }) }

func optionalKinds() string { return kindList(func(r Row) bool { return r.Optional }) }

func kindList(keep func(Row) bool) string {
	var names []string
	for _, r := range Kinds {
		if keep(r) {
			names = append(names, string(r.Kind))
		}
	}
	return strings.Join(names, ", ")
}
