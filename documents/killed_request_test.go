package documents_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

// killer stands before an S3 server and kills who sends write number `after` (0, 1, …), while the write and its neighbours are under
// way. The write itself is held back: it arrives when the sender is long dead and others have gone on.
type killer struct {
	t       *testing.T
	server  *url.URL
	forward httputil.ReverseProxy
	after   int

	mu     sync.Mutex
	writes int
	victim *exec.Cmd
	held   *http.Request
	body   []byte
}

func newKiller(t *testing.T, server s3.Options, after int) (*killer, s3.Options) {
	t.Helper()
	u, err := url.Parse(server.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	k := &killer{t: t, server: u, after: after}
	k.forward.Rewrite = func(r *httputil.ProxyRequest) {
		r.SetURL(u)
		r.Out.Host = r.In.Host // it is signed
	}
	k.forward.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) } // the sender is dead
	listening := httptest.NewServer(k)
	t.Cleanup(func() {
		listening.CloseClientConnections()
		listening.Close()
	})
	server.Endpoint = listening.URL
	return k, server
}

// ServeHTTP passes a request on, or kills its sender.
func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead && k.kills(r) {
		panic(http.ErrAbortHandler)
	}
	k.forward.ServeHTTP(w, r)
}

// kills counts a write, and says whether it was the victim's last one.
func (k *killer) kills(r *http.Request) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.writes++
	if k.writes != k.after+1 {
		return false
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		k.t.Error(err)
	}
	k.held, k.body = r.Clone(k.t.Context()), body
	if err := k.victim.Process.Kill(); err != nil {
		k.t.Error(err)
	}
	return true
}

// dies runs a mission through the killer; false when it has ended before.
func (k *killer) dies(e mission) bool {
	k.t.Helper()
	c, err := e.command(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	k.mu.Lock()
	k.victim = c
	err = c.Start()
	k.mu.Unlock()
	if err != nil {
		k.t.Fatal(err)
	}
	err = c.Wait()
	if k.held == nil && err != nil || said.Len() > 0 {
		k.t.Fatalf("%s: %v, %s", e.Do, err, said.String())
	}
	return k.held != nil
}

// arrives sends what was held back. Whatever the server says to it, nobody hears.
func (k *killer) arrives() {
	k.t.Helper()
	late := k.held.Clone(k.t.Context())
	late.RequestURI, late.URL.Scheme, late.URL.Host = "", k.server.Scheme, k.server.Host
	late.Body = io.NopCloser(bytes.NewReader(k.body))
	answer, err := http.DefaultTransport.RoundTrip(late)
	if err != nil {
		k.t.Fatal(err)
	}
	defer answer.Body.Close()
	if said, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode == http.StatusForbidden || answer.StatusCode == http.StatusBadRequest {
		k.t.Errorf("%s %s: %s, %s, %v", late.Method, late.URL, answer.Status, said, err)
	}
}

// TestKilledInRequest kills a process while its write is under way to a real S3 server; the write arrives when all is finished.
func TestKilledInRequest(t *testing.T) {
	server := s3test.Start(t)
	t.Run("", func(t *testing.T) {
		for name, d := range deeds {
			if name == "first call" || name == "revision" { // "request key" and "next stage" have the same writes
				continue
			}
			n, want := writesOf(t, &d)
			for after := range n {
				place := fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), after)
				t.Run(place, func(t *testing.T) {
					t.Parallel()
					e := at(server, place)
					e.Do = name
					killInRequest(t, &d, e, after, want)
				})
			}
		}
	})
}

func killInRequest(t *testing.T, d *deed, e mission, after int, want string) {
	t.Helper()
	s := e.copyTo(t, prepared(t, d))
	k, through := newKiller(t, e.S3.options(), after)
	if !k.dies(mission{S3: placeOf(through), Do: e.Do}) {
		t.Fatal("it was not killed")
	}
	checkHalf(t, s)
	left := dump(t, s)
	claimed := d.hasClaimed(t, left)
	if d.open {
		recoverTwice(t, e, false)
	}
	d.checkAgain(t, s, claimed, want)
	checkSound(t, s)
	told := d.again(t, s)
	k.arrives()
	if now := d.again(t, s); now != told {
		t.Errorf("what arrives late makes\n%s\nof\n%s", now, told)
	}
	checkSound(t, s)
	checkKept(t, left, s)
	checkNext(t, s)
}
