package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	access      = "feuer"
	secret      = "geheim-wie-vorher"
	wrongSecret = "geheim-wie-nachher"
	bucket      = "mappe"
)

// gateway is a real S3 server behind a proxy of ours.
type gateway struct {
	binary, dir, addr string
	proxy             *proxy
	log               output
	process           *process
}

func newGateway(binary, dir string) (*gateway, error) {
	if binary == "" {
		return nil, fmt.Errorf("-versitygw is missing")
	}
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	g := &gateway{binary: binary, dir: dir}
	for _, d := range []string{"root", "versions"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			return nil, err
		}
	}
	if g.addr, err = freePort(); err != nil {
		return nil, err
	}
	if err := g.start(secret); err != nil {
		return nil, err
	}
	g.proxy, err = newProxy(g.addr)
	return g, err
}

// makeBucket makes the bucket, with the program's own command.
func (g *gateway) makeBucket(program string) error {
	c := exec.Command(program, "doctor", "--make-bucket")
	c.Env = g.environ()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("doctor: %w: %s", err, out)
	}
	return nil
}

// environ is how the service reaches it.
func (g *gateway) environ() []string {
	return []string{
		"AUFTRAGSMAPPE_S3_ENDPOINT=http://" + g.proxy.addr(), "AUFTRAGSMAPPE_S3_ACCESS_KEY=" + access, "AUFTRAGSMAPPE_S3_SECRET_KEY=" + secret,
		"AUFTRAGSMAPPE_RECORDS=s3:" + bucket, "AUFTRAGSMAPPE_FILES=s3:" + bucket,
	}
}

// start starts the server with a secret and more flags.
func (g *gateway) start(secret string, flags ...string) (err error) {
	args := append([]string{"--port", g.addr, "--health", "/health", "--quiet"}, flags...)
	args = append(args, "posix", "--versioning-dir", filepath.Join(g.dir, "versions"), filepath.Join(g.dir, "root"))
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		c := limited(g.binary, args...)
		c.Dir, c.Env = g.dir, append(os.Environ(), "ROOT_ACCESS_KEY="+access, "ROOT_SECRET_KEY="+secret)
		if g.process, err = start(c, &g.log); err != nil {
			return err
		}
		if err = g.process.healthy("http://" + g.addr + "/health"); err == nil {
			return nil
		}
		g.process.kill()
	}
	return fmt.Errorf("versitygw does not start: %w: %s", err, g.log.last())
}

// again kills the server and starts it anew.
func (g *gateway) again(secret string, flags ...string) error {
	g.process.kill()
	return g.start(secret, flags...)
}
