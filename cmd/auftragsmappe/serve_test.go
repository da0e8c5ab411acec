package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
)

// output is what a running program writes.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// program is a running serve.
type program struct {
	url            string
	stdout, stderr output
	stop           context.CancelFunc
	code           chan int
}

// startServe runs serve on a port that the system chooses and waits until it listens.
func startServe(t *testing.T, terminal bool, environ ...string) *program {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	p := &program{stop: stop, code: make(chan int, 1)}
	go func() {
		p.code <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, process{environ: environ, stdout: &p.stdout, stderr: &p.stderr, terminal: terminal})
	}()
	t.Cleanup(stop)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for line := range strings.Lines(p.stderr.String()) {
			var entry struct{ Msg, URL string }
			if json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "listening" {
				p.url = entry.URL
				return p
			}
		}
		if len(p.code) > 0 {
			break
		}
	}
	t.Fatal("does not listen: ", p.stderr.String())
	return nil
}

// end stops the program and returns its exit code.
func (p *program) end(t *testing.T) int {
	t.Helper()
	p.stop()
	select {
	case code := <-p.code:
		return code
	case <-time.After(20 * time.Second):
		t.Fatal("does not end")
		return -1
	}
}

func (p *program) request(t *testing.T, key string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, p.url+"/v1/engagements", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	return r
}

func manifestOf(t *testing.T, answer *http.Response) *documents.Manifest {
	t.Helper()
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var m documents.Manifest
	if err := json.Unmarshal(b, &m); err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.Status, err, string(b))
	}
	return &m
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(url, answer.Status, err)
	}
	return b
}

// A key made beside a running service works at once; what render issued is found by POST, with the same bytes.
func TestServe(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	env := "AUFTRAGSMAPPE_DATA=" + data
	p := startServe(t, false, env)
	if !strings.Contains(p.stderr.String(), "keys add NAME") || p.stdout.String() != "" {
		t.Error("without a terminal there is a hint and no key:", p.stderr.String(), p.stdout.String())
	}
	code, key, stderr := invoke(t, data, "keys", "add", "default")
	if code != exitOK || strings.Count(key, "\n") != 1 {
		t.Fatal(code, key, stderr)
	}
	if code, _, stderr := invoke(t, data, "keys", "add", "default"); code != exitUsage || !strings.Contains(stderr, "gibt es schon") {
		t.Error(code, stderr)
	}
	invoke(t, data, "render", examples+"launch.json", "-o", dir)
	answer, err := http.DefaultClient.Do(p.request(t, strings.TrimSpace(key), bytes.NewReader(read(t, examples, "launch.json"))))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("render and POST are calls of the same engagement")
	}
	m := manifestOf(t, answer)
	for _, d := range m.Documents {
		if !strings.HasPrefix(d.URL, p.url+"/v1/documents/") || !bytes.Equal(get(t, d.URL), read(t, dir, string(d.Kind)+".pdf")) {
			t.Error("not what render has written:", d.URL)
		}
	}
	if code := p.end(t); code != exitOK {
		t.Error(code)
	}
	if strings.Contains(p.stderr.String(), strings.TrimSpace(key)) || strings.Contains(p.stderr.String(), "Hoffmann") {
		t.Error("the log has a key or a name")
	}
	// URLs do not die with the process, and follow the public base.
	p = startServe(t, false, env, "AUFTRAGSMAPPE_URL=https://mappe.example/")
	if p.url != "https://mappe.example" {
		t.Fatal(p.url)
	}
	p.end(t)
}

