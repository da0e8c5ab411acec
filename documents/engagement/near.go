package engagement

import (
	"reflect"
	"slices"
	"strings"
)

// unknownField is the sentence for a field that the object does not have, with the one that was probably meant.
func unknownField(key string, t reflect.Type) string {
	sentence := "Das Feld " + quote(key) + " gibt es hier nicht"
	if name := nearest(key, t); name != "" {
		return sentence + "; meinten Sie " + quote(name) + "?"
	}
	if path := elsewhere(key); path != "" {
		return sentence + "; meinten Sie " + quote(path) + "?"
	}
	return sentence + ". Bitte entfernen Sie es oder prüfen Sie die Schreibweise."
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

// elsewhere is the only path of the engagement that ends in key, "" when there is none or more than one.
func elsewhere(key string) string {
	paths := pathsTo(key, reflect.TypeFor[Engagement]())
	if len(paths) != 1 {
		return ""
	}
	return paths[0]
}

func pathsTo(key string, t reflect.Type) []string {
	var paths []string
	for _, f := range shapes()[t].fields {
		if f.name == key {
			paths = append(paths, f.name)
		}
		if inner := innerType(f.typ); shapes()[inner] != nil {
			for _, p := range pathsTo(key, inner) {
				paths = append(paths, f.name+"."+p)
			}
		}
	}
	return slices.Compact(paths)
}
