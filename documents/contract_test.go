package documents_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	mention  = regexp.MustCompile(`\[((?:Test|[a-z])[A-Za-z ]*)\]`)
	testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(t `)
	partName = regexp.MustCompile(`"([a-z][a-z ]+)": ?test|\{"([a-z][a-z ]+)", test`)
)

// TestContracts holds the words of packages archive and ledger against the tests that they name: all of them are there, and every
// part of the conformance suite is named.
func TestContracts(t *testing.T) {
	tests, parts := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		suite := strings.HasPrefix(path, filepath.Join("archive", "archivetest"))
		if err != nil || filepath.Ext(path) != ".go" || !suite && !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range testFunc.FindAllStringSubmatch(string(b), -1) {
			tests[m[1]] = true
		}
		if suite {
			for _, m := range partName.FindAllStringSubmatch(string(b), -1) {
				parts[m[1]+m[2]] = true
			}
		}
		return err
	})
	if err != nil || len(parts) < 20 || len(tests) < 100 {
		t.Fatal(len(parts), len(tests), err)
	}
	words := strings.Join(append(promises(t, "archive"), promises(t, "ledger")...), " ")
	named := map[string]bool{}
	for _, m := range mention.FindAllStringSubmatch(words, -1) {
		if !tests[m[1]] && !parts[m[1]] {
			t.Errorf("there is no test and no part %q", m[1])
		}
		named[m[1]] = true
	}
	for p := range parts {
		if !named[p] {
			t.Errorf("the contract does not name the part %q", p)
		}
	}
}

// promises is the words of a package's doc.go.
func promises(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(name, "doc.go"))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(strings.ReplaceAll(string(b), "//", " "))
	if len(words) < 400 {
		t.Errorf("the contract of %s has %d words", name, len(words))
	}
	return words
}
