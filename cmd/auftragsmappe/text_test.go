package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/decision"
)

// A text goes into the file that -o names, folders made; stdout says where it is.
func TestText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "neu", "Vertrag zum Lesen.pdf")
	code, stdout, stderr := invoke(t, t.TempDir(), "text", "contract", "-o", file)
	if code != exitOK || stderr != "" || stdout != file+"\n" {
		t.Fatal(code, stdout, stderr)
	}
	if b := read(t, filepath.Dir(file), filepath.Base(file)); !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Errorf("no PDF: %.20q", b)
	}
	if got := files(t, filepath.Dir(file)); len(got) != 1 {
		t.Error("other files are left:", got)
	}
}

// Without -o the files are named after their texts, in the present folder.
func TestTextWithoutFile(t *testing.T) {
	t.Chdir(t.TempDir())
	code, stdout, stderr := invoke(t, t.TempDir(), "text", "nda")
	if got := files(t, "."); code != exitOK || stderr != "" || stdout != "lesefassung-nda.pdf\n" || !slices.Equal(got, []string{"lesefassung-nda.pdf"}) {
		t.Error(code, stdout, stderr, got)
	}
}

// -o may also name a folder for one text.
func TestTextIntoFolder(t *testing.T) {
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "neu") + string(filepath.Separator)} {
		code, stdout, stderr := invoke(t, t.TempDir(), "text", "nda", "-o", dir)
		if got := files(t, dir); code != exitOK || stderr != "" || stdout != filepath.Join(dir, got[0])+"\n" || !slices.Equal(got, []string{"lesefassung-nda.pdf"}) {
			t.Error(code, stdout, stderr, got)
		}
	}
}

func TestAllTexts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lesefassung")
	code, stdout, stderr := invoke(t, t.TempDir(), "text", "all", "-o", dir)
	if code != exitOK || stderr != "" || strings.Count(stdout, "\n") != len(decision.Kinds) {
		t.Fatal(code, stdout, stderr)
	}
	for _, row := range decision.Kinds {
		if b := read(t, dir, "lesefassung-"+string(row.Kind)+".pdf"); len(b) < 10_000 {
			t.Errorf("%s: %d bytes", row.Kind, len(b))
		}
	}
}

// --txt writes no file and touches no store.
func TestTextAsText(t *testing.T) {
	data := t.TempDir()
	t.Chdir(t.TempDir())
	code, stdout, stderr := invoke(t, data, "text", "--txt", "avv")
	for _, want := range []string{"\nAuftragsverarbeitungsvertrag\n", "nur bei Arbeit im Homeoffice", "[Nummer des Vertrags]", "§ 12 Haftung und Schlussbestimmungen"} {
		if code != exitOK || stderr != "" || !strings.Contains(stdout, want) {
			t.Fatalf("%d %s: no %q in\n%.500s", code, stderr, want, stdout)
		}
	}
	if got := append(files(t, "."), files(t, data)...); len(got) != 0 {
		t.Error("files:", got)
	}
	if code, stdout, _ := invoke(t, data, "text", "all", "--txt"); code != exitOK || strings.Count(stdout, "\nPrüfvermerk\n") != len(decision.Kinds) {
		t.Error(code, strings.Count(stdout, "\nPrüfvermerk\n"))
	}
}

// --versions is what CI reads: three fields a line.
func TestTextVersions(t *testing.T) {
	code, stdout, stderr := invoke(t, t.TempDir(), "text", "--versions")
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	if code != exitOK || stderr != "" || len(lines) != len(decision.Kinds) {
		t.Fatal(code, stdout, stderr)
	}
	for i, row := range decision.Kinds {
		fields := strings.Split(lines[i], "\t")
		if len(fields) != 3 || fields[0] != string(row.Kind) || len(fields[1]) != 12 || fields[2] == "" {
			t.Errorf("line %q", lines[i])
		}
	}
	if code, one, _ := invoke(t, t.TempDir(), "text", "avv", "--versions"); code != exitOK || !strings.HasPrefix(one, "avv\t") || strings.Count(one, "\n") != 1 {
		t.Error(code, one)
	}
}

func TestTextUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "genau einen Text: offer (Angebot), contract (Vertrag über freie Mitarbeit), nda"},
		{[]string{"offer", "nda"}, "genau einen Text"},
		{[]string{"vertrag"}, "Den Text „vertrag“ gibt es nicht. Möglich sind: offer (Angebot)"},
		{[]string{"vertrag"}, "oder all (alle)."},
		{[]string{"nda", "--txt", "-o", "nda.txt"}, "-o passt nicht dazu"},
		{[]string{"nda", "--pdf"}, "Aufruf: auftragsmappe text "},
	} {
		code, stdout, stderr := invoke(t, t.TempDir(), append([]string{"text"}, c.args...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: want %q, got %d %q", c.args, c.says, code, stderr)
		}
	}
}

// A place that cannot be written is a fault that is named.
func TestTextUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "datei")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := invoke(t, t.TempDir(), "text", "nda", "-o", filepath.Join(file, "nda.pdf"))
	if code != exitFault || stdout != "" || !strings.Contains(stderr, "lässt sich nicht nach „"+file) {
		t.Error(code, stdout, stderr)
	}
}
