// Package s3test starts a real S3 server for tests.
package s3test

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"auftragsmappe/documents/archive/s3"
)

// Variable names the environment variable with the path of a versitygw binary.
const Variable = "VERSITYGW"

// Start runs versitygw in a temporary directory on a free loopback port until the test ends, and returns how to reach a
// bucket that is there. Without the variable the test is skipped.
func Start(t testing.TB) s3.Options {
	t.Helper()
	options, _ := StartAgain(t)
	return options
}

// StartAgain is Start for tests that kill the server: restart does so, without a warning, and starts it again on the same
// port and directory.
func StartAgain(t testing.TB) (options s3.Options, restart func()) {
	t.Helper()
	binary := os.Getenv(Variable)
	if binary == "" {
		t.Skip("needs a real S3 server: " + Variable + " does not name a versitygw binary")
	}
	s := &server{binary: binary, dir: t.TempDir()}
	for _, d := range []string{s.path("root"), s.path("versions")} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(s.stop)
	s.start(t, freePort)
	options = s3.Options{Endpoint: "http://" + s.addr, Region: "us-east-1", AccessKey: access, SecretKey: secret, Bucket: "mappe"}
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.MakeBucket(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	makeLocked(t, options)
	return options, func() {
		t.Helper()
		s.stop()
		s.start(t, func(testing.TB) string { return s.addr })
	}
}

const access, secret = "test", "testtest123"

// server is a running versitygw.
type server struct {
	binary, dir, addr string
	process           *exec.Cmd
	ended             chan struct{}
}

func (s *server) path(name string) string { return filepath.Join(s.dir, name) }

// start runs the server and waits until it is healthy. A port that another program has just taken is tried again.
func (s *server) start(t testing.TB, port func(testing.TB) string) {
	t.Helper()
	var says bytes.Buffer
	for range 3 {
		s.addr = port(t)
		s.process = exec.Command(s.binary, "--port", s.addr, "--health", "/health", "--quiet", "posix", "--versioning-dir", s.path("versions"), s.path("root"))
		s.process.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+access, "ROOT_SECRET_KEY="+secret)
		s.process.Dir, s.process.Stdout, s.process.Stderr = s.dir, &says, &says
		if err := s.process.Start(); err != nil {
			t.Fatal(err)
		}
		process, ended := s.process, make(chan struct{})
		s.ended = ended
		go func() {
			_ = process.Wait() // its exit code says nothing: it is killed
			close(ended)
		}()
		if s.healthy() {
			return
		}
		s.stop()
	}
	t.Fatalf("versitygw does not start: %s", says.String())
}

// stop kills the server and waits for its end.
func (s *server) stop() {
	if s.ended != nil {
		_ = s.process.Process.Kill()
		<-s.ended
	}
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // the server takes the port
	return l.Addr().String()
}

// healthy waits until the server answers; false when it has ended or takes too long.
func (s *server) healthy() bool {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		if answer, err := client.Get("http://" + s.addr + "/health"); err == nil {
			answer.Body.Close() //nolint:errcheck // nothing to read
			return answer.StatusCode == http.StatusOK
		}
		select {
		case <-s.ended:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}
