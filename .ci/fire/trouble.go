package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// trouble is what can happen to a storage.
type trouble struct {
	name       string
	reads      bool // what is stored can be read all the same
	ready      bool // too little for /readyz to say no
	begin, end func(*stage) error
}

// small is what still fits onto a storage that is full.
const small = "4096"

// onFolder is the trouble of a folder. The service's process is what is limited: what else writes there does not notice.
var onFolder = []trouble{
	{"full", true, false, func(s *stage) error { return s.service.process.fileLimit(small) }, func(s *stage) error { return s.service.process.fileLimit("unlimited") }},
	{"read-only", true, false, func(s *stage) error { return modes(s.service.data, 0o500) }, func(s *stage) error { return modes(s.service.data, 0o700) }},
	{"gone", false, false, func(s *stage) error { return os.Rename(s.service.data, s.service.data+"-away") }, back},
}

// onServer is the trouble of a bucket.
var onServer = []trouble{
	{"unreachable", false, false, func(s *stage) error { s.gateway.process.kill(); return nil }, func(s *stage) error { return s.gateway.start(secret) }},
	{"silent", false, false, func(s *stage) error { return s.gateway.process.command.Process.Signal(syscall.SIGSTOP) },
		func(s *stage) error { return s.gateway.process.command.Process.Signal(syscall.SIGCONT) }},
	{"slow", false, false, delay(3 * time.Second), delay(0)},
	{"sluggish", true, true, delay(300 * time.Millisecond), delay(0)},
	{"full", true, false, func(s *stage) error { return s.gateway.process.fileLimit(small) }, func(s *stage) error { return s.gateway.process.fileLimit("unlimited") }},
	{"read-only", true, false, func(s *stage) error { return s.gateway.again(secret, "--readonly") }, func(s *stage) error { return s.gateway.again(secret) }},
	{"credentials refused", false, false, func(s *stage) error { return s.gateway.again(wrongSecret) }, func(s *stage) error { return s.gateway.again(secret) }},
	{"bucket gone", false, false, func(s *stage) error { return s.gateway.move(bucket, "weg") }, func(s *stage) error { return s.gateway.move("weg", bucket) }},
}

// delay delays each answer of the server.
func delay(d time.Duration) func(*stage) error {
	return func(s *stage) error {
		s.gateway.proxy.delay.Store(int64(d))
		return nil
	}
}

// move renames a bucket, while the server is down: one that is at a write makes the folder anew, and an empty bucket is nothing
// that a service could tell from its own.
func (g *gateway) move(from, to string) error {
	g.process.kill()
	if err := os.Rename(filepath.Join(g.dir, "root", from), filepath.Join(g.dir, "root", to)); err != nil {
		return err
	}
	return g.start(secret)
}

// back gives the folder back; nothing may have been written to its place.
func back(s *stage) error {
	if entries, err := os.ReadDir(s.service.data); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is something where the folder was: %v %w", entries, err)
	}
	return os.Rename(s.service.data+"-away", s.service.data)
}

// modes sets the mode of all folders, that of temporary files first: without them nothing is written.
func modes(root string, mode fs.FileMode) error {
	if err := os.Chmod(filepath.Join(root, ".tmp"), mode); err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return os.Chmod(path, mode)
	})
}

// troubles plays all troubles in turns, and after each round measures what the service holds while nobody calls.
func (s *stage) troubles(c *crowd, o *options) error {
	table := onFolder
	if s.gateway != nil {
		table = onServer
	}
	c.begin()
	var rounds []use
	for begun := time.Now(); len(rounds) == 0 || time.Since(begun) < o.duration; {
		for i := range table {
			if err := s.play(c, &table[i], o.hold); err != nil {
				return fmt.Errorf("%s: %w", table[i].name, err)
			}
		}
		u, err := s.rest(c)
		if err != nil {
			return err
		}
		rounds = append(rounds, u)
	}
	c.growth(rounds)
	return c.finish()
}

// notice is within what /readyz says no: where all can still be read, only a write that has failed after all its tries tells.
const notice = 15 * time.Second

// play is one trouble: the service must see it, live with it, and be well again soon after, by itself.
func (s *stage) play(c *crowd, t *trouble, hold time.Duration) error {
	time.Sleep(hold / 4) // with all well
	before, begun := len(c.known()), time.Now()
	c.trouble(t.name, t.reads)
	if err := t.begin(s); err != nil {
		return err
	}
	noticed := s.notices(c, t)
	for end := begun.Add(hold); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		if got := s.status("/healthz"); got != http.StatusOK {
			c.find("/healthz: %d (%s)", got, t.name)
		}
	}
	during := len(c.known())
	if err := t.end(s); err != nil {
		return err
	}
	again := s.recovers(c, t)
	c.ended()
	fmt.Printf("%s: %s: /readyz %s, well %.1f s after its end; %d acknowledged before, %d while it lasted\n",
		s.store, t.name, noticed, again.Seconds(), before, during-before)
	return nil
}

// notices waits until /readyz says no, where it should.
func (s *stage) notices(c *crowd, t *trouble) string {
	if t.ready {
		return "says yes all the time"
	}
	took, err := s.until(http.StatusServiceUnavailable, notice)
	if err != nil {
		c.find("trouble that is not seen (%s): %v", t.name, err)
	}
	return fmt.Sprintf("says no after %.1f s", took.Seconds())
}

// recovers waits until the service is ready and a call is acknowledged, and says how long that took.
func (s *stage) recovers(c *crowd, t *trouble) time.Duration {
	ended, during := time.Now(), len(c.known())
	if _, err := s.until(http.StatusOK, settle); err != nil {
		c.find("not well again after it (%s): %v", t.name, err)
	}
	for end := time.Now().Add(settle); len(c.known()) == during; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			c.find("nothing is acknowledged after it (%s)", t.name)
			break
		}
	}
	return time.Since(ended)
}

// known are the acknowledged calls so far.
func (c *crowd) known() []*acked {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.acked
}

// rest lets all callers finish what they are at and measures.
func (s *stage) rest(c *crowd) (use, error) {
	time.Sleep(time.Second)
	c.pause.Lock() // waits for callers at work, and keeps them from new work
	defer c.pause.Unlock()
	c.client.CloseIdleConnections()
	time.Sleep(3 * time.Second)
	u, err := s.service.process.use()
	fmt.Printf("%s: at rest: %d MB, %d threads, %d open files\n", s.store, u.memory>>10, u.threads, u.files)
	return u, err
}

// threadsEach is how many threads a connection may have made at some time, each of them waiting for the disk: Go keeps them for
// later, so there is a highest number, which comes by chance.
const threadsEach = 8

// growth compares the last round with the first: what a trouble leaves behind would add up.
func (c *crowd) growth(rounds []use) {
	first, last := rounds[min(1, len(rounds)-1)], rounds[len(rounds)-1] // the very first fills caches
	if last.memory > first.memory+first.memory/4+16<<10 {
		c.find("memory grows: %v kB", rounds)
	}
	if most := threadsEach * c.stage.connections; last.threads > max(first.threads+8, most) || last.files > first.files+16 {
		c.find("threads or files are not given back: %v, at most %d threads", rounds, most)
	}
}
