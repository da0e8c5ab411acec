package door

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement"
)

// reading is the state of one body. Places are JSON pointers in which "#" and a number stand for a place in a list, as the
// names of the inputs had it; "s" behind it marks an item that is the price of a service.
type reading struct {
	profile    *engagement.Profile
	candidates []*candidate
	questions  []Question
	ignored    []string
	later      map[valueKind][]waiting // inputs that are read when all others are known
	zeros      []waiting               // numbers that are 0 or blank in a number field

	first map[string]*candidate // the first candidate with a value, by place
	above map[string]bool       // each place with a candidate or a question, and all above it

	kept  []*candidate
	lists map[string][]string // the tokens of each list in their order
}

// candidate is a value for a place.
type candidate struct {
	place string
	value any
	in    *input
	why   string // of a guess: German sentence
	only  bool   // only told in the report, not set: it agrees with what is set or stored
}

func (c *candidate) from() string {
	if c.in == nil {
		return ""
	}
	return c.in.name
}

// waiting is an input with its field.
type waiting struct {
	place string
	in    *input
}

func newReading(p *engagement.Profile) *reading {
	return &reading{profile: p, later: map[valueKind][]waiting{}, lists: map[string][]string{}, first: map[string]*candidate{}, above: map[string]bool{}}
}

func (r *reading) set(place string, v any, in *input) {
	r.add(&candidate{place: place, value: v, in: in})
}

func (r *reading) guess(place string, v any, in *input, why string) {
	r.add(&candidate{place: place, value: v, in: in, why: why})
}

// tell reports an input that agrees with what stands elsewhere.
func (r *reading) tell(place string, v any, in *input) {
	r.add(&candidate{place: place, value: v, in: in, only: true})
}

func (r *reading) add(c *candidate) {
	r.candidates = append(r.candidates, c)
	r.note(c)
}

func (r *reading) note(c *candidate) {
	if c.only {
		return
	}
	if c.value != nil && r.first[c.place] == nil {
		r.first[c.place] = c
	}
	r.mark(c.place)
}

func (r *reading) mark(place string) {
	for i := len(place); i > 0 && !r.above[place[:i]]; i = strings.LastIndexByte(place[:i], '/') {
		r.above[place[:i]] = true
	}
}

// drop takes back what stands at or below a place.
func (r *reading) drop(place string) {
	r.candidates = slices.DeleteFunc(r.candidates, func(c *candidate) bool { return !c.only && within(c.place, place) })
	r.first, r.above = map[string]*candidate{}, map[string]bool{}
	for _, c := range r.candidates {
		r.note(c)
	}
	for _, q := range r.questions {
		r.mark(q.Field)
	}
}

// ask puts a question; names of inputs stand in it, so that who filled in the form finds the field.
func (r *reading) ask(place, question string, in ...*input) {
	var names []string
	for _, i := range in {
		if i != nil && !slices.Contains(names, i.name) && len(names) < maxNamed {
			names = append(names, i.name)
		}
	}
	r.questions = append(r.questions, Question{Field: place, Question: question, From: strings.Join(names, ", ")})
	r.mark(place)
}

func (r *reading) ignoreAll(in []*input) {
	for _, i := range in {
		r.ignored = append(r.ignored, i.name)
	}
}

// value is what stands at a place so far, nil when nothing does.
func (r *reading) value(place string) any {
	if c := r.first[place]; c != nil {
		return c.value
	}
	return nil
}

func (r *reading) text(place string) string {
	s, _ := r.value(place).(string)
	return s
}

// source is the input that a place has its value from.
func (r *reading) source(place string) *input {
	if c := r.first[place]; c != nil {
		return c.in
	}
	return nil
}

// has says that something stands at or below a place, or is asked for there.
func (r *reading) has(place string) bool { return r.above[place] }

func within(place, above string) bool { return place == above || strings.HasPrefix(place, above+"/") }

// tokens are the numbers of a list so far, in their order.
func (r *reading) tokens(list string) []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range r.candidates {
		if rest, ok := strings.CutPrefix(c.place, list+"/#"); ok && !c.only {
			token, _, _ := strings.Cut(rest, "/")
			if !seen[token] {
				seen[token] = true
				out = append(out, "#"+token)
			}
		}
	}
	slices.SortStableFunc(out, compareTokens)
	return out
}

// compareTokens puts items before prices of services, each by number.
func compareTokens(a, b string) int {
	sa, sb := strings.HasSuffix(a, "s"), strings.HasSuffix(b, "s")
	switch {
	case sa && !sb:
		return 1
	case sb && !sa:
		return -1
	}
	na, _ := strconv.Atoi(strings.Trim(a, "#s")) // made from digits
	nb, _ := strconv.Atoi(strings.Trim(b, "#s"))
	return na - nb
}

