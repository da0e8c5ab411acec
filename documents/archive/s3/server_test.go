package s3_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/archivetest"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

func open(t testing.TB, o s3.Options) *s3.Store {
	t.Helper()
	s, err := s3.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// conforms holds a bucket to the contract; every part of it has a prefix of its own.
func conforms(t *testing.T, options s3.Options) {
	t.Helper()
	var n atomic.Int32
	archivetest.Test(t, func(*testing.T) archivetest.Open {
		own := options
		own.Prefix = fmt.Sprintf("p%d/x", n.Add(1))
		return func(t *testing.T) archive.Store { return open(t, own) }
	})
}

// A real server keeps every promise of a store.
func TestVersitygw(t *testing.T) {
	conforms(t, s3test.Start(t))
}

// So it does in a bucket with versions, where deleted keys stay taken: nothing that is promised needs them.
func TestVersitygwVersions(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = "versionen"
	if _, err := open(t, options).MakeBucket(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	conforms(t, options)
}

// silence is a network on which nothing is heard any more from a chosen write on.
type silence struct {
	next http.RoundTripper
	at   int32
	done bool // the chosen write still arrives
	n    atomic.Int32
}

func (s *silence) RoundTrip(r *http.Request) (*http.Response, error) {
	n := s.n.Load()
	if r.Method == http.MethodPut || r.Method == http.MethodDelete {
		n = s.n.Add(1)
	}
	if n < s.at {
		return s.next.RoundTrip(r)
	}
	if s.done && n == s.at && r.Method != http.MethodHead {
		if answer, err := s.next.RoundTrip(r); err == nil {
			return nil, errors.Join(errSilence, answer.Body.Close())
		}
	}
	return nil, errSilence
}

var errSilence = errors.New("nothing is heard")

// Where reading back cannot settle a write its outcome is unknown, and a repeat settles it.
func TestVersitygwLosesAnswers(t *testing.T) {
	options := s3test.Start(t)
	var n atomic.Int32
	archivetest.TestLost(t, func(*testing.T) (archivetest.Open, archivetest.Losing) {
		own := options
		own.Prefix = fmt.Sprintf("p%d/x", n.Add(1))
		return func(t *testing.T) archive.Store { return open(t, own) }, func(t *testing.T, at int, done bool) archive.Store {
			deaf := own
			deaf.Call = 300 * time.Millisecond
			deaf.Wrap = func(next http.RoundTripper) http.RoundTripper { return &silence{next: next, at: int32(at), done: done} }
			return open(t, deaf)
		}
	})
}

// In a bucket with versions a deleted key stays taken on this server. That is trouble, not "exists": nobody could read it.
func TestCreateAfterDelete(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = "versionen"
	s := open(t, options)
	if _, err := s.MakeBucket(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	o := archive.Object{Key: "n/1", Bytes: []byte("x"), IfAbsent: true}
	if err := s.Put(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), o.Key); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := s.Put(t.Context(), o); !errors.Is(err, archive.ErrStorage) || errors.Is(err, archive.ErrUnknown) || time.Since(start) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	o.IfAbsent = false // the entries of work lists are written so
	if err := s.Put(t.Context(), o); err != nil {
		t.Error(err)
	}
	if b, err := s.Get(t.Context(), o.Key); err != nil || string(b) != "x" {
		t.Errorf("%q, %v", b, err)
	}
}

// A server that is started again is used again, over connections that it has forgotten.
func TestServerRestart(t *testing.T) {
	options, restart := s3test.StartAgain(t)
	s := open(t, options)
	for i := range 4 {
		o := archive.Object{Key: fmt.Sprintf("n/%d", i), Bytes: []byte("x"), IfAbsent: true}
		if err := s.Put(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		restart()
		if err := s.Put(t.Context(), o); !errors.Is(err, archive.ErrExists) {
			t.Errorf("after restart %d: %v", i, err)
		}
	}
	if keys, err := s.List(t.Context(), "n/", "", 9); err != nil || len(keys) != 4 {
		t.Errorf("%q, %v", keys, err)
	}
}
