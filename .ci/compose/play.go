package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"github.com/compose-spec/compose-go/v2/types"
)

// stage is where what the files describe is played.
type stage struct {
	top, work string
	image     *image
	project   *types.Project
	gateway   string
	started   []*exec.Cmd // and not yet stopped
}

// play starts the store, makes the bucket, and uses the service, as `docker compose up` would.
func play(top, work, gateway string) (err error) {
	if err := loopback(); err != nil {
		return fmt.Errorf("a network of its own: %w", err)
	}
	s := &stage{top: top, work: work, gateway: gateway}
	if s.image, err = readImage(top); err != nil {
		return err
	}
	if s.project, err = load(top, filled...); err != nil {
		return err
	}
	defer s.kill()
	store, err := s.store()
	if err != nil {
		return err
	}
	for range 2 { // "made", and "there already"
		if err := s.run("bucket"); err != nil {
			return err
		}
	}
	first, err := s.serve()
	if err != nil {
		return err
	}
	bundle, err := s.issue()
	if err != nil {
		return err
	}
	if err := s.stop(first); err != nil {
		return err
	}
	if first, err = s.serve(); err != nil {
		return err
	}
	if err := s.again(bundle); err != nil {
		return err
	}
	return errors.Join(s.stop(first), s.stop(store))
}

// loopback takes the loopback interface of a new network up.
func loopback() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	copy(request.name[:], "lo")
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); errno != 0 {
		return errno
	}
	return nil
}

// store runs the gateway with its entry of docker-compose.yml; only the place of /data is another.
func (s *stage) store() (*exec.Cmd, error) {
	service := s.project.Services["versitygw"]
	data, bin := filepath.Join(s.work, "store"), filepath.Join(s.work, "bin")
	if err := errors.Join(os.Mkdir(data, 0o755), os.Mkdir(bin, 0o755), os.Symlink(s.gateway, filepath.Join(bin, "versitygw"))); err != nil {
		return nil, err
	}
	args := strings.Split(strings.ReplaceAll(strings.Join(service.Entrypoint, "\x00"), "/data", data), "\x00")
	c := exec.Command(args[0], append(args[1:], service.Command...)...)
	c.Env = append(variables(service.Environment), "PATH="+bin+":/usr/bin:/bin")
	if err := s.start(c); err != nil {
		return nil, err
	}
	test := service.HealthCheck.Test
	return c, s.until(c, func() error { // the image's wget need not be here
		answer, err := http.Get(test[len(test)-1])
		if err == nil {
			err = answer.Body.Close()
		}
		if err == nil && answer.StatusCode != http.StatusOK {
			err = errors.New(answer.Status)
		}
		return err
	})
}

// variables are those of a service.
func variables(m types.MappingWithEquals) []string {
	var env []string
	for name, value := range m {
		if value != nil {
			env = append(env, name+"="+*value)
		}
	}
	return env
}

// container is a command of a service's own image: in the image's root, as its user, with the image's and the service's
// variables and no others.
func (s *stage) container(service string, command ...string) *exec.Cmd {
	c := exec.Command(command[0], command[1:]...)
	for name, value := range s.image.env {
		c.Env = append(c.Env, name+"="+value)
	}
	c.Env = append(c.Env, variables(s.project.Services[service].Environment)...)
	c.Dir = "/"
	c.SysProcAttr = &syscall.SysProcAttr{Chroot: filepath.Join(s.work, "root"), Pdeathsig: syscall.SIGKILL}
	if !mapped() {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: imageUser, Gid: imageUser}
	}
	return c
}

// mapped says that this process is root in a namespace only.
func mapped() bool {
	b, err := os.ReadFile("/proc/self/uid_map")
	return err == nil && len(strings.Fields(string(b))) == 3 && strings.Fields(string(b))[2] == "1"
}

// run runs a service that ends.
func (s *stage) run(service string) error {
	command := s.project.Services[service].Command
	begin := time.Now()
	if err := do(s.container(service, append(s.image.entrypoint, command...)...)); err != nil {
		return err
	}
	fmt.Printf("%s: %s: done in %d ms\n", service, strings.Join(command, " "), time.Since(begin).Milliseconds())
	return nil
}

// serve starts the service and waits until its health check says that it is well.
func (s *stage) serve() (*exec.Cmd, error) {
	const service = "auftragsmappe"
	c := s.container(service, append(s.image.entrypoint, s.image.command...)...)
	begin := time.Now()
	if err := s.start(c); err != nil {
		return nil, err
	}
	err := s.until(c, func() error { return do(s.container(service, s.image.health[1:]...)) })
	fmt.Printf("%s: well after %d ms\n", service, time.Since(begin).Milliseconds())
	return c, err
}

// start starts what runs on; what it says is kept.
func (s *stage) start(c *exec.Cmd) error {
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	s.started = append(s.started, c)
	return c.Start()
}

const patience = 30 * time.Second

// until asks until there is no error.
func (s *stage) until(c *exec.Cmd, ask func() error) error {
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := ask()
		if err == nil || time.Since(begin) < patience {
			if err == nil {
				return nil
			}
			continue
		}
		s.kill()
		return fmt.Errorf("%s is not well: %w\n%s", c.Args[0], err, c.Stdout)
	}
}

// stop ends a process as an engine does; it must end by itself and without an error.
func (s *stage) stop(c *exec.Cmd) error {
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	late := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	defer late.Stop()
	if err := c.Wait(); err != nil {
		return fmt.Errorf("%s ended badly: %w\n%s", c.Args[0], err, c.Stdout)
	}
	for _, secret := range []string{secretKey, bootstrapKey, "Hoffmann"} {
		if strings.Contains(fmt.Sprint(c.Stdout), secret) {
			return fmt.Errorf("the log of %s has %q", c.Args[0], secret)
		}
	}
	return nil
}

// kill ends what has not ended, when something went wrong.
func (s *stage) kill() {
	for _, c := range s.started {
		if c.Process != nil && c.ProcessState == nil {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	}
}