// settle keeps what does not contradict itself; of the rest nothing is taken and a question is asked.
func (r *reading) settle() {
	byPlace := map[string][]*candidate{}
	var order []string
	for _, c := range r.candidates {
		if c.only {
			r.kept = append(r.kept, c)
			continue
		}
		if byPlace[c.place] == nil {
			order = append(order, c.place)
		}
		byPlace[c.place] = append(byPlace[c.place], c)
	}
	open := map[string]bool{}
	for _, q := range r.questions {
		open[q.Field] = true
	}
	for _, place := range order {
		all := byPlace[place]
		if !agree(all) {
			r.askWhich(all)
			continue
		}
		if open[place] { // one input says it, another one says something unreadable
			r.ask(place, "Für „"+label(place)+"“ kamen mehrere Angaben, die nicht zusammenpassen. Welche gilt?", inputsOf(all)...)
			continue
		}
		r.kept = append(r.kept, all...)
	}
	r.order()
}

func agree(all []*candidate) bool {
	for _, c := range all[1:] {
		if !same(c.value, all[0].value) {
			return false
		}
	}
	return true
}

func same(a, b any) bool {
	s, ok1 := a.(string)
	t, ok2 := b.(string)
	if ok1 && ok2 {
		return strings.EqualFold(strings.Join(strings.Fields(s), " "), strings.Join(strings.Fields(t), " "))
	}
	return fmt.Sprint(a) == fmt.Sprint(b)
}

func (r *reading) askWhich(all []*candidate) {
	var said []string
	for _, c := range all {
		if s := "„" + clip(fmt.Sprint(shown(c.value))) + "“ (Feld „" + c.from() + "“)"; len(said) < maxNamed && !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	r.ask(all[0].place, "Für „"+label(all[0].place)+"“ kamen verschiedene Angaben: "+strings.Join(said, " und ")+". Welche ist richtig?", inputsOf(all)...)
}

func shown(v any) any {
	switch x := v.(type) {
	case nil:
		return "nicht beantwortet"
	case bool:
		return map[bool]string{true: "ja", false: "nein"}[x]
	case []string:
		return strings.Join(x, ", ")
	}
	return v
}

func inputsOf(all []*candidate) []*input {
	out := make([]*input, 0, len(all))
	for _, c := range all {
		out = append(out, c.in)
	}
	return out
}

// order finds the places of the lists: the numbers of the names without their gaps.
func (r *reading) order() {
	seen := map[string]bool{}
	note := func(place string) {
		for i := strings.Index(place, "/#"); i >= 0; {
			end := i + 1
			for end < len(place) && place[end] != '/' {
				end++
			}
			if list, token := place[:i], place[i+1:end]; !seen[list+"\x00"+token] {
				seen[list+"\x00"+token] = true
				r.lists[list] = append(r.lists[list], token)
			}
			next := strings.Index(place[end:], "/#")
			if next < 0 {
				return
			}
			i = end + next
		}
	}
	for _, c := range r.kept {
		if c.value != nil && !c.only {
			note(c.place)
		}
	}
	for list := range r.lists {
		slices.SortStableFunc(r.lists[list], compareTokens)
	}
	for _, q := range r.questions { // behind those that have something
		note(q.Field)
	}
	for _, c := range r.kept {
		note(c.place)
	}
}

// final is the JSON pointer of a place.
func (r *reading) final(place string) string {
	if !strings.Contains(place, "#") {
		return place
	}
	var out, raw strings.Builder
	for i, segment := range strings.Split(place, "/") {
		if i > 0 {
			out.WriteByte('/')
		}
		if strings.HasPrefix(segment, "#") {
			out.WriteString(strconv.Itoa(slices.Index(r.lists[raw.String()], segment)))
		} else {
			out.WriteString(segment)
		}
		if i > 0 {
			raw.WriteByte('/')
		}
		raw.WriteString(segment)
	}
	return out.String()
}

// build writes the engagement: sorted keys, no blanks.
func (r *reading) build() json.RawMessage {
	root := map[string]any{}
	for _, c := range r.kept {
		if c.value != nil && !c.only {
			put(root, strings.Split(r.final(c.place), "/")[1:], strings.Split(c.place, "/")[1:], c.value)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(listed(root)); err != nil {
		return json.RawMessage("{}") // strings, numbers and lists of them always encode
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// put descends to a place; lists are kept as maps from numbers until all is known.
func put(at map[string]any, path, raw []string, v any) {
	for i := range path[:len(path)-1] {
		key := path[i]
		if strings.HasPrefix(raw[i], "#") {
			key = "#" + key
		}
		next, ok := at[key].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[key] = next
		}
		at = next
	}
	key := path[len(path)-1]
	if strings.HasPrefix(raw[len(raw)-1], "#") {
		key = "#" + key
	}
	at[key] = v
}

// listed turns maps whose keys are numbers into lists.
func listed(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	out, isList := map[string]any{}, false
	for key, value := range m {
		out[key] = listed(value)
		isList = isList || strings.HasPrefix(key, "#")
	}
	if !isList {
		return out
	}
	keys := make([]string, 0, len(out))
	for key := range out {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compareTokens)
	elems := make([]any, 0, len(keys))
	for _, key := range keys {
		elems = append(elems, out[key])
	}
	return elems
}
