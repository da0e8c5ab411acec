package texts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

// TestEveryNameHasWords: a condition or slot without German words could not be reviewed; words without one are left over.
func TestEveryNameHasWords(t *testing.T) {
	lib := library(t)
	same := func(what string, names, words []string) {
		slices.Sort(names)
		slices.Sort(words)
		if !slices.Equal(names, words) {
			t.Errorf("%s: names %v\nwords %v", what, names, words)
		}
	}
	same("conditions", slices.Collect(maps.Keys(conditions)), slices.Collect(maps.Keys(wordsOf)))
	same("slots of spans", slices.Collect(maps.Keys(lib.spanSlots)), slices.Collect(maps.Keys(blanks)))
	same("slots of blocks", slices.Collect(maps.Keys(lib.blockSlots)), slices.Collect(maps.Keys(inserts)))
	if n := len(sharedWords) + len(letterWords) + len(contractWords) + len(ndaWords) + len(avvWords); n != len(wordsOf) {
		t.Errorf("words of a condition stand twice: %d of %d are left", len(wordsOf), n)
	}
	for name, w := range wordsOf {
		if w.holds == "" || w.fails == "" || w.holds == w.fails || !strings.HasSuffix(w.means, ".") {
			t.Errorf("condition %q: words %+v", name, w)
		}
	}
	for _, pair := range together {
		for _, term := range parseCondition(pair.terms) {
			if conditions[term.name] == nil {
				t.Errorf("words for %q: unknown condition %q", pair.terms, term.name)
			}
		}
	}
	for _, list := range []map[string]slotWords{blanks, inserts} {
		for name, w := range list {
			if w.blank == "" || !strings.HasSuffix(w.means, ".") {
				t.Errorf("slot %q: words %+v", name, w)
			}
		}
	}
}

func TestConditionInWords(t *testing.T) {
	for terms, want := range map[string]string{
		"":                                 "",
		"hour_package":                     "bei Stundenpaket",
		"!hour_package":                    "wenn kein Stundenpaket vereinbart ist",
		"instalments package":              "bei einem Paket und wenn Raten vereinbart sind",
		"avv avv":                          "mit Auftragsverarbeitungsvertrag",
		"!home_office access !office_only": "ohne Angabe zum Homeoffice und wenn Zugänge vorgesehen sind",
	} {
		if got := parseCondition(terms).inWords(); got != want {
			t.Errorf("%q: %q, want %q", terms, got, want)
		}
	}
}

