package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

// s3Environ is the configuration of a program whose Records and Files are in S3.
func s3Environ(o s3.Options, more ...string) []string {
	return append([]string{
		"AUFTRAGSMAPPE_S3_ENDPOINT=" + o.Endpoint, "AUFTRAGSMAPPE_S3_ACCESS_KEY=" + o.AccessKey, "AUFTRAGSMAPPE_S3_SECRET_KEY=" + o.SecretKey,
	}, more...)
}

var anyS3 = s3.Options{Endpoint: "http://127.0.0.1:1", AccessKey: "zugang", SecretKey: "ganz-geheim"}

func TestStorageConfiguration(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "geheim")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	missing := filepath.Join(t.TempDir(), "fehlt")
	for _, c := range []struct {
		environ []string
		says    string // "" = valid
	}{
		{[]string{"RECORDS=dir:/srv/mappe", "FILES=dir:/srv/dateien"}, ""},
		{[]string{"RECORDS=s3:mappe", "S3_ENDPOINT=https://s3.example", "S3_ACCESS_KEY=a", "S3_SECRET_KEY=b"}, ""},
		{[]string{"FILES=s3:mappe/a/b/", "S3_ENDPOINT=http://127.0.0.1:9000/", "S3_REGION=de", "S3_ACCESS_KEY=a", "S3_SECRET_KEY_FILE=" + write("b\r\n")}, ""},
		{[]string{"BOOTSTRAP_KEY_FILE=" + write(strings.Repeat("k", 32)+"\n")}, ""},
		{[]string{"BOOTSTRAP_KEY_FILE=", "BOOTSTRAP_KEY="}, ""},
		{[]string{"RECORDS=s3:mappe"}, "AUFTRAGSMAPPE_S3_ENDPOINT fehlt: AUFTRAGSMAPPE_RECORDS legt in S3 ab."},
		{[]string{"FILES=s3:mappe", "S3_ENDPOINT=https://s3.example"}, "AUFTRAGSMAPPE_S3_ACCESS_KEY fehlt: AUFTRAGSMAPPE_FILES"},
		{[]string{"FILES=s3:mappe", "S3_ENDPOINT=https://s3.example", "S3_ACCESS_KEY=a"}, "AUFTRAGSMAPPE_S3_SECRET_KEY fehlt"},
		{[]string{"S3_ENDPOINT=s3.example"}, "AUFTRAGSMAPPE_S3_ENDPOINT: "},
		{[]string{"S3_ENDPOINT=https://u:kurz@s3.example"}, "AUFTRAGSMAPPE_S3_ENDPOINT: "},
		{[]string{"RECORDS=s3:"}, "AUFTRAGSMAPPE_RECORDS: „s3:“ ist kein Speicher"},
		{[]string{"RECORDS=s3:Mappe"}, "AUFTRAGSMAPPE_RECORDS: "},
		{[]string{"RECORDS=s3://mappe"}, "AUFTRAGSMAPPE_RECORDS: "},
		{[]string{"FILES=s3:mappe/ä"}, "AUFTRAGSMAPPE_FILES: "},
		{[]string{"FILES=s3:mappe//x"}, "AUFTRAGSMAPPE_FILES: "},
		{[]string{"FILES=ftp:mappe"}, "AUFTRAGSMAPPE_FILES: "},
		{[]string{"S3_SECRET_KEY=kurz", "S3_SECRET_KEY_FILE=" + write("kurz")}, "AUFTRAGSMAPPE_S3_SECRET_KEY und AUFTRAGSMAPPE_S3_SECRET_KEY_FILE: Bitte setzen Sie nur eine"},
		{[]string{"S3_ACCESS_KEY_FILE=" + missing}, "AUFTRAGSMAPPE_S3_ACCESS_KEY_FILE: Die Datei „" + missing + "“ lässt sich nicht lesen"},
		{[]string{"BOOTSTRAP_KEY_FILE=" + write("\n")}, "AUFTRAGSMAPPE_BOOTSTRAP_KEY_FILE: "},
		{[]string{"BOOTSTRAP_KEY_FILE=" + write(strings.Repeat("k", 32)+"\n\n")}, "AUFTRAGSMAPPE_BOOTSTRAP_KEY: "},
		{[]string{"URL_FILE=" + missing}, "AUFTRAGSMAPPE_URL_FILE: Diese Umgebungsvariable gibt es nicht."},
	} {
		environ := []string{"AUFTRAGSMAPPE_DATA=" + t.TempDir()}
		for _, e := range c.environ {
			environ = append(environ, prefix+e)
		}
		code, _, stderr := invokeIn(t, environ, "decide", examples+"launch.json")
		if want := map[bool]int{true: exitOK, false: exitUsage}[c.says == ""]; code != want || !strings.Contains(stderr, c.says) || strings.Contains(stderr, "kurz") {
			t.Errorf("%q: %d %q, want %d %q", c.environ, code, stderr, want, c.says)
		}
	}
}

// careless is an S3 server that ignores conditions.
type careless struct {
	mu      sync.Mutex
	objects map[string]bool
}

func (s *careless) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.URL.Path == "/leer/":
		w.WriteHeader(http.StatusNotFound)
	case r.URL.Path == "/gestern/":
		w.Header().Set("Date", time.Now().AddDate(0, 0, -1).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusForbidden)
	case r.Method == http.MethodPut:
		s.objects[r.URL.Path] = true
	case r.Method == http.MethodDelete:
		delete(s.objects, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	}
}

