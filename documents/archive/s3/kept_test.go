package s3_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

var fileKey = archive.FileKey("jana", "abc", "0011223344556677", "offer.pdf")

func kept8(key string, ifAbsent bool) archive.Object {
	return archive.Object{Key: key, Bytes: []byte("ours"), IfAbsent: ifAbsent, Keep: archive.Years(8).Until(time.Now().Year())}
}

// lockedBucket answers the question for object lock with yes.
func lockedBucket(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) {
	fmt.Fprint(w, "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
}

func answers(body string) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) { fmt.Fprint(w, body) }
}

// What is asked of the bucket, and which lock goes over the wire.
func TestLockOnTheWire(t *testing.T) {
	for _, c := range []struct {
		name   string
		lock   s3.Lock
		config []fault
		keep   time.Duration
		mode   string
		gets   int
		want   error
	}{
		{name: "no time", lock: s3.LockAuto, config: []fault{lockedBucket}},
		{name: "a bucket with lock", config: []fault{lockedBucket}, keep: 24 * time.Hour, mode: "COMPLIANCE", gets: 1},
		{name: "slow at first", config: []fault{says(503, "SlowDown"), cut, lockedBucket}, keep: 24 * time.Hour, mode: "COMPLIANCE", gets: 3},
		{name: "without", config: []fault{says(404, "ObjectLockConfigurationNotFoundError")}, keep: 24 * time.Hour, gets: 1},
		{name: "not enabled", config: []fault{answers("<ObjectLockConfiguration></ObjectLockConfiguration>")}, keep: 24 * time.Hour, gets: 1},
		{name: "not known", config: []fault{says(501, "NotImplemented")}, keep: 24 * time.Hour, gets: 1},
		{name: "not allowed there", config: []fault{says(405, "MethodNotAllowed")}, keep: 24 * time.Hour, gets: 1},
		{name: "a listing", config: []fault{answers("<ListBucketResult></ListBucketResult>")}, keep: 24 * time.Hour, gets: 1},
		{name: "nothing", config: []fault{empty}, keep: 24 * time.Hour, gets: 1},
		{name: "half an answer", config: []fault{answers("<ObjectLockConfiguration><ObjectLock"), lockedBucket}, keep: 24 * time.Hour, mode: "COMPLIANCE", gets: 2},
		{name: "forbidden", config: []fault{says(403, "AccessDenied")}, keep: 24 * time.Hour, gets: 2, want: archive.ErrStorage},
		{name: "expired", config: []fault{says(400, "ExpiredToken")}, keep: 24 * time.Hour, gets: 2, want: archive.ErrStorage},
		{name: "governance", lock: s3.LockGovernance, keep: 24 * time.Hour, mode: "GOVERNANCE"},
		{name: "compliance", lock: s3.LockCompliance, keep: 24 * time.Hour, mode: "COMPLIANCE"},
		{name: "off", lock: s3.LockOff, keep: 24 * time.Hour},
		{name: "nearly over", lock: s3.LockCompliance, keep: 10 * time.Minute},
		{name: "over", lock: s3.LockCompliance, keep: -24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults["GET"] = c.config
			var mu sync.Mutex
			var seen []http.Header
			f.faults["PUT"] = []fault{func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
				mu.Lock()
				seen = append(seen, r.Header.Clone())
				mu.Unlock()
				do(w)
			}}
			s := open(t, s3.Options{Endpoint: f.url, AccessKey: "a", SecretKey: secret, Bucket: "mappe", Prefix: "x", Lock: c.lock})
			keep := time.Time{}
			if c.keep != 0 {
				keep = time.Now().Add(c.keep)
			}
			for i := range 2 {
				err := s.Put(t.Context(), archive.Object{Key: archive.EventKey("jana", "abc", i+1), Bytes: []byte("x"), IfAbsent: true, Keep: keep},
					archive.Object{Key: archive.FileKey("jana", "abc", fmt.Sprint(i), "offer.pdf"), Bytes: []byte("x"), Keep: keep})
				if !errors.Is(err, c.want) || errors.Is(err, archive.ErrUnknown) {
					t.Errorf("%v, want %v", err, c.want)
				}
			}
			if n := f.count("GET"); n != c.gets {
				t.Errorf("asked %d times, want %d", n, c.gets)
			}
			until := ""
			if c.mode != "" {
				until = keep.UTC().Format(time.RFC3339)
			}
			if want := map[bool]int{true: 4}[c.want == nil]; len(seen) != want {
				t.Errorf("%d PUTs, want %d", len(seen), want)
			}
			for _, h := range seen {
				if h.Get("X-Amz-Object-Lock-Mode") != c.mode || h.Get("X-Amz-Object-Lock-Retain-Until-Date") != until || h.Get("Content-Md5") == "" {
					t.Errorf("%v", h)
				}
			}
		})
	}
}

