package door

import (
	"fmt"
	"slices"
	"strings"
)

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
	for _, place := range order {
		all := stated(place, byPlace[place])
		if !agree(all) {
			r.askWhich(all)
			continue
		}
		if r.open[place] { // one input says it, another one says something unreadable
			r.ask(place, "Für „"+label(place)+"“ kamen mehrere Angaben, die nicht zusammenpassen. Welche gilt?", inputsOf(all)...)
			continue
		}
		r.kept = append(r.kept, all...)
	}
	r.order()
}

// stated are the values that count for a place: a legal form in the words of the format goes before the end of a name, which the
// format does not compare either.
func stated(place string, all []*candidate) []*candidate {
	if !strings.HasSuffix(place, "/form") {
		return all
	}
	var found []*candidate
	for _, c := range all {
		if c.in != nil && c.in.text() == c.value {
			found = append(found, c)
		}
	}
	if len(found) == 0 {
		return all
	}
	return found
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

// askWhich asks which of several values is right, in the words of the inputs; of a person or an address it asks once.
func (r *reading) askWhich(all []*candidate) {
	place := all[0].place
	for _, part := range []string{"/person", "/address"} {
		if i := strings.Index(place, part+"/"); i > 0 {
			place = place[:i+len(part)]
		}
	}
	in := inputsOf(all)
	if r.asked(place) {
		return
	}
	var said []string
	for _, i := range in {
		if s := "„" + clip(i.text()) + "“ (Feld „" + i.name + "“)"; len(said) < maxNamed && !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	r.ask(place, "Für „"+label(place)+"“ kamen verschiedene Angaben: "+strings.Join(said, " und ")+". Welche ist richtig?", in...)
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
		if c.in != nil {
			out = append(out, c.in)
		}
	}
	return out
}
