package api_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"testing"

	"auftragsmappe/documents"
)

// form is a multipart form with one field.
func form(t *testing.T, field string, b []byte) (body []byte, contentType string) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	part, err := w.CreateFormFile(field, "angebot.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), w.FormDataContentType()
}

func TestVerifyFile(t *testing.T) {
	s := newService(t)
	answer, b := s.post(t, example(t, "launch"))
	m := manifest(t, http.StatusCreated, answer, b)
	r, err := http.NewRequest(http.MethodGet, m.OfferURL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	_, pdf := s.do(t, r)
	upload, multi := form(t, "file", pdf)
	wrong, wrongType := form(t, "datei", pdf)
	for _, c := range []struct {
		name, contentType string
		body              []byte
		status            int
		result            string
	}{
		{"as issued", "application/pdf", pdf, http.StatusOK, documents.Unchanged},
		{"a form", multi, upload, http.StatusOK, documents.Unchanged},
		{"signed", "application/pdf", append(bytes.Clone(pdf), "%%EOF\n"...), http.StatusOK, documents.Extended},
		{"cut", "application/pdf", pdf[:len(pdf)/2], http.StatusOK, documents.Unknown},
		{"foreign", "application/pdf; x=y", []byte("%PDF-1.4"), http.StatusOK, documents.Unknown},
		{"nothing", "application/pdf", nil, http.StatusUnsupportedMediaType, ""},
		{"half a form", multi, upload[:len(upload)-200], http.StatusBadRequest, ""},
		{"a form without the file", wrongType, wrong, http.StatusUnsupportedMediaType, ""},
		{"a form without a boundary", "multipart/form-data", upload, http.StatusUnsupportedMediaType, ""},
		{"JSON", "application/json", []byte("{}"), http.StatusUnsupportedMediaType, ""},
		{"no type", "", pdf, http.StatusUnsupportedMediaType, ""},
		{"too large", "application/pdf", make([]byte, 11<<20), http.StatusRequestEntityTooLarge, ""},
	} {
		r, err := http.NewRequest(http.MethodPost, s.URL+"/v1/verify", bytes.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-API-Key", s.key)
		if c.contentType != "" {
			r.Header.Set("Content-Type", c.contentType)
		}
		answer, b := s.do(t, r)
		var v documents.Verdict
		if err := json.Unmarshal(b, &v); err != nil || answer.StatusCode != c.status || v.Result != c.result || v.Detail == "" {
			t.Errorf("%s: %s %s", c.name, answer.Status, b)
		}
		if v.Result == documents.Unchanged && (v.Engagement != m.ID || v.Document != "offer-1") {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}
