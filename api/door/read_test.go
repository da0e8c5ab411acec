package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

func TestTables(t *testing.T) {
	want := `{"client":{"address":{"city":"Köln"},"form":"gmbh","name":"Nordlicht GmbH"},"scope":{"services":[{"title":"Shop; neu"}],"title":"Shop; neu"}}`
	for contentType, body := range map[string]string{
		"text/csv": "\xEF\xBB\xBFFirma;Titel;Ort\r\nNordlicht GmbH;\"Shop; neu\";Köln\r\n", "text/csv; charset=utf-8": "Firma,Titel,Ort\nNordlicht GmbH,Shop; neu,Köln",
		"application/json": `{"values":[["Firma","Titel","Ort","Leer"],["Nordlicht GmbH","Shop; neu","Köln"]]}`,
	} {
		if got := engagementOf(t, []byte(body), contentType); got != want {
			t.Errorf("%s: %s", contentType, got)
		}
	}
	r, err := Read(Input{Body: []byte("Firma,Ort\na,b\nc,d"), ContentType: "text/csv"}, nil)
	if err != nil || len(r.Missing) != 1 || r.Missing[0].Field != "" || len(r.Ignored) != 4 {
		t.Error(r, err)
	}
}

func TestCancelledBookingIsNoOrder(t *testing.T) {
	b, err := os.ReadFile("testdata/payloads/calendly-invitee.created.v2.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(Input{Body: bytes.ReplaceAll(b, []byte("invitee.created"), []byte("invitee.canceled"))}, nil)
	if err != nil || string(r.Engagement) != "{}" || len(r.Missing) != 1 || !strings.Contains(r.Missing[0].Question, "Absage") {
		t.Errorf("%v %+v", err, r)
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
