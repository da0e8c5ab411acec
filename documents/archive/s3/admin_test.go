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

func TestOpen(t *testing.T) {
	good := s3.Options{Endpoint: "https://s3.example:9000/", AccessKey: "access", SecretKey: "top-secret", Bucket: "mappe", Prefix: "a/b"}
	open(t, good)
	for name, change := range map[string]func(*s3.Options){
		"no endpoint":          func(o *s3.Options) { o.Endpoint = "" },
		"no scheme":            func(o *s3.Options) { o.Endpoint = "s3.example:9000" },
		"another scheme":       func(o *s3.Options) { o.Endpoint = "ftp://s3.example" },
		"path":                 func(o *s3.Options) { o.Endpoint = "https://s3.example/mappe" },
		"password in endpoint": func(o *s3.Options) { o.Endpoint = "https://u:top-secret@s3.example" },
		"no URL":               func(o *s3.Options) { o.Endpoint = "https://u:top-secret@s3.example:x" },
		"no access key":        func(o *s3.Options) { o.AccessKey = "" },
		"no secret key":        func(o *s3.Options) { o.SecretKey = "" },
		"no bucket":            func(o *s3.Options) { o.Bucket = "" },
		"upper case":           func(o *s3.Options) { o.Bucket = "Mappe" },
		"two dots":             func(o *s3.Options) { o.Bucket = "ma..ppe" },
		"slash at the end":     func(o *s3.Options) { o.Prefix = "a/" },
		"slash at the front":   func(o *s3.Options) { o.Prefix = "/a" },
		"dots":                 func(o *s3.Options) { o.Prefix = "a/../b" },
		"too long":             func(o *s3.Options) { o.Prefix = strings.Repeat("a", 101) },
	} {
		o := good
		change(&o)
		if _, err := s3.Open(o); !errors.Is(err, s3.ErrOptions) || strings.Contains(err.Error(), "top-secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReach(t *testing.T) {
	for _, c := range []readCase{
		{name: "well", faults: []fault{empty}, calls: 1},
		{name: "503 once", faults: []fault{says(503, "SlowDown"), empty}, calls: 2},
		{name: "missing", faults: []fault{says(404, "")}, want: archive.ErrNotFound, calls: 1, says: "mappe"},
		{name: "forbidden", faults: []fault{says(403, "")}, want: archive.ErrStorage, calls: 1},
		{name: "never an answer", pace: endless, faults: []fault{cut}, want: archive.ErrStorage},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults["HEAD"] = c.faults
			c.check(t, f.store(t, c.pace).Reach(t.Context()), f.count("HEAD"))
		})
	}
}

func empty(http.ResponseWriter, *http.Request, func(http.ResponseWriter)) {}

func TestMakeBucket(t *testing.T) {
	for _, c := range []struct {
		name      string
		head, put []fault
		made      bool
		want      error
	}{
		{name: "there already", head: []fault{empty}},
		{name: "new", head: []fault{says(404, "")}, put: []fault{empty}, made: true},
		{name: "answer lost", head: []fault{says(404, ""), empty}, put: []fault{cut, says(409, "BucketAlreadyOwnedByYou"), cut}, made: true},
		{name: "of somebody else", head: []fault{says(403, "")}, want: archive.ErrStorage},
		{name: "not allowed", head: []fault{says(404, "")}, put: []fault{says(403, "AccessDenied")}, want: archive.ErrStorage},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults = map[string][]fault{"HEAD": c.head, "PUT": c.put}
			made, err := f.store(t, patient).MakeBucket(t.Context(), false)
			if made != c.made || !errors.Is(err, c.want) {
				t.Errorf("%v, %v", made, err)
			}
		})
	}
}

func TestLockedDelete(t *testing.T) {
	locked := func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) {
		fmt.Fprint(w, "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
	}
	for _, c := range []struct {
		name        string
		config      fault
		put, delete []fault
		refused     bool
		want        error
		deletes     int
	}{
		{name: "refused", config: locked, delete: []fault{says(403, "AccessDenied")}, refused: true, deletes: 2},
		{name: "refused as MinIO does", config: locked, delete: []fault{says(400, "InvalidRequest")}, refused: true, deletes: 2},
		{name: "deleted", config: locked, deletes: 1},
		{name: "deleted with the right to bypass", config: locked, delete: []fault{says(403, "AccessDenied"), well}, deletes: 2},
		{name: "deleted, though refused", config: locked, delete: []fault{but(403, "AccessDenied")}, want: archive.ErrStorage, deletes: 2},
		{name: "no lock", config: says(404, "ObjectLockConfigurationNotFoundError"), want: s3.ErrNoLock},
		{name: "unknown", config: says(501, "NotImplemented"), want: s3.ErrNoLock},
		{name: "forbidden", config: says(403, "AccessDenied"), want: archive.ErrStorage},
		{name: "not stored", config: locked, put: []fault{says(400, "InvalidRequest")}, want: archive.ErrStorage},
		{name: "no answer", config: locked, delete: []fault{cut}, want: archive.ErrStorage, deletes: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults = map[string][]fault{"GET": {c.config}, "PUT": c.put, "DELETE": c.delete}
			refused, err := f.store(t, patient).LockedDelete(t.Context(), "probe/locked", time.Minute)
			if refused != c.refused || !errors.Is(err, c.want) || f.count("DELETE") != c.deletes {
				t.Errorf("%v, %v, %d deletes", refused, err, f.count("DELETE"))
			}
		})
	}
}

// The clock of the server is known after any answer.
func TestSkew(t *testing.T) {
	f := newFake(t)
	s := f.store(t, patient)
	if _, ok := s.Skew(); ok {
		t.Error("known before the first answer")
	}
	f.faults["HEAD"] = []fault{func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) {
		w.Header().Set("Date", time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat))
	}}
	if err := s.Reach(context.Background()); err != nil {
		t.Fatal(err)
	}
	if skew, ok := s.Skew(); !ok || skew < -time.Hour-3*time.Second || skew > -time.Hour+3*time.Second {
		t.Error(skew, ok)
	}
}

// A server whose clock is too far from ours refuses every request: the error says so, also where the answer has no code.
func TestOutOfTime(t *testing.T) {
	for ahead, want := range map[time.Duration]bool{16 * time.Minute: true, -time.Hour: true, 0: false, 5 * time.Minute: false} {
		f := newFake(t)
		refuse := func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
			w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
			says(403, "AccessDenied")(w, r, do)
		}
		f.faults = map[string][]fault{"HEAD": {refuse}, "GET": {refuse}}
		s := f.store(t, patient)
		_, get := s.Get(t.Context(), "a")
		for what, err := range map[string]error{"reach": s.Reach(t.Context()), "get": get} {
			if !errors.Is(err, archive.ErrStorage) || errors.Is(err, s3.ErrClock) != want {
				t.Errorf("%s ahead, %s: %v", ahead, what, err)
			}
			minutes := fmt.Sprintf("the server's is %dm", int(ahead.Minutes()))
			if want && ahead < time.Hour && ahead > 0 && !strings.Contains(err.Error(), minutes) && !strings.Contains(err.Error(), "15m59s") {
				t.Errorf("%v does not say %q", err, minutes)
			}
		}
	}
}
