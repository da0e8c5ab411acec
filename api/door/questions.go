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

// reasons are sentences for violations whose own names fields of the format, which a layman does not know; by code.
var reasons = map[string]string{
	"consumer_unsupported": "Aufträge von Verbrauchern (Privatpersonen) sind hier nicht möglich. Handelt der Auftraggeber gewerblich oder freiberuflich? Dann nennen Sie bitte die Rechtsform, etwa Einzelunternehmen.",
	"small_business_vat":   "Umsatzsteuer und Kleinunternehmerregelung (§ 19 UStG) passen nicht zusammen. Welches von beiden gilt für den Auftragnehmer?",
	"vat_treatment":        "Die Angabe zur Umsatzsteuer passt nicht zum Land des Auftraggebers. Ist das Land richtig? Sonst lassen Sie die Umsatzsteuer bitte weg; sie ergibt sich aus den Anschriften.",
	"jurisdiction_void":    "Ein Gerichtsstand kann hier nicht vereinbart werden (§ 38 ZPO). Bitte lassen Sie das Feld leer.",
	"instalment_due":       "Wann ist diese Rate fällig: bei Auftrag, bei Abschluss oder an welchem Tag?",
	"not_in_model":         "Diese Angabe gehört zu einem anderen Preismodell. Wie wird abgerechnet: zum Festpreis, als Stundenpaket oder nach Aufwand?",
	"avv_required":         "Der Auftragsverarbeitungsvertrag (AVV) kann nicht weggelassen werden, denn in den Werkzeugen sind Kundendaten sichtbar. Soll er dabei sein, oder fällt der Zugang weg?",
}

// missing are the codes of violations that only say that something is not there.
var missing = map[string]bool{"required": true, "person_required": true, "bank_required": true, "tax_number_required": true}

// Ask turns what Decode still finds into questions, one for each field: what is missing is asked for, what is wrong is
// told with its reason.
func Ask(v engagement.Violations) []Question {
	out := []Question{}
	seen := map[string]bool{}
	for _, x := range v {
		if !seen[x.Pointer] {
			seen[x.Pointer] = true
			out = append(out, Question{Field: x.Pointer, Question: questionOf(x)})
		}
	}
	return out
}

// questionOf tells a violation to a layman.
func questionOf(x engagement.Violation) string {
	question := questionFor(x.Pointer)
	switch reason := withoutFields(x.Detail); {
	case reasons[x.Code] != "":
		return reasons[x.Code]
	case missing[x.Code] || reason == "":
		return question
	case asksAnew[x.Code]:
		return reason + " " + question
	default:
		return reason
	}
}

var (
	sentenceEnd = regexp.MustCompile(`([\pL)“"][.!?]) (\p{Lu})`)
	fieldName   = regexp.MustCompile(`\b[a-z]+_[a-z]+|\b(?:pricing|contractor|client|terms|scope|access|processing|documents|term)\.[a-z]`)
)

// withoutFields leaves out the sentences that name fields of the format.
func withoutFields(detail string) string {
	var kept []string
	for sentence := range strings.SplitSeq(sentenceEnd.ReplaceAllString(detail, "$1\n$2"), "\n") {
		if !fieldName.MatchString(sentence) {
			kept = append(kept, sentence)
		}
	}
	return strings.Join(kept, " ")
}

// asksAnew are the codes after whose reason the field's own question makes sense.
var asksAnew = map[string]bool{"email": true, "country": true, "postal_code": true, "iban": true, "bic": true, "vat_id": true, "leitweg_id": true,
	"date": true, "range": true, "positive": true}
