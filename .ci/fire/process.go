package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is a started program.
type process struct {
	command *exec.Cmd
	ended   chan struct{}
}

// start starts a command; what it writes goes to out.
func start(c *exec.Cmd, out *output) (*process, error) {
	c.Stdout, c.Stderr = out, out
	if c.SysProcAttr == nil {
		c.SysProcAttr = &syscall.SysProcAttr{}
	}
	c.SysProcAttr.Pdeathsig = syscall.SIGKILL // it ends with us
	if err := c.Start(); err != nil {
		return nil, err
	}
	p := &process{c, make(chan struct{})}
	go func() {
		_ = c.Wait() // it is killed
		close(p.ended)
	}()
	return p, nil
}

// kill is kill -9, and waits for the end.
func (p *process) kill() {
	if p == nil {
		return
	}
	_ = p.command.Process.Kill()
	<-p.ended
}

// healthy waits until the URL answers.
func (p *process) healthy(url string) error {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if answer, err := client.Get(url); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-p.ended:
			return errors.New("has ended")
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s does not answer", url)
}

// limited makes a command whose program survives fileLimit: a write beyond it is an error then, and no signal.
func limited(program string, args ...string) *exec.Cmd {
	return exec.Command("env", append([]string{"--block-signal=XFSZ", program}, args...)...)
}

// fileLimit bounds how large a file the process may write from now on, "unlimited" or bytes: a full disk, for which nobody needs
// privileges. What is small still fits, as on a disk that is full. Only the user whose process it is may do so.
func (p *process) fileLimit(most string) error {
	c := exec.Command("prlimit", "--pid", strconv.Itoa(p.command.Process.Pid), "--fsize="+most+":unlimited")
	c.SysProcAttr = p.command.SysProcAttr
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("prlimit: %w: %s", err, out)
	}
	return nil
}

// use is what a process holds.
type use struct{ memory, threads, files int } // kB; numbers

func (p *process) use() (u use, err error) {
	proc := fmt.Sprintf("/proc/%d/", p.command.Process.Pid)
	status, err := os.ReadFile(proc + "status")
	if err != nil {
		return u, err
	}
	u.memory, u.threads = field(string(status), "VmRSS:"), field(string(status), "Threads:")
	files, err := os.ReadDir(proc + "fd")
	u.files = len(files)
	return u, err
}

// field is a number of /proc/PID/status.
func field(status, name string) int {
	_, rest, _ := strings.Cut(status, "\n"+name)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(words[0])
	return n
}

// output is what a process has written.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(b)
}

// String is all so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// last is the end of it.
func (o *output) last() string {
	s := o.String()
	return s[max(0, len(s)-600):]
}

// freePort is a loopback address outside of the range from which the system gives ports to connections: a program that starts
// again needs the same one.
func freePort() (string, error) {
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20000+rand.N(10000))
		if l, err := net.Listen("tcp", addr); err == nil {
			return addr, l.Close()
		}
	}
	return "", errors.New("no free port")
}
