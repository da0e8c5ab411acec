package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/engagement"
)

// forever is what no body may take: it is wide of all that a busy machine with the race detector does, and only catches what
// grows with the square of the body. Each takes below 0.3 s on a quiet one.
const forever = 30 * time.Second

// TestHostile: bounded time whatever comes.
func TestHostile(t *testing.T) {
	many := func(format string) string {
		var b strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&b, format, i)
		}
		return "{" + strings.TrimSuffix(b.String(), ",") + "}"
	}
	for name, body := range map[string]string{
		"unknown fields": many(`"feld_%d":"x",`), "services": many(`"leistung_%d_titel":"x",`), "prices": many(`"leistung_%d_preis":"1",`), "tools": many(`"tool_%d":"digistore24",`), "contradictions": many(`"firma":"x%d",`), "zeros": many(`"leistung_%d_preis":0,`),
		"totals": strings.Replace(many(`"summe":"%d €",`), "{", `{"leistung_1_preis":"7",`, 1), "questions": many(`"leistung_%d_preis":"ca. 5",`), "answers": many(`"tool_%d_kundendaten":"ja","zugriff_auf_kundendaten":"nein",`),
		"depth": strings.Repeat(`{"kunde":`, 9_000) + "1" + strings.Repeat("}", 9_000), "lists": strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), "one list": `{"tools":[` + strings.Repeat(`"x",`, 200_000) + `"x"]}`,
		"one text": `{"tools":"` + strings.Repeat("a und ", 160_000) + `b"}`, "long name": `{"` + strings.Repeat("leistung_1_", 90_000) + `":"x"}`, "brackets": `{"` + strings.Repeat("[0]", 300_000) + `":"x"}`,
		"json in json": `{"data":"` + strings.Repeat(`{\"data\":`, 100) + `1` + strings.Repeat("}", 100) + `"}`, "words": `{"tools":"` + strings.Repeat("wort ", 200_000) + `"}`, "anschrift": `{"anschrift":"` + strings.Repeat("1 ", 500_000) + `"}`,
		"model": `{"preismodell":"Festpreis ` + strings.Repeat("1", 900_000) + `"}`, "price": `{"preis":"` + strings.Repeat("1.000", 200_000) + `"}`, "name": `{"ansprechpartner":"` + strings.Repeat("von ", 250_000) + `"}`,
	} {
		start := time.Now()
		r, err := Read(Input{Body: []byte(body)}, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := time.Since(start); d > forever {
			t.Errorf("%s took %v", name, d)
		}
		out, err := json.Marshal(r)
		if err != nil || len(out) > 20<<20 {
			t.Errorf("%s: answer of %d bytes, %v", name, len(out), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"testdata/payloads/*.json", "testdata/forms/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			var made form
			if json.Unmarshal(b, &made) == nil && made.About != "" {
				b = append([]byte(made.Text), made.Body...)
			}
			f.Add(b, made.Type)
		}
	}
	f.Add([]byte("firma=x&preis=1.490"), "application/x-www-form-urlencoded")
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"firma\"\r\n\r\nx\r\n--x--"), "multipart/form-data; boundary=x")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		r, err := Read(Input{Body: body, ContentType: contentType}, nil)
		if err != nil {
			var unreadable *UnreadableError
			if !errors.As(err, &unreadable) && !errors.Is(err, ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		checkReport(t, "fuzz", r)
		again, err := Read(Input{Body: body, ContentType: contentType}, nil)
		if err != nil || !reflect.DeepEqual(r, again) {
			t.Fatal("not the same twice")
		}
		_, err = engagement.Decode(bytes.NewReader(r.Engagement), nil, today)
		var v engagement.Violations
		if err != nil && !errors.As(err, &v) {
			t.Fatalf("%v: %s", err, r.Engagement)
		}
		for _, x := range v {
			if x.Code == "unknown_field" || x.Code == "duplicate_key" || x.Code == "type" && !strings.HasPrefix(x.Pointer, "/contractor") {
				t.Fatalf("%s %s: %s", x.Pointer, x.Code, r.Engagement)
			}
		}
	})
}
