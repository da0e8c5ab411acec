package documents_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

// childVariable holds the mission of a child: this test binary, run again as a process of its own that can really die.
const childVariable = "AUFTRAGSMAPPE_TEST_CHILD"

// mission is what a child does.
type mission struct {
	Dir  string // the store is this directory,
	S3   place  // or this one
	Do   string // name in missions
	Who  int    // of several who do the same
	Dies bool   // by SIGKILL, behind the write number After (0, 1, …)
	// After counts objects written or deleted, one after the other: every prefix of a batch is a place to die.
	After int
}

// place is what can be told of s3.Options.
type place struct{ Endpoint, Region, AccessKey, SecretKey, Bucket, Prefix string }

func placeOf(o s3.Options) place {
	return place{o.Endpoint, o.Region, o.AccessKey, o.SecretKey, o.Bucket, o.Prefix}
}

// at is a mission on a part of a server of its own.
func at(server s3.Options, prefix string) mission {
	b := placeOf(server)
	b.Prefix = prefix
	return mission{S3: b}
}

func (b place) options() s3.Options {
	return s3.Options{
		Endpoint: b.Endpoint, Region: b.Region, AccessKey: b.AccessKey, SecretKey: b.SecretKey, Bucket: b.Bucket, Prefix: b.Prefix,
	}
}

func (e mission) store() (archive.Store, error) {
	if e.Dir != "" {
		return archive.OpenDir(e.Dir)
	}
	return s3.Open(e.S3.options())
}

// missions are what children can do, by name.
var missions map[string]func(ctx context.Context, s archive.Store, e mission) error

func TestMain(m *testing.M) {
	text := os.Getenv(childVariable)
	if text == "" {
		os.Exit(m.Run())
	}
	var e mission
	err := json.Unmarshal([]byte(text), &e)
	if err == nil {
		err = runMission(e)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runMission(e mission) error {
	s, err := e.store()
	if err != nil {
		return err
	}
	if e.Dies {
		s = &mortal{Store: s, left: e.After}
	}
	return missions[e.Do](context.Background(), s, e)
}

// mortal is a store whose process is killed once so many objects are written or deleted: nothing is deferred, flushed or said.
type mortal struct {
	archive.Store
	mu   sync.Mutex
	left int
}

func (m *mortal) Put(ctx context.Context, objects ...archive.Object) error {
	for _, o := range objects {
		if err := m.step(func() error { return m.Store.Put(ctx, o) }); err != nil {
			return err
		}
	}
	return nil
}

func (m *mortal) Delete(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := m.step(func() error { return m.Store.Delete(ctx, key) }); err != nil {
			return err
		}
	}
	return nil
}

func (m *mortal) step(write func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.left == 0 {
		p, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = p.Kill()
		}
		if err != nil {
			panic(err)
		}
		time.Sleep(time.Minute) // the signal comes first
	}
	err := write()
	if err == nil {
		m.left--
	}
	return err
}

// command is the mission as a process that is still to be started.
func (e mission) command(ctx context.Context) (*exec.Cmd, error) {
	text, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, program)
	c.Env = append(os.Environ(), childVariable+"="+string(text))
	return c, nil
}

// run does the mission in a child and returns what it says.
func (e mission) run(ctx context.Context) ([]byte, error) {
	c, err := e.command(ctx)
	if err != nil {
		return nil, err
	}
	return c.CombinedOutput()
}

// dies runs a mission that ends in its death.
func (e *mission) dies(t *testing.T, after int) {
	t.Helper()
	e.Dies, e.After = true, after
	said, err := e.run(t.Context())
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() || len(said) > 0 {
		t.Fatalf("%s, killed behind write %d: %v, %s", e.Do, after, err, said)
	}
}

// open is the mission's store, for its parent.
func (e mission) open(t *testing.T) archive.Store {
	t.Helper()
	s, err := e.store()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// copyTo makes the store of an mission hold what another one does.
func (e mission) copyTo(t *testing.T, from archive.Store) archive.Store {
	t.Helper()
	s := e.open(t)
	var objects []archive.Object
	for key, body := range dump(t, from) {
		objects = append(objects, archive.Object{Key: key, Bytes: []byte(body)})
	}
	if err := s.Put(t.Context(), objects...); err != nil {
		t.Fatal(err)
	}
	return s
}
