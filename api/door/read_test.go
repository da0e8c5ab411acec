package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"auftragsmappe/documents/engagement"
)

const plain = `{"firma":"Müller & Söhne GmbH","ansprechpartner":"Frau Käthe Groß","anschrift":"Aachener Straße 12, 50674 Köln","titel":"Überblick „2026“ – 1","preis":"1490 €","beginn":"01.12.2026"}`

func engagementOf(t *testing.T, body []byte, contentType string) string {
	t.Helper()
	r, err := Read(Input{Body: body, ContentType: contentType}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(r.Engagement)
}

func TestEncodings(t *testing.T) {
	want := engagementOf(t, []byte(plain), "application/json")
	if !strings.Contains(want, "Müller & Söhne GmbH") {
		t.Fatal(want)
	}
	little, big := []byte{}, []byte{}
	for _, u := range utf16.Encode([]rune(plain)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	var western bytes.Buffer
	for _, c := range plain {
		if i := slices.Index(windows1252Runes, c); i >= 0 {
			western.WriteByte(byte(0x80 + i))
		} else {
			western.WriteByte(byte(c))
		}
	}
	for name, body := range map[string][]byte{
		"UTF-8 with a mark": append([]byte{0xEF, 0xBB, 0xBF}, plain...), "UTF-16 LE": append([]byte{0xFF, 0xFE}, little...), "UTF-16 BE": append([]byte{0xFE, 0xFF}, big...),
		"UTF-16 LE without a mark": little, "UTF-16 BE without a mark": big, "Windows-1252": western.Bytes(),
	} {
		if got := engagementOf(t, body, "application/json"); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestFormEncodings(t *testing.T) {
	for _, body := range []string{"firma=S%C3%B6hne+GmbH&titel=100+%25+%26+mehr&preis=", "firma=S%F6hne+GmbH&titel=100+%+%26+mehr", "titel=100%20%25%20%26%20mehr&firma=S%c3%b6hne%20GmbH"} {
		r, err := Read(Input{Body: []byte(body), ContentType: "application/x-www-form-urlencoded; charset=UTF-8"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(r.Engagement); !strings.HasPrefix(got, `{"client":{"form":"gmbh","name":"Söhne GmbH"}`) || !strings.HasSuffix(got, `"title":"100 % & mehr"}}`) {
			t.Errorf("%s: %s", body, got)
		}
	}
	json := engagementOf(t, []byte(`{"firma":"Söhne GmbH"}`), "application/x-www-form-urlencoded")
	if bare := engagementOf(t, []byte("firma=S%C3%B6hne+GmbH"), ""); bare != json || !strings.Contains(json, "gmbh") {
		t.Error("what the body looks like does not count:", bare, json)
	}
}

func TestMultipart(t *testing.T) {
	body := strings.ReplaceAll("--xx\nContent-Disposition: form-data; name=\"firma\"\n\nNordlicht GmbH\n--xx\nContent-Disposition: form-data; name=\"tools[]\"\n\nSlack\n--xx\n"+
		"Content-Disposition: form-data; name=\"tools[]\"\n\nZoom\n--xx\nContent-Disposition: form-data; name=\"logo\"; filename=\"logo.png\"\nContent-Type: image/png\n\n\x89PNG\n--xx--\n", "\n", "\r\n")
	r, err := Read(Input{Body: []byte(body), ContentType: "multipart/form-data; boundary=xx"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(r.Engagement); got != `{"access":[{"tool":"slack"},{"tool":"zoom"}],"client":{"form":"gmbh","name":"Nordlicht GmbH"}}` {
		t.Error(got)
	}
	if !slices.Equal(r.Ignored, []string{"logo"}) {
		t.Error(r.Ignored)
	}
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ contentType, body, hint string }{
		{"application/json", "", "leer"}, {"application/json", "  ", "leer"}, {"application/json", `{"a":`, "bricht hier ab"}, {"application/json", `{"a":"x" "b"}`, ""}, {"application/json", "12", "ohne Namen"},
		{"application/json", `"hallo"`, ""}, {"", "Guten Tag", ""}, {"multipart/form-data", "x", "boundary"}, {"multipart/form-data; boundary=x", "--x\r\nContent-Disp", "bricht"},
	} {
		_, err := Read(Input{Body: []byte(c.body), ContentType: c.contentType}, nil)
		var unreadable *UnreadableError
		if !errors.As(err, &unreadable) || unreadable.Detail == "" || !strings.Contains(unreadable.Detail, c.hint) {
			t.Errorf("%q: %v %+v", c.body, err, unreadable)
		}
		if err != nil && strings.Contains(err.Error(), "hallo") {
			t.Error("the error for the log repeats the body")
		}
	}
	_, err := Read(Input{Body: []byte("{\n\"a\": x}"), ContentType: "application/json"}, nil)
	var syntax *engagement.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("no position: %v", err)
	}
	if _, err := Read(Input{Body: make([]byte, engagement.MaxBytes+1)}, nil); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func TestPayloads(t *testing.T) {
	files, err := filepath.Glob("testdata/payloads/*.json")
	if err != nil || len(files) != 9 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(Input{Body: b, ContentType: "application/json"}, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		checkReport(t, name, r)
		golden := "testdata/reports/" + filepath.Base(name)
		got, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(append(got, '\n'), want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func TestKeys(t *testing.T) {
	for file, want := range map[string]string{
		"tally-form_response": "tally 2wAAAA", "typeform-form_response": "typeform LtAAAAcrgy",
		"calendly-invitee.created.v2": "calendly https://api.calendly.com/scheduled_events/CCCCCCCC-0000-4000-8000-000000000002/invitees/BBBBBBBB-0000-4000-8000-000000000001",
	} {
		b, err := os.ReadFile("testdata/payloads/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if r, err := Read(Input{Body: b}, nil); err != nil || r.Key != want {
			t.Errorf("%s: %v %v", file, r, err)
		}
	}
	for body, want := range map[string]string{`{"execution_id":"8","item_index":2}`: "n8n 8 2", `{"executionId":8,"itemIndex":0}`: "n8n 8 0", `{"firma":"x"}`: "", `{"item_index":1}`: ""} {
		if r, err := Read(Input{Body: []byte(body)}, nil); err != nil || r.Key != want {
			t.Errorf("%s: %v %v", body, r, err)
		}
	}
}

// TestTruncated: a delivery that was cut off is unreadable, or read without a word too much.
func TestTruncated(t *testing.T) {
	for n := range len(plain) {
		r, err := Read(Input{Body: []byte(plain[:n]), ContentType: "application/json"}, nil)
		if err == nil {
			t.Errorf("%d bytes were read: %s", n, r.Engagement)
		}
	}
}

func TestReorderedIsTheSame(t *testing.T) {
	body := `{"leistung_1_preis":"1.000,00","kunde_name":"Lena Hoffmann","tools":"Slack","zugriff_auf_kundendaten":"ja","summe":"1490","leistung_2_preis":"490","leistung_1_titel":"A","leistung_2_titel":"B","firma":"Nordlicht GmbH","hausnummer":"12","strasse":"Aachener Straße"}`
	root, err := parseJSON([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := engagementOf(t, []byte(body), "")
	slices.Reverse(root.members)
	r := newReading(nil)
	r.read(unwrap(root).inputs)
	if got := string(r.report("").Engagement); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

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
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("%s took %v", name, d)
		} else {
			t.Log(name, d)
		}
		out, err := json.Marshal(r)
		if err != nil || len(out) > 20<<20 {
			t.Errorf("%s: answer of %d bytes, %v", name, len(out), err)
		}
	}
}

func TestReportIsNeverNull(t *testing.T) {
	r, err := Read(Input{Body: []byte("{}")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(r)
	if err != nil || string(b) != `{"engagement":{},"understood":[],"guessed":[],"missing":[],"ignored":[]}` {
		t.Error(string(b), err)
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
