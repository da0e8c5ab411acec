package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/api"
)

func payload(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("door", "testdata", "payloads", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// payloads are what the tools send by their documentation: none of it is a complete order.
func payloads(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("door/testdata/payloads/*")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	all := map[string][]byte{}
	for _, file := range files {
		all[filepath.Base(file)] = payload(t, filepath.Base(file))
	}
	return all
}

// refused sends what cannot be issued: the answer is a clear one, in German, with a sentence, and no document.
func (s *service) refused(t *testing.T, what string, body []byte, headers ...string) {
	t.Helper()
	for _, hook := range []string{"engagement", "tally"} {
		answer, b := s.call(t, http.MethodPost, "/v1/hooks/"+hook+"?key="+s.hook, body, headers...)
		var a struct {
			Error     string `json:"error"`
			OfferURL  string `json:"offer_url"`
			RequestID string `json:"request_id"`
		}
		if err := json.Unmarshal(b, &a); err != nil {
			t.Fatalf("%s: %v %.300s", what, err, b)
		}
		if answer.StatusCode < 400 || answer.StatusCode >= 500 || answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone ||
			a.RequestID == "" || a.OfferURL != "" || !strings.ContainsAny(a.Error, ".?") || len(a.Error) < 30 {
			t.Fatalf("%s: %s %.300s", what, answer.Status, b)
		}
	}
}

// issued is how many engagements there are.
func (s *service) issued(t *testing.T, key string) int {
	t.Helper()
	answer, b := s.call(t, http.MethodGet, "/v1/engagements?limit=100", nil, "Authorization", "Bearer "+key)
	var page api.Page
	if err := json.Unmarshal(b, &page); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, err)
	}
	return len(page.Data)
}

// Every payload as it is, cut off, doubled, in other encodings and under other names of its type: a clear answer, nothing issued.
func TestPayloadsAreRefused(t *testing.T) {
	s := newService(t)
	key := s.key
	s.key = ""
	for name, body := range payloads(t) {
		media := "application/json"
		if strings.HasSuffix(name, ".csv") {
			media = "text/csv"
		}
		for n := 0; n < len(body); n += 1 + len(body)/23 {
			s.refused(t, fmt.Sprint(name, " cut at ", n), body[:n], "Content-Type", media)
		}
		s.refused(t, name, body, "Content-Type", media)
		s.refused(t, name+" doubled", append(bytes.Clone(body), body...), "Content-Type", media)
		s.refused(t, name+" in a list twice", []byte("["+string(body)+","+string(body)+"]"), "Content-Type", media)
		quoted, err := json.Marshal(string(body))
		if err != nil {
			t.Fatal(err)
		}
		s.refused(t, name+" in a string", quoted, "Content-Type", media)
		for _, other := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "image/png", "x"} {
			s.refused(t, name+" as "+other, body, "Content-Type", other)
		}
		for _, encoding := range []string{"windows-1252", "utf-16", "utf-16be", "utf-8-bom"} {
			if b, ok := encodeText(string(body), encoding); ok {
				s.refused(t, name+" in "+encoding, b, "Content-Type", media)
				s.refused(t, name+" in "+encoding+", cut", b[:len(b)/2+1], "Content-Type", media)
			}
		}
	}
	if n := s.issued(t, key); n != 0 {
		t.Error(n, "issued")
	}
}

// Bodies that somebody has thought of.
func TestHostileBodies(t *testing.T) {
	s := newService(t)
	key := s.key
	s.key = ""
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for what, body := range map[string]string{
		"nothing": "", "blank": " \n", "null": "null", "number": "7", "list": "[]", "text": `"Hallo"`, "zeros": strings.Repeat("\x00", 1000),
		"10000 fields":  "{" + many(`"f%d":1,`, 10000) + `"x":1}`,
		"10000 clients": "{" + many(`"client_name_%d":"A",`, 10000) + `"x":1}`,
		"10000 items":   "{" + many(`"items_%d_unit_price":"1,00",`, 10000) + `"x":1}`,
		"a large index": `{"items_999999999999_unit_price": "1,00", "leistung_4294967296_titel": "A"}`,
		"deep":          strings.Repeat("[", 500000), "deep objects": strings.Repeat(`{"client":`, 50000) + "1" + strings.Repeat("}", 50000),
		"10000 pairs": many("f%d=1&", 10000), "no boundary": "--x\r\n",
		"names":       `{"": "a", " ": "b", "__": "c", "..": "d", "[]": "e", "client.": "f", ".client": "g", "client[": "h", "/client/name": "i"}`,
		"emoji":       `{"Kunde": "🚀 Rakete", "Projekttitel": "Launch 🚀", "Leistung": "👩‍💻"}`,
		"HTML":        `{"Kunde": "<script>alert(1)</script>", "Projekttitel": "<b>fett</b> &amp; {{.}} ${x}"}`,
		"twice":       `{"client_name": "Anna Alt", "client_name": "Berta Neu", "kunde": "Clara Dritt"}`,
		"amounts":     `{"Leistung 1 Titel": "A", "Leistung 1 Preis": "1.250,50", "Leistung 2 Titel": "B", "Leistung 2 Preis": "1,250.50"}`,
		"whole item":  `{"headers": {}, "params": {}, "query": {}, "body": {"kunde": "A"}}`,
		"half a pair": `{"Kunde": "\ud83d"}`, "control": "{\"Kunde\": \"A\\u0000B\"}",
	} {
		medias := []string{"application/json", "application/x-www-form-urlencoded", ""}
		if len(body) > 10000 {
			medias = medias[2:]
		}
		for _, media := range medias {
			s.refused(t, what+" as "+media, []byte(body), "Content-Type", media)
		}
	}
	if n := s.issued(t, key); n != 0 {
		t.Error(n, "issued")
	}
}

// A complete order stays one, however it is written down: reordered, in other encodings, as a string, in a whole n8n item.
func TestOneOrderManyForms(t *testing.T) {
	s := newService(t)
	key := s.key
	s.key = ""
	var v any
	if err := json.Unmarshal(example(t, "launch"), &v); err != nil {
		t.Fatal(err)
	}
	sorted, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	quoted, err := json.Marshal(string(sorted))
	if err != nil {
		t.Fatal(err)
	}
	bodies := [][]byte{
		example(t, "launch"), sorted, quoted,
		[]byte(`{"headers": {"host": "x"}, "params": {}, "query": {}, "body": ` + string(sorted) + `, "webhookUrl": "x", "executionMode": "test"}`),
	}
	for _, encoding := range []string{"utf-16", "utf-16be", "utf-8-bom"} {
		b, _ := encodeText(string(sorted), encoding)
		bodies = append(bodies, b)
	}
	for i, body := range bodies {
		answer, b := s.call(t, http.MethodPost, "/v1/hooks/engagement?key="+s.hook, body)
		if m := manifest(t, http.StatusCreated, answer, b); m.OfferNumber != "AN-2026-0001" || (answer.Header.Get("Idempotent-Replayed") != "") != (i > 0) {
			t.Errorf("%d: %s %s", i, m.OfferNumber, answer.Header)
		}
	}
	if n := s.issued(t, key); n != 1 {
		t.Error(n, "issued")
	}
}
