package door

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

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
	for list, tokens := range r.lists {
		for i, token := range tokens {
			r.index[list+"/"+token] = i
		}
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
			out.WriteString(strconv.Itoa(r.index[raw.String()+"/"+segment]))
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
