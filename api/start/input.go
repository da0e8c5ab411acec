package start

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

// Action is what a visitor has asked for.
type Action string

// The actions: buttons of the page.
const (
	Check   Action = "pruefen"
	Adopt   Action = "uebernehmen" // pasted JSON into the form
	Example Action = "beispiel"
	more    Action = "mehr-" // and the list that gets one more row
)

// The names of what is sent beside the fields of the engagement. They are the page's own: no field is called like them.
const (
	actionName = "aktion"
	modeName   = "eingabe"
	keyName    = "schluessel"
	textName   = "json"
)

// Input is what a visitor has sent.
type Input struct {
	Action Action
	Key    string // API key, or ""
	Pasted bool   // the engagement is Text, not the form
	Text   string // as it was pasted

	form *form
	more string   // the list that gets one more row
	rows int      // how many rows of it were shown
	left []string // pointers of what the form has no place for
}

// New is the page before anything was sent.
func New() *Input { return &Input{form: newForm()} }

// Read reads what was sent; names that the page does not have are passed over.
func Read(sent url.Values) *Input {
	in := &Input{Action: Action(sent.Get(actionName)), Pasted: sent.Get(modeName) == textName}
	for _, key := range sent[keyName] { // of several inputs the one that is filled in
		if key = strings.TrimSpace(key); key != "" {
			in.Key = key
		}
	}
	if in.Pasted {
		in.Text, in.form = sent.Get(textName), newForm()
		return in
	}
	in.form = readForm(sent)
	if list, ok := strings.CutPrefix(string(in.Action), string(more)); ok {
		in.Action, in.more, in.rows = more, list, shownRows(list, sent)
	}
	return in
}

// shownRows is how many rows of a list the page had that was sent.
func shownRows(list string, sent url.Values) int {
	rows := 0
	for rows < maxRows && slices.ContainsFunc(slices.Collect(maps.Keys(sent)), func(name string) bool {
		return strings.HasPrefix(name, list+"."+strconv.Itoa(rows)+".")
	}) {
		rows++
	}
	return rows
}

// Wants says whether something is to be checked: a button that only changes the page checks nothing.
func (in *Input) Wants() bool { return in.Action != more && in.Action != Example }

// Fill puts the pasted engagement into the form; false when it is none: then a check says why.
func (in *Input) Fill() bool {
	f, left, ok := fillForm([]byte(in.Text))
	if !in.Pasted || !ok {
		return false
	}
	in.form, in.left, in.Pasted, in.Text = f, left, false, ""
	return true
}

// FillExample puts the example into the form, as if it began a week after today.
func (in *Input) FillExample(today date.Date) {
	b, err := files.ReadFile("example.json")
	if err != nil {
		return // it is embedded
	}
	in.form, _, _ = fillForm(b)
	in.form.values["term.start"], in.form.values["term.end"] = today.AddDays(14).String(), today.AddDays(75).String()
}

// Engagement is what was sent as JSON, and what of the form could mean two things: that is missing in the JSON.
// stored says that a stored profile gives the contractor; then the form's is not used.
func (in *Input) Engagement(stored bool) ([]byte, engagement.Violations) {
	if in.Pasted {
		return []byte(in.Text), nil
	}
	return in.form.engagement(!stored)
}
