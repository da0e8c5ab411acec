package main

import (
	"io"
	"net"
	"sync/atomic"
	"time"
)

// proxy passes connections on to a server, and delays its answers.
type proxy struct {
	listener net.Listener
	to       string
	delay    atomic.Int64 // of each answer, in nanoseconds
}

func newProxy(to string) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{listener: l, to: to}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go p.pass(from)
		}
	}()
	return p, nil
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

// pass is one connection; it ends where either side does, as a port that is closed would end it.
func (p *proxy) pass(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer to.Close()
	go func() {
		defer to.Close()
		_, _ = io.Copy(to, from)
	}()
	_, _ = io.Copy(from, &late{to, p, time.Time{}})
}

// late reads answers, each after the delay.
type late struct {
	from io.Reader
	p    *proxy
	last time.Time
}

// apart tells one answer from the next one of the same connection.
const apart = 20 * time.Millisecond

// Read reads, and waits where an answer begins.
func (l *late) Read(b []byte) (int, error) {
	n, err := l.from.Read(b)
	if delay := time.Duration(l.p.delay.Load()); delay > 0 && time.Since(l.last) > apart {
		time.Sleep(delay)
	}
	l.last = time.Now()
	return n, err
}
