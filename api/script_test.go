package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The scripts in testdata are stories: requests in order against one service, and what must come back. A line each:
//
//	# remark                      ; a line that begins with ## names the next step
//	POST /v1/engagements          a request; $NAME is a saved value (of an URL the path), $KEY an API key of tenant default,
//	                              $OTHER one of another tenant, $HOOK one of its hooks, $SIGNED one with the secret "geheim",
//	                              $BASE the public base of URLs; an address with ?key= sends no other key
//	Content-Type: text/plain      a header of it; JSON and, but for documents, $KEY are sent unless a script says otherwise
//	no key                        send no key
//	load launch                   the body: examples/launch.json
//	set /client/name "Müller"     a change of it (JSON); a pointer that ends in "-" appends
//	drop /client/email            likewise
//	payload a.json                the body: door/testdata/payloads/a.json
//	sign geheim                   the body is signed with this secret, as Tally does
//	cut 100                       only so many bytes of the body
//	as windows-1252               the body in this encoding; also utf-16, utf-16be, utf-8-bom
//	body {"a": 1}                 the body, word for word; \n, \xNN are read as in Go
//	fill 2097152                  a body of so many bytes
//	fields 10000                  a body of so many unknown fields
//	nest 10000                    a body of so many lists in lists
//	long X-Trace 4000             a header of so many bytes
//	→ status 422                  what must come back
//	→ header ETag "abc"           the header as a whole; an empty value: there is none
//	→ json /errors/0/code iban    the value at a JSON pointer, as text
//	→ has /errors /client/name    a list at the pointer has an entry with this value in one of its fields
//	→ begins %PDF-                how the body begins
//	→ contains text               what the body has somewhere
//	→ length 0                    the body's length
//	→ zip A.pdf manifest.json     the body is a ZIP with these entries, stored
//	→ manifest /status issued     likewise json of the manifest.json in it
//	→ same FIRST                  the body is the saved one
//	→ tag NAME                    saves the header ETag
//	→ save NAME /offer_url        saves the value at a pointer; without a pointer the whole body
type script struct {
	t       *testing.T
	file    string
	line    int
	base    string
	saved   map[string]string
	request *http.Request
	body    any // of the request: map, or string
	answer  *http.Response
	bytes   []byte // of the answer
}

func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			service := newService(t)
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := &script{t: t, file: file, base: service.URL, saved: service.keys()}
			for i, line := range strings.Split(string(text), "\n") {
				s.line = i + 1
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					s.step(s.expand(line))
				}
			}
			s.keepsKey(service)
		})
	}
}

// keepsKey holds every script to the promise that logs show no key.
func (s *script) keepsKey(service *service) {
	for _, key := range service.keys() {
		if strings.Contains(service.log.String(), key) {
			s.t.Error("the log has a key")
		}
	}
}

func (s *script) fatalf(format string, args ...any) {
	s.t.Helper()
	body := s.bytes[:min(len(s.bytes), 2000)]
	if !bytes.HasPrefix(body, []byte("{")) {
		body = body[:min(len(body), 10)]
	}
	s.t.Fatalf("%s:%d: %s\n%s", s.file, s.line, fmt.Sprintf(format, args...), body)
}

func (s *script) expand(line string) string {
	for name, value := range s.saved {
		line = strings.ReplaceAll(line, "$"+name, strings.TrimPrefix(value, s.base))
	}
	return strings.ReplaceAll(line, "$BASE", s.base)
}

func (s *script) step(line string) {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "→":
		s.send()
		s.expect(rest)
	case word == strings.ToUpper(word):
		s.begin(word, rest)
	case s.request == nil:
		s.fatalf("no request")
	case strings.HasSuffix(word, ":"):
		s.request.Header.Set(strings.TrimSuffix(word, ":"), rest)
	default:
		s.prepare(word, rest)
	}
}

func (s *script) begin(method, path string) {
	s.send() // one that nothing was expected of
	r, err := http.NewRequest(method, s.base+path, http.NoBody)
	if err != nil {
		s.fatalf("%v", err)
	}
	if strings.HasPrefix(path, "/v1/") && !strings.HasPrefix(path, "/v1/documents/") && !strings.Contains(path, "?key=") {
		r.Header.Set("Authorization", "Bearer "+s.saved["KEY"])
	}
	if method == http.MethodPost || method == http.MethodPut {
		r.Header.Set("Content-Type", "application/json")
	}
	s.request, s.body, s.answer, s.bytes = r, nil, nil, nil
}

// prepare is a line about the body or the key of the request.
func (s *script) prepare(word, rest string) {
	switch word {
	case "no":
		s.request.Header.Del("Authorization")
	case "load":
		s.body = load(s.t, rest)
	case "set":
		pointer, value, _ := strings.Cut(rest, " ")
		var v any
		if err := json.Unmarshal([]byte(value), &v); err != nil {
			s.fatalf("set: %v", err)
		}
		s.body = edit(s.body, steps(pointer), func(any) any { return v })
	case "drop":
		s.body = edit(s.body, steps(rest), func(any) any { return dropped{} })
	case "body":
		text, err := strconv.Unquote("`" + rest + "`")
		if strings.Contains(rest, `\`) {
			text, err = strconv.Unquote(`"` + strings.ReplaceAll(rest, `"`, `\"`) + `"`)
		}
		if err != nil {
			s.fatalf("body: %v", err)
		}
		s.body = text
	case "payload", "sign", "cut", "as":
		s.deliver(word, rest)
	case "fill":
		s.body = strings.Repeat(" ", s.number(rest))
	case "fields":
		var b strings.Builder
		for i := range s.number(rest) {
			fmt.Fprintf(&b, `,"f%d":1`, i)
		}
		s.body = "{" + b.String()[1:] + "}"
	case "nest":
		n := s.number(rest)
		s.body = strings.Repeat("[", n) + strings.Repeat("]", n)
	case "long":
		name, n, _ := strings.Cut(rest, " ")
		s.request.Header.Set(name, strings.Repeat("x", s.number(n)))
	default:
		s.fatalf("unknown line")
	}
}

func (s *script) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.fatalf("%v", err)
	}
	return n
}

// send sends the request once.
func (s *script) send() {
	if s.request == nil || s.answer != nil {
		return
	}
	if s.body != nil {
		text := s.text()
		s.request.Body, s.request.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	}
	answer, err := client.Do(s.request)
	if err != nil {
		s.fatalf("%v", err)
	}
	defer answer.Body.Close()
	if s.bytes, err = io.ReadAll(answer.Body); err != nil {
		s.fatalf("%v", err)
	}
	s.answer = answer
}
