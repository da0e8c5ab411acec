package s3_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

// A case is what the server does with the PUTs, HEADs and GETs of one write, and what must come of it.
type writeCase struct {
	name      string
	pace      pace
	put, head []fault
	get       []fault
	taken     bool // another writer's object is there
	want      error
	not       error // an error that it must not be
	puts      int   // how many PUTs; 0 = any number
	heads     int   // how many HEADs; -1 = any number
	stored    bool  // in the end our bytes are there
	says      string
}

var creates = []writeCase{
	{name: "clear yes", puts: 1, stored: true},
	{name: "taken", taken: true, want: archive.ErrExists, puts: 1, heads: 1},
	{name: "answer lost, stored", put: []fault{lost}, puts: 1, heads: 1, stored: true},
	{name: "cut before", put: []fault{cut, well}, puts: 2, heads: 1, stored: true},
	{name: "500, stored", put: []fault{but(500, "InternalError")}, puts: 1, heads: 1, stored: true},
	{name: "412 for our own", put: []fault{but(412, "PreconditionFailed")}, puts: 1, heads: 1, stored: true},
	{name: "500 without a code", put: []fault{says(502, ""), well}, puts: 2, heads: 1, stored: true},
	{name: "503 twice", put: []fault{says(503, "SlowDown"), says(503, "SlowDown"), well}, puts: 3, heads: 2, stored: true},
	{name: "409, nothing there", put: []fault{says(409, "ConditionalRequestConflict"), well}, puts: 2, heads: 1, stored: true},
	{name: "409, taken", put: []fault{says(409, "ConditionalRequestConflict")}, taken: true, want: archive.ErrExists, puts: 1, heads: 1},
	{name: "409, ours", put: []fault{but(409, "ConditionalRequestConflict")}, puts: 1, heads: 1, stored: true},
	{name: "Ceph's conflict, taken", put: []fault{says(400, "ConcurrentModification")}, taken: true, want: archive.ErrExists, puts: 1, heads: 1},
	{name: "Ceph's conflict, nothing there", put: []fault{says(400, "ConcurrentModification"), well}, puts: 2, heads: 1, stored: true},
	{name: "500, nothing there", put: []fault{says(500, "InternalError"), well}, puts: 2, heads: 1, stored: true},
	{name: "500 for a lost race", put: []fault{says(500, "InternalError")}, taken: true, want: archive.ErrExists, puts: 1, heads: 1}, // Ceph
	{name: "429", put: []fault{says(429, "TooManyRequests"), well}, puts: 2, heads: 1, stored: true},
	{name: "409, then ours arrives late", put: []fault{says(409, "ConditionalRequestConflict"), but(412, "PreconditionFailed")}, puts: 2, heads: 2, stored: true},
	{name: "arrives twice", put: []fault{twice}, puts: 1, heads: 1, stored: true},
	{name: "arrives twice, taken", put: []fault{twice}, taken: true, want: archive.ErrExists, puts: 1, heads: 1},
	{name: "breaks off", put: []fault{half, well}, puts: -1, heads: -1, stored: true},
	{name: "digest", put: []fault{says(400, "BadDigest"), well}, puts: 2, heads: 1, stored: true},
	{name: "checksum of a repeat, stored", put: []fault{cut, but(400, "XAmzContentChecksumMismatch")}, puts: 2, heads: 2, stored: true},
	{name: "too slow, stored", pace: slowly, put: []fault{slow}, puts: 1, heads: 1, stored: true},
	{name: "always cut", pace: endless, put: []fault{cut}, want: archive.ErrUnknown, not: context.DeadlineExceeded, heads: -1},
	{name: "always too slow", pace: endless, put: []fault{idle}, want: archive.ErrUnknown, not: context.DeadlineExceeded, heads: -1},
	{name: "read-back fails at first", put: []fault{lost}, head: []fault{says(500, ""), cut, well}, puts: 1, heads: 3, stored: true},
	{name: "read-back is refused", put: []fault{lost}, head: []fault{says(403, "AccessDenied")}, want: archive.ErrUnknown, puts: 1, heads: 1, stored: true},
	{name: "read-back never answers", pace: endless, put: []fault{lost}, head: []fault{cut}, want: archive.ErrUnknown, puts: 1, heads: -1, stored: true},
	{name: "keys expired", put: []fault{says(403, "ExpiredToken")}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1, says: "ExpiredToken (HTTP 403)"},
	{name: "keys unknown", put: []fault{says(403, "InvalidAccessKeyId")}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1, says: "InvalidAccessKeyId"},
	{name: "clock", put: []fault{says(403, "RequestTimeTooSkewed")}, want: s3.ErrClock, not: archive.ErrUnknown, puts: 1, says: "the clocks differ too much"},
	{name: "region", put: []fault{regional(400, "AuthorizationHeaderMalformed")}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1, says: `names the region "eu-central-1", we have "us-east-1"`},
	{name: "keys expired after a cut", put: []fault{cut, says(403, "ExpiredToken")}, want: archive.ErrUnknown, puts: 2, heads: 1},
	{name: "no bucket", put: []fault{says(404, "NoSuchBucket")}, want: archive.ErrStorage, not: archive.ErrNotFound, puts: 1, says: `there is no bucket "mappe"`},
	{name: "404 without a code", put: []fault{says(404, "")}, want: archive.ErrStorage, not: archive.ErrNotFound, puts: 1},
	{name: "no conditions", put: []fault{says(501, "NotImplemented")}, want: archive.ErrNoConditions, not: archive.ErrUnknown, puts: 1},
	{name: "below an object", put: []fault{says(409, "ObjectParentIsFile")}, want: archive.ErrKey, not: archive.ErrExists, puts: 1},
	{name: "a directory", put: []fault{says(409, "ExistingObjectIsDirectory")}, want: archive.ErrKey, puts: 5},
	{name: "a folder that went away", put: []fault{says(409, "ExistingObjectIsDirectory"), well}, puts: 2, stored: true},
	{name: "exists, yet it does not", put: []fault{says(412, "PreconditionFailed")}, want: archive.ErrStorage, not: archive.ErrExists, puts: 5, heads: 5},
	{name: "another ETag", put: []fault{tagged}, puts: 1, stored: true},
	{name: "another ETag, then 403", put: []fault{tagged}, get: []fault{says(403, "AccessDenied")}, want: archive.ErrUnknown, puts: 1, stored: true},
	{name: "damaged", put: []fault{damaged}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1, says: "other bytes"},
}

