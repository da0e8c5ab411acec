package start

import (
	"net/url"
	"strconv"
	"strings"
)

// form is what stands in the inputs, by their names. Rows of a list are numbered without gaps.
type form struct {
	values map[string]string
	rows   map[string]int // by list
}

// name is the name, and the id, of an input: "client.name", "pricing.items.0.unit_price".
func (p *part) name(row int, f *field) string {
	if p.list == "" {
		return f.path
	}
	return p.list + "." + strconv.Itoa(row) + "." + f.path
}

// eachPart calls f for every part of the form.
func eachPart(f func(*part)) {
	for i := range sections {
		for j := range sections[i].parts {
			f(&sections[i].parts[j])
		}
	}
}

// newForm is a form that nobody has filled in.
func newForm() *form {
	f := &form{values: map[string]string{}, rows: map[string]int{}}
	eachPart(func(p *part) {
		for i := range p.fields {
			if p.list == "" && p.fields[i].initial != "" {
				f.values[p.fields[i].path] = p.fields[i].initial
			}
		}
	})
	return f
}

// readForm takes what the form knows from what was sent; all other names are passed over.
func readForm(sent url.Values) *form {
	f := &form{values: map[string]string{}, rows: map[string]int{}}
	eachPart(func(p *part) {
		if p.list == "" {
			f.readRow(p, 0, sent)
			return
		}
		for row := range maxRows {
			if !p.blank(row, sent) {
				f.readRow(p, row, sent)
			}
		}
	})
	return f
}

// readRow reads the inputs of a row, or of a part without rows.
func (f *form) readRow(p *part, row int, sent url.Values) {
	to := f.rows[p.list]
	for i := range p.fields {
		if v := clean(sent.Get(p.name(row, &p.fields[i]))); v != "" {
			f.values[p.name(to, &p.fields[i])] = v
		}
	}
	if p.list != "" {
		f.rows[p.list]++
	}
}

// blank says that a row has nothing but what a new one has.
func (p *part) blank(row int, sent url.Values) bool {
	for i := range p.fields {
		if v := clean(sent.Get(p.name(row, &p.fields[i]))); v != "" && v != p.fields[i].initial {
			return false
		}
	}
	return true
}

// clean is a value without blanks around it and with plain line ends. Bytes that are no UTF-8 become signs that the
// engagement's own rules name.
func clean(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"))
}
