package engagement

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the largest body that Decode reads: 1 MiB.
const MaxBytes = 1 << 20

// ErrTooLarge says that a body is over MaxBytes; nothing of it was read further.
var ErrTooLarge = errors.New("engagement is larger than 1 MiB")

// SyntaxError says that a body is no JSON (RFC 8259) or not UTF-8, and where.
type SyntaxError struct {
	Line   int    // from 1
	Column int    // from 1, in characters
	Offset int    // of the first byte that does not fit, from 0
	Detail string // German sentence with the position and what to do
}

// Error names position and cause.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Detail)
}

// syntaxAt makes the error for the byte at offset; what is the German cause without the position.
func syntaxAt(data []byte, offset int, what string) *SyntaxError {
	offset = min(max(offset, 0), len(data))
	before := data[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	start := bytes.LastIndexByte(before, '\n') + 1
	column := utf8.RuneCount(before[start:]) + 1
	detail := fmt.Sprintf("Zeile %d, Zeichen %d: %s", line, column, what)
	return &SyntaxError{Line: line, Column: column, Offset: offset, Detail: detail}
}

// checkUTF8 finds the first byte that is not UTF-8.
func checkUTF8(data []byte) *SyntaxError {
	if utf8.Valid(data) {
		return nil
	}
	offset := 0
	for offset < len(data) {
		r, n := utf8.DecodeRune(data[offset:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		offset += n
	}
	return syntaxAt(data, offset, fmt.Sprintf(
		"Das Byte 0x%02X ist kein UTF-8. Bitte senden Sie die Daten als UTF-8 (nicht als Windows-1252 oder UTF-16).", data[offset]))
}

// causes translates the endings of encoding/json's messages; the first that fits counts.
var causes = []struct{ ending, german string }{
	{"after top-level value", "Nach dem Ende der Angaben steht noch weiterer Text (%s). Bitte senden Sie genau ein JSON-Objekt."},
	{"looking for beginning of value", "Hier wird ein Wert erwartet, nicht %s. Bitte prüfen Sie Kommas und Anführungszeichen davor."},
	{"looking for beginning of object key string", "Hier wird ein Feldname in Anführungszeichen erwartet, nicht %s. Bitte prüfen Sie das Komma davor."},
	{"after object key", "Nach einem Feldnamen wird ein Doppelpunkt erwartet, nicht %s."},
	{"after object key:value pair", "Nach einem Wert wird ein Komma oder „}“ erwartet, nicht %s. Vielleicht enthält der Wert davor ein Anführungszeichen (als \\\" zu schreiben)."},
	{"after array element", "Nach einem Listenwert wird ein Komma oder „]“ erwartet, nicht %s. Vielleicht enthält der Wert davor ein Anführungszeichen (als \\\" zu schreiben)."},
	{"in string literal", "In einem Text steht das Steuerzeichen %s. Bitte schreiben Sie Zeilenumbrüche als \\n."},
	{"in string escape code", "Nach einem Rückstrich in einem Text ist %s nicht erlaubt. Bitte schreiben Sie einen Rückstrich als \\\\."},
	{"in \\u hexadecimal character escape", "Nach \\u werden vier hexadezimale Ziffern erwartet, nicht %s."},
	{"after decimal point in numeric literal", "Nach dem Punkt einer Zahl werden Ziffern erwartet, nicht %s."},
	{"exceeded max depth", "Das JSON ist zu tief verschachtelt (%s). Bitte senden Sie die Angaben in der beschriebenen Form."},
	{"in exponent of numeric literal", "Im Exponenten einer Zahl werden Ziffern erwartet, nicht %s."},
	{"in numeric literal", "Diese Zahl ist nicht lesbar: %s passt nicht. Bitte schreiben Sie Zahlen als Text, etwa \"1490.00\"."},
}

// checkJSON finds the first byte that does not fit RFC 8259.
func checkJSON(data []byte) *SyntaxError {
	if len(bytes.TrimSpace(data)) == 0 {
		return syntaxAt(data, 0, "Die Angaben fehlen: Es kam kein Inhalt an. Bitte senden Sie sie als JSON-Objekt.")
	}
	var raw json.RawMessage
	err := json.Unmarshal(data, &raw)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return syntaxAt(data, 0, "Das ist kein lesbares JSON.")
	}
	offset := int(syntax.Offset) - 1
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		return syntaxAt(data, len(data), "Das JSON bricht hier ab. Bitte prüfen Sie, ob am Ende eine Klammer oder ein Anführungszeichen fehlt.")
	}
	return syntaxAt(data, offset, cause(syntax.Error(), data[min(max(offset, 0), len(data)-1):]))
}

func cause(message string, rest []byte) string {
	r, _ := utf8.DecodeRune(rest)
	sign := quote(string(r))
	if r < ' ' {
		sign = fmt.Sprintf("U+%04X", r)
	}
	for _, c := range causes {
		if strings.HasSuffix(message, c.ending) {
			return fmt.Sprintf(c.german, sign)
		}
	}
	return fmt.Sprintf("Das Zeichen %s passt hier nicht. Bitte prüfen Sie die Schreibweise des JSON.", sign)
}
