package engagement

import (
	"errors"
	"strings"
	"testing"
)

func TestSyntaxErrors(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)
	for _, c := range []struct {
		name, text           string
		line, column, offset int
		says                 string
	}{
		{"empty", "", 1, 1, 0, "kein Inhalt"},
		{"blank", " \n ", 1, 1, 0, "kein Inhalt"},
		{"cut off", "{\"a\": 1", 1, 8, 7, "bricht hier ab"},
		{"cut off in a text", "{\"a\": \"b", 1, 9, 8, "bricht hier ab"},
		{"trailing data", "{} x", 1, 4, 3, "weiterer Text („x“)"},
		{"two objects", "{}\n{}", 2, 1, 3, "weiterer Text („{“)"},
		{"trailing comma", "{\n  \"a\": 1,\n}", 3, 1, 12, "Feldname"},
		{"trailing comma in a list", "[1,]", 1, 4, 3, "ein Wert erwartet"},
		{"missing comma", "{\"a\": 1 \"b\": 2}", 1, 9, 8, "Komma oder „}“"},
		{"missing comma in a list", "[1 2]", 1, 4, 3, "Komma oder „]“"},
		{"missing colon", "{\"a\" 1}", 1, 6, 5, "Doppelpunkt"},
		{"quote in a value", "{\"ä\": \"ein \"Zitat\" darin\"}", 1, 13, 13, "Anführungszeichen (als \\\" zu schreiben)"},
		{"line break in a value", "{\"a\": \"x\ny\"}", 1, 9, 8, "U+000A"},
		{"bad escape", `{"a": "C:\Daten"}`, 1, 11, 10, "Rückstrich"},
		{"bad \\u", `{"a": "\u12g4"}`, 1, 12, 11, "vier hexadezimale"},
		{"German quotes", "{„a“: 1}", 1, 2, 1, "Feldname"},
		{"single quotes", "{'a': 1}", 1, 2, 1, "Feldname"},
		{"comma in a number", "{\"a\": 12,5}", 1, 10, 9, "Feldname"},
		{"leading zero", "{\"a\": 04229}", 1, 8, 7, "Komma oder „}“"},
		{"number without decimals", "{\"a\": 1.}", 1, 9, 8, "Ziffern erwartet"},
		{"bad exponent", "{\"a\": 1e}", 1, 9, 8, "Exponenten"},
		{"minus", "{\"a\": -x}", 1, 8, 7, "Zahl"},
		{"Python", "{\"a\": True}", 1, 7, 6, "ein Wert erwartet"},
		{"bad literal", "{\"a\": trux}", 1, 10, 9, "passt hier nicht"},
		{"form", "client=Muster&items=", 1, 1, 0, "ein Wert erwartet"},
		{"Windows-1252", "{\"ä\": \"M\xfcller\"}", 1, 9, 9, "0xFC ist kein UTF-8"},
		{"UTF-16", "\xff\xfe{\x00", 1, 1, 0, "kein UTF-8"},
		{"deep", deep, 1, 166, 165, "zu tief"},
		{"very deep", strings.Repeat("[", 20000), 1, 10001, 10000, "zu tief"},
	} {
		_, err := Decode(strings.NewReader(c.text), nil, today)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if syntax.Line != c.line || syntax.Column != c.column || syntax.Offset != c.offset || !strings.Contains(syntax.Detail, c.says) {
			t.Errorf("%s: line %d, column %d, offset %d: %s", c.name, syntax.Line, syntax.Column, syntax.Offset, syntax.Detail)
		}
		if strings.Contains(syntax.Detail, "%!") || !strings.HasPrefix(syntax.Error(), "line ") {
			t.Errorf("%s: %s", c.name, syntax)
		}
	}
}
