package api

import (
	"crypto/sha256"
	"net"
	"net/netip"
	"sync"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"
)

// limits are the rates of many callers. A caller may make twice its rate at once: no-code tools send the items of a run
// together, and try again at once.
//
// The memory is bounded without a clock: callers move from the former generation to the current one when they call, and
// when the current one is full it becomes the former one. Who is forgotten that way has let many others pass.
type limits struct {
	rate  int // a second; negative = no limit
	burst int // at once

	mu              sync.Mutex
	current, former map[string]*rate.Limiter
}

// generation is how many callers a generation has.
const generation = 10_000

func newLimits(perSecond int) *limits {
	return newBurstLimits(perSecond, 2*perSecond)
}

// newBurstLimits are rates of callers that may make so many requests at once.
func newBurstLimits(perSecond, burst int) *limits {
	return &limits{rate: perSecond, burst: burst, current: map[string]*rate.Limiter{}}
}

// allow says whether the caller of that name may make one more request now.
func (l *limits) allow(name string) bool { return l.rate < 0 || l.of(name).Allow() }

func (l *limits) of(name string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r, ok := l.current[name]; ok {
		return r
	}
	r, ok := l.former[name]
	if !ok {
		r = rate.NewLimiter(rate.Limit(l.rate), l.burst)
	}
	if len(l.current) >= generation {
		l.current, l.former = map[string]*rate.Limiter{}, l.current
	}
	l.current[name] = r
	return r
}

// networkBits is what an owner of IPv6 addresses has at least.
const networkBits = 64

// hashed is a name that keeps no API key in memory.
func hashed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return string(sum[:])
}

// address is whose request it is by the connection: headers such as X-Forwarded-For can be made up. Of an IPv6 address the
// network counts, as its owner may use all of it.
func address(c echo.Context) string {
	host, _, err := net.SplitHostPort(c.Request().RemoteAddr)
	if err != nil {
		return ""
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	network, err := ip.Prefix(networkBits)
	if err != nil {
		return host
	}
	return network.String()
}

// readersLimit bounds how fast one address may fetch, or guess, documents. Tools fetch bundles of many engagements at
// once, and many people may stand behind one address.
func (s *server) readersLimit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.readers.allow(address(c)) {
			return errRate
		}
		return next(c)
	}
}
