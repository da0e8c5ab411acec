// Package s3 keeps objects in S3-compatible storage. It is the only package that speaks S3.
//
// The library tries every request once. Whether to repeat is decided here, because a repeated conditional write meets
// its own first try: when the answer to a PUT is lost, the second one is told "412, exists" for what the first has stored.
// So every logical write carries an id of its own in the object's metadata, and whatever is not a clear answer is settled
// by reading that id back.
package s3

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"auftragsmappe/documents/archive"
)

// Options say where the bucket is and who asks.
type Options struct {
	Endpoint  string // URL with scheme and without a path: https://s3.example
	Region    string // "" = us-east-1, which servers without regions take as well
	AccessKey string
	SecretKey string
	Bucket    string
	Prefix    string // of all keys, without "/" at its ends; "" = none
	Lock      Lock   // of objects with Keep
	// Try is how long one request may take, without a second for each MiB that it sends, and Call all requests of one call of the
	// store together; 0 = 5 and 30 seconds.
	Try, Call time.Duration
	// Wrap is put around the store's own transport, when given: for tests, and for doctor, which loses answers on purpose.
	Wrap func(http.RoundTripper) http.RoundTripper
}

// ErrOptions is for options that cannot work. The text does not name keys.
var ErrOptions = errors.New("s3: bad options")

// Store is an archive.Store in a bucket. Any number of processes may use it at once.
type Store struct {
	client *minio.Client
	bucket string
	root   string // of all keys: "" or ending in "/"
	region string
	hide   *strings.Replacer // takes keys out of what a server says
	clock  *clock

	each, total time.Duration // the time of one try, and of all tries of one call
	opaque      atomic.Bool   // ETags are no MD5 here, though they look like it (encryption by the server)

	wanted        Lock
	lock          atomic.Pointer[Lock] // how objects are locked; nil: not yet known
	asking        chan struct{}        // held by the write that asks for it
	unconditional atomic.Bool          // the server knows no conditions, so it keeps files only
}

const (
	defaultRegion = "us-east-1"
	eachTry       = 5 * time.Second // and a second for each MiB that is sent
	allTries      = 30 * time.Second
	maxPrefix     = 100 // with the longest key it stays below the 1024 bytes that S3 allows
)

// Open checks the options and returns the store. It does not ask the server: that is what a probe is for.
func Open(o Options) (*Store, error) {
	u, err := CheckEndpoint(o.Endpoint)
	if err != nil {
		return nil, err
	}
	if err := CheckPlace(o.Bucket, o.Prefix); err != nil {
		return nil, err
	}
	if o.AccessKey == "" || o.SecretKey == "" {
		return nil, fmt.Errorf("%w: access key or secret key is missing", ErrOptions)
	}
	s := &Store{
		bucket: o.Bucket, region: o.Region, each: cmp.Or(o.Try, eachTry), total: cmp.Or(o.Call, allTries), clock: &clock{next: transport()},
		wanted: o.Lock, asking: make(chan struct{}, 1),
	}
	if s.region == "" {
		s.region = defaultRegion // with none the library would ask the server first
	}
	if o.Prefix != "" {
		s.root = o.Prefix + "/"
	}
	s.hide = strings.NewReplacer(o.SecretKey, "…", o.AccessKey, "…")
	var next http.RoundTripper = s.clock
	if o.Wrap != nil {
		next = o.Wrap(next)
	}
	s.client, err = minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""), Secure: u.Scheme == "https", Region: s.region,
		Transport: next, MaxRetries: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrOptions, s.hide.Replace(err.Error()))
	}
	return s, nil
}

// CheckEndpoint reads the URL of a server: scheme and host, nothing else.
func CheckEndpoint(endpoint string) (*url.URL, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("%w: endpoint is no URL", ErrOptions) // the cause would repeat it, with a password in it
	}
	plain := strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || !plain {
		return nil, fmt.Errorf("%w: endpoint is not of the form https://s3.example", ErrOptions)
	}
	return u, nil
}

var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// CheckPlace checks a bucket's name and a prefix ("" = none).
func CheckPlace(bucket, prefix string) error {
	if !bucketName.MatchString(bucket) || strings.Contains(bucket, "..") {
		return fmt.Errorf("%w: bucket %q", ErrOptions, bucket)
	}
	if prefix != "" && (len(prefix) > maxPrefix || archive.CheckKey(prefix) != nil) {
		return fmt.Errorf("%w: prefix %q", ErrOptions, prefix)
	}
	return nil
}

// transport is one pool of connections for one store. It has no time limit for a whole answer: every try has a deadline.
func transport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: eachTry, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   eachTry,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   128,
		MaxConnsPerHost:       256,  // a burst waits; it does not open connections without end
		DisableCompression:    true, // bytes come as they were stored
	}
}

// clock is the transport that remembers how far the server's clock is from ours.
type clock struct {
	next http.RoundTripper
	skew atomic.Int64 // nanoseconds by which the server is ahead
	seen atomic.Bool
}

// RoundTrip passes the request on and reads the answer's Date.
func (c *clock) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := time.Now()
	answer, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		middle := sent.Add(time.Since(sent) / 2)
		c.skew.Store(int64(date.Sub(middle)))
		c.seen.Store(true)
	}
	return answer, nil
}