// A kept file is written once, and never over other bytes, whatever the answers are.
func TestKeptFile(t *testing.T) {
	ours, theirs := kept{body: []byte("ours"), etag: sum([]byte("ours"))}, kept{body: []byte("theirs"), etag: sum([]byte("theirs"))}
	opaque := ours
	opaque.etag = strings.Repeat("0", 32)
	for _, c := range []struct {
		name              string
		there             *kept
		put, head, get    []fault
		want              error
		puts, heads, get1 int
	}{
		{name: "new", puts: 1},
		{name: "again", there: &ours, puts: 1, heads: 2},
		{name: "again, with another ETag", there: &opaque, puts: 1, heads: 2, get1: 1},
		{name: "other bytes", there: &theirs, want: archive.ErrKept, puts: 1, heads: 2, get1: 1},
		{name: "other bytes, not to be read", there: &theirs, get: []fault{says(403, "AccessDenied")}, want: archive.ErrUnknown, puts: 1, heads: 2, get1: 1},
		{name: "answer lost", put: []fault{lost}, puts: 1, heads: 1},
		{name: "no conditions", put: []fault{says(501, "NotImplemented"), well}, puts: 2},
		{name: "exists, yet it does not", put: []fault{says(412, "PreconditionFailed"), says(412, ""), says(412, ""), says(412, ""), says(412, ""), well}, puts: 6, heads: 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.faults = map[string][]fault{"PUT": c.put, "HEAD": c.head, "GET": c.get}
			if c.there != nil {
				f.objects[fileKey] = *c.there
			}
			err := f.store(t, patient).Put(t.Context(), archive.Object{Key: fileKey, Bytes: []byte("ours")})
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if stored := f.body(fileKey) == "ours"; stored != (c.want == nil) {
				t.Errorf("stored: %v", stored)
			}
			if f.count("PUT") != c.puts || f.count("HEAD") != c.heads || f.count("GET") != c.get1 {
				t.Errorf("%v", f.calls)
			}
		})
	}
}

// A server that knows no conditions is asked for none again.
func TestKeptFileWithoutConditions(t *testing.T) {
	f := newFake(t)
	f.faults["PUT"] = []fault{says(501, "NotImplemented"), well}
	s := f.store(t, patient)
	for range 3 {
		if err := s.Put(t.Context(), archive.Object{Key: fileKey, Bytes: []byte("ours")}); err != nil {
			t.Fatal(err)
		}
	}
	if f.count("PUT") != 4 {
		t.Errorf("%d PUTs, want 4", f.count("PUT"))
	}
}

// A bucket with object lock keeps every promise of a store.
func TestVersitygwLocked(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = s3test.LockedBucket
	conforms(t, options)
}

// Each mode holds what it promises: a locked version cannot be deleted, with governance only by who may bypass it; what
// another tool writes over it is a newer version, and the old one is still there.
func TestLockHolds(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = s3test.LockedBucket
	owner := s3test.Owner(t, options)
	for i, c := range []struct {
		lock     s3.Lock
		mode     string
		bypassed bool
	}{{s3.LockAuto, "COMPLIANCE", false}, {s3.LockGovernance, "GOVERNANCE", true}} {
		own := options
		own.Lock, own.Prefix = c.lock, fmt.Sprintf("p%d", i)
		s := open(t, own)
		event, file := kept8(archive.EventKey("jana", "abc", 1), true), kept8(fileKey, false)
		loose := archive.Object{Key: "open/x", Bytes: []byte("x")}
		for range 3 {
			if err := s.Put(t.Context(), loose, file); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Put(t.Context(), event); err != nil {
			t.Fatal(err)
		}
		locked := 0
		for _, v := range owner.Versions(t) {
			key, mine := strings.CutPrefix(v.Key, own.Prefix+"/")
			if !mine || key == loose.Key {
				if mine && v.Mode != "" {
					t.Errorf("%+v is locked", v)
				}
				continue
			}
			locked++
			if until, err := time.Parse(time.RFC3339, v.Until); v.Mode != c.mode || err != nil || !until.Equal(event.Keep) {
				t.Errorf("%+v, want until %s", v, event.Keep)
			}
			owner.Put(t, v.Key, []byte("other"))
			if err := owner.Delete(t, v, false); err == nil {
				t.Errorf("%+v was deleted", v)
			}
			if err := owner.Delete(t, v, true); (err == nil) != c.bypassed {
				t.Errorf("%+v with the right to bypass: %v", v, err)
			}
		}
		if locked != 2 {
			t.Errorf("%d locked versions, want one of each object", locked)
		}
		if err := s.Put(t.Context(), file); !errors.Is(err, archive.ErrKept) {
			t.Errorf("over what another tool has put in its place: %v", err)
		}
	}
}
