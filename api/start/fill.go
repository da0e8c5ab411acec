package start

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// fillForm is an engagement in the form, and the JSON pointers of what the form has no place for; ok is false
// for what is no JSON object or larger than an engagement may be.
func fillForm(data []byte) (f *form, left []string, ok bool) {
	f = &form{values: map[string]string{}, rows: map[string]int{}}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))))
	d.UseNumber()
	root := map[string]any{}
	if len(data) > engagement.MaxBytes || d.Decode(&root) != nil || root == nil || d.More() {
		return nil, nil, false
	}
	eachPart(func(p *part) {
		switch p.list {
		case "":
			f.fill(p, 0, root)
		case accessList:
			f.fillAccesses(root)
		default:
			f.fillRows(p, root)
		}
	})
	left = slices.DeleteFunc(leaves(root, ""), func(p string) bool { return p == "/contractor/address/country" }) // Germany, or refused
	return f, left, true
}

// fill takes the fields of a part out of an object.
func (f *form) fill(p *part, row int, from map[string]any) {
	for i := range p.fields {
		if v, ok := take(from, strings.Split(p.fields[i].path, "."), &p.fields[i]); ok {
			f.values[p.name(row, &p.fields[i])] = v
		}
	}
}

// fillRows takes the rows of a list; those beyond the last one of the form stay.
func (f *form) fillRows(p *part, root map[string]any) {
	parent, name := root, p.list
	if outer, inner, ok := strings.Cut(p.list, "."); ok {
		parent, _ = root[outer].(map[string]any)
		name = inner
	}
	rows, _ := parent[name].([]any)
	for _, v := range rows[:min(len(rows), maxRows)] {
		if row, ok := v.(map[string]any); ok {
			f.fill(p, f.rows[p.list], row)
			f.rows[p.list]++
		}
	}
}

// fillAccesses makes a row of each permission.
func (f *form) fillAccesses(root map[string]any) {
	list, _ := root[accessList].([]any)
	for _, v := range list {
		if a, ok := v.(map[string]any); ok {
			f.fillAccess(a)
		}
	}
}

// fillAccess takes tool, permissions and answer out of an access. A tool that is shown by the name that was given for it,
// and permissions that the catalogue does not have, have no option: the name is text, such permissions stay.
func (f *form) fillAccess(a map[string]any) {
	tool, ok := a["tool"].(string)
	if !ok || f.rows[accessList] == maxRows {
		return
	}
	delete(a, "tool")
	answer := ""
	if says, ok := a["customer_data"].(bool); ok {
		answer = map[bool]string{true: "ja", false: "nein"}[says]
		delete(a, "customer_data")
	}
	known, ok := decision.Find(tool)
	if !ok || known.Generic && tool != known.ID || slices.Contains(known.Parts, tool) {
		f.addAccess(other, tool, answer)
		return
	}
	var rows []string
	var strange []any
	for _, name := range texts(a["permissions"]) {
		if p, ok := known.Permission(name); ok {
			rows = append(rows, known.ID+"/"+p.ID)
		} else {
			strange = append(strange, name)
		}
	}
	if len(rows) == 0 {
		rows = []string{known.ID + "/" + unknown}
	}
	for _, what := range rows {
		f.addAccess(what, "", answer)
	}
	a["permissions"] = strange
}

func (f *form) addAccess(what, tool, answer string) {
	row := f.rows[accessList]
	if row == maxRows {
		return
	}
	at := accessList + "." + strconv.Itoa(row) + "."
	f.values[at+"what"], f.values[at+"tool"], f.values[at+"customer_data"] = what, tool, answer
	f.rows[accessList]++
}

// texts are the texts of a list.
func texts(v any) []string {
	list, _ := v.([]any)
	var all []string
	for _, e := range list {
		if s, ok := e.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// take takes a value that an input can show out of an object.
func take(from map[string]any, path []string, f *field) (string, bool) {
	if len(path) > 1 {
		inner, ok := from[path[0]].(map[string]any)
		if !ok {
			return "", false
		}
		return take(inner, path[1:], f)
	}
	v, ok := shown(from[path[0]], f)
	if ok {
		delete(from, path[0])
	}
	return v, ok
}

// shown is a value of JSON as an input shows it; ok is false when it cannot.
func shown(v any, f *field) (string, bool) {
	s := ""
	switch x := v.(type) {
	case string:
		s = x
	case json.Number:
		s = x.String()
	case bool:
		return map[bool]string{true: "ja"}[x], f.sort == tick
	default:
		return "", false
	}
	known := func(o option) bool { return o.value == s }
	switch {
	case f.sort == tick:
		return "", false
	case f.path == "client.address.country" && s == "DE":
		return "", true
	case len(f.options) > 0:
		return s, slices.ContainsFunc(f.options, known)
	case f.sort == amount:
		return strings.Replace(s, ".", ",", 1), true
	}
	return s, true
}

// leaves are the pointers of all values that are not blank, in the order of their names.
func leaves(v any, pointer string) []string {
	var all []string
	switch x := v.(type) {
	case map[string]any:
		for name, inner := range x {
			all = append(all, leaves(inner, pointer+"/"+name)...)
		}
		slices.Sort(all)
	case []any:
		for i, inner := range x {
			all = append(all, leaves(inner, pointer+"/"+strconv.Itoa(i))...)
		}
	case nil:
	case string:
		if x != "" {
			all = append(all, pointer)
		}
	default:
		all = append(all, pointer)
	}
	return all
}
