package decision

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

// printedTool is a row of testdata/matrix.txt: what was noted of a tool, written down apart from the catalogue.
type printedTool struct {
	names, subjects, data, sources []string
	fixed                          bool // ids that the interface fixes
	any                            Shows
	verdicts                       map[string]Shows
}

var verdicts = map[string]Shows{"J": Yes, "N": No, "D": Depends}

// matrix reads testdata/matrix.txt and the day on which it was noted.
func matrix(t *testing.T) (rows []*printedTool, day string) {
	t.Helper()
	text, err := os.ReadFile("testdata/matrix.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		verdict, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.HasPrefix(line, "#") || verdict == "":
		case strings.HasPrefix(line, "checked on "):
			day = strings.TrimSpace(strings.TrimPrefix(line, "checked on "))
		case strings.HasPrefix(line, "  "):
			rows[len(rows)-1].add(t, verdict, names)
		case verdict == "fixed":
			rows = append(rows, &printedTool{names: []string{names}, fixed: true, verdicts: map[string]Shows{}})
		default:
			cells := strings.Split(strings.TrimSpace(line), " | ")
			if len(cells) != 4 {
				t.Fatalf("matrix.txt: %q", line)
			}
			r := &printedTool{names: strings.Split(cells[0], ", "), subjects: strings.Fields(cells[1]), data: strings.Fields(cells[2])}
			r.sources, r.verdicts = strings.Fields(cells[3]), map[string]Shows{}
			if cells[2] == "all" {
				r.data = DataCodes
			}
			rows = append(rows, r)
		}
	}
	return rows, day
}

func (r *printedTool) add(t *testing.T, verdict, names string) {
	t.Helper()
	shows, ok := verdicts[verdict]
	if !ok {
		t.Fatalf("matrix.txt: verdict %q", verdict)
	}
	for name := range strings.SplitSeq(names, ", ") {
		if name == "any" {
			r.any = shows
			continue
		}
		r.verdicts[name] = shows
	}
}

// spellings are ways in which people and tools write a name.
var spellings = []func(string) string{
	func(s string) string { return s },
	strings.ToUpper,
	func(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "_")) },
	func(s string) string { return " " + strings.ReplaceAll(strings.ReplaceAll(s, "-", " "), " ", "-") },
	func(s string) string { return strings.NewReplacer("ä", "ae", "ü", "ue", "ö", "oe").Replace(s) },
}

// TestCatalogueHoldsTheMatrix walks every printed name in every spelling through the three answers of the caller.
func TestCatalogueHoldsTheMatrix(t *testing.T) {
	yes, no := true, false
	rows, _ := matrix(t)
	for _, r := range rows {
		for name, want := range r.verdicts {
			for i, spell := range spellings {
				a := engagement.Access{Tool: spell(r.names[i%len(r.names)]), Permissions: []string{spell(name)}}
				s := Look(a)
				if !s.Known || s.Shows != want || len(s.Permissions) != 1 || !s.Permissions[0].Known {
					t.Errorf("%q %q: %+v, want %s", a.Tool, a.Permissions, s, want)
				}
				truth(t, a, want != No, want == Depends)
				a.CustomerData = &yes
				truth(t, a, true, false)
				a.CustomerData = &no
				truth(t, a, false, false)
			}
		}
	}
}

// TestMatrixAndCatalogueAgreeOnTools: every tool with its persons, data, sources and day. A tool that was added later
// is one row of the catalogue and needs none here.
func TestMatrixAndCatalogueAgreeOnTools(t *testing.T) {
	rows, day := matrix(t)
	ref := regexp.MustCompile(`\b(S\d+|k): `)
	for _, r := range rows {
		for _, name := range r.names {
			tool, ok := Find(name)
			if !ok {
				t.Errorf("%s is not in the catalogue", name)
				continue
			}
			if r.fixed {
				continue
			}
			sameCodes(t, tool.ID+" persons", tool.Subjects, r.subjects)
			sameCodes(t, tool.ID+" data", tool.Data, r.data)
			var sources []string
			for _, m := range ref.FindAllStringSubmatch(tool.Source, -1) {
				sources = append(sources, m[1])
			}
			if !slices.Equal(sources, r.sources) || tool.CheckedOn != day || tool.Basis != basisOf(sources) {
				t.Errorf("%s: %q (%s), checked on %s; want %v, %s", tool.ID, tool.Source, tool.Basis, tool.CheckedOn, r.sources, day)
			}
		}
	}
}

// basisOf: k is general knowledge, everything else was read.
func basisOf(sources []string) Basis {
	known := slices.Contains(sources, "k")
	switch {
	case known && len(sources) == 1:
		return Known
	case known:
		return Mixed
	}
	return Inferred
}

func sameCodes(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestNothingIsInferredSilently: a permission that the matrix does not print says so, and is never one that shows
// nothing, unless the interface fixes it.
func TestNothingIsInferredSilently(t *testing.T) {
	rows, _ := matrix(t)
	printed, fixed := map[*Permission]bool{}, map[*Permission]bool{}
	noted, anything := map[string]bool{}, map[string]Shows{}
	for _, r := range rows {
		for _, name := range r.names {
			tool, _ := Find(name)
			noted[tool.ID] = true
			for permission := range r.verdicts {
				p, _ := tool.Permission(permission)
				printed[p], fixed[p] = printed[p] || !r.fixed, fixed[p] || r.fixed
			}
			if r.any != "" {
				anything[tool.ID] = r.any
			}
		}
	}
	for _, tool := range theCatalogue().Tools {
		if !noted[tool.ID] {
			continue
		}
		for i := range tool.Permissions {
			p := &tool.Permissions[i]
			where := tool.ID + "/" + p.ID
			if want, all := anything[tool.ID]; all && p.Shows != want {
				t.Errorf("%s shows %s, the matrix has %s for all", where, p.Shows, want)
			} else if !all && (p.Basis == Assumed) == printed[p] {
				t.Errorf("%s: printed %v, basis %q", where, printed[p], p.Basis)
			}
			if p.Basis == Assumed && p.Shows == No && !fixed[p] || p.Basis == Verify && p.Shows != No {
				t.Errorf("%s: basis %s, shows %s", where, p.Basis, p.Shows)
			}
		}
	}
}
