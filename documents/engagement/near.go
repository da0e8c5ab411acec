package engagement

import (
	"reflect"
	"strings"
)

// unknownField is the sentence for a field that the object does not have, and the path of the one in the same object
// that was probably meant ("" when none is near): the caller gave it, so it must not be reported as missing too. root is what the body describes.
func unknownField(key string, t, root reflect.Type) (sentence, meant string) {
	sentence = "Das Feld " + quote(key) + " gibt es hier nicht"
	if meant = nearest(key, t); meant == "" {
		meant = only(pathsTo(key, t, false))
	}
	hint := meant
	if hint == "" {
		hint = only(pathsTo(key, root, true))
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

// distance counts the letters to insert, drop, change or swap with their neighbour.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
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
