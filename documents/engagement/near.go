package engagement

import (
	"reflect"
	"strings"
)

// unknownField is the sentence for a field that the object does not have, and the path of the one in the same object
// that was probably meant ("" when none is near): the caller gave it, so it must not be reported as missing too.
func unknownField(key string, t reflect.Type) (sentence, meant string) {
	sentence = "Das Feld " + quote(key) + " gibt es hier nicht"
	if meant = nearest(key, t); meant == "" {
		meant = only(pathsTo(key, t, false))
	}
	hint := meant
	if hint == "" {
		hint = only(pathsTo(key, reflect.TypeFor[Engagement](), true))
	}
	if hint == "" {
		return sentence + ". Bitte entfernen Sie es oder prüfen Sie die Schreibweise.", ""
	}
	return sentence + "; meinten Sie " + quote(strings.ReplaceAll(hint, "/", ".")) + "?", meant
}

func only(paths []string) string {
	if len(paths) != 1 {
		return ""
	}
	return paths[0]
}

// nearest is the field of t that is written most alike, "" when none is near.
func nearest(key string, t reflect.Type) string {
	const longest = 60
	if len(key) > longest {
		return ""
	}
	folded, best, least := fold(key), "", len(key)
	for _, f := range shapes()[t].fields {
		d := distance(folded, fold(f.name))
		if d < least && d <= max(len(f.name), 3)/3 {
			best, least = f.name, d
		}
	}
	return best
}

// fold takes case and separators out: postalCode, Postal-Code and postal_code are one.
func fold(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
}

// distance is Levenshtein's: the letters to insert, drop or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0]++
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// pathsTo are the paths below t that end in key; through lists only when asked.
func pathsTo(key string, t reflect.Type, lists bool) []string {
	var paths []string
	for _, f := range shapes()[t].fields {
		if f.name == key {
			paths = append(paths, f.name)
		}
		inner := innerType(f.typ)
		if shapes()[inner] == nil || f.typ.Kind() == reflect.Slice && !lists {
			continue
		}
		for _, p := range pathsTo(key, inner, lists) {
			paths = append(paths, f.name+"/"+p)
		}
	}
	return paths
}