// On an empty store a first key is shown to a person, once, and works.
func TestFirstKey(t *testing.T) {
	env := "AUFTRAGSMAPPE_DATA=" + t.TempDir()
	p := startServe(t, true, env)
	key := ""
	for _, word := range strings.Fields(p.stdout.String()) {
		if strings.HasPrefix(word, "am_") {
			key = word
		}
	}
	if key == "" || strings.Contains(p.stderr.String(), key) {
		t.Fatal(p.stdout.String(), p.stderr.String())
	}
	answer, err := http.DefaultClient.Do(p.request(t, key, bytes.NewReader(read(t, examples, "nur-angebot.json"))))
	if err != nil {
		t.Fatal(err)
	}
	if m := manifestOf(t, answer); m.OfferURL == "" {
		t.Error("no URL")
	}
	p.end(t)
	p = startServe(t, true, env)
	if out := p.stdout.String(); out != "" {
		t.Error("shown again:", out)
	}
	p.end(t)
}

// The bootstrap key works, is not shown, and does not replace one that is there.
func TestBootstrapKey(t *testing.T) {
	data := "AUFTRAGSMAPPE_DATA=" + t.TempDir()
	first, second := strings.Repeat("a1!~", 8), strings.Repeat("b2_.", 8)
	for _, c := range []struct {
		key, valid string
		warns      bool
	}{{first, first, false}, {first, first, false}, {second, first, true}} {
		p := startServe(t, true, data, "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+c.key)
		answer, err := http.DefaultClient.Do(p.request(t, c.valid, bytes.NewReader(read(t, examples, "nur-angebot.json"))))
		if err != nil {
			t.Fatal(err)
		}
		manifestOf(t, answer)
		p.end(t)
		log := p.stderr.String()
		if strings.Contains(log, "BOOTSTRAP_KEY is ignored") != c.warns || strings.Contains(log, c.key) || p.stdout.String() != "" {
			t.Error(log, p.stdout.String())
		}
	}
}

// A request that runs when the service is told to stop is answered.
func TestGracefulShutdown(t *testing.T) {
	key := strings.Repeat("k", 32)
	p := startServe(t, false, "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+key)
	body := read(t, examples, "newsletter.json")
	reader, writer := io.Pipe()
	answered := make(chan *http.Response, 1)
	go func() {
		answer, err := http.DefaultClient.Do(p.request(t, key, reader))
		if err != nil {
			t.Error(err)
		}
		answered <- answer
	}()
	if _, err := writer.Write(body[:100]); err != nil { // the service has begun to read
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	p.stop()
	time.Sleep(50 * time.Millisecond)
	if len(p.code) > 0 {
		t.Fatal("did not wait for the request")
	}
	if _, err := writer.Write(body[100:]); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if answer := <-answered; answer != nil {
		manifestOf(t, answer)
	}
	if code := p.end(t); code != exitOK {
		t.Error(code, p.stderr.String())
	}
	if _, err := http.Get(p.url + "/healthz"); err == nil {
		t.Error("still serves")
	}
}

// The preview serves its page and its documents.
func TestPreviewPages(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var stdout, stderr output
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"preview", "--addr", "127.0.0.1:0", examples + "nur-angebot.json"}, process{stdout: &stdout, stderr: &stderr})
	}()
	defer stop()
	url := ""
	for deadline := time.Now().Add(20 * time.Second); url == "" && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, word := range strings.Fields(stdout.String()) {
			if strings.HasPrefix(word, "http://") {
				url = word
			}
		}
	}
	if page := get(t, url+"/"); !bytes.Contains(page, []byte(`data="nur-angebot/offer.pdf"`)) {
		t.Error(string(page))
	}
	if pdf := get(t, url+"/nur-angebot/offer.pdf"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error("no PDF")
	}
	answer, err := http.Get(url + "/nur-angebot/avv.pdf")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound {
		t.Error(answer.Status)
	}
	stop()
	if c := <-code; c != exitOK {
		t.Error(c, stderr.String())
	}
}

func TestIsTerminal(t *testing.T) {
	for _, name := range []string{os.DevNull, "serve_test.go"} {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if isTerminal(f) {
			t.Error(name, "is read by nobody")
		}
		f.Close()
	}
}
