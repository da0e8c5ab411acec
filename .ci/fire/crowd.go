package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// window is a time of trouble, in which an answer may say so.
type window struct {
	name  string
	reads bool // what is stored can be read all the same
	begun time.Time
	ended time.Time // zero: not yet
}

// crowd are the callers, and what they know.
type crowd struct {
	stage  *stage
	client *http.Client
	whole  map[string]any // the engagement that is posted, with another reference each time

	mu       sync.Mutex
	windows  []window
	acked    []*acked
	promised []string // ids of answers that said "running"
	findings []string
	count    map[string]int // of answers, by what they were

	stop  atomic.Bool // no new work
	lost  atomic.Bool // the run is given up
	pause sync.RWMutex
	wait  sync.WaitGroup
	begun time.Time
	took  time.Duration // until the last caller had its last answer
	slow  atomic.Int64  // the longest answer, in nanoseconds
}

func newCrowd(s *stage) (*crowd, error) {
	b, err := os.ReadFile("examples/launch.json")
	if err != nil {
		return nil, fmt.Errorf("run it in the root of the module: %w", err)
	}
	c := &crowd{stage: s, count: map[string]int{}}
	if err := json.Unmarshal(b, &c.whole); err != nil {
		return nil, err
	}
	c.client = &http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{
		MaxIdleConnsPerHost: s.connections, MaxConnsPerHost: 2 * s.connections, IdleConnTimeout: 5 * time.Second,
	}}
	return c, nil
}

// begin sends the callers off.
func (c *crowd) begin() {
	c.begun = time.Now()
	for n := range c.stage.connections {
		w := &caller{crowd: c, number: n}
		c.wait.Go(w.work)
	}
}

// giveUp ends all calls.
func (c *crowd) giveUp() {
	c.stop.Store(true)
	c.lost.Store(true)
	c.wait.Wait()
}

// finish lets each caller get its last answer. Only a service that gives none makes it wait for long.
func (c *crowd) finish() error {
	c.stop.Store(true)
	done := make(chan struct{})
	go func() { c.wait.Wait(); close(done) }()
	select {
	case <-done:
		c.took = time.Since(c.begun)
		return nil
	case <-time.After(3 * time.Minute):
		return errors.New("callers do not get the answers that they repeat their requests for")
	}
}

const maxFindings = 12 // are printed

// find notes what must not be.
func (c *crowd) find(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	if len(c.findings) < maxFindings {
		fmt.Printf("%s: FOUND: %s\n", c.stage.store, text)
	}
	c.findings = append(c.findings, text)
}

// found is the error of a run that found something.
func (c *crowd) found() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.findings) == 0 {
		return nil
	}
	return fmt.Errorf("%d findings, the first: %s", len(c.findings), c.findings[0])
}

// trouble opens a window; ended closes it.
func (c *crowd) trouble(name string, reads bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.windows = append(c.windows, window{name: name, reads: reads, begun: time.Now()})
}

func (c *crowd) ended() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.windows[len(c.windows)-1].ended = time.Now().Add(time.Second) // for what is still at work
}

// excuse is the trouble that a request between two moments has met; nil: none. Of several it is the one that excuses most.
func (c *crowd) excuse(from, to time.Time) (met *window) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range slices.Backward(c.windows) {
		if w.begun.Before(to) && (w.ended.IsZero() || w.ended.After(from)) && (met == nil || met.reads) {
			met = &w
		}
	}
	return met
}

// saw counts an answer.
func (c *crowd) saw(what string, took time.Duration) {
	c.mu.Lock()
	c.count[what]++
	c.mu.Unlock()
	for {
		longest := c.slow.Load()
		if int64(took) <= longest || c.slow.CompareAndSwap(longest, int64(took)) {
			return
		}
	}
}

// acknowledge keeps what an answer promises.
func (c *crowd) acknowledge(a *acked) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acked = append(c.acked, a)
}

// promise keeps the id of an answer that said that the work goes on.
func (c *crowd) promise(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.promised = append(c.promised, id)
}

// String is the figures on one line.
func (c *crowd) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	bundles := 0
	for _, a := range c.acked {
		bundles += min(1, max(0, len(a.documents)-1)) // an offer alone is no bundle
	}
	return fmt.Sprintf("%d calls acknowledged, %d of them bundles of six, in %.0f s: %.1f bundles a second; longest answer %.1f s; %v",
		len(c.acked), bundles, c.took.Seconds(), float64(bundles)/c.took.Seconds(), time.Duration(c.slow.Load()).Seconds(), c.count)
}
