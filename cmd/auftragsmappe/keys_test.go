package main

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// status is what the service answers to a key.
func (p *program) status(t *testing.T, key string) int {
	t.Helper()
	answer, err := http.DefaultClient.Do(p.request(t, strings.TrimSpace(key), bytes.NewReader(read(t, examples, "nur-angebot.json"))))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// Keys are made and revoked beside a running service: each works, and stops working, at once.
func TestKeys(t *testing.T) {
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
	if out := run("list"); !strings.Contains(out, "noch keinen Schlüssel") {
		t.Error(out)
	}
	first, second, other := run("add", "jana"), run("add", "zapier", "--tenant", "jana"), run("add", "marek")
	for _, key := range []string{first, second, other} {
		if !regexp.MustCompile(`^am_[a-z2-7]{32}\n$`).MatchString(key) || p.status(t, key) >= 300 {
			t.Errorf("%q: %d", key, p.status(t, key))
		}
	}
	day := `\d{4}-\d\d-\d\d`
	table := `(?s)^MANDANT +NAME +ANGELEGT +RECHTE +ZUSTAND\njana +jana +` + day + ` +alle +gültig\njana +zapier +` + day + ` +alle +gültig\n`
	if out := run("list"); !regexp.MustCompile(table + `marek .*gültig\n$`).MatchString(out) {
		t.Error(out)
	}
	if out := run("list", "--tenant", "jana"); !regexp.MustCompile(table + `$`).MatchString(out) {
		t.Error(out)
	}
	if out := run("revoke", "zapier", "--tenant", "jana"); !strings.Contains(out, "„zapier“ des Mandanten „jana“ ist widerrufen") || strings.Contains(out, "letzte") {
		t.Error(out)
	}
	for key, want := range map[string]bool{first: true, second: false, other: true} {
		if got := p.status(t, key); (got < 300) != want || !want && got != http.StatusUnauthorized {
			t.Errorf("%d, want %v", got, want)
		}
	}
	if out := run("revoke", "jana"); !strings.Contains(out, "Es war der letzte") || !strings.Contains(out, "keys add NAME --tenant jana") {
		t.Error(out)
	}
	if out := run("revoke", "jana"); !strings.Contains(out, "war schon widerrufen") {
		t.Error(out)
	}
	again := run("add", "jana", "--tenant", "jana")
	if p.status(t, first) != http.StatusUnauthorized || p.status(t, again) >= 300 {
		t.Error("the name is used again, the key is not")
	}
	out := run("list")
	if !regexp.MustCompile(`jana +jana +`+day+` +alle +widerrufen am `+day+`\njana +jana +`+day+` +alle +gültig\njana +zapier .* widerrufen am `).MatchString(out) || strings.Contains(out, "am_") {
		t.Error(out)
	}
	p.end(t)
}

func TestKeysRefuses(t *testing.T) {
	data := t.TempDir()
	invoke(t, data, "keys", "add", "jana")
	for _, c := range []struct{ args, says string }{
		{"", "keys list [--tenant MANDANT]"},
		{"remove jana", "keys revoke NAME"},
		{"add", "keys add NAME"},
		{"add a b", "keys add NAME"},
		{"list a", "keys list"},
		{"revoke", "keys revoke NAME"},
		{"add Jana", "Der Name „Jana“ ist nicht möglich"},
		{"add a --tenant ../b", "Der Name „../b“ ist nicht möglich"},
		{"revoke a_b", "Der Name „a_b“ ist nicht möglich"},
		{"add jana", "widerrufen Sie ihn zuerst: auftragsmappe keys revoke jana\n"},
		{"add jana --tenant jana", "keys revoke jana\n"},
		{"add zapier --tenant jnaa", "Einen Mandanten „jnaa“ gibt es nicht."},
		{"list --tenant jnaa", "auftragsmappe keys add jnaa"},
		{"revoke zapier", "Einen Schlüssel „zapier“ des Mandanten „zapier“ gibt es nicht."},
		{"revoke zapier --tenant jana", "prüfen Sie die Namen mit keys list"},
	} {
		code, stdout, stderr := invoke(t, data, append([]string{"keys"}, strings.Fields(c.args)...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("keys %s: %d %q %q", c.args, code, stdout, stderr)
		}
	}
	invoke(t, data, "keys", "add", "zapier", "--tenant", "jana")
	if _, _, stderr := invoke(t, data, "keys", "add", "zapier", "--tenant", "jana"); !strings.Contains(stderr, "keys revoke zapier --tenant jana\n") {
		t.Error(stderr)
	}
}

// A bootstrap key that was revoked does not come back at the next start; another one can take its place.
func TestRevokedBootstrapKey(t *testing.T) {
	data := t.TempDir()
	env, old, next := "AUFTRAGSMAPPE_DATA="+data, strings.Repeat("o", 32), strings.Repeat("n", 32)
	p := startServe(t, false, env, "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+old)
	if p.status(t, old) >= 300 {
		t.Fatal("does not work")
	}
	if code, out, stderr := invoke(t, data, "keys", "revoke", "bootstrap", "--tenant", "default"); code != exitOK || p.status(t, old) != http.StatusUnauthorized {
		t.Fatal(code, out, stderr)
	}
	p.end(t)
	p = startServe(t, true, env, "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+old)
	if p.status(t, old) != http.StatusUnauthorized || !strings.Contains(p.stderr.String(), "this key was revoked") || p.stdout.String() != "" {
		t.Error("it came back", p.stderr.String())
	}
	p.end(t)
	p = startServe(t, false, env, "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+next)
	if p.status(t, next) >= 300 || p.status(t, old) != http.StatusUnauthorized {
		t.Error("the next one does not work", p.stderr.String())
	}
	p.end(t)
	p = startServe(t, true, env) // a store with keys, whatever their state, shows no first key
	if out := p.stdout.String(); out != "" {
		t.Error(out)
	}
	p.end(t)
}
