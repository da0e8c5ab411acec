package decision

import (
	"slices"
	"strconv"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/engagement"
)

// Check is the rule about documents.include and documents.exclude, for engagement.Decode. It copes with what could be
// read of an invalid engagement and keeps silent about what is missing.
func Check(e *engagement.Engagement) engagement.Violations {
	if e == nil {
		return nil
	}
	var found engagement.Violations
	for i, name := range e.Documents.Include {
		if v := checkIncluded(e, name); v.Code != "" {
			if v.Pointer == "" {
				v.Pointer = "/documents/include/" + strconv.Itoa(i)
			}
			found = append(found, v)
		}
	}
	for i, name := range e.Documents.Exclude {
		if _, ok := RowOf(Kind(name)); !ok {
			v := unknownKind(name, allKinds())
			v.Pointer = "/documents/exclude/" + strconv.Itoa(i)
			found = append(found, v)
		}
	}
	return append(found, checkAVV(e)...)
}

// checkIncluded is what is wrong with a wish; no code: nothing.
func checkIncluded(e *engagement.Engagement, name string) engagement.Violation {
	row, ok := RowOf(Kind(name))
	switch {
	case !ok:
		return unknownKind(name, optionalKinds())
	case !row.Optional:
		return engagement.Violation{
			Code: "kind_not_optional",
			Detail: row.article + " " + row.Title + " („" + name + "“) lässt sich nicht eigens wünschen; möglich sind " + optionalKinds() +
				". Bitte entfernen Sie den Eintrag.",
		}
	case slices.Contains(e.Documents.Exclude, name):
		return engagement.Violation{
			Code:   "kind_contradiction",
			Detail: "„" + name + "“ steht in include und in exclude. Bitte entfernen Sie den Eintrag aus einer der beiden Listen.",
		}
	case row.Kind == AVV && len(e.Access) == 0 && !e.Processing.Given():
		return engagement.Violation{
			Pointer: "/processing", Code: "processing_required",
			Detail: "Ein Auftragsverarbeitungsvertrag ohne Zugang braucht Angaben zur Verarbeitung. Bitte ergänzen Sie in processing Zweck, Personen und Daten.",
		}
	}
	return engagement.Violation{}
}

// checkAVV refuses to leave out an AVV that is needed (Art. 28 (3) DSGVO).
func checkAVV(e *engagement.Engagement) engagement.Violations {
	if !slices.Contains(e.Documents.Exclude, string(AVV)) {
		return nil
	}
	named := slices.DeleteFunc(slices.Clone(e.Access), func(a engagement.Access) bool { return a.Tool == "" })
	seen := see(named)
	d := seen.decisive()
	if d == nil {
		return nil
	}
	remedy := "Bitte nehmen Sie „avv“ aus der Liste oder " + onto(seen.seeing()) + " aus dem Auftrag."
	if cause := seen.onlyCause(); cause != "" {
		remedy = "Bitte nehmen Sie „avv“ aus der Liste oder die Berechtigung „" + cause + "“ aus dem Auftrag."
	}
	grounds := d.shown()
	if d.precaution {
		grounds = seen.unknown() + "; deshalb ist er vorsorglich nötig."
	}
	return engagement.Violations{{
		Pointer: "/documents/exclude", Code: "avv_required",
		Detail: "Der Auftragsverarbeitungsvertrag lässt sich nicht abwählen: " + grounds + " " + remedy,
	}}
}

func unknownKind(name, known string) engagement.Violation {
	return engagement.Violation{
		Code:   "kind_unknown",
		Detail: "Das Dokument „" + name + "“ gibt es hier nicht; möglich sind " + known + ". Bitte ändern oder entfernen Sie den Eintrag.",
	}
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
	return de.And(names)
}
