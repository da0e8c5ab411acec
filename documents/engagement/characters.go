package engagement

import (
	"fmt"
	"reflect"
	"strings"

	"auftragsmappe/fonts"
)

// checkCharacters notes what no face can show: a contract never has a blank or a box where a letter was meant.
// A field that is refused for another reason is left alone; only its length says nothing about its characters.
func (r *report) checkCharacters(e *Engagement) {
	refused := map[string]bool{}
	for _, v := range r.found {
		refused[v.Pointer] = refused[v.Pointer] || v.Code != tagTexts["max"].code
	}
	eachText(reflect.ValueOf(e).Elem(), "", func(pointer, text string) {
		if refused[pointer] {
			return
		}
		if cluster, place := fonts.Missing(text); cluster != "" {
			r.add(pointer, "character", says(pointer, fmt.Sprintf(
				"enthält an Stelle %d das Zeichen %s, das keine Schrift hier zeigen kann. Bitte ersetzen Sie es.", place+1, named(cluster))))
		}
	})
}

// named shows a character with its code points: it may be invisible.
func named(cluster string) string {
	codes := make([]string, 0, len(cluster))
	for _, c := range cluster {
		codes = append(codes, fmt.Sprintf("U+%04X", c))
		if len(codes) == maxCodes {
			break
		}
	}
	return quote(cluster) + " (" + strings.Join(codes, " ") + ")"
}

// maxCodes bounds what is printed of a letter under a heap of marks.
const maxCodes = 8
