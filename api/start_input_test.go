package api_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func pastedForm(text string) url.Values {
	return url.Values{"eingabe": {"json"}, "aktion": {"pruefen"}, "json": {text}}
}

// Pasted JSON is taken as the API takes it: strictly, with all violations at once, or with the place where it cannot be read.
func TestStartPasted(t *testing.T) {
	s := newService(t)
	for text, want := range map[string]string{
		string(example(t, "launch")): "gehören sechs Dokumente",
		"{\n \"client\": }":          "Zeile 2, Zeichen 12",
		"":                           "Es kam kein Inhalt an",
		`{"client": {"nme": "A"}}`:   "<code>/client/nme</code>",
		`{"headers": {}, "query": {}, "body": 1}`: "ganzes n8n-Element",
		"[]":   "Angaben",
		"\xff": "kein UTF-8",
	} {
		if answer, page := s.visit(t, "/start", pastedForm(text)); answer.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%.40q: %s, the page lacks %s", text, answer.Status, want)
		}
	}
	adopt := pastedForm(string(example(t, "launch")))
	adopt.Set("aktion", "uebernehmen")
	_, page := s.visit(t, "/start", adopt)
	if got := filled(t, page).Get("pricing.items.1.unit_price"); got != "120,00" || !strings.Contains(page, "/communication/0/channel") {
		t.Error("not taken over:", got)
	}
}

// Too much, too many, of the wrong kind, cut: an answer in German, and no fault of ours.
func TestStartHostile(t *testing.T) {
	s := newService(t)
	many := url.Values{"aktion": {"pruefen"}}
	for i := range 4_999 {
		many.Add("client.name", "<script>alert("+strconv.Itoa(i)+")</script>")
		many.Set("scope.services."+strconv.Itoa(i)+".title", "<b>")
	}
	big := pastedForm(`{"reference": "` + strings.Repeat("a", 1<<20) + `"}`)
	huge := pastedForm(strings.Repeat("ü", 2<<20))
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range pastedForm(string(example(t, "launch"))) {
		if err := w.WriteField(name, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	for name, c := range map[string]struct {
		media  string
		body   []byte
		status int
		want   string
	}{
		"many fields":    {formType, []byte(many.Encode()), http.StatusOK, "Angaben fehlen"},
		"too many":       {formType, bytes.Repeat([]byte("a=b&"), 10_001), http.StatusBadRequest, "nicht lesbar"},
		"over 1 MiB":     {formType, []byte(big.Encode()), http.StatusRequestEntityTooLarge, "größer als 1 MiB"},
		"over 3 MiB":     {formType, []byte(huge.Encode()), http.StatusRequestEntityTooLarge, "größer als 1 MiB"},
		"JSON":           {"application/json", []byte("{}"), http.StatusUnsupportedMediaType, "POST /v1/engagements"},
		"no type":        {"", nil, http.StatusUnsupportedMediaType, "POST /v1/engagements"},
		"half an escape": {formType, []byte("aktion=%2"), http.StatusBadRequest, "nicht lesbar"},
		"no boundary":    {"multipart/form-data", []byte("x"), http.StatusBadRequest, "nicht lesbar"},
		"cut multipart":  {w.FormDataContentType(), b.Bytes()[:b.Len()/2], http.StatusBadRequest, "nicht lesbar"},
		"multipart":      {w.FormDataContentType(), b.Bytes(), http.StatusOK, "gehören sechs Dokumente"},
	} {
		answer, page := s.visitAs(t, "/start", c.media, c.body)
		if answer.StatusCode != c.status || !strings.Contains(page, c.want) || strings.Contains(page, "<script>") {
			t.Errorf("%s: %s, the page lacks %q", name, answer.Status, c.want)
		}
	}
	if strings.Contains(s.log.String(), `"level":"ERROR"`) {
		t.Error(s.log.String())
	}
}
