package api_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents/archive"
)

// A hundred equal calls at the same time give one engagement with one set of numbers.
func TestCallsAtOnce(t *testing.T) {
	s := newService(t)
	body := example(t, "newsletter")
	urls, fresh := make([]string, 100), make([]bool, 100)
	var wg sync.WaitGroup
	for i := range urls {
		wg.Go(func() {
			answer, b, err := s.try(http.MethodPost, "/v1/engagements", body)
			if err != nil || answer.StatusCode != http.StatusCreated {
				t.Error(err, answer, string(b))
				return
			}
			urls[i], fresh[i] = answer.Header.Get("Location")+" "+string(b), answer.Header.Get("Idempotent-Replayed") == ""
		})
	}
	wg.Wait()
	issued := 0
	for i := range urls {
		if urls[i] != urls[0] {
			t.Fatalf("%.400s and %.400s", urls[i], urls[0])
		}
		if fresh[i] {
			issued++
		}
	}
	if issued != 1 {
		t.Errorf("%d calls say that they have issued", issued)
	}
	answer, b := s.post(t, example(t, "launch"))
	if m := manifest(t, http.StatusCreated, answer, b); m.OfferNumber != "AN-2026-0002" {
		t.Error("numbers were lost:", m.OfferNumber)
	}
}

// try is call for goroutines, which must not end the test.
func (s *service) try(method, path string, body []byte) (*http.Response, []byte, error) {
	r, err := http.NewRequest(method, s.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("X-API-Key", s.key)
	answer, err := client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return answer, b, err
}

// A key has its rate, and twice as much at once; others have their own. Who guesses keys is slowed down by address.
func TestRate(t *testing.T) {
	store := archive.NewMemory()
	s := newServiceOn(t, store, store, func(o *api.Options) { o.Rate = 5 })
	key := s.key
	count := func(key string) map[int]int {
		s.key = key
		n := map[int]int{}
		for range 30 {
			answer, b := s.call(t, http.MethodGet, "/v1/profile", nil)
			n[answer.StatusCode]++
			if answer.StatusCode == http.StatusTooManyRequests && (answer.Header.Get("Retry-After") != "1" || !strings.Contains(string(b), "problem:rate_limited")) {
				t.Fatal(answer.Header, string(b))
			}
		}
		return n
	}
	for name, c := range map[string]struct {
		key    string
		status int
	}{"a key": {key, http.StatusOK}, "another": {s.other, http.StatusOK}, "none": {"am_geraten", http.StatusUnauthorized}} {
		if n := count(c.key); n[c.status] < 10 || n[c.status] > 28 || n[c.status]+n[http.StatusTooManyRequests] != 30 {
			t.Error(name, n)
		}
	}
	if answer, _ := s.call(t, http.MethodGet, "/v1/profile", nil, "X-API-Key", "am_wieder_geraten"); answer.StatusCode != http.StatusTooManyRequests {
		t.Error("another guess:", answer.Status)
	}
	s.key = key
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		answer, _ := s.call(t, http.MethodGet, "/v1/profile", nil)
		if answer.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the key stays slowed down:", answer.Status)
		}
	}
	free := newServiceOn(t, archive.NewMemory(), archive.NewMemory(), func(o *api.Options) { o.Rate = -1 })
	s = free
	if n := count(free.key); n[http.StatusOK] != 30 {
		t.Error("without a limit:", n)
	}
}

// half opens a connection and sends a request with the first half of its body.
func half(t *testing.T, s *service, body []byte) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	var head bytes.Buffer
	r, err := http.NewRequest(http.MethodPost, s.URL+"/v1/engagements", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-Key", s.key)
	if err := r.Write(&head); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(head.Bytes()[:head.Len()-len(body)/2]); err != nil {
		t.Fatal(err)
	}
	return c
}

// A body that does not come holds nothing: the caller is told so when the server's time is over, others are served.
func TestSlowBody(t *testing.T) {
	s := newService(t)
	server := httptest.NewUnstartedServer(s.handler)
	server.Config.ReadTimeout = time.Second
	server.Start()
	defer server.Close()
	slowly := &service{Server: server, key: s.key}
	var lines []net.Conn
	for range 50 { // more than there are slots
		lines = append(lines, half(t, slowly, example(t, "newsletter")))
	}
	answer, b := s.post(t, example(t, "newsletter"))
	manifest(t, http.StatusCreated, answer, b)
	for _, c := range lines {
		answer, err := io.ReadAll(c)
		if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 408 ")) || !bytes.Contains(answer, []byte("kam nicht rechtzeitig an")) {
			t.Fatal(err, string(answer))
		}
		c.Close()
	}
}

// Many requests that fail leave no goroutine behind.
func TestFailuresLeaveNothing(t *testing.T) {
	store := &switched{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store)
	body := example(t, "newsletter")
	fail := func(n int) {
		for i := range n {
			s.call(t, http.MethodPost, "/v1/engagements", body[:len(body)/2])
			s.call(t, http.MethodPost, "/v1/engagements", []byte("{}"))
			s.call(t, http.MethodPost, "/v1/engagements?format=zip", body, "X-API-Key", "am_falsch")
			s.call(t, http.MethodGet, "/v1/engagements/nichts", nil)
			half(t, s, body).Close()
			store.off.Store(i%2 == 0)
			s.call(t, http.MethodPost, "/v1/engagements", body)
			s.call(t, http.MethodGet, "/v1/engagements", nil)
			store.off.Store(false)
		}
	}
	settled := func() int {
		client.CloseIdleConnections()
		n := runtime.NumGoroutine()
		for range 100 {
			time.Sleep(10 * time.Millisecond)
			n = min(n, runtime.NumGoroutine())
		}
		return n
	}
	fail(5)
	before := settled()
	fail(100)
	if after := settled(); after > before+5 {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}
