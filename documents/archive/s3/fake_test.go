package s3_test

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive/s3"
)

const secret = "s3cr3t-key-of-the-test"

// kept is an object of the fake server.
type kept struct {
	body []byte
	meta map[string]string // x-amz-meta-… headers
	etag string
}

// fault is what the fake does with one request in place of its own answer; do carries the request out.
type fault func(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter))

// fake speaks just enough S3 to go wrong in every way that the store must survive.
type fake struct {
	url string

	mu      sync.Mutex
	objects map[string]kept
	faults  map[string][]fault // by method; the last one stays
	calls   map[string]int
	ids     []string // write ids of PUTs
}

func newFake(t *testing.T) *fake {
	f := &fake{objects: map[string]kept{}, faults: map[string][]fault{}, calls: map[string]int{}}
	server := httptest.NewServer(f)
	t.Cleanup(func() {
		server.CloseClientConnections() // of slow answers
		server.Close()
	})
	f.url = server.URL
	return f
}

// store is a store on the fake. Cases with a slow server or a server that never answers well have short deadlines.
func (f *fake) store(t *testing.T, pace pace) *s3.Store {
	s := open(t, s3.Options{Endpoint: f.url, AccessKey: "access-of-the-test", SecretKey: secret, Bucket: "mappe", Prefix: "x"})
	s.SetTimes(paces[pace].each, paces[pace].total)
	return s
}

type pace int

const (
	patient pace = iota
	slowly       // a try is slow, later ones are not
	endless      // all tries fail
)

var paces = map[pace]struct{ each, total time.Duration }{
	patient: {10 * time.Second, 60 * time.Second}, slowly: {time.Second, 60 * time.Second}, endless: {300 * time.Millisecond, 700 * time.Millisecond},
}

// count is how many requests of a method came.
func (f *fake) count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

// body is what is stored.
func (f *fake) body(key string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.objects[key].body)
}

// writeIDs are those of all PUTs.
func (f *fake) writeIDs() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.ids)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := plain(r)
	f.mu.Lock()
	f.calls[r.Method]++
	var next fault
	if queue := f.faults[r.Method]; len(queue) > 0 {
		next = queue[0]
		if len(queue) > 1 {
			f.faults[r.Method] = queue[1:]
		}
	}
	if r.Method == http.MethodPut {
		f.ids = append(f.ids, r.Header.Get("X-Amz-Meta-Write-Id"))
	}
	f.mu.Unlock()
	do := func(w http.ResponseWriter) { f.answer(w, r, body) }
	if next == nil {
		next = well
	}
	next(w, r, do)
}

// plain reads a body; over HTTP the client sends it in signed chunks.
func plain(r *http.Request) []byte {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		b, _ := io.ReadAll(r.Body)
		return b
	}
	var body []byte
	in := bufio.NewReader(r.Body)
	for {
		line, err := in.ReadString('\n')
		size, parse := strconv.ParseInt(strings.SplitN(line, ";", 2)[0], 16, 64)
		if err != nil || parse != nil || size == 0 {
			return body
		}
		chunk := make([]byte, size)
		if _, err := io.ReadFull(in, chunk); err != nil {
			return body
		}
		body = append(body, chunk...)
		_, _ = in.Discard(2)
	}
}

func (f *fake) answer(w http.ResponseWriter, r *http.Request, body []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := strings.TrimPrefix(r.URL.Path, "/mappe/x/")
	o, there := f.objects[key]
	switch {
	case r.URL.Query().Get("list-type") == "2":
		f.list(w, r)
	case r.Method == http.MethodPut && there && r.Header.Get("If-None-Match") == "*":
		problem(w, 412, "PreconditionFailed")
	case r.Method == http.MethodPut:
		if r.Header.Get("X-Damage") != "" {
			body = append([]byte("x"), body...)
		}
		o = kept{body: body, meta: map[string]string{}, etag: sum(body)}
		for name := range r.Header {
			if strings.HasPrefix(name, "X-Amz-Meta-") {
				o.meta[name] = r.Header.Get(name)
			}
		}
		f.objects[key] = o
		w.Header().Set("ETag", `"`+o.etag+`"`)
	case r.Method == http.MethodDelete:
		delete(f.objects, key)
		w.WriteHeader(204)
	case !there:
		problem(w, 404, "NoSuchKey")
	default:
		for name, value := range o.meta {
			w.Header().Set(name, value)
		}
		w.Header().Set("ETag", `"`+o.etag+`"`)
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Length", strconv.Itoa(len(o.body)))
		_, _ = w.Write(o.body)
	}
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	var keys []string
	for key := range f.objects {
		if name := "x/" + key; strings.HasPrefix(name, r.URL.Query().Get("prefix")) && name > r.URL.Query().Get("start-after") {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	listing(w, keys...)
}

// listing is the answer of a list with these names, in this order.
func listing(w http.ResponseWriter, names ...string) {
	fmt.Fprint(w, "<ListBucketResult><IsTruncated>false</IsTruncated>")
	for _, name := range names {
		fmt.Fprintf(w, "<Contents><Key>%s</Key></Contents>", name)
	}
	fmt.Fprint(w, "</ListBucketResult>")
}

func sum(b []byte) string {
	s := md5.Sum(b)
	return hex.EncodeToString(s[:])
}

// problem is an error as S3 says it.
func problem(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s of %s</Message></Error>", code, code, secret)
}

func well(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) { do(w) }

// says answers with an error, without doing anything.
func says(status int, code string) fault {
	return func(w http.ResponseWriter, _ *http.Request, _ func(http.ResponseWriter)) { problem(w, status, code) }
}

// but does what is asked and answers with an error all the same.
func but(status int, code string) fault {
	return func(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
		do(httptest.NewRecorder())
		problem(w, status, code)
	}
}

// cut closes the connection without an answer; lost does what is asked before.
func cut(http.ResponseWriter, *http.Request, func(http.ResponseWriter)) { panic(http.ErrAbortHandler) }

func lost(_ http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
	do(httptest.NewRecorder())
	panic(http.ErrAbortHandler)
}

// slow does what is asked and answers when nobody waits any more.
func slow(_ http.ResponseWriter, r *http.Request, do func(http.ResponseWriter)) {
	do(httptest.NewRecorder())
	<-r.Context().Done()
}

// idle does nothing and answers when nobody waits any more.
func idle(_ http.ResponseWriter, r *http.Request, _ func(http.ResponseWriter)) { <-r.Context().Done() }

// half cuts the connection in the middle of the body.
func half(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
	whole := httptest.NewRecorder()
	do(whole)
	for name := range whole.Header() {
		w.Header().Set(name, whole.Header().Get(name))
	}
	_, _ = w.Write(bytes.Clone(whole.Body.Bytes()[:whole.Body.Len()/2]))
	panic(http.ErrAbortHandler)
}

// tagged answers with another ETag.
func tagged(w http.ResponseWriter, _ *http.Request, do func(http.ResponseWriter)) {
	whole := httptest.NewRecorder()
	do(whole)
	for name := range whole.Header() {
		w.Header().Set(name, whole.Header().Get(name))
	}
	w.Header().Set("ETag", `"`+strings.Repeat("0", 32)+`"`)
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes())
}
