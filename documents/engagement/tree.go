package engagement

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

// maxDepth bounds the nesting; the engagement itself needs five levels.
const maxDepth = 32

type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindList
	kindObject
)

// node is a JSON value as it was sent.
type node struct {
	kind    kind
	text    string // a string's value; the literal of a number, true or false
	lone    bool   // the string held half a surrogate pair, its value is damaged
	members []member
	twice   []string // keys that came again; the first value counts
	elems   []*node
}

type member struct {
	key   string
	value *node
}

// get is the member's value, nil when there is none.
func (n *node) get(key string) *node {
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// absent says that the value stands for "not given": null, blank text, empty list.
func (n *node) absent() bool {
	switch n.kind {
	case kindNull:
		return true
	case kindString:
		return !n.lone && strings.TrimSpace(n.text) == ""
	case kindList:
		return len(n.elems) == 0
	}
	return false
}

// parser builds the tree from encoding/json's tokens; the text was checked before, so only depth can fail.
type parser struct {
	data []byte
	dec  *json.Decoder
}

func parse(data []byte) (*node, *SyntaxError) {
	if err := checkUTF8(data); err != nil {
		return nil, err
	}
	if err := checkJSON(data); err != nil {
		return nil, err
	}
	p := &parser{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	p.dec.UseNumber()
	return p.value(0)
}

func (p *parser) value(depth int) (*node, *SyntaxError) {
	from := p.dec.InputOffset()
	token, err := p.dec.Token()
	if err != nil {
		return nil, syntaxAt(p.data, int(p.dec.InputOffset()), "Das JSON ist hier nicht lesbar.")
	}
	if depth > maxDepth {
		return nil, syntaxAt(p.data, int(p.dec.InputOffset())-1, "Das JSON ist zu tief verschachtelt. Bitte senden Sie die Angaben in der beschriebenen Form.")
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return p.object(depth)
		}
		return p.list(depth)
	case string:
		return &node{kind: kindString, text: t, lone: p.lone(from)}, nil
	case json.Number:
		return &node{kind: kindNumber, text: t.String()}, nil
	case bool:
		return &node{kind: kindBool, text: strconv.FormatBool(t)}, nil
	}
	return &node{kind: kindNull}, nil
}

func (p *parser) object(depth int) (*node, *SyntaxError) {
	n := &node{kind: kindObject}
	seen := map[string]bool{}
	for p.dec.More() {
		token, _ := p.dec.Token()
		key, _ := token.(string)
		value, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if seen[key] {
			n.twice = append(n.twice, key)
			continue
		}
		seen[key] = true
		n.members = append(n.members, member{key, value})
	}
	_, _ = p.dec.Token() // the closing brace: the text was checked before
	return n, nil
}

func (p *parser) list(depth int) (*node, *SyntaxError) {
	n := &node{kind: kindList}
	for p.dec.More() {
		value, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		n.elems = append(n.elems, value)
	}
	_, _ = p.dec.Token() // the closing bracket
	return n, nil
}

// lone says that the string token just read (it started after from) holds a \u escape of half a surrogate pair:
// encoding/json replaces it by U+FFFD without a word.
func (p *parser) lone(from int64) bool {
	raw := p.data[from:p.dec.InputOffset()]
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 || i+1 >= len(raw) {
			return false
		}
		if raw[i+1] != 'u' {
			raw = raw[i+2:]
			continue
		}
		high := hexAt(raw, i)
		raw = raw[i+6:]
		if high < 0xD800 || high > 0xDFFF {
			continue
		}
		if low := hexAt(raw, 0); high > 0xDBFF || low < 0xDC00 || low > 0xDFFF {
			return true
		}
		raw = raw[6:]
	}
}

// hexAt is the code of the escape \uXXXX at i, -1 when there is none.
func hexAt(raw []byte, i int) int64 {
	if len(raw) < i+6 || raw[i] != '\\' || raw[i+1] != 'u' {
		return -1
	}
	code, err := strconv.ParseInt(string(raw[i+2:i+6]), 16, 32)
	if err != nil {
		return -1
	}
	return code
}

// canonical appends the value with sorted keys and without blanks; numbers stay as they were written.
func (n *node) canonical(dst []byte) []byte {
	switch n.kind {
	case kindNull:
		return append(dst, "null"...)
	case kindString:
		return appendString(dst, n.text)
	case kindList:
		dst = append(dst, '[')
		for i, e := range n.elems {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = e.canonical(dst)
		}
		return append(dst, ']')
	case kindObject:
		return n.canonicalObject(dst)
	}
	return append(dst, n.text...)
}

func (n *node) canonicalObject(dst []byte) []byte {
	sorted := append([]member(nil), n.members...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].key < sorted[j].key })
	dst = append(dst, '{')
	for i, m := range sorted {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, m.key), ':')
		dst = m.value.canonical(dst)
	}
	return append(dst, '}')
}

// appendString writes a JSON string with the escapes that RFC 8259 demands and no other.
func appendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