// serve does not trust its Records to a server that ignores conditions, and says what is wrong with S3.
func TestServeProbes(t *testing.T) {
	server := &careless{objects: map[string]bool{}}
	web := httptest.NewServer(server)
	defer web.Close()
	reachable := anyS3
	reachable.Endpoint = web.URL
	for _, c := range []struct {
		options s3.Options
		records string
		says    string
	}{
		{reachable, "s3:mappe/x", "AUFTRAGSMAPPE_RECORDS: Dieser S3-Anbieter beachtet „If-None-Match“ nicht"},
		{reachable, "s3:leer", "Den Bucket „leer“ gibt es nicht. Bitte legen Sie ihn an (auftragsmappe doctor --make-bucket)"},
		{reachable, "s3:gestern", "gehen zu weit auseinander, er weist alle Anfragen ab. Bitte gleichen Sie die Uhren ab (NTP)"},
		{anyS3, "s3:mappe", "Der S3-Speicher unter http://127.0.0.1:1 antwortet nicht"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		var stderr bytes.Buffer
		code := run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, process{environ: s3Environ(c.options, "AUFTRAGSMAPPE_RECORDS="+c.records), stdout: io.Discard, stderr: &stderr})
		cancel()
		if code != exitFault || !strings.Contains(stderr.String(), c.says) || strings.Contains(stderr.String(), "ganz-geheim") {
			t.Errorf("%d %q, want %q", code, stderr.String(), c.says)
		}
	}
	if len(server.objects) != 0 {
		t.Errorf("the probe leaves %v", server.objects)
	}
	// Files need no conditions: the same server may keep them.
	p := startServe(t, false, s3Environ(reachable, "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_FILES=s3:mappe")...)
	if code := p.end(t); code != exitOK {
		t.Error(code, p.stderr.String())
	}
}

func TestDoctorDirectory(t *testing.T) {
	code, stdout, stderr := invoke(t, t.TempDir(), "doctor")
	if code != exitOK || stderr != "" {
		t.Fatal(code, stderr)
	}
	for _, want := range []string{"Vorgänge und Dateien: Ordner ", "Gleichzeitiges Anlegen ", " gut ", " Hinweis "} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	if strings.Contains(stdout, "FEHLER") {
		t.Error(stdout)
	}
	if code, _, stderr := invoke(t, t.TempDir(), "doctor", "jetzt"); code != exitUsage || !strings.Contains(stderr, "keine weiteren Angaben") {
		t.Error(code, stderr)
	}
}

// Each store has its table; one that fails makes the call fail.
func TestDoctorTwoStores(t *testing.T) {
	web := httptest.NewServer(&careless{objects: map[string]bool{}})
	defer web.Close()
	options := anyS3
	options.Endpoint = web.URL
	code, stdout, stderr := invokeIn(t, s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:leer", "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_FILES=dir:"+t.TempDir()), "doctor")
	if code != exitFault || !strings.Contains(stdout, "FEHLER") || !strings.Contains(stdout, "Vorgänge (RECORDS): s3:leer\n") ||
		!strings.Contains(stdout, "Dateien (FILES): Ordner ") || !strings.Contains(stderr, "nicht alle Prüfungen") {
		t.Error(code, stdout, stderr)
	}
}

// On a real server: the bucket is made, the examination is passed, and a whole bundle comes out of S3 by URL.
func TestS3(t *testing.T) {
	options := s3test.Start(t)
	key := strings.Repeat("k", 32)
	environ := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:neu/vorgaenge", "AUFTRAGSMAPPE_FILES=s3:neu/dateien", "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+key)
	if code, stdout, stderr := invokeIn(t, environ, "doctor"); code != exitFault || strings.Count(stdout, "FEHLER") != 2 {
		t.Error("without a bucket:", code, stdout, stderr)
	}
	code, stdout, stderr := invokeIn(t, environ, "doctor", "--make-bucket")
	if code != exitOK || strings.Count(stdout, "Bucket „neu“ angelegt.") != 1 || strings.Contains(stdout, "FEHLER") || strings.Contains(stdout, options.SecretKey) {
		t.Fatal(code, stdout, stderr)
	}
	t.Log(stdout)
	dir := t.TempDir()
	if code, _, stderr := invokeIn(t, environ, "render", examples+"launch.json", "-o", dir); code != exitOK {
		t.Fatal(code, stderr)
	}
	p := startServe(t, false, environ...)
	answer, err := http.DefaultClient.Do(p.request(t, key, bytes.NewReader(read(t, examples, "launch.json"))))
	if err != nil {
		t.Fatal(err)
	}
	m := manifestOf(t, answer)
	if len(m.Documents) != 6 {
		t.Error(len(m.Documents), "documents")
	}
	for _, d := range m.Documents {
		if !bytes.Equal(get(t, d.URL), read(t, dir, string(d.Kind)+".pdf")) {
			t.Error("not what render has written:", d.URL)
		}
	}
	if code := p.end(t); code != exitOK || strings.Contains(p.stderr.String(), options.SecretKey) {
		t.Error(code, p.stderr.String())
	}
}
