package s3_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

// readCase is what the server does with the requests of one read, and what must come of it.
type readCase struct {
	name   string
	pace   pace
	faults []fault
	want   error
	not    error
	calls  int // 0 = any number
	says   string
}

func (c readCase) check(t *testing.T, err error, calls int) {
	t.Helper()
	if !errors.Is(err, c.want) || c.not != nil && errors.Is(err, c.not) {
		t.Errorf("got %v, want %v and not %v", err, c.want, c.not)
	}
	if err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), secret)) {
		t.Errorf("%v: want %q and no key", err, c.says)
	}
	if c.calls > 0 && calls != c.calls {
		t.Errorf("%d requests, want %d", calls, c.calls)
	}
}

func TestGet(t *testing.T) {
	for _, c := range []readCase{
		{name: "well", calls: 1},
		{name: "500 once", faults: []fault{says(500, "InternalError"), well}, calls: 2},
		{name: "cut once", faults: []fault{cut, well}, calls: 2},
		{name: "half once", faults: []fault{half, well}, calls: 2},
		{name: "too slow once", pace: slowly, faults: []fault{slow, well}, calls: 2},
		{name: "always half", pace: endless, faults: []fault{half}, want: archive.ErrStorage, not: archive.ErrNotFound},
		{name: "always too slow", pace: endless, faults: []fault{slow}, want: archive.ErrStorage, not: context.DeadlineExceeded, says: "no answer in time"},
		{name: "no such key", faults: []fault{says(404, "NoSuchKey")}, want: archive.ErrNotFound, not: archive.ErrStorage, calls: 1},
		{name: "no such bucket", faults: []fault{says(404, "NoSuchBucket")}, want: archive.ErrStorage, not: archive.ErrNotFound, calls: 1, says: "no bucket"},
		{name: "forbidden", faults: []fault{says(403, "InvalidAccessKeyId")}, want: archive.ErrStorage, not: archive.ErrNotFound, calls: 1},
		{name: "keys expired", faults: []fault{says(403, "ExpiredToken")}, want: archive.ErrStorage, not: archive.ErrNotFound, calls: 1, says: "ExpiredToken"},
		{name: "clock", faults: []fault{says(403, "RequestTimeTooSkewed")}, want: s3.ErrClock, not: archive.ErrNotFound, calls: 1},
		{name: "region", faults: []fault{regional(400, "AuthorizationHeaderMalformed")}, want: archive.ErrStorage, calls: 1, says: `"eu-central-1"`},
		{name: "bucket elsewhere", faults: []fault{regional(301, "PermanentRedirect")}, want: archive.ErrStorage, not: archive.ErrNotFound, calls: 1, says: `"eu-central-1"`},
		{name: "another ETag, the sum is right", faults: []fault{tagged}, calls: 1},
		{name: "other bytes once", faults: []fault{other, well}, calls: 2},
		{name: "other bytes", faults: []fault{other}, want: archive.ErrStorage, calls: 3, says: "damaged"},
		{name: "another ETag and no sum", faults: []fault{unsummed}, want: archive.ErrStorage, calls: 3, says: "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			s := f.store(t, c.pace)
			if err := s.Put(t.Context(), archive.Object{Key: "a/b", Bytes: []byte("hello")}); err != nil {
				t.Fatal(err)
			}
			f.faults["GET"] = c.faults
			b, err := s.Get(t.Context(), "a/b")
			c.check(t, err, f.count("GET"))
			if err == nil && string(b) != "hello" {
				t.Errorf("got %q", b)
			}
		})
	}
}

// other answers with other bytes of the same length.
func other(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
	do(changed{w})
}

type changed struct{ http.ResponseWriter }

func (c changed) Write(b []byte) (int, error) {
	return c.ResponseWriter.Write([]byte(strings.ToUpper(string(b))))
}

// unsummed answers with another ETag and without the sum that the store has written.
func unsummed(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
	tagged(hidden{w}, r, do)
}

type hidden struct{ http.ResponseWriter }

func (h hidden) WriteHeader(status int) {
	h.Header().Del("X-Amz-Meta-Sha256")
	h.ResponseWriter.WriteHeader(status)
}

