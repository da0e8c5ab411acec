package s3test_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/documents/archive/s3/s3test"
)

// counting is a server that says how often it was asked.
type counting struct {
	t    *testing.T
	host string // that requests must be for
	n    atomic.Int32
}

func (c *counting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, err := io.ReadAll(r.Body)
	if err != nil || string(b) != "body" || r.Host != c.host || r.Header.Get("X-Signed") != "yes" || r.URL.RawQuery != "a=%2F" {
		c.t.Errorf("%q, %v, host %s, %v, %s", b, err, r.Host, r.Header, r.URL)
	}
	w.Header().Set("ETag", "x")
	fmt.Fprint(w, "answer ", c.n.Add(1), strings.Repeat(".", 1000))
}

// Every kind does what its comment says: how often the request arrives, and what its sender hears.
func TestProxyKinds(t *testing.T) {
	refused := []int{503, 500, 409, 400}
	for kind, want := range map[s3test.Kind]struct {
		arrives  int32
		statuses []int // none: no answer
		body     string
	}{
		"":            {1, []int{200}, "answer 1"},
		s3test.Cut:    {1, nil, ""},
		s3test.Drop:   {0, nil, ""},
		s3test.Delay:  {1, []int{200}, "answer 1"},
		s3test.Late:   {1, nil, ""},
		s3test.Twice:  {2, []int{200}, "answer 2"},
		s3test.Half:   {1, nil, ""},
		s3test.Refuse: {0, refused, "<Error>"},
		s3test.Deny:   {1, refused, "<Error>"},
	} {
		t.Run("kind "+string(kind), func(t *testing.T) {
			for seed := range uint64(6) {
				server := &counting{t: t}
				web := httptest.NewServer(server)
				p := s3test.NewProxy(t, web.URL, s3test.Weather{Seed: seed, Shares: map[s3test.Kind]float64{kind: 1}, Long: 10 * time.Millisecond})
				server.host = strings.TrimPrefix(p.URL, "http://")
				status, body, err := send(t, p.URL+"/k?a=%2F")
				p.Settle()
				if n := server.n.Load(); n != want.arrives {
					t.Errorf("arrived %d times, want %d", n, want.arrives)
				}
				if (err == nil) != (want.statuses != nil) || err == nil && (!slices.Contains(want.statuses, status) || !strings.HasPrefix(body, want.body)) {
					t.Errorf("%d %.20q, %v", status, body, err)
				}
				if all, hurt := p.Counts(); all != 1 || kind != "" && hurt[kind] != 1 {
					t.Errorf("%d requests, hurt %v", all, hurt)
				}
				web.Close()
			}
		})
	}
}

// send is one PUT over a connection of its own.
func send(t *testing.T, url string) (status int, body string, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Signed", "yes")
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(b), err
}

// The shares are those that were asked for.
func TestProxyShares(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer web.Close()
	p := s3test.NewProxy(t, web.URL, s3test.Weather{Seed: 7, Shares: map[s3test.Kind]float64{s3test.Drop: 0.1, s3test.Twice: 0.2}})
	const requests = 2000
	for range requests {
		_, _, _ = send(t, p.URL)
	}
	all, hurt := p.Counts()
	for k, share := range map[s3test.Kind]float64{s3test.Drop: 0.1, s3test.Twice: 0.2, s3test.Cut: 0} {
		if got := float64(hurt[k]) / requests; got < share*0.8 || got > share*1.2 {
			t.Errorf("%s: %.3f of the requests, want %.1f", k, got, share)
		}
	}
	if sum := s3test.Evenly(0.3); all != requests || len(sum) != len(s3test.Kinds()) || sum[s3test.Half] != 0.3/8 {
		t.Errorf("%d requests; %v", all, sum)
	}
}
