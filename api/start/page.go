package start

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
)

// The ids that links and buttons of the page lead to.
const (
	formID  = "formular"
	pasteID = "json"
	textID  = "json-text"
)

// Outcome is what the service has found out about an Input.
type Outcome struct {
	Base       string // public base of all URLs
	Title      string // of what went wrong beside the engagement itself; "" = nothing
	Problem    string // the sentence to it
	KeyFault   bool   // Problem is about the API key
	Violations engagement.Violations
	Decision   *decision.Decision // nil = nothing is known yet; beside Violations it is what is known so far
	Body       []byte             // the engagement as JSON; nil = none to show
	Stored     bool               // a stored profile gives the contractor
}

// view is the page as its template wants it.
type view struct {
	Outcome
	*Input
	FormID   string // the form that was sent
	Example  bool
	Faults   []fault
	Needs    []need
	Count    int // of documents that apply
	Left     []string
	JSON     string
	Curl     string
	Sections []sectionView
}

// need is a row of the decision.
type need struct {
	decision.Need
	Title string
}

// HTML is the page.
func (in *Input) HTML(o *Outcome) ([]byte, error) {
	v := &view{Outcome: *o, Input: in, FormID: formID, Left: in.left, Faults: in.faults(o.Violations), Example: in.Action == Example}
	if in.Pasted {
		v.FormID = pasteID
	}
	if o.Decision != nil {
		for _, n := range o.Decision.Needs {
			row, _ := decision.RowOf(n.Kind)
			v.Needs = append(v.Needs, need{n, row.Title})
			if n.Applies {
				v.Count++
			}
		}
	}
	if o.Body != nil {
		v.JSON, v.Curl = indented(o.Body), curl(o.Base, o.Body)
	}
	v.Sections = in.sections(v.Faults)
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("page /start: %w", err)
	}
	return b.Bytes(), nil
}

// indented is JSON for people; what is none stays as it is.
func indented(body []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, body, "", "  ") != nil {
		return string(body)
	}
	return b.String()
}

// curl is a command that issues the engagement. An apostrophe would end its quoted text: JSON can write it otherwise.
func curl(base string, body []byte) string {
	text := strings.ReplaceAll(indented(body), "'", `\u0027`)
	return "curl -X POST '" + base + "/v1/engagements' \\\n  -H 'Authorization: Bearer IHR_SCHLUESSEL' \\\n  -H 'Content-Type: application/json' \\\n  -d '" + text + "'"
}

// sectionView, partView, rowView and inputView are the form as its template wants it.
type sectionView struct {
	ID, Title, Intro string
	Number           int
	Parts            []partView
}

type partView struct {
	Legend, Note, Class string
	Rows                []rowView
	List                string // "" = no list
	More, Next          string // the button for one more row, and the input that it leads to; "" = no more
}

type rowView struct {
	Legend string
	Inputs []inputView
}

type inputView struct {
	ID, Label, Hint, Sort, Width, Auto, Value string
	Required                                  bool
	Options                                   []optionView
	Faults                                    []string
	Described                                 string // ids of hint and fault
}

type optionView struct {
	ID, Value, Text string
	Opens, Closes   string // a group before it, and whether it is the last one of its group
	Chosen          bool
}

func (in *Input) sections(faults []fault) []sectionView {
	byID := map[string][]string{}
	if !in.Pasted {
		for _, f := range faults {
			byID[f.Target] = append(byID[f.Target], f.atInput())
		}
	}
	all := make([]sectionView, len(sections))
	for i := range sections {
		s := &sections[i]
		all[i] = sectionView{ID: s.id, Title: s.title, Intro: s.intro, Number: i + 1}
		for j := range s.parts {
			all[i].Parts = append(all[i].Parts, in.part(&s.parts[j], byID))
		}
	}
	return all
}

func (in *Input) part(p *part, faults map[string][]string) partView {
	v := partView{Legend: p.legend, Note: p.note, List: p.list, Class: "teil"}
	for _, m := range strings.Fields(p.model) {
		v.Class += " nur " + m
	}
	rows := 1
	if p.list != "" {
		rows = max(1, in.form.rows[p.list])
		if in.more == p.list {
			rows = min(max(rows, in.rows)+1, maxRows)
		}
		if rows < maxRows {
			v.More, v.Next = p.more, p.name(rows, &p.fields[0])
		}
	}
	for row := range rows {
		r := rowView{Legend: p.legend}
		if p.list != "" {
			r.Legend = p.row + " " + strconv.Itoa(row+1)
		}
		for i := range p.fields {
			r.Inputs = append(r.Inputs, in.input(p, row, i, faults))
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

func (in *Input) input(p *part, row, i int, faults map[string][]string) inputView {
	f := &p.fields[i]
	name := p.name(row, f)
	value := in.form.values[name]
	if p.list != "" && row >= in.form.rows[p.list] {
		value = f.initial
	}
	v := inputView{
		ID: name, Label: f.label, Hint: f.hint, Sort: string(f.sort), Width: f.width, Auto: f.auto, Value: value,
		Required: f.required, Faults: faults[name],
	}
	var described []string
	if v.Hint != "" {
		described = append(described, name+"-hinweis")
	}
	if len(v.Faults) > 0 {
		described = append(described, name+"-fehler")
	}
	v.Described = strings.Join(described, " ")
	v.Options = optionViews(f, name, value)
	return v
}

func optionViews(f *field, name, value string) []optionView {
	all := make([]optionView, 0, len(f.options)+1)
	for i, o := range f.options {
		id := name
		if i > 0 {
			id += "-" + o.value
		}
		v := optionView{ID: id, Value: o.value, Text: o.text, Chosen: o.value == value}
		if o.group != "" && (i == 0 || f.options[i-1].group != o.group) {
			v.Opens = o.group
		}
		if o.group != "" && (i == len(f.options)-1 || f.options[i+1].group != o.group) {
			v.Closes = o.group
		}
		all = append(all, v)
	}
	if value != "" && len(all) > 0 && !slices.ContainsFunc(all, func(o optionView) bool { return o.Chosen }) {
		all = append(all, optionView{ID: name + "-unbekannt", Value: value, Text: value, Chosen: true}) // so that it can be seen and changed
	}
	return all
}
