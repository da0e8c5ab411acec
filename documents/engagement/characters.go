package engagement

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// checkCharacters notes what no face can show: a contract never has a blank or a box where a letter was meant.
func (r *report) checkCharacters(e *Engagement) {
	faulty := map[string]bool{}
	for _, v := range r.found {
		faulty[v.Pointer] = faulty[v.Pointer] || v.Code != tagTexts["max"].code
	}
	eachText(reflect.ValueOf(e).Elem(), "", func(pointer, text string) {
		if faulty[pointer] {
			return
		}
		before := 0
		for line := range strings.SplitSeq(text, "\n") {
			if cluster, at := missing(line); cluster != "" {
				r.add(pointer, "character", says(pointer, fmt.Sprintf("enthält an Stelle %d das Zeichen %s, das keine Schrift hier zeigen kann. Bitte ersetzen Sie es.",
					before+at+1, named(cluster))))
				return
			}
			before += utf8.RuneCountInString(line) + 1
		}
	})
}

// named shows a character with its code points: it may be invisible.
func named(cluster string) string {
	var codes []string
	for _, c := range cluster {
		codes = append(codes, fmt.Sprintf("U+%04X", c))
	}
	return quote(cluster) + " (" + strings.Join(codes, " ") + ")"
}

func missing(string) (string, int) { return "", 0 }
