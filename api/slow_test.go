package api_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// slow is a store whose files take their time.
type slow struct {
	archive.Store
	begun chan struct{}
	wait  chan struct{}
}

func newSlow() *slow { return &slow{archive.NewMemory(), make(chan struct{}, 1), make(chan struct{})} }

func (s *slow) Put(ctx context.Context, objects ...archive.Object) error {
	select {
	case s.begun <- struct{}{}:
	default:
	}
	<-s.wait
	return s.Store.Put(ctx, objects...)
}

// A caller that goes away in the middle gets its documents with the next try, and is no error in the log.
func TestCallerGoesAway(t *testing.T) {
	files := newSlow()
	s := newServiceOn(t, archive.NewMemory(), files)
	body := example(t, "newsletter")
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/v1/engagements", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", s.key)
	gone := make(chan error, 1)
	go func() {
		_, err := client.Do(r) //nolint:bodyclose // there is no answer
		gone <- err
	}()
	<-files.begun
	leave()
	if err := <-gone; err == nil {
		t.Fatal("answered before the files were written")
	}
	close(files.wait)
	answer, b := s.post(t, body)
	if m := manifest(t, http.StatusCreated, answer, b); m.OfferNumber != "AN-2026-0001" || answer.Header.Get("Idempotent-Replayed") != "true" {
		t.Error(m.OfferNumber, answer.Header)
	}
	// Half a body, then nothing more.
	for range 10 {
		half(t, s, body).Close()
	}
	for deadline := time.Now().Add(10 * time.Second); strings.Count(s.log.String(), `"status":400`) < 10; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("half bodies are not seen:\n", s.log.String())
		}
	}
	if strings.Contains(s.log.String(), `"level":"ERROR"`) {
		t.Error("an error in the log:\n", s.log.String())
	}
}

// A call that takes long goes on: 202 with its place, where it can be seen; an equal one is told to come again.
func TestRunning(t *testing.T) {
	records, files := archive.NewMemory(), newSlow()
	s := newServiceOn(t, records, files, func(o *api.Options) { o.Issuer = newIssuer(t, records, files, 500*time.Millisecond) })
	body := example(t, "newsletter")
	answer, b := s.call(t, http.MethodPost, "/v1/engagements?format=zip", body, "Accept", "application/zip")
	m := manifest(t, http.StatusAccepted, answer, b)
	place := "/v1/engagements/" + m.ID
	if m.Status != documents.StatusRunning || m.OfferURL != "" || m.BundleURL != "" || answer.Header.Get("Location") != s.URL+place {
		t.Error(answer.Header, string(b))
	}
	answer, b = s.call(t, http.MethodGet, place, nil)
	if m := manifest(t, http.StatusOK, answer, b); m.Status != documents.StatusRunning {
		t.Error(m.Status)
	}
	for _, c := range [][2]string{{http.MethodPost, "/v1/engagements"}, {http.MethodGet, place + "/bundle.zip"}, {http.MethodHead, place + "/bundle.zip"}} {
		answer, b := s.call(t, c[0], c[1], body)
		if answer.StatusCode != http.StatusConflict || answer.Header.Get("Retry-After") != "2" || answer.Header.Get("ETag") != "" {
			t.Error(c, answer.Status, answer.Header, string(b))
		}
	}
	close(files.wait)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		answer, b := s.call(t, http.MethodGet, place, nil)
		if m := manifest(t, http.StatusOK, answer, b); m.Status == documents.StatusIssued {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("does not end:", string(b))
		}
	}
	answer, b = s.post(t, body)
	if m := manifest(t, http.StatusCreated, answer, b); answer.Header.Get("Idempotent-Replayed") != "true" || m.BundleURL == "" {
		t.Error(answer.Header, string(b))
	}
}

// A client that reads nothing before it has sent all sees why its body was refused; one that asks first sends nothing.
func TestTooLarge(t *testing.T) {
	s := newService(t)
	body := bytes.Repeat([]byte(" "), 8<<20)
	for name, c := range map[string]struct {
		header string
		send   []byte
	}{
		"all at once": {"Content-Length: 8388608", body},
		"in a chunk":  {"Transfer-Encoding: chunked", append(append([]byte("800000\r\n"), body...), "\r\n0\r\n\r\n"...)},
		"asked first": {"Content-Length: 8388608\r\nExpect: 100-continue", nil},
	} {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		head := "POST /v1/engagements HTTP/1.1\r\nHost: mappe.example\r\nConnection: close\r\nX-API-Key: " + s.key + "\r\n" + c.header + "\r\n\r\n"
		if _, err := conn.Write(append([]byte(head), c.send...)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		answer, err := io.ReadAll(conn)
		if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 413 ")) {
			t.Errorf("%s: %v %.200s", name, err, answer)
		}
	}
}
