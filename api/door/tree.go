package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"auftragsmappe/documents/engagement"
)

type kind int

const (
	null kind = iota
	boolean
	number
	text
	list
	object
	file // of a multipart form; text is its name
	deep // below maxDepth: not read
)

// node is JSON with the order of its members, with every member that stands there twice, and with numbers as written.
type node struct {
	kind    kind
	text    string // of a boolean "true" or "false"
	members []member
	elems   []*node
}

type member struct {
	key   string
	value *node
}

// maxDepth is how deep a body is read; forms nest three or four levels.
const maxDepth = 32

func (n *node) scalar() bool { return n.kind < list || n.kind >= file }

// get is the first member of a name, nil when there is none.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// at is the text at a path of names, "" when there is none.
func (n *node) at(path ...string) string {
	for _, key := range path {
		n = n.get(key)
	}
	if n == nil || !n.scalar() {
		return ""
	}
	return n.text
}

// parseJSON reads JSON; the error is an *engagement.SyntaxError with the position.
func parseJSON(b []byte) (*node, error) {
	if !json.Valid(b) {
		_, err := engagement.Recall(bytes.NewReader(b))
		var syntax *engagement.SyntaxError
		if !errors.As(err, &syntax) {
			syntax = &engagement.SyntaxError{Line: 1, Column: 1, Detail: "Das ist kein lesbares JSON."}
		}
		return nil, syntax
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return readNode(d, 0)
}

func readNode(d *json.Decoder, depth int) (*node, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := t.(type) {
	case json.Delim:
		if depth >= maxDepth {
			return &node{kind: deep, text: "…"}, skipNode(d)
		}
		if v == '[' {
			return readList(d, depth)
		}
		return readObject(d, depth)
	case json.Number:
		return &node{kind: number, text: v.String()}, nil
	case string:
		return &node{kind: text, text: v}, nil
	case bool:
		return &node{kind: boolean, text: map[bool]string{true: "true", false: "false"}[v]}, nil
	}
	return &node{}, nil
}

func readList(d *json.Decoder, depth int) (*node, error) {
	n := &node{kind: list}
	for d.More() {
		e, err := readNode(d, depth+1)
		if err != nil {
			return nil, err
		}
		n.elems = append(n.elems, e)
	}
	_, err := d.Token()
	return n, err
}

func readObject(d *json.Decoder, depth int) (*node, error) {
	n := &node{kind: object}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		value, err := readNode(d, depth+1)
		if err != nil {
			return nil, err
		}
		n.members = append(n.members, member{key.(string), value})
	}
	_, err := d.Token()
	return n, err
}

// skipNode passes over the rest of a list or an object that was opened.
func skipNode(d *json.Decoder) error {
	for open := 1; open > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('['), json.Delim('{'):
			open++
		case json.Delim(']'), json.Delim('}'):
			open--
		}
	}
	return nil
}

// embedded is the JSON inside a text: an object, or a list of objects; nil when the text is only a text.
func embedded(s string) *node {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "{") && !strings.HasPrefix(s, "[") || !json.Valid([]byte(s)) {
		return nil
	}
	n, err := parseJSON([]byte(s))
	if err != nil {
		return nil
	}
	return n
}
