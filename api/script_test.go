package api_test

import (
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
//	POST /v1/engagements          a request; $NAME is a saved value, $KEY an API key of tenant default
//	Content-Type: text/plain      a header of it; JSON and the key are sent unless a script says otherwise
//	no key                        send no key
//	load launch                   the body: examples/launch.json
//	set /client/name "Müller"     a change of it (JSON); a pointer that ends in "-" appends
//	drop /client/email            likewise
//	body {"a": 1}                 the body, word for word; \n, \xNN are read as in Go
//	fill 2097152                  a body of so many bytes
//	→ status 422                  what must come back
//	→ header ETag "abc"           the header as a whole; an empty value: there is none
//	→ json /errors/0/code iban    the value at a JSON pointer, as text
//	→ has /errors /client/name    a list at the pointer has an entry with this value in one of its fields
//	→ begins %PDF-                how the body begins
//	→ length 0                    the body's length
//	→ same FIRST                  the body is the saved one
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
			s := &script{t: t, file: file, base: service.URL, saved: map[string]string{"KEY": service.key}}
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

// keepsKey holds every script to the promise that logs name no key.
func (s *script) keepsKey(service *service) {
	if strings.Contains(service.log.String(), service.key) {
		s.t.Error("the log has the key")
	}
}

func (s *script) fatalf(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s:%d: %s\n%s", s.file, s.line, fmt.Sprintf(format, args...), s.bytes)
}

func (s *script) expand(line string) string {
	for name, value := range s.saved {
		line = strings.ReplaceAll(line, "$"+name, strings.TrimPrefix(value, s.base))
	}
	return line
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
	if method == http.MethodPost {
		r.Header.Set("Authorization", "Bearer "+s.saved["KEY"])
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
	case "fill":
		n, _ := strconv.Atoi(rest)
		s.body = strings.Repeat(" ", n)
	default:
		s.fatalf("unknown line")
	}
}

// send sends the request once.
func (s *script) send() {
	if s.request == nil || s.answer != nil {
		return
	}
	if s.body != nil {
		text, ok := s.body.(string)
		if !ok {
			b, err := json.Marshal(s.body)
			if err != nil {
				s.fatalf("%v", err)
			}
			text = string(b)
		}
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

func (s *script) expect(line string) {
	s.t.Helper()
	word, rest, _ := strings.Cut(line, " ")
	name, want, _ := strings.Cut(rest, " ")
	var got string
	switch word {
	case "status":
		got, want = strconv.Itoa(s.answer.StatusCode), rest
	case "header":
		got = s.answer.Header.Get(name)
	case "json":
		got = s.value(name)
	case "has":
		if list, ok := at(s.decoded(), steps(name)).([]any); !ok || !hasEntry(list, want) {
			s.fatalf("%s has no %q", name, want)
		}
		return
	case "begins":
		got, want = string(s.bytes[:min(len(s.bytes), len(rest))]), rest
	case "length":
		got, want = strconv.Itoa(len(s.bytes)), rest
	case "same":
		got, want = string(s.bytes), s.saved[rest]
	case "save":
		if s.saved[name] = string(s.bytes); want != "" {
			s.saved[name] = s.value(want)
		}
		return
	default:
		s.fatalf("unknown expectation")
	}
	if got != want {
		s.fatalf("%s\n got %s\nwant %s", line, got, want)
	}
}

func (s *script) decoded() any {
	var v any
	if err := json.Unmarshal(s.bytes, &v); err != nil {
		s.fatalf("the answer is no JSON: %v", err)
	}
	return v
}

// value is what stands at a pointer, as text; a list or object as JSON.
func (s *script) value(pointer string) string {
	v := at(s.decoded(), steps(pointer))
	if text, ok := v.(string); ok {
		return text
	}
	b, err := json.Marshal(v)
	if err != nil {
		s.fatalf("%v", err)
	}
	return string(b)
}

func hasEntry(list []any, want string) bool {
	for _, e := range list {
		fields, _ := e.(map[string]any)
		for _, v := range fields {
			if v == want {
				return true
			}
		}
	}
	return false
}

// dropped is what an edit gives for a value to take away.
type dropped struct{}

func steps(pointer string) []string {
	parts := strings.Split(pointer, "/")
	return parts[1:]
}

// at is the value at a path; nil when there is none.
func at(v any, path []string) any {
	for _, step := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// edit is v with f's answer at a path.
func edit(v any, path []string, f func(any) any) any {
	if len(path) == 0 {
		return f(v)
	}
	if list, ok := v.([]any); ok {
		i, err := strconv.Atoi(path[0])
		if err != nil { // "-"
			return append(list, edit(nil, path[1:], f))
		}
		list[i] = edit(list[i], path[1:], f)
		return list
	}
	object, ok := v.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	object[path[0]] = edit(object[path[0]], path[1:], f)
	if object[path[0]] == (dropped{}) {
		delete(object, path[0])
	}
	return object
}
