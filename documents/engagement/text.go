package engagement

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longTexts are the JSON names of the fields that may have paragraphs; base64 is often broken into lines.
var longTexts = map[string]bool{
	"summary": true, "description": true, "result": true, "note": true, "purpose": true, "for": true,
	"logo": true,
}

// bindText reads a string: trimmed, composed to NFC, paragraphs of long texts separated by one \n each.
func (r *report) bindText(n *node, v reflect.Value, pointer, name string) {
	if n.kind != kindString {
		r.wrongType(n, pointer, "ein Text in Anführungszeichen")
		return
	}
	if n.lone {
		r.add(pointer, "surrogate", says(pointer, "enthält ein halbes Zeichen (\\uD800 bis \\uDFFF ohne Gegenstück). Bitte geben Sie den Text noch einmal ein."))
		return
	}
	s := norm.NFC.String(n.text)
	if longTexts[name] {
		s = paragraphs(s)
	}
	s = strings.TrimSpace(s)
	if code, detail := controlIn(s, longTexts[name]); code != "" {
		r.add(pointer, code, says(pointer, detail))
		return
	}
	v.SetString(s)
}

// paragraphs keeps what is not blank of each line.
func paragraphs(s string) string {
	var kept []string
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// controlIn finds the first control character; a line break is one in a short text.
func controlIn(s string, long bool) (code, detail string) {
	place := 0
	for _, c := range s {
		place++
		switch {
		case !unicode.IsControl(c), c == '\n' && long:
		case c == '\n' || c == '\r' && !long:
			return "line_break", fmt.Sprintf("darf keinen Zeilenumbruch enthalten (Stelle %d). Bitte schreiben Sie die Angabe in eine Zeile.", place)
		default:
			return "control_character", fmt.Sprintf("enthält an Stelle %d das Steuerzeichen U+%04X. Bitte entfernen Sie es.", place, c)
		}
	}
	return "", ""
}

// eachText calls f for every text in v that is not empty, in the order of the fields.
func eachText(v reflect.Value, pointer string, f func(pointer, text string)) {
	switch {
	case v.Kind() == reflect.String:
		if v.Len() > 0 {
			f(pointer, v.String())
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		eachText(v.Elem(), pointer, f)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), fmt.Sprintf("%s/%d", pointer, i), f)
		}
	case v.Kind() == reflect.Struct && !isLeaf(v.Type()):
		for _, field := range shapes()[v.Type()].fields {
			eachText(v.FieldByIndex(field.index), pointer+"/"+field.name, f)
		}
	}
}
