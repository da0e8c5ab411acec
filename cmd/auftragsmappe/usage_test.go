package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBadFiles(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "auftrag.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		file, begins string
		code         int
	}{
		{write("{\n \"a\": }"), "/ syntax: Zeile 2, Zeichen 7: ", exitInvalid},
		{write(""), "/ syntax: ", exitInvalid},
		{write("{} x"), "/ syntax: ", exitInvalid},
		{write(`"LAUNCH"`), "/ ", exitInvalid},
		{write(strings.Repeat(" ", 2<<20)), "/ too_large: ", exitInvalid},
		{filepath.Join(t.TempDir(), "fehlt.json"), "Die Datei „", exitUsage},
		{t.TempDir(), "Die Datei „", exitUsage},
	} {
		code, stdout, stderr := invoke(t, t.TempDir(), "decide", c.file)
		if code != c.code || stdout != "" || !strings.HasPrefix(stderr, c.begins) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("want %d %q, got %d %q", c.code, c.begins, code, stderr)
		}
	}
}

func TestUsage(t *testing.T) {
	launch := examples + "launch.json"
	for _, c := range []struct {
		environ string
		args    []string
		says    string
	}{
		{"", nil, "Aufruf:"},
		{"", []string{"rendr"}, "Den Befehl „rendr“ gibt es nicht."},
		{"", []string{"render"}, "genau eine Datei"},
		{"", []string{"render", launch, launch}, "genau eine Datei"},
		{"", []string{"render", launch, "-x"}, "Die Option „-x“ gibt es nicht.\nAufruf: auftragsmappe render AUFTRAG.json -o ORDNER"},
		{"", []string{"render", launch, "-o"}, "Die Option „-o“ braucht einen Wert.\n"},
		{"", []string{"backup", "dir:x", "--compare=ja"}, "Eine Option ist nicht verständlich: "},
		{"", []string{"keys", "add", "Über"}, "1 bis 40 Zeichen"},
		{"", []string{"serve", "jetzt"}, "keine weiteren Angaben"},
		{"", []string{"preview"}, "keine examples/*.json"},
		{"AUFTRAGSMAPPE_DTA=/tmp", []string{"decide", launch}, "AUFTRAGSMAPPE_DTA: "},
		{"AUFTRAGSMAPPE_RECORDS=s3:mappe/x", []string{"decide", launch}, "AUFTRAGSMAPPE_S3_ENDPOINT fehlt"},
		{"AUFTRAGSMAPPE_FILES=/srv/mappe", []string{"decide", launch}, "AUFTRAGSMAPPE_FILES: "},
		{"AUFTRAGSMAPPE_FILES=dir:", []string{"decide", launch}, "AUFTRAGSMAPPE_FILES: "},
		{"AUFTRAGSMAPPE_ADDR=8080", []string{"serve"}, "AUFTRAGSMAPPE_ADDR: "},
		{"AUFTRAGSMAPPE_ADDR=256.0.0.1:0", []string{"serve"}, "AUFTRAGSMAPPE_ADDR: Auf „256.0.0.1:0“ lässt sich nicht hören"},
		{"AUFTRAGSMAPPE_URL=mappe.example", []string{"serve"}, "AUFTRAGSMAPPE_URL: "},
		{"AUFTRAGSMAPPE_RATE=schnell", []string{"serve"}, "AUFTRAGSMAPPE_RATE: "},
		{"AUFTRAGSMAPPE_START=nein", []string{"serve"}, "AUFTRAGSMAPPE_START: "},
		{"AUFTRAGSMAPPE_URL=https://mappe.example/?a=b", []string{"serve"}, "AUFTRAGSMAPPE_URL: "},
		{"AUFTRAGSMAPPE_BOOTSTRAP_KEY=kurz", []string{"serve"}, "AUFTRAGSMAPPE_BOOTSTRAP_KEY: "},
		{"AUFTRAGSMAPPE_BOOTSTRAP_KEY=" + strings.Repeat("ä", 32), []string{"serve"}, "AUFTRAGSMAPPE_BOOTSTRAP_KEY: "},
	} {
		environ := []string{"AUFTRAGSMAPPE_DATA=" + t.TempDir(), "HOME=/nirgends", c.environ}
		code, stdout, stderr := invokeIn(t, environ, c.args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%q %q: want %q, got %d %q", c.environ, c.args, c.says, code, stderr)
		}
		if strings.Contains(stderr, "ää") || strings.Contains(stderr, "kurz") {
			t.Error("a key is shown:", stderr)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"-h"}} {
		if code, stdout, _ := invoke(t, t.TempDir(), args...); code != exitOK || !strings.Contains(stdout, "auftragsmappe render") {
			t.Error(args, code, stdout)
		}
	}
	code, stdout, _ := invoke(t, t.TempDir(), "serve", "--help")
	for _, want := range []string{"-addr", "-url", "-data", "AUFTRAGSMAPPE_BOOTSTRAP_KEY"} {
		if code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("%d: no %s in\n%s", code, want, stdout)
		}
	}
}

// Storage that cannot be opened is exit 3.
func TestStorage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "datei")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"render", examples + "launch.json", "-o", t.TempDir()}, {"keys", "add", "jana"}, {"serve"}} {
		if code, _, stderr := invoke(t, file, args...); code != exitFault || !strings.HasPrefix(stderr, "Der Speicher „"+file+"“ lässt sich nicht öffnen") {
			t.Error(args, code, stderr)
		}
	}
}
