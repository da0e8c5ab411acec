package pdf

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zlib"
)

// The minimal reader of the tests: it knows nothing of how the package writes, only the format (ISO 32000-1 7).

type (
	name  string // /Name
	ref   int    // n 0 R
	dict  map[string]any
	array []any
	text  string // literal or hexadecimal string, decoded to bytes
	op    string // operator or keyword
)

// stream is a stream object; data is inflated.
type stream struct {
	dict dict
	data []byte
}

// file is a parsed file.
type file struct {
	t       testing.TB
	b       []byte
	objects map[int]any
	trailer dict
}

// parser reads tokens.
type parser struct {
	b  []byte
	at int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func (p *parser) space() {
	for p.at < len(p.b) && isSpace(p.b[p.at]) {
		p.at++
	}
}

// next reads one value; nil at the end.
func (p *parser) next() any {
	p.space()
	if p.at >= len(p.b) {
		return nil
	}
	rest := p.b[p.at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<<")):
		return p.dict()
	case rest[0] == '[':
		return p.array()
	case rest[0] == '(':
		return p.literal()
	case rest[0] == '<':
		return p.hex()
	case rest[0] == '/':
		p.at++
		return name(p.word())
	}
	return p.number()
}

func (p *parser) word() string {
	start := p.at
	for p.at < len(p.b) && !isSpace(p.b[p.at]) && !strings.ContainsRune("()<>[]/%", rune(p.b[p.at])) {
		p.at++
	}
	if p.at == start {
		p.at++
	}
	return string(p.b[start:p.at])
}

func (p *parser) number() any {
	w := p.word()
	n, err := strconv.Atoi(w)
	if err != nil {
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			return f
		}
		return op(w)
	}
	kept := p.at
	if q, ok := p.peekInt(); ok && q == 0 {
		p.space()
		if p.word() == "R" {
			return ref(n)
		}
	}
	p.at = kept
	return n
}

func (p *parser) peekInt() (int, bool) {
	p.space()
	n, err := strconv.Atoi(p.word())
	return n, err == nil
}

func (p *parser) dict() dict {
	p.at += 2
	d := dict{}
	for {
		p.space()
		if bytes.HasPrefix(p.b[p.at:], []byte(">>")) {
			p.at += 2
			return d
		}
		k, ok := p.next().(name)
		if !ok {
			return d
		}
		d[string(k)] = p.next()
	}
}

func (p *parser) array() array {
	p.at++
	var a array
	for {
		p.space()
		if p.at >= len(p.b) || p.b[p.at] == ']' {
			p.at++
			return a
		}
		a = append(a, p.next())
	}
}

func (p *parser) literal() text {
	var s []byte
	depth := 0
	for ; p.at < len(p.b); p.at++ {
		c := p.b[p.at]
		switch c {
		case '\\':
			p.at++
			if c = p.b[p.at]; c == 'r' {
				c = '\r'
			}
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				p.at++
				return text(s)
			}
		}
		s = append(s, c)
	}
	return text(s)
}

func (p *parser) hex() text {
	end := p.at + bytes.IndexByte(p.b[p.at:], '>')
	digits := string(p.b[p.at+1 : end])
	p.at = end + 1
	var s []byte
	for i := 0; i+1 < len(digits); i += 2 {
		n, _ := strconv.ParseUint(digits[i:i+2], 16, 8)
		s = append(s, byte(n))
	}
	return text(s)
}

// parse reads a whole file and checks that every offset is exact and every stream inflates.
func parse(t testing.TB, b []byte) *file {
	t.Helper()
	f := &file{t: t, b: b, objects: map[int]any{}}
	if !bytes.HasPrefix(b, []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")) || !bytes.HasSuffix(b, []byte("\n%%EOF\n")) {
		t.Fatal("head or end of the file")
	}
	tail := b[bytes.LastIndex(b, []byte("startxref\n"))+10:]
	start, err := strconv.Atoi(string(tail[:bytes.IndexByte(tail, '\n')]))
	if err != nil {
		t.Fatal(err)
	}
	p := &parser{b: b, at: start}
	if p.next() != op("xref") || p.next() != 0 {
		t.Fatal("no cross-reference table at startxref")
	}
	n := p.next().(int)
	p.at++
	for i := range n {
		entry := string(b[p.at+20*i : p.at+20*i+20])
		if i == 0 {
			if entry != "0000000000 65535 f \n" {
				t.Fatalf("first entry %q", entry)
			}
			continue
		}
		at, err := strconv.Atoi(entry[:10])
		if err != nil || entry[10:] != " 00000 n \n" {
			t.Fatalf("entry %d: %q", i, entry)
		}
		f.object(i, at)
	}
	p.at += 20 * n
	if p.next() != op("trailer") {
		t.Fatal("no trailer after the table")
	}
	f.trailer = p.next().(dict)
	if f.trailer["Size"] != n {
		t.Fatalf("Size %v, %d entries", f.trailer["Size"], n)
	}
	return f
}

func (f *file) object(n, at int) {
	f.t.Helper()
	head := strconv.Itoa(n) + " 0 obj\n"
	if !bytes.HasPrefix(f.b[at:], []byte(head)) {
		f.t.Fatalf("object %d is not at %d", n, at)
	}
	p := &parser{b: f.b, at: at + len(head)}
	v := p.next()
	p.space()
	if bytes.HasPrefix(f.b[p.at:], []byte("stream\n")) {
		d := v.(dict)
		start := p.at + 7
		length := d["Length"].(int)
		if !bytes.HasPrefix(f.b[start+length:], []byte("\nendstream\nendobj\n")) {
			f.t.Fatalf("object %d: Length %d is wrong", n, length)
		}
		f.objects[n] = stream{d, f.inflate(d, f.b[start:start+length])}
		return
	}
	if !bytes.HasPrefix(f.b[p.at:], []byte("endobj\n")) {
		f.t.Fatalf("object %d does not end", n)
	}
	f.objects[n] = v
}

func (f *file) inflate(d dict, data []byte) []byte {
	f.t.Helper()
	if d["Filter"] != name("FlateDecode") {
		return data
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		f.t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}

// get resolves a reference.
func (f *file) get(v any) any {
	f.t.Helper()
	r, ok := v.(ref)
	if !ok {
		return v
	}
	o, ok := f.objects[int(r)]
	if !ok {
		f.t.Fatalf("reference to object %d, which is not there", r)
	}
	return o
}

func (f *file) dict(v any) dict {
	f.t.Helper()
	d, ok := f.get(v).(dict)
	if !ok {
		f.t.Fatalf("%v is no dictionary", v)
	}
	return d
}

func (f *file) root() dict { return f.dict(f.trailer["Root"]) }

func (f *file) pages() []dict {
	var out []dict
	for _, k := range f.dict(f.root()["Pages"])["Kids"].(array) {
		out = append(out, f.dict(k))
	}
	return out
}

func (f *file) contents(page dict) []byte { return f.get(page["Contents"]).(stream).data }

func pageStreams(t testing.TB, b []byte) [][]byte {
	f := parse(t, b)
	var out [][]byte
	for _, p := range f.pages() {
		out = append(out, f.contents(p))
	}
	return out
}