func TestList(t *testing.T) {
	names := func(names ...string) fault {
		return func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) { listing(w, names...) }
	}
	for _, c := range []readCase{
		{name: "well", calls: 1},
		{name: "503 once", faults: []fault{says(503, "SlowDown"), well}, calls: 2},
		{name: "cut once", faults: []fault{cut, well}, calls: 2},
		{name: "half once", faults: []fault{half, well}, calls: 2},
		{name: "too slow", pace: endless, faults: []fault{slow}, want: archive.ErrStorage, not: context.DeadlineExceeded},
		{name: "no such bucket", faults: []fault{says(404, "NoSuchBucket")}, want: archive.ErrStorage, not: archive.ErrNotFound, calls: 1},
		{name: "out of order", faults: []fault{names("x/a/2", "x/a/1")}, want: archive.ErrStorage, calls: 1, says: "byte order"},
		{name: "twice the same", faults: []fault{names("x/a/1", "x/a/1")}, want: archive.ErrStorage, calls: 1},
		{name: "of another prefix", faults: []fault{names("x/b")}, want: archive.ErrStorage, calls: 1},
		{name: "keys expired", faults: []fault{says(403, "ExpiredToken")}, want: archive.ErrStorage, calls: 1},
		{name: "clock", faults: []fault{says(403, "RequestTimeTooSkewed")}, want: s3.ErrClock, calls: 1},
		{name: "cut short", faults: []fault{part("1", "x/a/1"), part("", "x/a/2")}, calls: 2},
		{name: "cut short, nothing at first", faults: []fault{part("1"), part("2", "x/a/1"), part("3"), part("", "x/a/2")}, calls: 4},
		{name: "cut short, then trouble", faults: []fault{part("1", "x/a/1"), says(500, "InternalError"), part("1", "x/a/1"), part("", "x/a/2")}, calls: 4},
		{name: "cut short without a token", pace: endless, faults: []fault{part("none", "x/a/1")}, want: archive.ErrStorage},
		{name: "the same part for ever", faults: []fault{part("1", "x/a/1")}, want: archive.ErrStorage, calls: 2, says: "byte order"},
		{name: "nothing for ever", pace: endless, faults: []fault{part("1")}, want: archive.ErrStorage, not: context.DeadlineExceeded, says: "no answer in time"},
		{name: "parts out of order", faults: []fault{part("1", "x/a/2"), part("", "x/a/1")}, want: archive.ErrStorage, calls: 2, says: "byte order"},
		{name: "parts that overlap", faults: []fault{part("1", "x/a/1"), part("", "x/a/1", "x/a/2")}, want: archive.ErrStorage, calls: 2, says: "byte order"},
		{name: "what others have put there", faults: []fault{names("x/a/", "x/a/1", "x/a/2", "x/a/ä")}, calls: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			s := f.store(t, c.pace)
			if err := s.Put(t.Context(), archive.Object{Key: "a/1"}, archive.Object{Key: "a/2"}); err != nil {
				t.Fatal(err)
			}
			f.faults["GET"] = c.faults
			keys, err := s.List(t.Context(), "a/", "", 9)
			c.check(t, err, f.count("GET"))
			if err == nil && fmt.Sprint(keys) != "[a/1 a/2]" {
				t.Errorf("got %q", keys)
			}
		})
	}
}

// part is a listing that goes on at a token: "" = it is the last, "none" = it goes on, and the server does not say where.
func part(token string, names ...string) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) {
		fmt.Fprintf(w, "<ListBucketResult><IsTruncated>%v</IsTruncated>", token != "")
		for _, name := range names {
			fmt.Fprintf(w, "<Contents><Key>%s</Key></Contents>", name)
		}
		if token != "none" {
			fmt.Fprintf(w, "<NextContinuationToken>%s</NextContinuationToken>", token)
		}
		fmt.Fprint(w, "</ListBucketResult>")
	}
}

// A server that gives more than it was asked for makes no list longer.
func TestListTooLong(t *testing.T) {
	f := newFake(t)
	f.faults["GET"] = []fault{part("1", "x/a/1", "x/a/2", "x/a/3")}
	if keys, err := f.store(t, patient).List(t.Context(), "a/", "", 2); err != nil || fmt.Sprint(keys) != "[a/1 a/2]" {
		t.Errorf("%q, %v", keys, err)
	}
}

func TestDelete(t *testing.T) {
	for _, c := range []readCase{
		{name: "well", calls: 2},
		{name: "500 once", faults: []fault{says(500, "InternalError"), well}, calls: 3},
		{name: "answer lost", faults: []fault{lost, well}, calls: 3},
		{name: "was not there", faults: []fault{says(404, "NoSuchKey")}, calls: 2},
		{name: "a directory", faults: []fault{says(409, "ExistingObjectIsDirectory")}, calls: 2},
		{name: "forbidden", faults: []fault{says(403, "AccessDenied")}, want: archive.ErrStorage, calls: 2},
		{name: "never an answer", pace: endless, faults: []fault{cut}, want: archive.ErrStorage},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults["DELETE"] = c.faults
			c.check(t, f.store(t, c.pace).Delete(t.Context(), "open/1", "open/2"), f.count("DELETE"))
		})
	}
}

// Reads that the caller gives up end at once and say so.
func TestCancelledRead(t *testing.T) {
	f := newFake(t)
	f.faults = map[string][]fault{"GET": {slow}, "DELETE": {slow}}
	s := f.store(t, patient)
	s.SetTimes(10*time.Second, 20*time.Second)
	for name, call := range map[string]func(context.Context) error{
		"get":    func(ctx context.Context) error { _, err := s.Get(ctx, "a"); return err },
		"list":   func(ctx context.Context) error { _, err := s.List(ctx, "a", "", 1); return err },
		"delete": func(ctx context.Context) error { return s.Delete(ctx, "a") },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		if err := call(ctx); !errors.Is(err, context.Canceled) || !errors.Is(err, archive.ErrStorage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
