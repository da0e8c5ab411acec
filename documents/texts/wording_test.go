package texts

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// wordingRule is a fault that a machine can see in what the program wrote: a pattern that must not match.
type wordingRule struct {
	name    string
	pattern *regexp.Regexp
	places  []spot // nil: everywhere
	bad     []string
	good    []string
}

const (
	units      = `(?:%|€|Stunden?\b|Tage?n?\b|Wochen?\b|Minuten?\b|Monate?\b|Stück\b|×|pauschal\b)`
	monthNames = `(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)`
)

var wordingRules = []wordingRule{
	{
		"an unknown token", regexp.MustCompile(`[{}<>]|%!|\?\?|\bnil\b|\bNaN\b`), nil,
		[]string{"Der {Auftraggeber} zahlt.", "<nil>", "%!s(int=3)"}, []string{"Skonto von 2\u00a0%."},
	},
	{
		"a blank that may break", regexp.MustCompile(`(?:§|\bArt\.|\bAbs\.|\bNr\.|\bAnlage|\bAbsatz|\bz\.) +[\dB]|\d ` + units + `|\d\. ` + monthNames), nil,
		[]string{"nach § 5", "Abs. 2", "z. B. heute", "19 %", "1.850,00 €", "14 Tagen", "in Anlage 1", "am 7. Dezember 2026"},
		[]string{"nach §\u00a05 Abs.\u00a02", "z.\u00a0B. heute", "19\u00a0%", "7.\u00a0Dezember 2026"},
	},
	{
		"a double form or a word of officials",
		regexp.MustCompile(`(?i)\b(?:der/die|die/der|er/sie|sie/er|bzw|ggf|usw|evtl|hiermit|gegenständlich\w*|vorgenannt\w*|etc|i\.\s?d\.\s?r)\b|\pL[/:*_](?:in|innen)\b|(?-i:[a-zäöü]Innen\b)|ist verpflichtet`),
		nil,
		[]string{"der/die Beauftragte", "Auftraggeber/in", "Nutzer:innen", "Kund*innen", "KundInnen", "hiermit", "bzw. später", "ist verpflichtet zu zahlen", "etc."},
		[]string{"binnen 14 Tagen", "Inhalte: in Canva", "beginnen", "E-Mail"},
	},
	{
		"empty brackets or quotes", regexp.MustCompile(`\(\s*\)|„\s*“|\[\s*\]|\(\s|\s\)|\(,|„\s`), nil,
		[]string{"Preis ()", "zu „“", "( netto)", "(, netto)"}, []string{"(§ 14 BGB)", "„Auf einen Blick“"},
	},
	{
		"a stray mark", regexp.MustCompile(`[ \x{a0}][,;:!?.](?:\s|$)|\.\.|,\s*[.,;:]|[;:]\s*[.;,]|  |"|''|\x{a0}\x{a0}|^\s|\s$`), nil,
		[]string{"Preis .", "Ende..", "ja, .", "a  b", "\"so\"", " vorn", "also: ;"}, []string{"Preis: 3.", "„so“"},
	},
	{
		"a date in figures inside a sentence", regexp.MustCompile(`\d\d\.\d\d\.\d{4}`), []spot{inParagraph},
		[]string{"bis zum 07.12.2026"}, []string{"bis zum 7.\u00a0Dezember 2026"},
	},
	{
		"a date in words inside a table", regexp.MustCompile(monthNames + ` \d{4}`), []spot{inCell, inLabel},
		[]string{"7.\u00a0Dezember 2026"}, []string{"07.12.2026"},
	},
	{
		"a date of machines", regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b|\b0\d\.\x{a0}` + monthNames), nil,
		[]string{"2026-12-07", "am 07.\u00a0Dezember 2026"}, []string{"AN-2026-0007"},
	},
	{
		"money that is not German", regexp.MustCompile(`(?:^|[^\d,])\d+\x{a0}?€|\d\.\d\d\x{a0}?€|\bEUR\b|\d{4,},\d\d|€\d|\d€`), nil,
		[]string{"1850,00\u00a0€", "12\u00a0€", "1.850,00€", "EUR 12", "12.50\u00a0€"}, []string{"1.850,00\u00a0€", "0,335\u00a0€", "−264,86\u00a0€"},
	},
	{
		"a number that does not fit its noun",
		regexp.MustCompile(`(?:^|[^\d,.])1\x{a0}(?:Stunden|Tage|Tagen|Wochen|Monate|Minuten)\b|(?:[2-9]|\d\d|,\d+)\x{a0}(?:Stunde|Tag|Woche|Monat|Minute)\b`), nil,
		[]string{"1\u00a0Stunden", "binnen 14\u00a0Tag", "1,5\u00a0Stunde"}, []string{"1\u00a0Stunde", "14\u00a0Tagen", "21\u00a0Tage", "0,1\u00a0Stunden"},
	},
	{
		"a list without its last word", regexp.MustCompile(`\b(?:und und|oder oder|und oder)\b|,\s+(?:und|oder)\s*[.,;]|\b(?:und|oder)[.;:]|\bund \S+ und \S+ und\b`), nil,
		[]string{"A, und und B", "A und.", "A, und."}, []string{"A, B und C"},
	},
	{
		"a label without content", regexp.MustCompile(`(?::|–|,|;|\bund|\boder|\bdurch)$`), []spot{inHeading, inCell, inLabel, inFoot},
		[]string{"Recht:", "vertreten durch", "A,"}, []string{"Rechte", "vertreten durch Ada"},
	},
	{
		"two nouns that read as a genitive", regexp.MustCompile(`\b(?:die|der|Die|Der) (?:Auftrag(?:geber|nehmer)in|auftrag(?:geb|nehm)enden? Partei) der (?:Auftrag|auftrag(?:geb|nehm)enden)`), nil,
		[]string{"muss die Auftragnehmerin der Auftraggeberin melden"}, []string{"Der Auftraggeberin muss die Auftragnehmerin melden"},
	},
}

// wordingFaults are the faults of one passage.
func wordingFaults(p *passage) []string {
	if p.caller {
		return nil
	}
	var out []string
	for _, r := range wordingRules {
		if r.places != nil && !in(p.spot, r.places) {
			continue
		}
		if r.pattern.MatchString(p.own) {
			out = append(out, r.name)
		}
	}
	if w := doubled(p.own); w != "" {
		out = append(out, "the doubled word "+w)
	}
	if s := lowerStart(p); s != "" {
		out = append(out, "a sentence in lower case: "+s)
	}
	if fault := unended(p); fault != "" {
		out = append(out, fault)
	}
	if unbalanced(p.own) {
		out = append(out, "a bracket or quote without its other half")
	}
	return out
}

func in(p spot, places []spot) bool {
	for _, q := range places {
		if p == q {
			return true
		}
	}
	return false
}

var sentenceStart = regexp.MustCompile(`[.!?]+[“)]* (\S+)`)

// lowerStart is a sentence of a paragraph that begins in lower case. The first one may: after the salutation's comma.
func lowerStart(p *passage) string {
	if p.spot != inParagraph {
		return ""
	}
	for _, m := range sentenceStart.FindAllStringSubmatch(p.own, -1) {
		if r, _ := utf8.DecodeRuneInString(m[1]); unicode.IsLower(r) {
			return m[1]
		}
	}
	return ""
}

// unended is what is wrong with the end of a paragraph: it ends a sentence or opens a list, unless it is a single word.
func unended(p *passage) string {
	if p.spot != inParagraph || strings.HasSuffix(p.own, mask) || !strings.Contains(p.own, " ") || strings.HasSuffix(p.own, "___") {
		return ""
	}
	if end := strings.TrimRight(p.own, "“)"); !strings.ContainsAny(end[max(0, len(end)-1):], ".:!?") && !strings.HasSuffix(end, ", wenn") {
		return "no full stop"
	}
	return ""
}

func unbalanced(s string) bool {
	return strings.Count(s, "(") != strings.Count(s, ")") || strings.Count(s, "„") != strings.Count(s, "“")
}

// TestWordingRulesFind proves of every rule that it can fail, and that it lets good German pass.
func TestWordingRulesFind(t *testing.T) {
	for _, r := range wordingRules {
		for _, s := range r.bad {
			if !r.pattern.MatchString(s) {
				t.Errorf("%s is not found in %q", r.name, s)
			}
		}
		for _, s := range r.good {
			if r.pattern.MatchString(s) {
				t.Errorf("%s is found in %q", r.name, s)
			}
		}
	}
	for text, want := range map[string]string{
		"Sie zahlt die die Rechnung.":   "the doubled word die",
		"Das gilt. dann nicht.":         "a sentence in lower case: dann",
		"Das gilt":                      "no full stop",
		"Das gilt (heute.":              "a bracket or quote without its other half",
		"gern biete ich das an. Danke.": "",
		"Das gilt für „heute“.":         "",
	} {
		p := &passage{spot: inParagraph, text: text, own: text}
		if got := strings.Join(wordingFaults(p), "; "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	caller := &passage{spot: inParagraph, text: "kunde schreibt so ..", own: "kunde schreibt so ..", caller: true}
	if got := wordingFaults(caller); got != nil {
		t.Errorf("the caller's own words are blamed: %v", got)
	}
}
