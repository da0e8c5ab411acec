package door

import (
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
	open  map[string]bool       // the places that are asked for
	above map[string]bool       // each place with a candidate or a question, and all above it

	kept  []*candidate
	lists map[string][]string // the tokens of each list in their order
	index map[string]int      // the place of each list and token
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
	return &reading{profile: p, later: map[valueKind][]waiting{}, lists: map[string][]string{}, index: map[string]int{}, first: map[string]*candidate{}, open: map[string]bool{}, above: map[string]bool{}}
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
	r.open[place] = true
	r.mark(place)
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

// asked says that there is a question about a place itself.
func (r *reading) asked(place string) bool { return r.open[place] }

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
