package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/decision"
)

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

// anyTool are choices that name no tool, folded.
var anyTool = set("sonstiges sonstige andere anderes anderer weitere other others misc diverse diverses usw etc mehr alle alles")

// toolsIn reads "Digistore 24 (nur Produkte), WordPress als Autor"; ok is false when no tools can be made out.
func toolsIn(s string) (grants []grant, ok bool) {
	if isBlankWord(s) || no[wordKey(s)] {
		return nil, true
	}
	for _, part := range listIn(s) {
		pieces := []string{part}
		if _, whole := decision.Find(part); !whole {
			pieces = splitAtWords(part)
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

// splitAtWords takes a text apart at "und" and its like, not inside of brackets.
func splitAtWords(s string) []string {
	var out []string
	start := 0
	for _, m := range toolSplit.FindAllStringIndex(s, -1) {
		if before := s[:m[0]]; strings.Count(before, "(") <= strings.Count(before, ")") {
			out = append(out, s[start:m[0]])
			start = m[1]
		}
	}
	return append(out, s[start:])
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
	if negation.MatchString(s) || unknown[wordKey(s)] || yes[wordKey(s)] || anyTool[wordKey(s)] {
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
			return g, !namesTool(rights)
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
// Of two tools in one sentence it is not known what is meant.
func inSentence(s string) (grant, bool) {
	const fewWords = 4
	t, name, rest := toolAmong(s)
	switch p, ok := grantedIn(t, rest); {
	case t == nil:
		return grant{tool: s}, len(strings.Fields(s)) <= fewWords && !strings.ContainsAny(s, "?!")
	case ok:
		return grant{tool: toolName(t, name), permissions: []string{p}}, true
	case namesTool(rest):
		return grant{}, false
	}
	return grant{tool: toolName(t, name), note: s}, true
}

func grantedIn(t *decision.Tool, rest string) (string, bool) {
	if t == nil {
		return "", false
	}
	return permission(t, rest)
}

// toolAmong finds the longest name of a tool among some words; sorts of tools are too common to be found in a sentence.
func toolAmong(s string) (t *decision.Tool, name, rest string) {
	const longestName, fewWords = 3, 4
	all := strings.Fields(s)
	for n := min(longestName, len(all)); n > 0; n-- {
		for i := 0; i+n <= len(all) && i < 2*maxNamed; i++ {
			name = strings.Trim(strings.Join(all[i:i+n], " "), ".,:!?\"„“()")
			if t, ok := decision.Find(name); ok && (!t.Generic || len(all) <= fewWords) {
				return t, name, strings.Join(append(append([]string{}, all[:i]...), all[i+n:]...), " ")
			}
		}
	}
	return nil, "", s
}

func namesTool(s string) bool {
	t, _, _ := toolAmong(s)
	return t != nil && !t.Generic
}
