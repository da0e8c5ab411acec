package main

import (
	"encoding/json"
	"io"
	"net/http"
	neturl "net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"auftragsmappe/documents"
)

const docs = "../../docs/"

var (
	shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")
	curlWord   = regexp.MustCompile(`'[^']*'|[^\s']+`)
)

// curlCommands are the commands of a page that begin with curl, in its order.
func curlCommands(t *testing.T, dir, page string) []string {
	t.Helper()
	var all []string
	for _, m := range shellBlock.FindAllStringSubmatch(string(read(t, dir, page)), -1) {
		if strings.HasPrefix(m[1], "curl ") {
			all = append(all, strings.ReplaceAll(m[1], "\\\n", " "))
		}
	}
	return all
}

// curl sends what a command says. It knows what n8n's import knows, and nothing else, so that a page cannot use more.
func curl(t *testing.T, command string) (*http.Response, []byte) {
	t.Helper()
	method, url, header := http.MethodGet, "", http.Header{}
	var body []string
	words := curlWord.FindAllString(command, -1)
	for i := 1; i < len(words); i++ {
		word := strings.Trim(words[i], "'")
		switch word {
		case "-X", "-H", "-d", "-o", "--data-urlencode":
			i++
			value := strings.Trim(words[i], "'")
			switch word {
			case "-X":
				method = value
			case "-H":
				name, text, _ := strings.Cut(value, ": ")
				header.Set(name, text)
			case "-d":
				body = append(body, value)
			case "--data-urlencode":
				name, text, _ := strings.Cut(value, "=")
				body = append(body, name+"="+neturl.QueryEscape(text))
			}
		default:
			if url != "" || strings.HasPrefix(word, "-") {
				t.Fatalf("%q in %s", word, command)
			}
			url = word
		}
	}
	r, err := http.NewRequest(method, url, strings.NewReader(strings.Join(body, "&")))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, b
}

// Every command of docs/api.md works as it stands, in its order, and gives what the page says.
func TestAPIPage(t *testing.T) {
	key := strings.Repeat("k", 32)
	p := startServe(t, false, "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+key)
	var m documents.Manifest
	var list struct{ Data []documents.Manifest }
	manifest := func(b []byte) error { m = documents.Manifest{}; return json.Unmarshal(b, &m) }
	gives := []struct {
		status int
		holds  func(b []byte) bool
	}{
		{http.StatusOK, func(b []byte) bool { return strings.Contains(string(b), "Gartenweg 7") }},
		{http.StatusOK, func(b []byte) bool {
			return manifest(b) == nil && m.Status == "draft" && m.OfferURL == "" && len(m.Documents) == 1
		}},
		{http.StatusCreated, func(b []byte) bool {
			return manifest(b) == nil && m.Status == "issued" && m.OfferURL != "" && m.ContractURL == ""
		}},
		{http.StatusCreated, func(b []byte) bool {
			return manifest(b) == nil && m.OfferURL != "" && m.ContractURL != "" && m.NDAURL != "" && m.AVVURL != "" && m.AVVRequired &&
				m.AccessChecklistURL != "" && m.InvoiceGross == "490.00" && m.BundleURL != ""
		}},
		{http.StatusOK, func(b []byte) bool { return strings.HasPrefix(string(b), "%PDF-") }},
		{http.StatusOK, func(b []byte) bool { return strings.HasPrefix(string(b), "PK") }},
		{http.StatusOK, func(b []byte) bool {
			return json.Unmarshal(b, &list) == nil && len(list.Data) == 1 && list.Data[0].ID == m.ID
		}},
	}
	commands := curlCommands(t, docs, "api.md")
	if len(commands) != len(gives) {
		t.Fatalf("%d commands instead of %d", len(commands), len(gives))
	}
	for i, g := range gives {
		command := strings.NewReplacer("https://mappe.example", p.url, "SCHLUESSEL", key, "/ID/", "/"+m.ID+"/", "OFFER_URL", m.OfferURL).Replace(commands[i])
		answer, b := curl(t, command)
		if answer.StatusCode != g.status || !g.holds(b) {
			t.Errorf("%s\n%s\n%s", command, answer.Status, b)
		}
	}
}

var variableName = regexp.MustCompile(prefix + `[A-Z0-9_]+`)

// What the pages and the container's files call a variable is one that the program knows, and docs/betrieb.md names them all.
func TestVariablesAreKnown(t *testing.T) {
	known := map[string]bool{}
	for _, name := range names() {
		known[name] = true
	}
	for _, file := range []string{"../../README.md", "../../Dockerfile", "../../docker-compose.yml", "../../.env.example", docs + "betrieb.md", docs + "api.md", docs + "nocode.md"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range variableName.FindAllString(string(b), -1) {
			if !known[name] {
				t.Errorf("%s: there is no variable %s", file, name)
			}
		}
	}
	page := string(read(t, docs, "betrieb.md"))
	for name := range known {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("docs/betrieb.md does not name %s", name)
		}
	}
}
