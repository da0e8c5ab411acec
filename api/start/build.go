package start

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
)

// order is that of the engagement's fields in the JSON that people copy.
var order = []string{"reference", "stage", "tone", "contractor", "client", "scope", "term", "pricing", accessList}

// object is a JSON object that keeps the order of its members.
type object struct {
	names  []string
	values map[string]any
}

func newObject() *object { return &object{values: map[string]any{}} }

func (o *object) set(name string, v any) {
	if _, ok := o.values[name]; !ok {
		o.names = append(o.names, name)
	}
	o.values[name] = v
}

// within is the object under a name, made when it is missing.
func (o *object) within(name string) *object {
	inner, ok := o.values[name].(*object)
	if !ok {
		inner = newObject()
		o.set(name, inner)
	}
	return inner
}

// put sets a value at a path such as "client.address.city".
func (o *object) put(path string, v any) {
	first, rest, deeper := strings.Cut(path, ".")
	if deeper {
		o.within(first).put(rest, v)
		return
	}
	o.set(first, v)
}

// MarshalJSON writes the members in their order.
func (o *object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range o.names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(name)) // names are ours: ASCII
		b.WriteByte(':')
		v, err := plainJSON(o.values[name])
		if err != nil {
			return nil, err
		}
		b.Write(v)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON writes JSON as people read it: no \u0026.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// builder makes an engagement of a form.
type builder struct {
	*form
	root   *object
	doubts engagement.Violations
}

// engagement is the form as JSON, and what of it could mean two things: that is left out of the JSON. Without the
// contractor's part where a stored profile gives it.
func (f *form) engagement(contractor bool) ([]byte, engagement.Violations) {
	b := &builder{form: f, root: newObject()}
	model := f.values["pricing.model"]
	eachPart(func(p *part) {
		switch {
		case p.model != "" && !slices.Contains(strings.Fields(p.model), model):
		case p.list == accessList:
			b.accesses()
		case p.list != "":
			b.list(p)
		default:
			b.fields(p, 0, b.root, contractor)
		}
	})
	slices.SortStableFunc(b.root.names, func(x, y string) int { return slices.Index(order, x) - slices.Index(order, y) })
	body, err := plainJSON(b.root)
	if err != nil {
		return []byte("{}"), b.doubts // strings and numbers always encode
	}
	return body, b.doubts
}

func (b *builder) list(p *part) {
	rows := make([]any, b.rows[p.list])
	for row := range rows {
		o := newObject()
		b.fields(p, row, o, true)
		rows[row] = o
	}
	if len(rows) > 0 {
		b.root.put(p.list, rows)
	}
}

// fields puts the inputs of a part, or of a row of it, into an object.
func (b *builder) fields(p *part, row int, to *object, contractor bool) {
	for i := range p.fields {
		f := &p.fields[i]
		name := p.name(row, f)
		v := b.values[name]
		if v == "" || !contractor && strings.HasPrefix(f.path, "contractor.") {
			continue
		}
		if value, ok := b.value(f, name, v); ok {
			to.put(f.path, value)
		}
	}
}

// value reads the text of an input; ok is false when it could mean two things.
func (b *builder) value(f *field, name, v string) (value any, ok bool) {
	switch f.sort {
	case amount:
		plain, doubt := plainAmount(v)
		if doubt {
			b.doubt(name, f.label, v)
		}
		return plain, !doubt
	case whole:
		if digits.MatchString(v) && (v == "0" || v[0] != '0') {
			return json.Number(v), true
		}
	case day:
		return isoDay(v), true
	case tick:
		return true, true
	}
	return v, true
}

// doubt asks what an amount such as 1.490 means: money is never guessed.
func (b *builder) doubt(name, label, v string) {
	whole := strings.ReplaceAll(v, ".", "")
	point := strings.LastIndexByte(v, '.')
	b.doubts = append(b.doubts, engagement.Violation{
		Pointer: "/" + strings.ReplaceAll(name, ".", "/"), Code: "decimal",
		Detail: "„" + label + "“ ist nicht eindeutig: „" + v + "“. Bitte schreiben Sie „" + whole + "“ oder „" +
			strings.ReplaceAll(v[:point], ".", "") + "," + v[point+1:] + "“.",
	})
}

// granted is an access as the rows of the form give it.
type granted struct {
	row          int // the first of its rows
	tool         string
	permissions  []string
	customerData string
}

// granted are the accesses of the form: rows of one tool with the same answer become one.
func (f *form) granted() []granted {
	var all []granted
	for row := range f.rows[accessList] {
		at := accessList + "." + strconv.Itoa(row) + "."
		tool, permission, known := strings.Cut(f.values[at+"what"], "/")
		if !known {
			tool = f.values[at+"tool"]
		}
		g := granted{row: row, tool: tool, customerData: f.values[at+"customer_data"]}
		i := slices.IndexFunc(all, func(a granted) bool { return a.tool == g.tool && a.customerData == g.customerData && tool != "" })
		if i < 0 {
			i, all = len(all), append(all, g)
		}
		if known && permission != unknown && !slices.Contains(all[i].permissions, permission) {
			all[i].permissions = append(all[i].permissions, permission)
		}
	}
	return all
}

func (b *builder) accesses() {
	var list []any
	for _, g := range b.granted() {
		o := newObject()
		if g.tool != "" {
			o.set("tool", g.tool)
		}
		if len(g.permissions) > 0 {
			o.set("permissions", g.permissions)
		}
		if g.customerData != "" {
			o.set("customer_data", g.customerData == "ja")
		}
		list = append(list, o)
	}
	if len(list) > 0 {
		b.root.set(accessList, list)
	}
}
