package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

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
		got = s.value(s.bytes, name)
	case "has":
		if list, ok := at(s.decoded(s.bytes), steps(name)).([]any); !ok || !hasEntry(list, want) {
			s.fatalf("%s has no %q", name, want)
		}
		return
	case "begins":
		got, want = string(s.bytes[:min(len(s.bytes), len(rest))]), rest
	case "contains":
		if got, want = rest, rest; !strings.Contains(string(s.bytes), rest) {
			got = "no such text"
		}
	case "length":
		got, want = strconv.Itoa(len(s.bytes)), rest
	case "same":
		got, want = string(s.bytes), s.saved[rest]
	case "zip":
		got, want = strings.Join(s.entries(), " "), rest
	case "manifest":
		got = s.value(s.entry("manifest.json"), name)
	case "tag":
		s.saved[name] = s.answer.Header.Get("ETag")
		return
	case "save":
		if s.saved[name] = string(s.bytes); want != "" {
			s.saved[name] = s.value(s.bytes, want)
		}
		return
	default:
		s.fatalf("unknown expectation")
	}
	if got != want {
		s.fatalf("%s\n got %s\nwant %s", line, got, want)
	}
}

// entries are the names in a ZIP, in order. All must be plain to every program: stored, sizes in front, names in UTF-8.
func (s *script) entries() []string {
	var names []string
	for _, f := range s.zip().File {
		if f.Method != zip.Store || f.Flags != 0x800 || len(f.Extra) != 0 {
			s.fatalf("%s: method %d, flags %x, extra %x", f.Name, f.Method, f.Flags, f.Extra)
		}
		names = append(names, f.Name)
	}
	return names
}

func (s *script) entry(name string) []byte {
	f, err := s.zip().Open(name)
	if err != nil {
		s.fatalf("%v", err)
	}
	defer f.Close()
	b, err := io.ReadAll(f) // checks the sum
	if err != nil {
		s.fatalf("%v", err)
	}
	return b
}

func (s *script) zip() *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(s.bytes), int64(len(s.bytes)))
	if err != nil {
		s.fatalf("%v", err)
	}
	return r
}

func (s *script) decoded(b []byte) any {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		s.fatalf("the answer is no JSON: %v", err)
	}
	return v
}

// value is what stands at a pointer, as text; a list or object as JSON.
func (s *script) value(b []byte, pointer string) string {
	v := at(s.decoded(b), steps(pointer))
	if text, ok := v.(string); ok {
		return text
	}
	text, err := json.Marshal(v)
	if err != nil {
		s.fatalf("%v", err)
	}
	return string(text)
}

func hasEntry(list []any, want string) bool {
	for _, e := range list {
		if e == want {
			return true
		}
		fields, _ := e.(map[string]any)
		for _, v := range fields {
			if v == want {
				return true
			}
		}
	}
	return false
}
