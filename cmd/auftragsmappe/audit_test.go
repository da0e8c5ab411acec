package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSealAndAudit(t *testing.T) {
	data := t.TempDir()
	if code, stdout, _ := invoke(t, data, "audit"); code != exitOK || !strings.Contains(stdout, "Aufträge: 0, ") {
		t.Fatalf("an empty store: %d %s", code, stdout)
	}
	if code, stdout, _ := invoke(t, data, "seal"); code != exitOK || !strings.Contains(stdout, "nichts zu versiegeln") {
		t.Fatalf("an empty store: %d %s", code, stdout)
	}
	if code, _, stderr := invoke(t, data, "render", examples+"launch.json", "-o", t.TempDir()); code != exitOK {
		t.Fatal(stderr)
	}
	if code, stdout, _ := invoke(t, data, "audit"); code != exitOK || !strings.Contains(stdout, "noch nicht versiegelt: 2") {
		t.Errorf("%d %s", code, stdout)
	}
	if code, stdout, _ := invoke(t, data, "seal"); code != exitOK || !strings.Contains(stdout, " default: 2 Ereignisse, SHA-256 ") {
		t.Errorf("%d %s", code, stdout)
	}
	if code, stdout, _ := invoke(t, data, "audit"); code != exitOK || !strings.Contains(stdout, "Mandanten: 1, Aufträge: 1, Ereignisse: 2 (noch nicht versiegelt: 0, offene Vorgänge: 0), Dokumente: 6 (Dateien ohne Dokument: 0), Nummern: 2 – alles wie geschrieben") {
		t.Errorf("%d %s", code, stdout)
	}
	damage(t, data)
	code, stdout, stderr := invoke(t, data, "audit")
	if code != exitInvalid || stderr != "" || strings.Count(stdout, "\n") != 2 || !strings.Contains(stdout, " file_changed: Die Datei Angebot-AN-") || !strings.Contains(stdout, " – Abweichungen: 1\n") {
		t.Errorf("%d %s %s", code, stdout, stderr)
	}
	missing := filepath.Join(t.TempDir(), "vertippt")
	for _, args := range [][]string{{"seal"}, {"audit"}, {"verify", examples + "launch.json"}} { // an empty store has no faults
		if code, stdout, stderr := invoke(t, missing, args...); code != exitFault || stdout != "" || !strings.Contains(stderr, "Den Ordner „"+missing+"“ gibt es nicht") {
			t.Errorf("%v: %d %s %s", args, code, stdout, stderr)
		}
		if _, err := os.Stat(missing); err == nil {
			t.Errorf("%v makes it", args)
		}
	}
	for _, command := range []string{"seal", "audit"} {
		if code, _, _ := invoke(t, data, command, "x"); code != exitUsage {
			t.Errorf("%s x: %d", command, code)
		}
	}
}

// damage changes a byte of the stored offer.
func damage(t *testing.T, data string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "-offer.pdf") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b[len(b)/2] ^= 1
		if err := os.Chmod(path, 0o600); err != nil { // it is kept: nobody changes it by mistake
			return err
		}
		return os.WriteFile(path, b, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}
