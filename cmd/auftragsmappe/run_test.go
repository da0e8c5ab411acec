package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/engagement/engagementtest"
)

const examples = "../../examples/"

// invoke runs the program with its own store and returns exit code, stdout and stderr.
func invoke(t *testing.T, data string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return invokeIn(t, []string{"AUFTRAGSMAPPE_DATA=" + data}, args...)
}

func invokeIn(t *testing.T, environ []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(context.Background(), args, process{environ: environ, stdout: &out, stderr: &err})
	return code, out.String(), err.String()
}

// files are the names in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// engagementFile is an example after replacements in its text.
func engagementFile(t *testing.T, name string, oldNew ...string) string {
	t.Helper()
	text := string(read(t, examples, name))
	changed := strings.NewReplacer(oldNew...).Replace(text)
	if len(oldNew) > 0 && changed == text {
		t.Fatalf("%s has none of %q", name, oldNew)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// README's first command: six documents and their manifest.
func TestRender(t *testing.T) {
	data, dir := t.TempDir(), filepath.Join(t.TempDir(), "neu", "mappe")
	code, stdout, stderr := invoke(t, data, "render", examples+"launch.json", "-o", dir)
	if code != exitOK || stderr != "" {
		t.Fatal(code, stderr)
	}
	want := []string{"access_checklist.pdf", "avv.pdf", "contract.pdf", "invoice.pdf", "manifest.json", "nda.pdf", "offer.pdf"}
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Fatal(got)
	}
	if lines := strings.Fields(stdout); len(lines) != len(want) || lines[0] != filepath.Join(dir, "offer.pdf") {
		t.Error(stdout)
	}
	var m documents.Manifest
	if err := json.Unmarshal(read(t, dir, "manifest.json"), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Documents) != 6 || m.OfferURL != "" || m.InvoiceGross != "1850.00" || m.Status != "issued" {
		t.Errorf("%+v", m)
	}
	for _, d := range m.Documents {
		pdf := read(t, dir, d.File)
		sum := sha256.Sum256(pdf)
		if !bytes.HasPrefix(pdf, []byte("%PDF-1.7")) || d.SHA256 != hex.EncodeToString(sum[:]) || d.Bytes != len(pdf) || d.Pages == 0 || d.URL != "" {
			t.Errorf("%+v: %d bytes", d, len(pdf))
		}
	}
}

// The same engagement again gives the same files and numbers; an edited one under its reference is refused.
func TestRenderAgain(t *testing.T) {
	data, first, second := t.TempDir(), t.TempDir(), t.TempDir()
	invoke(t, data, "render", examples+"launch.json", "-o", first)
	invoke(t, data, "render", examples+"launch.json", "-o", second)
	for _, name := range files(t, first) {
		if !bytes.Equal(read(t, first, name), read(t, second, name)) {
			t.Errorf("%s differs", name)
		}
	}
	edited := engagementFile(t, "launch.json", `"Köln"`, `"Bonn"`, `"7"`, `"9"`)
	third := filepath.Join(t.TempDir(), "mappe")
	code, _, stderr := invoke(t, data, "render", edited, "-o", third)
	if code != exitInvalid || !strings.HasPrefix(stderr, "/client/address/city reference_changed: ") {
		t.Error(code, stderr)
	}
	if _, err := os.Stat(third); !os.IsNotExist(err) {
		t.Error("a refused call has written", err)
	}
	loose := engagementFile(t, "launch.json", `"reference": "LAUNCH-2026-07",`, "", `"Köln"`, `"Bonn"`)
	code, _, stderr = invoke(t, data, "render", loose, "-o", third)
	if code != exitOK || !strings.Contains(string(read(t, third, "manifest.json")), "AN-2026-0002") {
		t.Error("an engagement without a reference is a new one", code, stderr)
	}
}

// Files of an earlier run are replaced, those that do not apply any more are taken away, others stay.
func TestRenderReplaces(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notiz.txt"), []byte("bleibt"), 0o600); err != nil {
		t.Fatal(err)
	}
	invoke(t, t.TempDir(), "render", examples+"launch.json", "-o", dir)
	if code, _, stderr := invoke(t, t.TempDir(), "render", examples+"nur-angebot.json", "-o", dir); code != exitOK {
		t.Fatal(code, stderr)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"manifest.json", "notiz.txt", "offer.pdf"}) {
		t.Error(got)
	}
}

// A folder that cannot be written is exit 3, and what was in it stays as it was.
func TestRenderCannotWrite(t *testing.T) {
	dir := t.TempDir()
	invoke(t, t.TempDir(), "render", examples+"nur-angebot.json", "-o", dir)
	before := read(t, dir, "offer.pdf")
	if err := os.Mkdir(filepath.Join(dir, "contract.pdf"), 0o700); err != nil { // in the way of a file
		t.Fatal(err)
	}
	code, _, stderr := invoke(t, t.TempDir(), "render", examples+"launch.json", "-o", filepath.Join(dir, "offer.pdf"))
	if code != exitFault || !strings.Contains(stderr, "lassen sich nicht nach") {
		t.Error(code, stderr)
	}
	if !bytes.Equal(before, read(t, dir, "offer.pdf")) {
		t.Error("offer.pdf has changed")
	}
	code, _, _ = invoke(t, t.TempDir(), "render", examples+"launch.json", "-o", dir)
	if code != exitFault {
		t.Error("a folder in the way:", code)
	}
	for _, name := range files(t, dir) {
		if strings.HasPrefix(name, ".mappe-") {
			t.Error("left behind:", name)
		}
	}
}

