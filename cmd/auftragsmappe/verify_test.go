package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	if code, _, stderr := invoke(t, data, "render", examples+"launch.json", "-o", dir); code != exitOK {
		t.Fatal(stderr)
	}
	offer := filepath.Join(dir, "offer.pdf")
	b := read(t, dir, "offer.pdf")
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"verify", offer}, exitOK, "unverändert, ausgestellt am"},
		{[]string{"verify", write("signed.pdf", append(append([]byte{}, b...), "%%EOF\n"...))}, exitOK, "danach ergänzt"},
		{[]string{"verify", write("changed.pdf", append([]byte("%PDF-1.4"), b[8:]...))}, exitInvalid, "weicht von der Datei ab"},
		{[]string{"verify", write("foreign.pdf", []byte("%PDF-1.4"))}, exitInvalid, "nicht ausgestellt"},
		{[]string{"verify"}, exitUsage, ""},
		{[]string{"verify", offer, offer}, exitUsage, ""},
		{[]string{"verify", filepath.Join(dir, "none.pdf")}, exitUsage, ""},
	} {
		code, stdout, stderr := invoke(t, data, c.args...)
		if code != c.code || !strings.Contains(stdout, c.says) || strings.Count(stdout, "\n") > 1 || (code == exitUsage) != (stderr != "") {
			t.Errorf("%v: %d %q %q", c.args, code, stdout, stderr)
		}
	}
}