// damaged stores other bytes than came, and says so by the ETag.
func damaged(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
	r.Header.Set("X-Damage", "yes")
	do(w)
}

// regional is says of a server that is of another region.
func regional(status int, code string) fault {
	return func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
		w.Header().Set("X-Amz-Bucket-Region", "eu-central-1")
		says(status, code)(w, r, do)
	}
}

// twice is a request that arrives twice; the second answer is given.
func twice(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
	do(httptest.NewRecorder())
	do(w)
}

var replaces = []writeCase{
	{name: "clear yes", puts: 1, stored: true},
	{name: "over another", taken: true, puts: 1, stored: true},
	{name: "answer lost", put: []fault{lost, well}, puts: 2, stored: true},
	{name: "503 twice", put: []fault{says(503, "SlowDown"), says(429, "SlowDown"), well}, puts: 3, stored: true},
	{name: "409 once", put: []fault{says(409, "OperationAborted"), well}, puts: 2, stored: true},
	{name: "Ceph's conflict", put: []fault{says(400, "ConcurrentModification"), well}, puts: 2, stored: true},
	{name: "500, stored", put: []fault{but(500, "InternalError"), well}, puts: 2, stored: true},
	{name: "arrives twice", put: []fault{twice}, puts: 1, stored: true},
	{name: "clock", put: []fault{says(403, "RequestTimeTooSkewed")}, want: s3.ErrClock, not: archive.ErrUnknown, puts: 1},
	{name: "clock after a cut", put: []fault{cut, says(403, "RequestTimeTooSkewed")}, want: archive.ErrUnknown, puts: 2, says: "the clocks differ too much"},
	{name: "region", put: []fault{regional(400, "AuthorizationHeaderMalformed")}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1},
	{name: "too slow once", pace: slowly, put: []fault{slow, well}, puts: 2, stored: true},
	{name: "never an answer", pace: endless, put: []fault{cut}, want: archive.ErrUnknown},
	{name: "keys expired", put: []fault{says(403, "ExpiredToken")}, want: archive.ErrStorage, not: archive.ErrUnknown, puts: 1},
	{name: "below an object", put: []fault{says(409, "ObjectParentIsFile")}, want: archive.ErrKey, puts: 1},
	{name: "a directory", put: []fault{says(409, "ExistingObjectIsDirectory")}, want: archive.ErrKey, puts: 5},
	{name: "a folder that went away", put: []fault{says(409, "ExistingObjectIsDirectory"), well}, puts: 2, stored: true},
	{name: "damaged", put: []fault{damaged}, want: archive.ErrStorage, puts: 1, says: "other bytes"},
}

