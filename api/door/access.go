package door

import (
	"strings"

	"auftragsmappe/documents/decision"
)

const access = "/access"

// readTool reads one tool of a numbered list.
func (r *reading) readTool(place string, in *input) {
	at := strings.TrimSuffix(place, "/tool")
	each(in, func(v value) {
		if isBlankWord(v.text) {
			r.set(place, nil, in)
			return
		}
		g, ok := toolIn(oneLine(v.text))
		if !ok {
			r.unclear(place, in, "")
			return
		}
		if posted := oneLine(v.text); toolKey(posted) == toolKey(g.tool) && posted == strings.ToLower(posted) {
			g.tool = posted // an id already, as it was posted
		}
		r.setGrant(at, g, in)
	})
}

func (r *reading) setGrant(at string, g grant, in *input) {
	r.set(at+"/tool", g.tool, in)
	if len(g.permissions) > 0 {
		r.set(at+"/permissions", g.permissions, in)
	}
	if g.note != "" {
		r.set(at+"/note", g.note, in)
	}
}

// finishAccess reads tools in words, then the one answer about customer data, which holds for all of them.
func (r *reading) finishAccess() {
	known := map[string]bool{}
	for _, token := range r.tokens(access) {
		known[toolKey(r.text(access+"/"+token+"/tool"))] = true
	}
	next := inWords
	for _, w := range r.later[kindLogin] {
		next = r.readLogin(w, known, next)
	}
	for _, w := range r.later[kindTools] {
		next = r.readTools(w.in, known, next)
	}
	said := map[string]bool{}
	for _, w := range r.later[kindAnswer] {
		each(w.in, func(v value) {
			switch key := wordKey(v.text); {
			case said[key]: // said before: it changes nothing
				r.tell(access, nil, w.in)
			case len(said) < maxNamed:
				said[key] = true
				r.answer(v, w.in)
			default:
				r.unclear(access, w.in, "")
			}
		})
	}
}

// inWords numbers tools that are named in words behind those of numbered fields.
const inWords = 1_000_000

// readTools reads tools that are named in words; known are the tools so far, next is the number of the next one.
func (r *reading) readTools(in *input, known map[string]bool, next int) int {
	var grants []grant
	clear := true
	for _, v := range in.values {
		found, ok := toolsIn(v.text)
		if ok = ok && v.kind != boolean && v.kind != number; ok {
			grants = append(grants, found...)
		}
		clear = clear && ok
	}
	if !clear {
		r.unclear(access, in, "")
	}
	start := next
	for _, g := range grants {
		if !known[toolKey(g.tool)] {
			known[toolKey(g.tool)] = true
			r.setGrant(access+"/#"+itoa(next), g, in)
			next++
		}
	}
	switch {
	case !clear:
	case len(grants) == 0:
		r.tell(access, nil, in)
	case next == start: // all were named before
		r.tell(access, grants[0].tool, in)
	}
	return next
}

// readLogin reads whether there is access to the tool that the name of the input says: yes, no, or what may be used.
func (r *reading) readLogin(w waiting, known map[string]bool, next int) int {
	tool, said := strings.TrimPrefix(w.place, access+"/"), w.in.text()
	g := grant{tool: tool}
	switch key := wordKey(said); {
	case no[key] || isBlankWord(said):
		r.tell(access, false, w.in)
		return next
	case unknown[key] || negation.MatchString(said):
		r.unclear(access, w.in, "")
		return next
	case !yes[key]:
		g, _ = withPermissions(tool, said)
	}
	if known[toolKey(tool)] {
		r.tell(access, tool, w.in)
		return next
	}
	known[toolKey(tool)] = true
	r.setGrant(access+"/#"+itoa(next), g, w.in)
	return next + 1
}

// answer reads whether the accesses show data of the client's customers. "No" holds for every access, "yes" for each of
// which the catalogue does not know that it shows none; what is neither is not answered, never "no".
func (r *reading) answer(v value, in *input) {
	answer, sure := tri(v)
	tokens := r.tokens(access)
	if len(tokens) == 0 {
		r.answerAlone(answer, in)
		return
	}
	holds := tokens
	if answer == true {
		holds = r.mayShow(tokens)
	}
	for _, token := range holds {
		place := access + "/" + token + "/customer_data"
		switch own := r.first[place]; {
		case own != nil && r.ownAnswer(own.in) && (own.value == false && answer == true || answer == nil):
			r.tell(place, own.value, in) // the answer for this one tool is the closer one
		case sure || own != nil:
			r.set(place, answer, in)
		default:
			r.guess(place, nil, in, strings.Replace(whyOpen, "%s", clip(v.text), 1))
		}
	}
}

// answerAlone is an answer without a tool: "no" needs none, all else asks for them, once.
func (r *reading) answerAlone(answer any, in *input) {
	if answer == false || r.asked(access) {
		r.tell(access, answer, in)
		return
	}
	r.unclear(access, in, "Um welche Werkzeuge (Tools) geht es, und was ist dort sichtbar? Etwa: Digistore24 (Bestellungen), WordPress (Autor).")
}

// ownAnswer says that an input answers for one tool, not for all of them.
func (r *reading) ownAnswer(in *input) bool {
	for _, w := range r.later[kindAnswer] {
		if w.in == in {
			return false
		}
	}
	return true
}

// mayShow leaves out the accesses that show nothing, unless none is left.
func (r *reading) mayShow(tokens []string) []string {
	var out []string
	for _, token := range tokens {
		at := access + "/" + token
		permissions, _ := r.value(at + "/permissions").([]string)
		if decision.Look(engagementAccess(r.text(at+"/tool"), permissions)).Shows != decision.No {
			out = append(out, token)
		}
	}
	if len(out) == 0 {
		return tokens
	}
	return out
}
