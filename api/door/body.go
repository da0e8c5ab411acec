package door

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"regexp"
	"strconv"
	"strings"
)

const (
	mediaForm      = "application/x-www-form-urlencoded"
	mediaMultipart = "multipart/form-data"
)

// parseBody reads a body as JSON, as a form or as a form in parts. The content type says which; where the body plainly is
// something else (curl and some tools send JSON as a form), the body counts.
func parseBody(in Input) (*node, error) {
	media, parameters, err := mime.ParseMediaType(in.ContentType)
	if err != nil {
		media, parameters = "", map[string]string{}
	}
	if media == mediaMultipart {
		return parseParts(in.Body, parameters["boundary"])
	}
	b := bytes.TrimSpace(toUTF8(in.Body, strings.ToLower(parameters["charset"])))
	switch {
	case len(b) == 0:
		return nil, unreadable("Es ist nichts angekommen: Der Inhalt der Anfrage ist leer. Bitte senden Sie die Felder des Formulars mit.", nil)
	case media == "text/csv":
		return parseCSV(b)
	case bytes.ContainsAny(b[:1], `{["`):
		return parseText(b)
	case media == mediaForm || formLike(b):
		return parseForm(string(b))
	}
	return parseText(b)
}

// parseText reads JSON, also JSON in a string, and in a string of that.
func parseText(b []byte) (*node, error) {
	n, err := parseJSON(b)
	if err != nil {
		return nil, unreadable("", err)
	}
	const layers = 3
	for i := 0; i < layers && n.kind == text; i++ {
		inner := strings.TrimSpace(n.text)
		if n, err = parseJSON([]byte(inner)); err != nil {
			return nil, unreadable("", err)
		}
	}
	if n.scalar() {
		return nil, unreadable("Angekommen ist ein einzelner Wert ohne Namen. Bitte senden Sie die Felder des Formulars mit ihren Namen.", nil)
	}
	return n, nil
}

// formLike says that a text without a content type is a form: name=value, in one line.
func formLike(b []byte) bool {
	name, _, found := bytes.Cut(b, []byte("="))
	return found && len(name) > 0 && !bytes.ContainsAny(name, " {}\"<>\n")
}

// parseForm reads name=value pairs in their order; a name that stands there again is a second member.
func parseForm(s string) (*node, error) {
	n := &node{kind: object}
	for pair := range strings.SplitSeq(s, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name == "" {
			continue
		}
		n.members = append(n.members, member{unescape(name), &node{kind: text, text: unescape(value)}})
	}
	return joinRepeated(n), nil
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// unescape takes a wrong escape as it is written: a per cent sign in a text is no reason to refuse a form.
func unescape(s string) string {
	s = strings.ReplaceAll(s, "+", " ")
	return valueUTF8(escape.ReplaceAllStringFunc(s, func(e string) string {
		b, err := strconv.ParseUint(e[1:], 16, 8)
		if err != nil {
			return e // the pattern has two hexadecimal digits
		}
		return string([]byte{byte(b)})
	}))
}

// joinRepeated makes one list of what a form sends as name[] several times.
func joinRepeated(n *node) *node {
	out := &node{kind: object}
	lists := map[string]*node{}
	for _, m := range n.members {
		base, isList := strings.CutSuffix(m.key, "[]")
		if !isList {
			out.members = append(out.members, m)
			continue
		}
		l := lists[base]
		if l == nil {
			l = &node{kind: list}
			lists[base] = l
			out.members = append(out.members, member{base, l})
		}
		l.elems = append(l.elems, m.value)
	}
	return out
}

// parseParts reads the text fields of a multipart form; of a file only its name is kept.
func parseParts(body []byte, boundary string) (*node, error) {
	n := &node{kind: object}
	if boundary == "" {
		return nil, unreadable("Dem Formular fehlt die Trennmarke (boundary) im Content-Type. Bitte lassen Sie Ihr Werkzeug den Content-Type selbst setzen.", nil)
	}
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable("Das Formular bricht mittendrin ab oder ist nicht lesbar (multipart/form-data). Bitte senden Sie es noch einmal.", err)
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, unreadable("Das Formular bricht mittendrin ab. Bitte senden Sie es noch einmal.", err)
		}
		value := &node{kind: text, text: string(toUTF8(content, ""))}
		if p.FileName() != "" || fileType(p.Header.Get("Content-Type")) {
			value = &node{kind: file, text: p.FileName()}
		}
		if name := valueUTF8(p.FormName()); name != "" {
			n.members = append(n.members, member{name, value})
		}
	}
	return joinRepeated(n), nil
}

func fileType(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && !strings.HasPrefix(media, "text/") && media != "application/json"
}