func TestCreate(t *testing.T) {
	for _, c := range creates {
		t.Run(c.name, func(t *testing.T) { c.test(t, true) })
	}
}

func TestReplace(t *testing.T) {
	for _, c := range replaces {
		t.Run(c.name, func(t *testing.T) { c.test(t, false) })
	}
}

func (c writeCase) test(t *testing.T, ifAbsent bool) {
	t.Parallel()
	f := newFake(t)
	f.faults = map[string][]fault{"PUT": c.put, "HEAD": c.head, "GET": c.get}
	if c.taken {
		f.objects["n/7"] = kept{body: []byte("theirs"), meta: map[string]string{"X-Amz-Meta-Write-Id": "theirs"}, etag: sum([]byte("theirs"))}
	}
	err := f.store(t, c.pace).Put(t.Context(), archive.Object{Key: "n/7", Bytes: []byte("ours"), IfAbsent: ifAbsent})
	if !errors.Is(err, c.want) || c.not != nil && errors.Is(err, c.not) {
		t.Errorf("got %v, want %v and not %v", err, c.want, c.not)
	}
	if err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), secret)) {
		t.Errorf("%v: want %q and no key", err, c.says)
	}
	if stored := f.body("n/7") == "ours"; stored != c.stored {
		t.Errorf("stored: %v, want %v", stored, c.stored)
	}
	if n := f.count("PUT"); c.puts > 0 && n != c.puts {
		t.Errorf("%d PUTs, want %d", n, c.puts)
	}
	if n := f.count("HEAD"); c.heads >= 0 && n != c.heads && ifAbsent {
		t.Errorf("%d HEADs, want %d", n, c.heads)
	}
	ids := f.writeIDs()
	for _, id := range ids {
		if id == "" || ifAbsent && id != ids[0] {
			t.Errorf("write ids %q: all tries of a create have one", ids)
		}
	}
}

// Two writes never share an id, also of the same object.
func TestWriteIDs(t *testing.T) {
	f := newFake(t)
	s := f.store(t, patient)
	o := archive.Object{Key: "n/1", Bytes: []byte("x"), IfAbsent: true}
	if err := s.Put(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), o); !errors.Is(err, archive.ErrExists) {
		t.Fatal(err)
	}
	if ids := f.writeIDs(); len(ids) != 2 || ids[0] == ids[1] {
		t.Error("the same id twice")
	}
}

// A caller that goes away during a write is told so, and that the write may have happened.
func TestCancelledWrite(t *testing.T) {
	for _, ifAbsent := range []bool{true, false} {
		f := newFake(t)
		f.faults["PUT"] = []fault{slow}
		s := f.store(t, patient)
		s.SetTimes(10*time.Second, 20*time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		err := s.Put(ctx, archive.Object{Key: "n/1", Bytes: []byte("x"), IfAbsent: ifAbsent})
		if !errors.Is(err, context.Canceled) || !errors.Is(err, archive.ErrUnknown) {
			t.Errorf("if absent %v: %v", ifAbsent, err)
		}
	}
}

// A batch ends at the first object that fails: nothing after it is sent.
func TestBatchEnds(t *testing.T) {
	f := newFake(t)
	f.faults["PUT"] = []fault{well, well, says(403, "AccessDenied")}
	object := func(key string, ifAbsent bool) archive.Object {
		return archive.Object{Key: key, Bytes: []byte(key), IfAbsent: ifAbsent}
	}
	err := f.store(t, patient).Put(t.Context(), object("a", true), object("b", false), object("c", true), object("d", false), object("e", true))
	if !errors.Is(err, archive.ErrStorage) || f.count("PUT") != 3 || f.body("a")+f.body("b")+f.body("c") != "ab" {
		t.Errorf("%v, %d PUTs", err, f.count("PUT"))
	}
}

// Where ETags have proved to be no MD5 they are not asked about again.
func TestOpaqueETags(t *testing.T) {
	f := newFake(t)
	f.faults["PUT"] = []fault{tagged}
	s := f.store(t, patient)
	for _, key := range []string{"a", "b", "c"} {
		if err := s.Put(t.Context(), archive.Object{Key: key, Bytes: []byte(key), IfAbsent: true}); err != nil {
			t.Fatal(err)
		}
	}
	if n := f.count("GET"); n != 1 {
		t.Errorf("%d objects were read again, want 1", n)
	}
}
