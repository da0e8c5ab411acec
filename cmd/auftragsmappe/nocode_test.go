package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/api/door"
	"auftragsmappe/documents"
)

const (
	nocode      = "../../examples/nocode/"
	placeholder = "https://mappe.example/v1/hooks/engagement?key=SCHLUESSEL" // the one thing to replace in all examples
)

// hookReply is what the examples use of an answer.
type hookReply struct {
	documents.Manifest
	Missing []door.Question
	Ignored []string
	Error   string
}

// guide is a service set up as docs/nocode.md says.
type guide struct {
	*program
	data, hook string
}

// newGuide does the steps of the page: the key, the details of the page as profile, the address of a hook.
func newGuide(t *testing.T) *guide {
	t.Helper()
	g := &guide{data: t.TempDir()}
	key := strings.TrimSpace(g.keys(t, "add jana"))
	g.program = startServe(t, false, "AUFTRAGSMAPPE_DATA="+g.data)
	block := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(read(t, docs, "nocode.md"))
	if block == nil {
		t.Fatal("docs/nocode.md has no details to fill in")
	}
	status, b := send(t, http.MethodPut, g.url+"/v1/profile", block[1], "Authorization", "Bearer "+key, "Content-Type", "application/json")
	if status != http.StatusOK {
		t.Fatalf("profile: %d %s", status, b)
	}
	g.hook = strings.TrimSpace(g.keys(t, "add formular --hook --url "+g.url))
	return g
}

func (g *guide) keys(t *testing.T, args string) string {
	t.Helper()
	code, stdout, stderr := invoke(t, g.data, append([]string{"keys"}, strings.Fields(args)...)...)
	if code != exitOK {
		t.Fatal(args, code, stderr)
	}
	return stdout
}

// send is one request; header is names and values by turns.
func send(t *testing.T, method, url string, body []byte, header ...string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, b.Bytes()
}

func hookReplyOf(t *testing.T, b []byte) *hookReply {
	t.Helper()
	r := &hookReply{}
	if err := json.Unmarshal(b, r); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	return r
}

// Every command of examples/nocode/curl.md works as it stands: four spellings of one offer, and one with questions.
func TestHookCommands(t *testing.T) {
	g := newGuide(t)
	commands := curlCommands(t, nocode, "curl.md")
	if len(commands) != 5 {
		t.Fatal(len(commands))
	}
	var first *hookReply
	for i, command := range commands {
		answer, b := curl(t, strings.ReplaceAll(command, placeholder, g.hook))
		r := hookReplyOf(t, b)
		switch {
		case i == 0:
			first = r
			if answer.StatusCode != http.StatusCreated || r.OfferURL == "" || r.ContractURL != "" || len(r.Ignored) > 0 {
				t.Errorf("%s\n%s\n%s", command, answer.Status, b)
			}
		case i < 4 && (answer.StatusCode != http.StatusCreated || r.OfferURL != first.OfferURL || len(r.Ignored) > 0):
			t.Errorf("not the same offer: %s\n%s\n%s", command, answer.Status, b)
		case i == 4 && (answer.StatusCode != http.StatusUnprocessableEntity || len(r.Missing) < 3 || r.Error == "" || len(r.Documents) > 0):
			t.Errorf("no questions: %s\n%s\n%s", command, answer.Status, b)
		}
	}
}

var zapierRow = regexp.MustCompile("(?m)^ *\\| `([a-z0-9_]+)` \\| (.+?) \\|$")

