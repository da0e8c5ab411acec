package s3test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"
)

// Kind is a way in which a network, or a server in trouble, hurts a request.
type Kind string

// The ways. All but Drop and Refuse let the server carry the request out.
const (
	Cut    Kind = "cut"    // the answer is lost
	Drop   Kind = "drop"   // the request is lost
	Delay  Kind = "delay"  // the answer comes late, sometimes when nobody waits any more
	Late   Kind = "late"   // the sender hears nothing, and the request arrives a while after: others may have come between
	Twice  Kind = "twice"  // the request arrives twice, and the second answer is given: 412 for one's own write
	Half   Kind = "half"   // the answer breaks off, anywhere
	Refuse Kind = "refuse" // the server says that it has not done it, which is true: 503, 500, 409
	Deny   Kind = "deny"   // it says so, and has done it
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{Cut, Drop, Delay, Late, Twice, Half, Refuse, Deny} }

// Evenly gives every kind the same part of a share.
func Evenly(share float64) map[Kind]float64 {
	shares := map[Kind]float64{}
	for _, k := range Kinds() {
		shares[k] = share / float64(len(Kinds()))
	}
	return shares
}

// Weather is how a Proxy treats requests. Seed gives the same weather to the same requests in the same order.
type Weather struct {
	Seed   uint64
	Shares map[Kind]float64 // of all requests, 0 to 1 together
	Long   time.Duration    // what nobody waits for: one in eight delays takes as long
}

// Proxy stands before an S3 server and hurts some of the requests. Each is passed on as it was sent and signed.
type Proxy struct {
	URL string

	weather Weather
	server  *url.URL
	next    *http.Transport
	late    sync.WaitGroup

	mu     sync.Mutex
	random *rand.Rand
	counts map[Kind]int
	all    int
}

// NewProxy starts a proxy before a server until the test ends.
func NewProxy(t testing.TB, server string, w Weather) *Proxy {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{
		weather: w, server: u, random: rand.New(rand.NewPCG(w.Seed, 0)), counts: map[Kind]int{},
		next: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64},
	}
	listening := httptest.NewServer(p)
	p.URL = listening.URL
	t.Cleanup(func() {
		listening.CloseClientConnections()
		listening.Close()
		p.Settle()
		p.next.CloseIdleConnections()
	})
	return p
}

// Settle waits until the last late request has arrived; it is for when no more are sent.
func (p *Proxy) Settle() {
	p.mu.Lock() // behind the beginning of each
	defer p.mu.Unlock()
	p.late.Wait()
}

// later passes a request on after a while; nobody hears of it.
func (p *Proxy) later(x *exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.late.Go(func() {
		time.Sleep(x.wait())
		_, _ = x.send()
	})
}

// Counts are how many requests came and how many were hurt in which way.
func (p *Proxy) Counts() (all int, hurt map[Kind]int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all, maps.Clone(p.counts)
}

// fate decides about one request: how it is hurt, "" = not at all, and a number for what is left to chance.
func (p *Proxy) fate() (Kind, float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all++
	at, chance := p.random.Float64(), p.random.Float64()
	for _, k := range Kinds() {
		if at < p.weather.Shares[k] {
			p.counts[k]++
			return k, chance
		}
		at -= p.weather.Shares[k]
	}
	return "", chance
}

// ServeHTTP carries one request through its fate.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the sender has gone away in the middle
	}
	kind, chance := p.fate()
	x := &exchange{proxy: p, request: r.Clone(context.WithoutCancel(r.Context())), body: body, chance: chance}
	x.suffer(w, kind)
}

// exchange is one request and what becomes of it.
type exchange struct {
	proxy   *Proxy
	request *http.Request
	body    []byte
	chance  float64 // 0 to 1
}

func (x *exchange) suffer(w http.ResponseWriter, kind Kind) {
	switch kind {
	case Cut:
		x.forward()
		panic(http.ErrAbortHandler)
	case Drop:
		panic(http.ErrAbortHandler)
	case Late:
		x.proxy.later(x)
		panic(http.ErrAbortHandler)
	case Refuse:
		x.refuse(w)
	case Deny:
		x.forward()
		x.refuse(w)
	case Delay:
		a := x.forward()
		time.Sleep(x.wait())
		a.write(w)
	case Twice:
		x.forward()
		x.forward().write(w)
	case Half:
		x.forward().writeHalf(w, x.chance)
	default:
		x.forward().write(w)
	}
}

// wait is how long something takes that takes long: up to a quarter of a second, or longer than anybody waits.
func (x *exchange) wait() time.Duration {
	if x.chance > 7./8 {
		return x.proxy.weather.Long
	}
	return time.Duration(x.chance * float64(250*time.Millisecond))
}

// answer is what the server said.
type answer struct {
	http.Response
	body []byte
}

// forward passes the request on, whatever becomes of its sender. A server that does not answer is a connection that breaks.
func (x *exchange) forward() *answer {
	a, err := x.send()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return a
}

// send is one passing on: the same method, address, headers and bytes, with the Host that was signed.
func (x *exchange) send() (*answer, error) {
	in := x.request
	to := *in.URL
	to.Scheme, to.Host = x.proxy.server.Scheme, x.proxy.server.Host
	out := &http.Request{Method: in.Method, URL: &to, Host: in.Host, Header: in.Header.Clone(), ContentLength: int64(len(x.body))}
	out.Header.Del("Expect") // the body is here
	out.Header.Del("Connection")
	if len(x.body) > 0 {
		out.Body = io.NopCloser(bytes.NewReader(x.body))
	}
	response, err := x.proxy.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // read to its end
	body, err := io.ReadAll(response.Body)
	return &answer{*response, body}, err
}

func (a *answer) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.Header)
	w.WriteHeader(a.StatusCode)
	_, _ = w.Write(a.body) // of a HEAD there is none; whoever has gone away needs no word
}

// writeHalf sends the answer up to some byte of its head or its body and breaks the connection.
func (a *answer) writeHalf(w http.ResponseWriter, part float64) {
	a.Body = io.NopCloser(bytes.NewReader(a.body))
	whole, err := httputil.DumpResponse(&a.Response, true)
	taken, ok := w.(http.Hijacker)
	if err != nil || !ok {
		panic(http.ErrAbortHandler)
	}
	line, _, err := taken.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = line.Write(whole[:int(part*float64(len(whole)-1))])
	_ = line.Close()
}

// refusals are how servers say that they have not done something. The last three are for writes only.
var refusals = []struct {
	status int
	code   string
}{{503, "SlowDown"}, {500, "InternalError"}, {409, "ConditionalRequestConflict"}, {409, "OperationAborted"}, {400, "ConcurrentModification"}}

const anyMethod = 2 // of refusals

func (x *exchange) refuse(w http.ResponseWriter) {
	choice := refusals
	if !slices.Contains([]string{http.MethodPut, http.MethodDelete}, x.request.Method) {
		choice = refusals[:anyMethod]
	}
	no := choice[int(x.chance*float64(len(choice)))]
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(no.status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>on purpose</Message></Error>", no.code)
}
