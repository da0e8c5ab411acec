package texts

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/decision"
)

// TestLawIsCovered proves of all six kinds that no combination of the conditions leaves out what law.json wants of it.
func TestLawIsCovered(t *testing.T) {
	lib := library(t)
	proved := 0
	for kind, text := range lib.texts {
		for code, gap := range lawGaps(t, lib.law, text) {
			t.Errorf("%s.md: %s is covered by nothing under %s", kind, code, gap)
		}
		proved += len(wanted(lib.law, kind))
	}
	if proved < 100 {
		t.Errorf("only %d contents proved", proved)
	}
}

// wanted is the codes that a kind must cover.
func wanted(l *law, kind decision.Kind) []string {
	var out []string
	for i := range l.Items {
		if _, ok := l.Items[i].In[kind]; ok && l.Items[i].Duty != outsideItem {
			out = append(out, l.Items[i].Code)
		}
	}
	return out
}

// lawGaps is, by code, an assignment under which a wanted item is not in the document.
func lawGaps(t *testing.T, l *law, text *Text) map[string]string {
	t.Helper()
	kind := decision.Kind(text.Name)
	all, gaps := placesOf(text), map[string]string{}
	for _, code := range wanted(l, kind) {
		premise := parseCondition(premises[kind] + " " + l.item(code).In[kind])
		if gap := gapIn(t, all[code], premise); gap != "" {
			gaps[code] = gap
		}
	}
	return gaps
}