// The fields of the n8n form, of Make and of Zapier are understood, every one.
func TestToolFields(t *testing.T) {
	g := newGuide(t)
	values := map[string]string{}
	for _, m := range zapierRow.FindAllStringSubmatch(string(read(t, nocode, "zapier.md")), -1) {
		values[m[1]] = m[2]
	}
	g.understands(t, "zapier.md", values)
	g.understands(t, "n8n-angebot.json", formValues(t))
	var blueprint struct {
		Flow []struct {
			Mapper struct {
				Fields []struct{ Name string } `json:"urlEncodedBodyContent"`
			}
		}
	}
	if err := json.Unmarshal(read(t, nocode, "make-blueprint.json"), &blueprint); err != nil {
		t.Fatal(err)
	}
	fields := blueprint.Flow[1].Mapper.Fields
	if len(fields) != len(values) {
		t.Errorf("Make has %d fields, Zapier %d", len(fields), len(values))
	}
	for _, f := range fields {
		if values[f.Name] == "" {
			t.Errorf("Make: %q is not tried", f.Name)
		}
	}
}

// understands says that a draft comes of the fields, without a question, and that none is ignored.
func (g *guide) understands(t *testing.T, name string, values map[string]string) {
	t.Helper()
	body, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	status, b := send(t, http.MethodPost, g.hook+"&dry_run=true", body, "Content-Type", "application/json")
	r := hookReplyOf(t, b)
	if status != http.StatusOK || r.Status != "draft" || r.Stage != "offer" || len(r.Ignored) > 0 || len(values) < 10 {
		t.Errorf("%s: %d %s", name, status, b)
	}
}

// formValues fills in the n8n form: the first choice of every list, and what its placeholders suggest.
func formValues(t *testing.T) map[string]string {
	t.Helper()
	type field struct {
		FieldLabel, FieldType, Placeholder string
		FieldOptions                       struct{ Values []struct{ Option string } }
	}
	var workflow struct {
		Nodes []struct {
			Parameters struct{ FormFields struct{ Values []field } }
		}
	}
	if err := json.Unmarshal(read(t, nocode, "n8n-angebot.json"), &workflow); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{"Referenz": "N8N-1", "Kunde": "Kreativkurse Lena Hoffmann", "Beginn": "2027-01-11", "Ende": "2027-02-12",
		"Leistung 2 Titel": "Aufzeichnung schneiden", "Leistung 2 Preis": "120", "Tools": "Zoom", "Fassung": "1"}
	values := map[string]string{}
	for _, f := range workflow.Nodes[0].Parameters.FormFields.Values {
		value := f.Placeholder
		if given[f.FieldLabel] != "" {
			value = given[f.FieldLabel]
		} else if options := f.FieldOptions.Values; len(options) > 0 {
			value = options[0].Option
		}
		values[f.FieldLabel] = value
	}
	return values
}

// Tally's example is an offer at the hook that checks signatures, and nothing without one.
func TestTallyExample(t *testing.T) {
	g := newGuide(t)
	secret := filepath.Join(t.TempDir(), "geheimnis.txt")
	if err := os.WriteFile(secret, []byte("s3cret"), 0o600); err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(g.keys(t, "add tally --hook --secret-file "+secret+" --url "+g.url))
	body := read(t, nocode, "tally-beispiel.json")
	if status, b := send(t, http.MethodPost, address, body, "Content-Type", "application/json"); status != http.StatusUnauthorized {
		t.Errorf("unsigned: %d %s", status, b)
	}
	sum := hmac.New(sha256.New, []byte("s3cret"))
	sum.Write(body)
	status, b := send(t, http.MethodPost, address, body, "Content-Type", "application/json", "Tally-Signature", base64.StdEncoding.EncodeToString(sum.Sum(nil)))
	r := hookReplyOf(t, b)
	if status != http.StatusCreated || r.OfferURL == "" || r.ContractURL != "" {
		t.Errorf("%d %s", status, b)
	}
	for _, name := range r.Ignored {
		if !strings.HasPrefix(name, "data.") && !strings.HasPrefix(name, "Tools (") && !slices.Contains([]string{"eventId", "eventType", "createdAt"}, name) {
			t.Errorf("ignored: %s", name)
		}
	}
	for _, f := range regexp.MustCompile(`"label": "([^"(]+)"`).FindAllStringSubmatch(string(body), -1) {
		if !strings.Contains(string(read(t, nocode, "tally.md")), f[1]) {
			t.Errorf("tally.md does not have the question %q", f[1])
		}
	}
}
