package door

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// spelling folds what people and tools spell in different ways; a decomposed umlaut counts as the composed one.
var spelling = strings.NewReplacer("a\u0308", "ae", "o\u0308", "oe", "u\u0308", "ue", "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss",
	"é", "e", "è", "e", "ê", "e", "á", "a", "à", "a", "â", "a", "ó", "o", "ô", "o", "í", "i", "ç", "c", "ñ", "n", "ł", "l", "ø", "o", "å", "a")

// folded is a text in small letters with one spelling of umlauts.
func folded(s string) string { return spelling.Replace(strings.ToLower(s)) }

// plainKey is a name without case, blanks, separators and umlaut spelling.
func plainKey(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '#' {
			return c
		}
		return -1
	}, folded(s))
}

var digits = regexp.MustCompile(`[0-9]+`)

// numbered is a key with "#" for each number in it, and the numbers.
func numbered(key string) (string, []string) {
	const longest = 6
	var groups []string
	for _, d := range digits.FindAllString(key, -1) {
		if len(d) > longest {
			return "", nil
		}
		n, _ := strconv.Atoi(d) // digits only
		groups = append(groups, strconv.Itoa(n))
	}
	return digits.ReplaceAllString(key, "#"), groups
}

// words are the words of a label.
func words(s string) []string {
	return strings.FieldsFunc(folded(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// target is where a value goes: a JSON pointer in which each number of a list is a token, "#" and the number in the name.
type target struct {
	*alias
	place string
}

// field is what the names of an input mean; nil when none is known.
func field(paths [][]string) *target {
	for _, path := range paths {
		if tooLong(path) {
			continue
		}
		segments := split(path)
		for i := range segments {
			if t := lookup(strings.Join(segments[i:], " ")); t != nil {
				return t
			}
			if !wraps(segments[i]) {
				break
			}
		}
	}
	return inWordsOnly(paths)
}

// inWordsOnly reads labels that are no names: alternatives, and questions in words. Only a label stands alone; a path that
// no name fits is something else.
func inWordsOnly(paths [][]string) *target {
	for _, path := range paths {
		if len(path) == 0 || tooLong(path) {
			continue
		}
		label := path[len(path)-1]
		for _, segment := range path[:len(path)-1] {
			if !wraps(segment) {
				return nil
			}
		}
		if t := alternatives(label); t != nil {
			return t
		}
		if t := phraseOf(label); t != nil {
			return t
		}
	}
	return nil
}

// tooLong says that a name can mean nothing; labels of forms are whole questions at most.
func tooLong(path []string) bool {
	const longest = 200
	n := 0
	for _, segment := range path {
		n += len(segment)
	}
	return n > longest
}

// isText says that a path is a field whose text is taken as it is, JSON or not.
func isText(path []string) bool {
	t := field([][]string{path})
	return t != nil && (t.kind == kindText || t.kind == kindLong)
}

// split takes apart what was put together: client.name, items[0][price], client__name.
func split(path []string) []string {
	var out []string
	for _, segment := range path {
		s := strings.NewReplacer("[", ".", "]", ".", "__", ".").Replace(segment)
		for part := range strings.SplitSeq(s, ".") {
			if strings.TrimSpace(part) != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// jotform numbers its questions: q3_name.
var jotform = regexp.MustCompile(`^q\d+$`)

// wraps says that a segment only wraps others.
func wraps(segment string) bool {
	key := plainKey(segment)
	return wrappers[key] || jotform.MatchString(key) || strings.Trim(key, "0123456789") == ""
}

// lookup finds a name as it is, with numbers as numbers, and without the words that a question is made of.
func lookup(name string) *target {
	names := []string{name, withoutFiller(name)}
	if i := strings.IndexByte(name, '_'); i > 0 && jotform.MatchString(name[:i]) {
		names = append(names, name[i:])
	}
	for _, n := range names {
		key := plainKey(n)
		if a := table()[key]; a != nil {
			return &target{a, a.field}
		}
		hash, groups := numbered(key)
		if a := table()[hash]; a != nil && len(groups) > 0 {
			return &target{a, fillGroups(a.field, groups)}
		}
	}
	return nil
}

// fillGroups puts the numbers of a name into a field: /pricing/items/#/unit becomes /pricing/items/#2/unit.
func fillGroups(field string, groups []string) string {
	parts := strings.Split(field, "#")
	var b strings.Builder
	for i, part := range parts {
		b.WriteString(part)
		if i < len(parts)-1 {
			b.WriteString("#" + groups[min(i, len(groups)-1)])
		}
	}
	return b.String()
}

var aside = regexp.MustCompile(`\([^()]*\)`)

// withoutFiller is a label without polite words and without what stands in brackets and only says how to fill it in.
func withoutFiller(name string) string {
	name = aside.ReplaceAllStringFunc(name, func(s string) string {
		if isHint(s) {
			return " "
		}
		return s
	})
	var kept []string
	for _, w := range words(name) {
		if !filler[w] {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// isHint says that the words in brackets only say how to fill a field in.
func isHint(s string) bool {
	all := words(s)
	if len(all) > 0 && (all[0] == "zb" || all[0] == "eg" || len(all) > 1 && (all[0] == "z" && all[1] == "b" || all[0] == "e" && all[1] == "g")) {
		return true
	}
	for _, w := range all {
		if !filler[w] && !hints[w] {
			return false
		}
	}
	return true
}

func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// The words that names are wrapped in or filled with, folded.
var (
	wrappers = set(`data form fields felder formular formulardaten formdata formfields formresponse body payload engagement antworten answers
		responses response json record row submission eintrag zeile auftrag anfrage humanfields namedvalues rawrequest values angaben
		input inputs kundendaten projekt laufzeit konditionen zahlung scope term pricing payment terms rahmendaten projektdaten auftragsdaten dates termine zeitraum`)
	filler = set(`ihr ihre ihren ihrem ihrer ihres dein deine deinen deinem deiner euer eure euren eurer mein meine meiner unser unsere unserer
		der die das des dem den ein eine einer eines bitte wie wer hoch was wo wann welche welcher welches welchen lautet lauten heisst ist sind sie du und noch denn genau
		optional pflichtfeld pflicht freiwillig angeben eintragen eingeben nennen your the a an of is are what which please enter my our`)
	hints = set(`netto in euro eur falls vorhanden wenn bekannt sofern ja nein oder tt mm jjjj dd yyyy zzgl mwst ust exkl ohne stunden tagen
		prozent fuer angebot angebote vertrag vertraege rueckfragen vor und nachname vorname vollstaendig vollstaendige vollstaendiger if any known required komma getrennt mehrere moeglich kommagetrennt mehrfachauswahl`)
)
