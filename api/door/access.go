package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/decision"
)

const access = "/access"

// grant is one tool as it was read from words.
type grant struct {
	tool        string
	permissions []string
	note        string
}

var (
	toolSplit  = regexp.MustCompile(`(?i)\s+(?:und|sowie|and)\s+|\s+[&+]\s+`)
	permSplit  = regexp.MustCompile(`(?i)\s*(?:,|;|/|\+|&|\s(?:und|sowie|and)\s)\s*`)
	inBrackets = regexp.MustCompile(`^([^()]+)\(([^()]*)\)\s*$`)
	roleSplit  = regexp.MustCompile(`(?i)\s+als\s+|\s*:\s+|\s+[-–—]\s+|\s+mit\s+|\s+as\s+`)
	onlyWord   = regexp.MustCompile(`(?i)^(?:nur|only|rolle|recht|rechte|zugriff auf|zugang zu)\s*:?\s+`)
	negation   = regexp.MustCompile(`(?i)\b(?:kein|keine|keinen|nicht|ohne|außer|ausser|no|not|without|except)\b|außer`)
)

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
	for _, v := range in.values {
		found, ok := toolsIn(v.text)
		if !ok || v.kind == boolean || v.kind == number {
			r.unclear(access, in, "")
			return next
		}
		grants = append(grants, found...)
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

// toolsIn reads "Digistore 24 (nur Produkte), WordPress als Autor"; ok is false when no tools can be made out.
func toolsIn(s string) (grants []grant, ok bool) {
	if isBlankWord(s) || no[wordKey(s)] {
		return nil, true
	}
	for _, part := range listIn(s) {
		pieces := []string{part}
		if _, whole := decision.Find(part); !whole && !strings.Contains(part, "(") {
			pieces = toolSplit.Split(part, -1)
		}
		for _, piece := range pieces {
			g, ok := toolIn(strings.TrimRight(piece, ". "))
			if !ok {
				return nil, false
			}
			grants = append(grants, g)
		}
	}
	return grants, len(grants) > 0
}

// toolIn reads one tool with what it may be used for. A word that says what is not meant makes it unclear.
func toolIn(s string) (grant, bool) {
	s = strings.TrimSpace(s)
	if t, ok := decision.Find(s); ok {
		return grant{tool: toolName(t, s)}, true
	}
	if m := inBrackets.FindStringSubmatch(s); m != nil {
		return withPermissions(strings.TrimSpace(m[1]), strings.TrimSpace(m[2]))
	}
	if parts := roleSplit.Split(s, 2); len(parts) == 2 {
		if _, ok := decision.Find(parts[0]); ok {
			return withPermissions(parts[0], parts[1])
		}
	}
	if negation.MatchString(s) || unknown[wordKey(s)] || yes[wordKey(s)] {
		return grant{}, false
	}
	return inSentence(s)
}

// toolName is the tool's id; a sort of tool keeps the name that was posted.
func toolName(t *decision.Tool, posted string) string {
	if t.Generic {
		return posted
	}
	return t.ID
}

// toolKey is one for all names of a tool.
func toolKey(name string) string {
	if t, ok := decision.Find(name); ok && !t.Generic {
		return plainKey(t.ID)
	}
	return plainKey(name)
}

// withPermissions takes permissions only where the catalogue knows every one of them; else the words are a note, and what
// may be seen counts as unknown.
func withPermissions(tool, rights string) (grant, bool) {
	t, ok := decision.Find(tool)
	g := grant{tool: tool, note: rights}
	if !ok {
		return g, !negation.MatchString(tool)
	}
	g.tool = toolName(t, tool)
	var ids []string
	if p, ok := permission(t, rights); ok {
		return grant{tool: g.tool, permissions: []string{p}}, true
	}
	for _, part := range permSplit.Split(rights, -1) {
		p, ok := permission(t, part)
		if !ok {
			return g, true
		}
		ids = append(ids, p)
	}
	g.permissions, g.note = ids, ""
	return g, true
}

func permission(t *decision.Tool, name string) (string, bool) {
	for _, s := range []string{name, onlyWord.ReplaceAllString(strings.TrimSpace(name), "")} {
		if p, ok := t.Permission(s); ok {
			return p.ID, true
		}
	}
	return "", false
}

// inSentence finds the one tool of the catalogue that some words name; a few words without one are the name of a tool.
func inSentence(s string) (grant, bool) {
	const longestName, shortest = 3, 4
	all := strings.Fields(s)
	for n := min(longestName, len(all)); n > 0; n-- {
		for i := 0; i+n <= len(all) && i < maxNamed; i++ {
			name := strings.Trim(strings.Join(all[i:i+n], " "), ".,:!?\"„“")
			t, ok := decision.Find(name)
			if !ok || t.Generic && len(all) > shortest {
				continue
			}
			rest := strings.TrimSpace(strings.Join(append(append([]string{}, all[:i]...), all[i+n:]...), " "))
			if p, ok := permission(t, rest); ok {
				return grant{tool: toolName(t, name), permissions: []string{p}}, true
			}
			return grant{tool: toolName(t, name), note: s}, true
		}
	}
	return grant{tool: s}, len(all) <= shortest && !strings.ContainsAny(s, "?!")
}

// answer reads whether the accesses show data of the client's customers. "No" holds for every access, "yes" for each of
// which the catalogue does not know that it shows none; what is neither is not answered, never "no".
func (r *reading) answer(v value, in *input) {
	answer, sure := tri(v)
	tokens := r.tokens(access)
	switch {
	case len(tokens) == 0 && sure && answer == false:
		r.tell(access, false, in)
		return
	case len(tokens) == 0 && r.asked(access):
		r.unclear(access, in, "")
		return
	case len(tokens) == 0:
		r.unclear(access, in, "Um welche Werkzeuge (Tools) geht es, und was ist dort sichtbar? Etwa: Digistore24 (Bestellungen), WordPress (Autor).")
		return
	}
	holds := tokens
	if answer == true {
		holds = r.mayShow(tokens)
	}
	for _, token := range holds {
		place := access + "/" + token + "/customer_data"
		switch own := r.first[place]; {
		case own != nil && own.in != in:
			if own.value == false && answer == true || answer == nil {
				r.tell(place, own.value, in) // the answer for this one tool is the closer one
				continue
			}
			r.set(place, answer, in)
		case sure:
			r.set(place, answer, in)
		default:
			r.guess(place, nil, in, strings.Replace(whyOpen, "%s", clip(v.text), 1))
		}
	}
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