// An invalid engagement is exit 1 with one line for each violation; nothing is written, not even a store.
func TestRenderInvalid(t *testing.T) {
	bad := engagementFile(t, "launch.json", `"50674"`, `"5067"`, `"2027-01-31"`, `"2026-02-30"`, `"1490.00"`, `"-5"`, `Lena Hoffmann"`, `Lena 漢"`)
	data, dir := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "mappe")
	code, stdout, stderr := invoke(t, data, "render", bad, "-o", dir)
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if code != exitInvalid || stdout != "" || len(lines) != 4 {
		t.Fatal(code, stdout, stderr)
	}
	for _, want := range []string{"/client/address/postal_code postal_code: ", "/term/end ", "/pricing/items/0/unit_price ", "/client/name character: "} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
			t.Errorf("no line begins with %q:\n%s", want, stderr)
		}
	}
	for _, path := range []string{data, dir} {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Error("written:", path, err)
		}
	}
}

func TestDecide(t *testing.T) {
	code, stdout, stderr := invoke(t, t.TempDir(), "decide", examples+"nur-angebot.json")
	lines := strings.Split(stdout, "\n")
	if code != exitOK || stderr != "" || !strings.HasPrefix(lines[0], "ja    Angebot                       ") || !strings.HasPrefix(lines[1], "nein  Vertrag über freie Mitarbeit  ") {
		t.Error(code, stdout, stderr)
	}
	code, stdout, _ = invoke(t, t.TempDir(), "decide", "--json", examples+"launch.json")
	var d decided
	if err := json.Unmarshal([]byte(stdout), &d); err != nil || code != exitOK {
		t.Fatal(code, err)
	}
	if len(d.Decision) != 6 || !d.AVVRequired || !strings.Contains(d.AVVReason, "Digistore24") || d.Notices == nil {
		t.Errorf("%+v", d)
	}
	for _, n := range d.Decision {
		if n.Reason == "" || n.Rule == "" {
			t.Errorf("%+v", n)
		}
	}
}

// Records and Files can be told apart.
func TestTwoStores(t *testing.T) {
	records, store := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "f")
	environ := []string{"AUFTRAGSMAPPE_RECORDS=dir:" + records, "AUFTRAGSMAPPE_FILES=dir:" + store}
	if code, _, stderr := invokeIn(t, environ, "render", examples+"nur-angebot.json", "-o", t.TempDir()); code != exitOK {
		t.Fatal(code, stderr)
	}
	for _, c := range []struct {
		root, pattern string
		want          int
	}{
		{records, "t/default/e/*/*.json", 2}, {records, "t/default/f/*/*", 0},
		{store, "t/default/f/*/*-offer.pdf", 1}, {store, "t/default/e/*/*", 0},
	} {
		if got, _ := filepath.Glob(filepath.Join(c.root, c.pattern)); len(got) != c.want {
			t.Errorf("%s: %q, want %d", c.pattern, got, c.want)
		}
	}
}

func TestFlagsAfterArguments(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"render", "-o", dir, examples + "nur-angebot.json"},
		{"render", examples + "nur-angebot.json", "--o=" + dir},
		{"render", "-o", dir, "--", examples + "nur-angebot.json"},
	} {
		if code, _, stderr := invoke(t, t.TempDir(), args...); code != exitOK {
			t.Error(args, code, stderr)
		}
	}
}

func TestPreview(t *testing.T) {
	dir := t.TempDir()
	code, stdout, stderr := invoke(t, t.TempDir(), "preview", "--out", dir, examples+"launch.json", examples+"newsletter.json")
	if code != exitOK || strings.TrimSpace(stdout) != filepath.Join(dir, "index.html") {
		t.Fatal(code, stdout, stderr)
	}
	page := string(read(t, dir, "index.html"))
	for _, path := range []string{"launch/offer.pdf", "launch/invoice.pdf", "newsletter/avv.pdf"} {
		if !strings.Contains(page, `data="`+path+`"`) || !bytes.HasPrefix(read(t, dir, path), []byte("%PDF-")) {
			t.Error("not shown:", path)
		}
	}
	for _, want := range []string{"Technische Begleitung des Launchs", "nein</td>", "Hinweis: ", "ActiveCampaign"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	code, _, stderr = invoke(t, t.TempDir(), "preview", "--out", dir, engagementFile(t, "launch.json", `"Köln"`, `""`))
	if code != exitInvalid || !strings.Contains(stderr, "/client/address/city") {
		t.Error(code, stderr)
	}
}

// Every example and many made-up engagements go through the whole program.
func TestEveryEngagement(t *testing.T) {
	names, err := filepath.Glob(examples + "*.json")
	if err != nil || len(names) < 10 {
		t.Fatal(len(names), err)
	}
	made := t.TempDir()
	for n := range 12 {
		name := filepath.Join(made, "erzeugt-"+string(rune('a'+n))+".json")
		if err := os.WriteFile(name, engagementtest.Generate(n), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	data := t.TempDir()
	for _, name := range names {
		dir := t.TempDir()
		if code, _, stderr := invoke(t, data, "render", name, "-o", dir); code != exitOK {
			t.Errorf("%s: %d %s", name, code, stderr)
			continue
		}
		var m documents.Manifest
		if err := json.Unmarshal(read(t, dir, "manifest.json"), &m); err != nil || len(m.Documents)+1 != len(files(t, dir)) {
			t.Error(name, err, files(t, dir))
		}
	}
}
