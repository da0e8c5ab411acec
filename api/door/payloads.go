package door

import (
	"strconv"
	"strings"
)

// delivery is a body without its wrapping.
type delivery struct {
	inputs []*input
	passed []string // names of what the tool says of itself
	key    string
	rows   int    // more than one: a table
	stop   string // German: why nothing is read of it
}

// input is one field of a form as it was sent.
type input struct {
	name   string     // as the sender knows it
	paths  [][]string // its names for matching, the best first
	values []value    // several of a list; never empty
	plain  bool       // it has no field: a file, a signature, a payment
}

type value struct {
	kind kind
	text string
}

func (v value) blank() bool {
	return v.kind == null || v.kind == text && strings.TrimSpace(v.text) == ""
}

// text is the value of an input that has one; several are a list in words.
func (in *input) text() string {
	parts := make([]string, 0, len(in.values))
	for _, v := range in.values {
		parts = append(parts, strings.TrimSpace(v.text))
	}
	return strings.Join(parts, ", ")
}

// unwrap finds the form in a body: through a list around it, through n8n's item, and in the shapes of the tools that are known.
func unwrap(root *node) delivery {
	var d delivery
	for range maxDepth {
		switch {
		case root.kind == list && len(root.elems) == 1 && !root.elems[0].scalar() && !isPair(root.elems[0]):
			root = root.elems[0]
		case n8nItem(root) || formInJSON(root):
			root = d.enter(root)
		default:
			d.open(root)
			return d
		}
	}
	d.open(root)
	return d
}

// n8nItem: {headers, params, query, body}; the headers are not for us.
func n8nItem(n *node) bool {
	return n.get("body") != nil && n.get("headers") != nil && (n.get("params") != nil || n.get("query") != nil)
}

// formInJSON: an object around one text that is JSON itself.
func formInJSON(n *node) bool {
	return len(n.members) == 1 && wrappers[plainKey(n.members[0].key)] && n.members[0].value.kind == text && embedded(n.members[0].value.text) != nil
}

// enter goes into the body of a wrapped item.
func (d *delivery) enter(n *node) *node {
	var body *node
	for _, m := range n.members {
		if m.key == "body" || len(n.members) == 1 {
			body = m.value
		} else if blank := m.value.kind == null || !m.value.scalar() && len(m.value.members)+len(m.value.elems) == 0; !blank {
			d.passed = append(d.passed, m.key)
		}
	}
	if body.kind == text {
		if inner := embedded(body.text); inner != nil {
			return inner
		}
	}
	if body.scalar() {
		return &node{kind: object, members: []member{{"body", body}}}
	}
	return body
}

func (d *delivery) open(root *node) {
	switch {
	case root.get("data").get("fields") != nil && root.at("eventType") != "":
		d.tally(root)
	case root.get("form_response").get("answers") != nil:
		d.typeform(root)
	case strings.HasPrefix(root.at("event"), "invitee.") && root.get("payload") != nil:
		d.calendly(root)
	case root.kind == list && len(root.elems) > 1 && !allPairs(root):
		d.rows = len(root.elems)
		d.flatten(root, nil, "")
	default:
		d.flatten(root, nil, "")
		d.key = n8nKey(root)
	}
}

// n8nKey is one item of one run of a workflow.
func n8nKey(root *node) string {
	execution, item := either(root, "execution_id", "executionId"), either(root, "item_index", "itemIndex")
	if execution == "" {
		return ""
	}
	return "n8n " + clip(execution) + " " + clip(item)
}

func either(n *node, a, b string) string {
	if s := n.at(a); s != "" {
		return s
	}
	return n.at(b)
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + clip(s)
}

// clip bounds a name or an id of the sender.
func clip(s string) string {
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// add keeps an input that is not blank.
func (d *delivery) add(in *input) {
	in.name = clip(in.name)
	kept := in.values[:0]
	for _, v := range in.values {
		if !v.blank() {
			kept = append(kept, v)
		}
	}
	if in.values = kept; len(kept) == 0 {
		return
	}
	if in.plain {
		d.passed = append(d.passed, in.name)
		return
	}
	d.inputs = append(d.inputs, in)
}

// pass names what is not blank of an object beside some members.
func (d *delivery) pass(n *node, prefix string, but ...string) {
	for _, m := range n.members {
		if contains(but, m.key) {
			continue
		}
		if m.value.scalar() && !(value{m.value.kind, m.value.text}).blank() || len(m.value.members)+len(m.value.elems) > 0 {
			d.passed = append(d.passed, prefix+clip(m.key))
		}
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// flatten makes inputs of a tree: each value with its path, a list of values as one.
func (d *delivery) flatten(n *node, path []string, name string) {
	switch n.kind {
	case object:
		if isPair(n) {
			d.pair(n, path)
			return
		}
		for _, m := range n.members {
			d.flatten(m.value, child(path, m.key), dotted(name, m.key))
		}
	case list:
		d.flattenList(n, path, name)
	case file, deep:
		d.add(&input{name: name, plain: true, values: []value{{text, "…"}}})
	case text:
		if inner := embedded(n.text); inner != nil && !isText(path) {
			d.flatten(inner, path, name)
			return
		}
		fallthrough
	default:
		d.add(&input{name: name, paths: [][]string{path}, values: []value{{n.kind, n.text}}})
	}
}

func (d *delivery) flattenList(n *node, path []string, name string) {
	in := &input{name: name, paths: [][]string{path}}
	for _, e := range n.elems {
		if !e.scalar() || e.kind >= file {
			in = nil
			break
		}
		in.values = append(in.values, value{e.kind, e.text})
	}
	if in != nil {
		d.add(in)
		return
	}
	if d.headed(n) {
		return
	}
	for i, e := range n.elems {
		d.flatten(e, child(path, strconv.Itoa(i)), dotted(name, strconv.Itoa(i)))
	}
}

// child is a longer path; a path is never shared, it is kept by its input.
func child(path []string, segment string) []string {
	return append(append(make([]string, 0, len(path)+1), path...), segment)
}

func dotted(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}

// Names of the members of a pair: many form builders send a list of labels and values.
var (
	pairLabels = []string{"label", "name", "title", "question", "frage", "feld", "field", "key"}
	pairValues = []string{"value", "answer", "antwort", "wert", "values"}
)

func pairOf(n *node) (label string, v *node) {
	for _, name := range pairValues {
		if v = n.get(name); v != nil {
			break
		}
	}
	if v == nil {
		return "", nil
	}
	for _, name := range pairLabels {
		if label = n.at(name); label != "" {
			return label, v
		}
	}
	return "", nil
}

func isPair(n *node) bool {
	_, v := pairOf(n)
	return v != nil
}

func allPairs(n *node) bool {
	for _, e := range n.elems {
		if !isPair(e) {
			return false
		}
	}
	return len(n.elems) > 0
}

// pair is an input whose name is the label; the way to it says nothing.
func (d *delivery) pair(n *node, _ []string) {
	label, v := pairOf(n)
	d.flatten(v, []string{label}, label)
}
