package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// nobody is whom the service runs as when we are root: root may write whatever a folder's mode says.
const nobody = 65534

// service is the program under fire; it starts again at the same address.
type service struct {
	program, dir, data string
	addr, url          string
	key, hook          string
	env                []string
	log                output
	process            *process
}

// newService makes the service's key and the address of a hook, and starts it.
func newService(program, dir string, env []string) (*service, error) {
	addr, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &service{program: program, dir: filepath.Join(dir, "service"), addr: addr, url: "http://" + addr, key: rand.Text() + rand.Text()}
	s.data = filepath.Join(s.dir, "data")
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return nil, err
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(s.dir, nobody, nobody); err != nil {
			return nil, err
		}
	}
	s.env = append(env, "AUFTRAGSMAPPE_DATA="+s.data, "AUFTRAGSMAPPE_ADDR="+addr, "AUFTRAGSMAPPE_RATE=0", "AUFTRAGSMAPPE_BOOTSTRAP_KEY="+s.key)
	if err := s.start(); err != nil { // with the tenant of the key
		return nil, err
	}
	hook, err := s.call("keys", "add", "feuer", "--tenant", "default", "--hook")
	if err != nil {
		return nil, err
	}
	s.hook = s.url + hook[strings.Index(hook, "/v1/hooks/"):]
	return s, nil
}

func (s *service) command(args ...string) *exec.Cmd {
	c := limited(s.program, args...)
	c.Dir, c.Env = s.dir, s.env
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return c
}

// call runs a command of the program on the same stores.
func (s *service) call(args ...string) (string, error) {
	out, err := s.command(args...).CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("%v: %w: %.1000s", args, err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

// start starts the service. It ends by itself while its store is down, as under a supervisor that starts it again.
func (s *service) start() (err error) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if s.process, err = start(s.command("serve"), &s.log); err != nil {
			return err
		}
		if err = s.process.healthy(s.url + "/healthz"); err == nil {
			return nil
		}
		s.process.kill()
	}
	return fmt.Errorf("the service does not start: %w: %s", err, s.log.last())
}

// searchLog looks for what must never be in a log: what callers wrote, keys, addresses of documents, and faults.
func (s *service) searchLog(c *crowd) {
	log := s.log.String()
	for _, word := range []string{
		"Lena", "Hoffmann", "Sommer", "Aquarell", "Gartenweg", "kreativkurse", "DE33", "FEUER-", s.key, "am_", secret, wrongSecret,
		`"panic`, `"status":500`,
	} {
		if at := strings.Index(log, word); at >= 0 {
			c.find("the log has %q: %.300s", word, log[max(0, at-150):])
		}
	}
}
