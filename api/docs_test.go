package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

func (s *service) get(t *testing.T, path string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return s.do(t, r)
}

// The page is made of our own files only, and its policy allows nothing else: no inline script, no inline style.
func TestDocsPage(t *testing.T) {
	s := newService(t)
	answer, page := s.get(t, "/docs")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatal(answer.Status, answer.Header.Get("Content-Type"))
	}
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	for _, loose := range []string{"unsafe", "*", "http"} {
		if strings.Contains(policy, loose) {
			t.Errorf("the policy has %s: %s", loose, policy)
		}
	}
	if inline := regexp.MustCompile(`<script>|<style|\son\w+=|\sstyle=`).Find(page); inline != nil {
		t.Errorf("the page has inline code, which its policy forbids: %s", inline)
	}
	files := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllSubmatch(page, -1)
	if len(files) < 5 {
		t.Fatal("the page loads too little", len(files))
	}
	for _, file := range files {
		path := string(file[1])
		if path == "data:," { // no icon
			continue
		}
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
			t.Errorf("%s is not ours", path)
			continue
		}
		if answer, b := s.get(t, path); answer.StatusCode != http.StatusOK || len(b) == 0 {
			t.Error(path, answer.Status, len(b))
		}
	}
}

// What the page reads is openapi.yaml as it is; other names are not found, whatever they try.
func TestDocsFiles(t *testing.T) {
	s := newService(t)
	want, err := os.ReadFile("../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	answer, got := s.get(t, "/openapi.yaml")
	if !bytes.Equal(got, want) || answer.Header.Get("Content-Type") != "application/yaml" {
		t.Error("the contract that is served is another one", answer.Status, len(got), len(want))
	}
	for path, status := range map[string]int{
		"/docs/swagger-ui-bundle.js": http.StatusOK,
		"/docs/":                     http.StatusNotFound, "/docs/unbekannt.js": http.StatusNotFound, "/docs/..%2Fdocs.go": http.StatusNotFound, "/docs/.": http.StatusNotFound,
		"/docs/oauth2-redirect.html": http.StatusNotFound, "/docs/favicon-16x16.png": http.StatusNotFound,
	} {
		if answer, _ := s.get(t, path); answer.StatusCode != status {
			t.Error(path, answer.Status)
		}
	}
}

// Swagger UI goes out as it is embedded, compressed, to whoever takes that; to others unpacked. Both are the same.
func TestDocsCompressed(t *testing.T) {
	s := newService(t)
	_, plain := s.get(t, "/docs/swagger-ui.css") // Go's client unpacks it
	for encoding, want := range map[string]string{"gzip, deflate, br": "gzip", "identity": ""} {
		r, err := http.NewRequest(http.MethodGet, s.URL+"/docs/swagger-ui.css", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", encoding)
		answer, b := s.do(t, r)
		if got := answer.Header.Get("Content-Encoding"); got != want || answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: encoding %q, vary %q", encoding, got, answer.Header.Get("Vary"))
		}
		if want == "gzip" {
			unpack, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if b, err = io.ReadAll(unpack); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(b, plain) || !bytes.Contains(b, []byte(".swagger-ui")) {
			t.Errorf("%s: another file, %d bytes for %d", encoding, len(b), len(plain))
		}
	}
}
