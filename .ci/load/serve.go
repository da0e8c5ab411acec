package main

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// served is a started service and what it used.
type served struct {
	command *exec.Cmd
	dir     string
	stop    chan struct{}
	done    chan struct{}
	rss     []int // kB, every half second
	highest int   // kB: VmHWM
	cpu     time.Duration
}

// serve starts the program and puts its address and key into the options.
func serve(o *options) (*served, error) {
	dir, err := os.MkdirTemp("", "load-")
	if err != nil {
		return nil, err
	}
	o.key = rand.Text() + rand.Text()
	program, err := filepath.Abs(o.serve)
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, "serve", "--addr", "127.0.0.1:0")
	c.Dir = dir
	c.Env = []string{"AUFTRAGSMAPPE_DATA=" + dir, "AUFTRAGSMAPPE_BOOTSTRAP_KEY=" + o.key}
	for _, v := range []string{"GOGC", "GOMEMLIMIT", "GOMAXPROCS", "GODEBUG"} { // to try them out
		if value, ok := os.LookupEnv(v); ok {
			c.Env = append(c.Env, v+"="+value)
		}
	}
	s := &served{command: c, dir: dir, stop: make(chan struct{}), done: make(chan struct{})}
	log, err := c.StderrPipe()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := c.Start(); err != nil {
		return nil, err
	}
	if o.url, err = listening(log); err != nil {
		s.kill()
		return nil, err
	}
	fmt.Printf("%s in %s, listening after %d ms\n", o.url, dir, time.Since(begin).Milliseconds())
	go s.watch()
	return s, nil
}

// listening reads the log up to the line that names the address, and then on, so that the service can write.
func listening(log io.Reader) (string, error) {
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		var entry struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &entry) == nil && entry.Msg == "listening" {
			go io.Copy(io.Discard, log)
			return entry.URL, nil
		}
	}
	return "", fmt.Errorf("the service does not listen: %w", lines.Err())
}

// watch samples the resident memory until stop.
func (s *served) watch() {
	defer close(s.done)
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
		}
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
		if err != nil {
			return
		}
		s.cpu = processor(s.command.Process.Pid)
		s.rss, s.highest = append(s.rss, field(string(b), "VmRSS:")), field(string(b), "VmHWM:")
	}
}

// field is a number of /proc/PID/status, in kB.
func field(status, name string) int {
	_, rest, _ := strings.Cut(status, "\n"+name)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(words[0])
	return n
}

// processor is the processor time that a process has used, from /proc/PID/stat: fields 14 and 15, in hundredths of a second.
func processor(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), ") ") // behind the name, field 3 is the first
	words := strings.Fields(rest)
	if len(words) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(words[11])
	system, _ := strconv.Atoi(words[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// end stops the service and removes its store.
func (s *served) end() {
	s.finish()
	if err := s.command.Process.Signal(syscall.SIGTERM); err == nil {
		_ = s.command.Wait()
	}
	_ = os.RemoveAll(s.dir)
}

// finish ends the samples.
func (s *served) finish() {
	select {
	case <-s.done:
	default:
		select {
		case <-s.stop:
		default:
			close(s.stop)
		}
		<-s.done
	}
}

func (s *served) kill() {
	_ = s.command.Process.Kill()
	_ = s.command.Wait()
	_ = os.RemoveAll(s.dir)
}

// thirds are the medians of the second and of the last third of the samples: in between, memory must not grow.
func (s *served) thirds() (second, last int) {
	s.finish()
	n := len(s.rss)
	if n < 6 {
		return 0, 0
	}
	median := func(part []int) int {
		part = slices.Sorted(slices.Values(part))
		return part[len(part)/2]
	}
	return median(s.rss[n/3 : 2*n/3]), median(s.rss[2*n/3:])
}

// String is the figures on one line.
func (s *served) String() string {
	second, last := s.thirds()
	return fmt.Sprintf("memory (RSS): %d MB in the second third, %d MB in the last, highest %d MB; processor: %.1f s",
		second>>10, last>>10, s.highest>>10, s.cpu.Seconds())
}

func (s *served) misses() (errs []error) {
	second, last := s.thirds()
	if s.highest == 0 || s.highest > goalRSS {
		errs = append(errs, fmt.Errorf("%d MB instead of %d", s.highest>>10, goalRSS>>10))
	}
	if last > second+second/10+5<<10 {
		errs = append(errs, fmt.Errorf("memory grows: %d MB, then %d MB", second>>10, last>>10))
	}
	return errs
}
