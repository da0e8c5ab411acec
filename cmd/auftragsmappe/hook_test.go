package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sent is what a hook answers to a form that says nothing: 422 with a valid key.
func (p *program) sent(t *testing.T, path string) int {
	t.Helper()
	answer, err := http.DefaultClient.Post(p.url+path, "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// A hook key is shown as an address, works there and nowhere else, and can be revoked.
func TestHookKeys(t *testing.T) {
	data := t.TempDir()
	p := startServe(t, false, "AUFTRAGSMAPPE_DATA="+data)
	run := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := invoke(t, data, append([]string{"keys"}, args...)...)
		if code != exitOK || stderr != "" {
			t.Fatal(args, code, stdout, stderr)
		}
		return stdout
	}
	run("add", "jana")
	address := run("add", "formular", "--hook")
	found := regexp.MustCompile(`^http://127\.0\.0\.1:8080(/v1/hooks/engagement\?key=(am_[a-z2-7]{32}))\n$`).FindStringSubmatch(address)
	if found == nil {
		t.Fatal(address)
	}
	path, key := found[1], found[2]
	if got := p.sent(t, path); got != http.StatusUnprocessableEntity {
		t.Error(got)
	}
	if got := p.status(t, key); got != http.StatusUnauthorized {
		t.Error("elsewhere:", got)
	}
	secret := filepath.Join(t.TempDir(), "geheimnis")
	if err := os.WriteFile(secret, []byte(" s3cret \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	signed := run("add", "tally", "--hook", "--tenant", "jana", "--secret-file", secret, "--url", "https://mappe.example/")
	if !regexp.MustCompile(`^https://mappe\.example/v1/hooks/tally\?key=am_[a-z2-7]{32}\n$`).MatchString(signed) {
		t.Error(signed)
	}
	list := run("list")
	for _, want := range []string{`jana +formular +\S+ +hook +gültig\n`, `jana +jana +\S+ +alle +gültig\n`, `jana +tally +\S+ +hook mit Signatur +gültig\n`} {
		if !regexp.MustCompile(want).MatchString(list) {
			t.Error(list)
		}
	}
	if got := p.sent(t, strings.TrimPrefix(strings.TrimSpace(signed), "https://mappe.example")); got != http.StatusUnauthorized {
		t.Error("without a signature:", got)
	}
	run("revoke", "formular", "--tenant", "jana")
	if got := p.sent(t, path); got != http.StatusUnauthorized {
		t.Error("revoked:", got)
	}
	p.end(t)
	for _, private := range []string{key, key[3:], "s3cret"} {
		if strings.Contains(p.stderr.String(), private) || strings.Contains(run("list"), private) {
			t.Errorf("%q is in the log or the list", private)
		}
	}
}

// A hook belongs to the only tenant; of several one has to be named.
func TestHookOwner(t *testing.T) {
	data := t.TempDir()
	list := func() string {
		_, stdout, _ := invoke(t, data, "keys", "list")
		return strings.Join(strings.Fields(stdout), " ")
	}
	add := func(args string) (int, string) {
		code, _, stderr := invoke(t, data, append([]string{"keys", "add"}, strings.Fields(args)...)...)
		return code, stderr
	}
	if code, _ := add("jana --hook"); code != exitOK || !strings.Contains(list(), "jana jana") {
		t.Error("on an empty store it makes its tenant", list())
	}
	if code, _ := add("zapier --hook"); code != exitOK || !strings.Contains(list(), "jana zapier") {
		t.Error("the only tenant", list())
	}
	add("marek")
	code, says := add("make --hook")
	if code != exitUsage || !strings.Contains(says, "--tenant jana oder --tenant marek") {
		t.Error(code, says)
	}
	invoke(t, data, "keys", "revoke", "marek")
	if code, says := add("make --hook"); code != exitOK || !strings.Contains(list(), "jana make") {
		t.Error("a tenant without a valid key does not count", says)
	}
}

func TestHookKeysRefuses(t *testing.T) {
	data := t.TempDir()
	invoke(t, data, "keys", "add", "jana")
	invoke(t, data, "keys", "add", "form", "--hook")
	empty := filepath.Join(t.TempDir(), "leer")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, says string }{
		{"list --hook", "--hook gehört zu keys add."},
		{"revoke form --hook", "--hook gehört zu keys add."},
		{"add b --secret x", "Bitte ergänzen Sie --hook."},
		{"add b --secret-file x", "Bitte ergänzen Sie --hook."},
		{"add b --hook --secret x --secret-file x", "nur eines von beiden"},
		{"add b --hook --secret-file /gibt/es/nicht", "Die Datei „/gibt/es/nicht“ lässt sich nicht lesen"},
		{"add b --hook --secret-file " + empty, "Das Geheimnis braucht 1 bis 500 Zeichen."},
		{"add b --hook --secret " + strings.Repeat("x", 501), "Das Geheimnis braucht 1 bis 500 Zeichen."},
		{"add b --hook --tenant jnaa", "Einen Mandanten „jnaa“ gibt es nicht."},
		{"add form --hook", "Einen Schlüssel „form“ gibt es schon. Bitte wählen Sie einen anderen Namen, oder widerrufen Sie ihn zuerst: auftragsmappe keys revoke form --tenant jana"},
		{"add b --hook --url mappe.example", "AUFTRAGSMAPPE_URL: "},
	} {
		code, stdout, stderr := invoke(t, data, append([]string{"keys"}, strings.Fields(c.args)...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("keys %s: %d %q %q", c.args, code, stdout, stderr)
		}
	}
}
