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
	binary := os.Getenv(Variable)
	if binary == "" {
		t.Skip("needs a real S3 server: " + Variable + " does not name a versitygw binary")
	}
	options := s3.Options{
		Endpoint: "http://" + run(t, binary, "test", "testtest123"), Region: "us-east-1",
		AccessKey: "test", SecretKey: "testtest123", Bucket: "mappe",
	}
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.MakeBucket(t.Context()); err != nil {
		t.Fatal(err)
	}
	return options
}

// run starts the server and waits until it is healthy. A port that another program has just taken is tried again.
func run(t testing.TB, binary, access, secret string) (addr string) {
	t.Helper()
	dir := t.TempDir()
	root, versions := filepath.Join(dir, "root"), filepath.Join(dir, "versions")
	for _, d := range []string{root, versions} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	var says bytes.Buffer
	for range 3 {
		addr = freePort(t)
		server := exec.Command(binary, "--port", addr, "--health", "/health", "--quiet", "posix", "--versioning-dir", versions, root)
		server.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+access, "ROOT_SECRET_KEY="+secret)
		server.Dir, server.Stdout, server.Stderr = dir, &says, &says
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			_ = server.Wait() // its exit code says nothing: it is killed
			close(ended)
		}()
		stop := func() {
			_ = server.Process.Kill()
			<-ended
		}
		if healthy(addr, ended) {
			t.Cleanup(stop)
			return addr
		}
		stop()
	}
	t.Fatalf("versitygw does not start: %s", says.String())
	return ""
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
func healthy(addr string, ended <-chan struct{}) bool {
	client := http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		if answer, err := client.Get("http://" + addr + "/health"); err == nil {
			answer.Body.Close() //nolint:errcheck // nothing to read
			return answer.StatusCode == http.StatusOK
		}
		select {
		case <-ended:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}
