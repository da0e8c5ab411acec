package decision

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
)

const (
	page     = "../../docs/entscheidung.md"
	tableTop = "-update schreibt sie aus catalogue.json -->\n"
	tableEnd = "<!-- Ende der Tabelle -->"
)

// TestPageHasTheCatalogue: the table of the page for users is made from the catalogue, so that it cannot be stale.
func TestPageHasTheCatalogue(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(text), tableTop)
	_, after, ended := strings.Cut(rest, tableEnd)
	if !begun || !ended {
		t.Fatalf("%s has no place for the table", page)
	}
	golden(t, page, before+tableTop+toolTable()+tableEnd+after)
	for _, bad := range []string{"bzw.", "ggf.", "etc.", " usw."} {
		if strings.Contains(string(text), bad) {
			t.Errorf("%q on the page", bad)
		}
	}
}

// TestPageNamesWhatExists: the codes on the page are those of the program, and no rule is left out.
func TestPageNamesWhatExists(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range regexp.MustCompile("`([a-z]+_[a-z_]+)`").FindAllStringSubmatch(string(text), -1) {
		known := code[1] == "avv_required" || slices.ContainsFunc(warnings, func(w warning) bool { return w.code == code[1] })
		if !known {
			t.Errorf("no code %s", code[1])
		}
	}
	rows := regexp.MustCompile(`(?m)^\| R(\d+) \|`).FindAllString(string(text), -1)
	if len(rows) != 18 || rows[0] != "| R1 |" || rows[17] != "| R18 |" {
		t.Errorf("rules on the page: %q", rows)
	}
}

// toolTable is one row for each tool; neighbours that differ in nothing but their name share one.
func toolTable() string {
	var b strings.Builder
	b.WriteString("| Werkzeug | zeigt Daten: ja | kommt darauf an | nein | geprüft am | Quelle |\n| --- | --- | --- | --- | --- | --- |\n")
	tools := theCatalogue().Tools
	for i := 0; i < len(tools); {
		names, row := []string{tools[i].Name}, toolRow(&tools[i])
		for i++; i < len(tools) && toolRow(&tools[i]) == row; i++ {
			names = append(names, tools[i].Name)
		}
		b.WriteString("| " + strings.Join(names, ", ") + row)
	}
	return b.String()
}

func toolRow(tool *Tool) string {
	day, err := date.Parse(tool.CheckedOn)
	if err != nil {
		return err.Error()
	}
	source := regexp.MustCompile(`\b(S\d+|k): `).ReplaceAllString(tool.Source, "")
	return " | " + shown(tool, Yes) + " | " + shown(tool, Depends) + " | " + shown(tool, No) + " | " + de.ShortDate(day) + " | " + source + " |\n"
}

// shown are the German names of the permissions with an answer, marked where they rest on less than their tool.
func shown(tool *Tool, answer Shows) string {
	marks := map[Basis]string{Assumed: `\*`, Verify: `\*\*`}
	var out []string
	for _, p := range tool.Permissions {
		if p.Shows == answer {
			out = append(out, p.Name+marks[p.Basis])
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, ", ")
}