func readingCopy(t *testing.T, kind decision.Kind) *content.Document {
	t.Helper()
	d, err := library(t).ReadingCopy(kind)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReadingCopyGoldens: what a lawyer gets to read.
func TestReadingCopyGoldens(t *testing.T) {
	for _, row := range decision.Kinds {
		golden(t, "testdata/lesefassung-"+string(row.Kind)+".txt", content.PlainText(readingCopy(t, row.Kind), 100))
	}
}

// sourceLine is a sentence of a text's file as a pattern of how the copy shows it.
func sourceLine(s string) string {
	s = regexp.MustCompile(`^(\s*([-+]|\d+\.) )?(\{[^}]*="[^}]*\} ?)?`).ReplaceAllString(s, "")
	s = strings.ReplaceAll(s, "**", "")
	var b strings.Builder
	for _, part := range regexp.MustCompile(`\{\{?[^}]*\}\}?|\[[^]]*\]\([^)]*\)|[^{\[]+`).FindAllString(s, -1) {
		name := strings.Trim(part, "{}")
		switch {
		case strings.HasPrefix(part, "["):
			b.WriteString(`(§ \d+( Abs\. \d+)?|Absatz \d+|Anlage \d+)`)
		case !strings.HasPrefix(part, "{"):
			b.WriteString(regexp.QuoteMeta(strings.ReplaceAll(part, "\u00a0", " ")))
		case isName(name):
			b.WriteString(`\[[^]]+\]`)
		case strings.ContainsAny(name, "|/"):
			b.WriteString(regexp.QuoteMeta(strings.NewReplacer("|", " / ", "/", " / ").Replace(name)))
		default:
			noun, _, _ := strings.Cut(name, ":")
			b.WriteString(regexp.QuoteMeta(noun))
		}
	}
	return b.String()
}

// sourceLines are the sentences, headings and slots of a text's file, read without its parser.
func sourceLines(t *testing.T, kind decision.Kind) []string {
	t.Helper()
	source, err := files.ReadFile(string(kind) + ".md")
	if err != nil {
		t.Fatal(err)
	}
	attributes := regexp.MustCompile(`^\{([^}]*=[^}]*|[#a-z ]+[^}]*)\}$`)
	var out []string
	for i, line := range strings.Split(string(source), "\n") {
		heading := strings.HasPrefix(line, "#")
		if heading {
			line = regexp.MustCompile(` \{(#|[a-z]+=)[^}]*\}$`).ReplaceAllString(strings.TrimLeft(line, "# "), "")
		}
		isSlot := isName(strings.Trim(line, "{}")) && !knownFlags[strings.Trim(line, "{}")]
		if line == "" || attributes.MatchString(line) && !isSlot || i == 0 {
			continue
		}
		out = append(out, sourceLine(line))
	}
	return out
}

// TestReadingCopyHasEverySentenceOnce goes along file and copy together: every sentence stands there, in its place, and
// what is left of the copy has none of them again.
func TestReadingCopyHasEverySentenceOnce(t *testing.T) {
	for _, row := range decision.Kinds {
		d := readingCopy(t, row.Kind)
		_, all, ok := strings.Cut(content.PlainText(d, wide), "Prüfvermerk.\n")
		wording, _, ok2 := strings.Cut(all, "\nBedingungen\n")
		if !ok || !ok2 {
			t.Fatalf("%s: no wording in the copy", row.Kind)
		}
		wording = strings.ReplaceAll(wording, "\u00a0", " ")
		lines := sourceLines(t, row.Kind)
		var left strings.Builder
		for _, line := range lines {
			at := regexp.MustCompile(line).FindStringIndex(wording)
			if at == nil {
				t.Fatalf("%s: no %q in the copy from here: %.200q", row.Kind, line, wording)
			}
			left.WriteString(wording[:at[0]] + "\n")
			wording = wording[at[1]:]
		}
		left.WriteString(wording)
		for _, line := range lines {
			if sentence := regexp.MustCompile(line); strings.HasSuffix(line, `\.`) && sentence.MatchString(left.String()) {
				t.Errorf("%s: %q stands in the copy twice", row.Kind, line)
			}
		}
		if len(lines) < 20 {
			t.Errorf("%s: only %d sentences compared", row.Kind, len(lines))
		}
	}
}

// TestReadingCopyExplainsEveryName: all conditions and slots of a text are in the tables at the end, by words and name.
func TestReadingCopyExplainsEveryName(t *testing.T) {
	lib := library(t)
	for kind, text := range lib.texts {
		copied := content.PlainText(readingCopy(t, kind), wide)
		_, tables, _ := strings.Cut(copied, "\nBedingungen\n")
		wanted := map[string]string{}
		text.walk(func(a *attributes, _ []*attributes) {
			for _, term := range a.cond {
				wanted[term.name] = wordsOf[term.name].holds
				if words := parseCondition("!" + term.name).inWords(); term.not && !strings.Contains(tables, words) {
					t.Errorf("%s: the table does not have %q", kind, words)
				}
			}
		}, func(i *inline, _ []*attributes) {
			if i.kind == inlineSlot {
				wanted[i.text] = "[" + blanks[i.text].blank + "]"
			}
		})
		for _, s := range text.sections {
			for _, b := range s.blocks {
				if b.kind == blockInsert {
					wanted[b.slot] = "[" + inserts[b.slot].blank + "]"
				}
			}
		}
		for name, words := range wanted {
			if !regexp.MustCompile(`[| /]`+name+`\n|[| ]`+name+` / `).MatchString(tables) || !strings.Contains(tables, words) {
				t.Errorf("%s: the tables do not explain %q (%s)", kind, name, words)
			}
		}
		if len(wanted) < 10 {
			t.Errorf("%s: only %d names", kind, len(wanted))
		}
	}
}

// TestReadingCopyIsGerman reads the copies as far as a machine can.
func TestReadingCopyIsGerman(t *testing.T) {
	for _, row := range decision.Kinds {
		d := readingCopy(t, row.Kind)
		r := reader{t: t, where: string(row.Kind), ids: map[string]bool{}}
		for _, b := range d.Blocks {
			if table, ok := b.(content.Table); ok {
				for _, cells := range table.Rows {
					for _, c := range cells {
						if len(c.Text) > 0 {
							r.text(c.Text)
						}
					}
				}
				continue
			}
			r.block(b)
		}
		for _, link := range r.links {
			if !r.ids[link] {
				t.Errorf("%s: link to #%s, which is not there", row.Kind, link)
			}
		}
		if d.Form != content.FormSheet || !d.Date.IsZero() || len(r.links) == 0 {
			t.Errorf("%s: form %d, date %v, %d links", row.Kind, d.Form, d.Date, len(r.links))
		}
	}
}

func TestReadingCopyFaults(t *testing.T) {
	if _, err := library(t).ReadingCopy("letter"); err == nil {
		t.Error("a copy of an unknown text")
	}
	text, err := parse("x", []byte("# X\n\n{if=\"nowhere\"} A {nothing}.\n\n{{nobody}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	used := usesOf(text)
	err = used.check()
	for _, name := range []string{`condition "nowhere"`, "slot {nothing}", "slot {{nobody}}"} {
		if err == nil || !strings.Contains(err.Error(), name+" has no German words") {
			t.Errorf("words missing for %s: %v", name, err)
		}
	}
}
