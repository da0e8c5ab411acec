// Command compose checks docker-compose.yml and Dockerfile with the parsers of Docker itself, and then runs what they
// describe without containers: the same commands with the same variables, the service in a root that has only what the
// image has, as the image's user. VERSITYGW names the built gateway.
//
// What it cannot show: that the images can be pulled and built, and that an engine reads the files as these parsers do.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

func main() {
	runtime.LockOSThread() // children die with the thread that started them
	gateway, err := filepath.Abs(os.Getenv("VERSITYGW"))
	if os.Getenv("VERSITYGW") == "" || err != nil {
		fail(fmt.Errorf("VERSITYGW must name a built versitygw"))
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		fail(err)
	}
	if len(os.Args) == 2 { // the second start, on a network of its own
		fail(play(top, os.Args[1], gateway))
		return
	}
	work, err := os.MkdirTemp("", "compose-")
	if err != nil {
		fail(err)
	}
	err = checkAndPlay(top, work)
	if e := os.RemoveAll(work); err == nil {
		err = e
	}
	fail(err)
}

// fail ends the program unless err is nil.
func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// checkAndPlay checks the files, builds the program as the image does, and starts this program again where nothing else
// listens: on a network of its own, so that the ports of the files are free.
func checkAndPlay(top, work string) error {
	im, err := readImage(top)
	if err != nil {
		return err
	}
	if err := checkCompose(top, im); err != nil {
		return err
	}
	if err := os.Chmod(work, 0o755); err != nil { // the image's user goes through
		return err
	}
	if err := im.build(top, work); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM) // the child gets them too and ends
	c := exec.Command(self, work)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 { // who is not root becomes it in a namespace of their own; the image's user cannot be had then
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return c.Run()
}

// do runs a command and returns an error with all that it said.
func do(c *exec.Cmd) error {
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, out)
	}
	return nil
}
