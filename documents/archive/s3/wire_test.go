package s3_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

// What goes over the wire for one object: one request, whatever its size, with the condition, the MD5 and the write id, and
// without trailing checksums.
func TestWire(t *testing.T) {
	for _, size := range []int{0, 1, 100, 17 << 20} {
		for _, ifAbsent := range []bool{true, false} {
			f := newFake(t)
			var seen http.Header
			f.faults["PUT"] = []fault{func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
				seen = r.Header.Clone()
				do(w)
			}}
			body := bytes.Repeat([]byte("x"), size)
			if err := f.store(t, patient).Put(t.Context(), archive.Object{Key: "a", Bytes: body, IfAbsent: ifAbsent}); err != nil {
				t.Fatal(err)
			}
			if f.count("PUT") != 1 || f.count("POST") != 0 || f.count("HEAD") != 0 || f.count("GET") != 0 {
				t.Errorf("%d bytes: %v", size, f.calls)
			}
			sum := md5.Sum(body)
			for name, want := range map[string]string{
				"If-None-Match":     map[bool]string{true: "*"}[ifAbsent],
				"Content-Md5":       base64.StdEncoding.EncodeToString(sum[:]),
				"X-Amz-Meta-Sha256": fmt.Sprintf("%x", sha256.Sum256(body)),
				"X-Amz-Trailer":     "",
			} {
				if seen.Get(name) != want {
					t.Errorf("%d bytes, if absent %v: %s %q, want %q", size, ifAbsent, name, seen.Get(name), want)
				}
			}
			if len(seen.Get("X-Amz-Meta-Write-Id")) < 20 || f.body("a") != string(body) {
				t.Errorf("%d bytes: %v", size, seen)
			}
			for name := range seen {
				if strings.HasPrefix(name, "X-Amz-Checksum") || strings.HasPrefix(name, "X-Amz-Sdk-Checksum") {
					t.Errorf("%s: %s", name, seen.Get(name))
				}
			}
		}
	}
}

// The files of a batch go together, a few at a time; what stands behind them waits for all of them.
func TestTogether(t *testing.T) {
	f := newFake(t)
	var mu sync.Mutex
	now, most, done := 0, 0, 0
	early := ""
	f.faults["PUT"] = []fault{func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
		mu.Lock()
		now++
		most = max(most, now)
		if strings.HasSuffix(r.URL.Path, "/last") && done < 20 {
			early = fmt.Sprintf("the last object came when %d of 20 were done", done)
		}
		mu.Unlock()
		time.Sleep(30 * time.Millisecond)
		do(w)
		mu.Lock()
		now--
		done++
		mu.Unlock()
	}}
	var objects []archive.Object
	for i := range 20 {
		objects = append(objects, archive.Object{Key: fmt.Sprintf("f/%d", i), Bytes: []byte("x")})
	}
	objects = append(objects, archive.Object{Key: "last", Bytes: []byte("x"), IfAbsent: true})
	if err := f.store(t, patient).Put(t.Context(), objects...); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if most < 2 || most > 8 || early != "" || done != 21 {
		t.Errorf("at most %d at once, %d done, %s", most, done, early)
	}
}

// Bytes are asked for as they are stored: a server or a proxy between that packs them would change their length.
func TestWireGet(t *testing.T) {
	f := newFake(t)
	s := f.store(t, patient)
	if err := s.Put(t.Context(), archive.Object{Key: "a", Bytes: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	encoding := ""
	f.faults["GET"] = []fault{func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
		encoding = r.Header.Get("Accept-Encoding")
		do(w)
	}}
	if _, err := s.Get(t.Context(), "a"); err != nil || strings.Contains(encoding, "gzip") {
		t.Errorf("%v, Accept-Encoding %q", err, encoding)
	}
}

// leaving ends a context when a whole answer is there.
type leaving struct {
	next  http.RoundTripper
	leave func()
}

func (l leaving) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	answer.Body = io.NopCloser(bytes.NewReader(b))
	l.leave()
	return answer, err
}

// A caller that goes away between two pages gets an error, not half a list.
func TestCancelledPages(t *testing.T) {
	f := newFake(t)
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("x/%06d", i)
	}
	f.faults["GET"] = []fault{func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) { listing(w, names...) }}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s := open(t, s3.Options{
		Endpoint: f.url, AccessKey: "a", SecretKey: secret, Bucket: "mappe", Prefix: "x",
		Wrap: func(next http.RoundTripper) http.RoundTripper { return leaving{next, cancel} },
	})
	if keys, err := s.List(ctx, "", "", 2000); !errors.Is(err, context.Canceled) {
		t.Errorf("%d keys, %v", len(keys), err)
	}
}