// source is a text as written.
func source(t *testing.T, kind decision.Kind) string {
	t.Helper()
	b, err := files.ReadFile(string(kind) + ".md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// with is the library with another text of one kind.
func with(t *testing.T, lib *Library, kind decision.Kind, md string) (*Library, *Text) {
	t.Helper()
	text, err := parse(string(kind), []byte(md))
	if err != nil {
		t.Fatal(err)
	}
	changed := *lib
	changed.texts = maps.Clone(lib.texts)
	changed.texts[kind] = text
	return &changed, text
}

// TestDroppedClauseIsFound drops, one after the other, each paragraph that covers something. Where nothing else covers the item,
// both the check at start and the proof must miss it.
func TestDroppedClauseIsFound(t *testing.T) {
	lib := library(t)
	covering := regexp.MustCompile(`covers="([^"]*)"`)
	found := 0
	for kind := range lib.texts {
		paragraphs := strings.Split(source(t, kind), "\n\n")
		for i, p := range paragraphs {
			var codes []string
			for _, m := range covering.FindAllStringSubmatch(p, -1) {
				codes = append(codes, strings.Fields(m[1])...)
			}
			if len(codes) == 0 || strings.HasPrefix(p, "#") {
				continue
			}
			changed, text := with(t, lib, kind, strings.Join(slices.Delete(slices.Clone(paragraphs), i, i+1), "\n\n"))
			gaps, err := lawGaps(t, lib.law, text), changed.checkLaw()
			for _, code := range codes {
				if _, wants := lib.law.item(code).In[kind]; len(placesOf(text)[code]) > 0 || !wants || lib.law.item(code).Duty == outsideItem {
					continue
				}
				if gaps[code] == "" || err == nil || !strings.Contains(err.Error(), code) {
					t.Errorf("%s.md: %s is gone and nobody notices: gap %q, %v", kind, code, gaps[code], err)
				}
				found++
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d dropped contents were looked at", found)
	}
}

// TestForgottenCoverIsFound takes each code out of all attributes of its text: what Go does not print itself must be missed.
func TestForgottenCoverIsFound(t *testing.T) {
	lib := library(t)
	for kind := range lib.texts {
		for _, code := range wanted(lib.law, kind) {
			changed, text := with(t, lib, kind, strings.NewReplacer(" "+code, "", code+" ", "", code, "").Replace(source(t, kind)))
			if len(placesOf(text)[code]) > 0 {
				continue // a part covers it
			}
			if gaps := lawGaps(t, lib.law, text); gaps[code] == "" {
				t.Errorf("%s.md: the proof does not miss %s", kind, code)
			}
			if err := changed.checkLaw(); err == nil || !strings.Contains(err.Error(), code) {
				t.Errorf("%s.md: the start does not miss %s: %v", kind, code, err)
			}
		}
	}
}

// TestConditionMakesAGap: a clause that has become conditional is found, with the case in which it is missing.
func TestConditionMakesAGap(t *testing.T) {
	lib := library(t)
	for _, c := range []struct {
		kind           decision.Kind
		code, old, new string
		missing        string
	}{
		{decision.AVV, "A17", `{covers="A17"}`, `{if="telegram" covers="A17"}`, "telegram:false"},
		{decision.AVV, "A18", `{if="!breach_hours"} {Dem`, `{if="!breach_hours measures"} {Dem`, ""}, // the list of the report still covers it
		{decision.AVV, "R14", `{if="secrecy !nda" covers="R14"}`, `{if="secrecy !nda telegram" covers="R14"}`, "nda:false"},
		{decision.Invoice, "U08", `{if="reverse_charge" covers="U08 I08"}`, `{if="reverse_charge due" covers="U08 I08"}`, "reverse_charge:true"},
		{decision.Invoice, "I08", `{if="reverse_charge" covers="U08 I08"}`, `{if="small_business" covers="U08 I08"}`, "reverse_charge:true"},
		{decision.Invoice, "U06", `{if="!has_start" covers="U06 I03"}`, `{if="!has_start due" covers="U06 I03"}`, "due:false"},
		{decision.Contract, "V07", `{#zeitliste covers="V07"}`, `{#zeitliste if="cap" covers="V07"}`, "hour_package:true"},
		{decision.Offer, "F17", `{#annahme covers="F17 E07"}`, `{#annahme if="sie" covers="F17 E07"}`, "du:true"},
		{decision.NDA, "N11", `{#berufsgeheimnis if="secrecy"`, `{#berufsgeheimnis if="secrecy nda_mutual"`, "nda_mutual:false"},
	} {
		md := source(t, c.kind)
		if !strings.Contains(md, c.old) {
			t.Errorf("%s.md does not have %s", c.kind, c.old)
		}
		_, text := with(t, lib, c.kind, strings.Replace(md, c.old, c.new, 1))
		if gap := lawGaps(t, lib.law, text)[c.code]; (c.missing == "") != (gap == "") || !strings.Contains(gap, c.missing) {
			t.Errorf("%s.md with %s: gap of %s is %q", c.kind, c.new, c.code, gap)
		}
	}
}

// TestEmptySectionCoversNothing: a heading whose slot may print nothing is dropped with it, so its covers do not count.
func TestEmptySectionCoversNothing(t *testing.T) {
	for md, want := range map[string]bool{
		"# T\n\n## H {covers=\"A01\"}\n\n{{avv_subjects}}":          false,
		"# T\n\n## H {covers=\"A01\"}\n\n{{avv_contacts}}":          true,
		"# T\n\n## H {covers=\"A01\"}\n\nSatz.":                     true,
		"# T\n\n## H {covers=\"A01\"}\n\n{if=\"measures\"} Satz.":   false,
		"# T\n\n## H {covers=\"A01\"}\n\n- {if=\"measures\"} Satz.": false,
		"# T\n\n## H {covers=\"A01\"}\n\n- Satz.":                   true,
		"# T\n\n## H {if=\"avv\" covers=\"A01\"}\n\nSatz.":          false,
	} {
		_, text := with(t, library(t), decision.AVV, md)
		if got := len(uncovered(t, text, []string{"A01"})) == 0; got != want {
			t.Errorf("%q covers: %v", md, got)
		}
	}
}

// TestFaultsOfTheLaw: each fault of law.json is an error that names the item.
func TestFaultsOfTheLaw(t *testing.T) {
	const good = `{"code":"A01","name":"n","duty":"mandatory","source":"s","state":"known","in":{"avv":""}}`
	if _, err := readLaw([]byte(`{"items":[` + good + `]}`)); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{
		`"A01"`: `"A1"`, `"n"`: `""`, `"mandatory"`: `"must"`, `"s",`: `"",`, `"known"`: `"known S1"`, `"avv"`: `"avw"`, `{"avv":""}`: `{"avv":"nowhere"}`,
		`"mandatory",`: `"outside",`, `"in"`: `"on"`, `"in":`: `"why":"x","in":`,
	} {
		changed := strings.Replace(good, old, bad, 1)
		if _, err := readLaw([]byte(`{"items":[` + changed + `]}`)); err == nil {
			t.Errorf("no error: %s", changed)
		}
	}
	if _, err := readLaw([]byte(`{"items":[` + good + `,` + good + `]}`)); err == nil {
		t.Error("no error of a code that stands twice")
	}
	if _, err := readLaw([]byte(`{"never":[{"name":"n","reason":"r","source":"s","state":"known","words":[]}]}`)); err == nil {
		t.Error("no error of a void clause without words")
	}
}

// TestUnknownCoversAreErrors: a code that the law does not know, or does not want in that kind.
func TestUnknownCoversAreErrors(t *testing.T) {
	lib := library(t)
	for _, bad := range []string{"A99", "U01"} {
		changed, _ := with(t, lib, decision.AVV, strings.Replace(source(t, decision.AVV), `covers="A17"`, `covers="A17 `+bad+`"`, 1))
		if err := changed.checkLaw(); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("covers %s: %v", bad, err)
		}
	}
}

// TestNoVoidClause holds every text, in all its variants at once, against what is never printed.
func TestNoVoidClause(t *testing.T) {
	lib := library(t)
	for kind := range lib.texts {
		if bad := saysVoid(lib.law, source(t, kind)); bad != "" {
			t.Errorf("%s.md says %s", kind, bad)
		}
	}
	for _, v := range lib.law.Never {
		for _, w := range v.Words {
			if saysVoid(lib.law, "Ein Satz: "+strings.ToUpper(w)+".") == "" {
				t.Errorf("%q is not found", w)
			}
		}
	}
}

func saysVoid(l *law, text string) string {
	lower := strings.ReplaceAll(strings.ToLower(text), "\u00a0", " ")
	for _, v := range l.Never {
		for _, w := range v.Words {
			if strings.Contains(lower, strings.ToLower(w)) {
				return fmt.Sprintf("%q: %s", w, v.Name)
			}
		}
	}
	return ""
}
