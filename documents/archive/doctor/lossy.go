package doctor

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
)

// ErrLost is what a request's sender gets in place of a lost answer.
var ErrLost = errors.New("doctor: answer lost on purpose")

// Lossy is a network that loses answers: the server carries every request out, and for some its word never arrives.
type Lossy struct {
	Share float64 // of answers that are lost, 0 to 1
	lost  atomic.Int64
}

// Lost counts the answers lost so far.
func (l *Lossy) Lost() int { return int(l.lost.Load()) }

// Wrap puts the network around a transport; it fits s3.Options.
func (l *Lossy) Wrap(next http.RoundTripper) http.RoundTripper { return lossyTransport{l, next} }

type lossyTransport struct {
	*Lossy
	next http.RoundTripper
}

// RoundTrip sends the request, always, and returns its answer, or ErrLost.
func (t lossyTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.next.RoundTrip(r)
	if err != nil || rand.Float64() >= t.Share {
		return answer, err
	}
	t.lost.Add(1)
	return nil, errors.Join(ErrLost, answer.Body.Close())
}
