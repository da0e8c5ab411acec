package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/engagement"
)

// sideWords are the two sides in the nominative and the accusative.
var sideWords = map[string][2]string{"/client": {"der Auftraggeber", "den Auftraggeber"}, "/contractor": {"der Auftragnehmer", "den Auftragnehmer"}}

var listPlace = regexp.MustCompile(`/#?\d+[sp]?(/|$)`)

// askingFor finds the row of a pointer, or of the nearest place above it.
func askingFor(pointer string) (a asking, side [2]string) {
	pattern := listPlace.ReplaceAllString(pointer, "/*$1")
	for s, words := range sideWords {
		if rest, ok := strings.CutPrefix(pattern, s); ok && (rest == "" || rest[0] == '/') {
			side = words
			if found, ok := rowOf(pattern, "SIDE"+rest); ok {
				return found, side
			}
		}
	}
	for ; ; pattern = pattern[:strings.LastIndexByte(pattern, '/')] {
		if found, ok := rowOf(pattern); ok || pattern == "" {
			return found, side
		}
	}
}

func rowOf(patterns ...string) (asking, bool) {
	for _, a := range askings {
		if contains(patterns, a.pattern) {
			return a, true
		}
	}
	return asking{}, false
}

// questionFor asks for a field in German.
func questionFor(pointer string) string {
	a, side := askingFor(pointer)
	s := strings.ReplaceAll(a.question, "SIDEACC", side[1])
	s = strings.ReplaceAll(s, "(SIDE)", "("+strings.TrimPrefix(side[0], "der ")+")")
	return strings.ReplaceAll(s, "SIDE", side[0])
}

// label is the name of a field in a German sentence.
func label(pointer string) string {
	a, _ := askingFor(pointer)
	if a.label == "" {
		return strings.Trim(pointer, "/")
	}
	return a.label
}

// missing are the codes of violations that only say that something is not there.
var missing = map[string]bool{"required": true, "person_required": true, "bank_required": true, "tax_number_required": true}

// Ask turns what Decode still finds into questions, one for each field: what is missing is asked for, what is wrong is
// told with its reason.
func Ask(v engagement.Violations) []Question {
	out := []Question{}
	seen := map[string]bool{}
	for _, x := range v {
		if seen[x.Pointer] {
			continue
		}
		seen[x.Pointer] = true
		question := questionFor(x.Pointer)
		if !missing[x.Code] {
			question = x.Detail
			if a, _ := askingFor(x.Pointer); a.pattern != "" && asksAnew[x.Code] {
				question += " " + questionFor(x.Pointer)
			}
		}
		out = append(out, Question{Field: x.Pointer, Question: question})
	}
	return out
}

// asksAnew are the codes after whose reason the field's own question makes sense.
var asksAnew = map[string]bool{"email": true, "country": true, "postal_code": true, "iban": true, "bic": true, "vat_id": true, "leitweg_id": true,
	"date": true, "range": true, "positive": true}
