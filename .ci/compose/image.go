package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// image is what the Dockerfile says.
type image struct {
	from       []string // of all stages
	run        []string // shell lines of the first stage
	copied     []string // what the last stage takes, as "from → to"
	env        map[string]string
	user       string
	volumes    []string
	health     []string
	entrypoint []string
	command    []string
}

// readImage parses the Dockerfile, checks it, and returns it.
func readImage(top string) (*image, error) {
	f, err := os.Open(filepath.Join(top, "Dockerfile"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	parsed, err := parser.Parse(f)
	if err != nil {
		return nil, err
	}
	var warnings []string
	for _, w := range parsed.Warnings {
		warnings = append(warnings, w.Short)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, short string, _ []parser.Range) { warnings = append(warnings, rule+": "+short) }})
	stages, args, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		return nil, err
	}
	if len(warnings) > 0 || len(stages) != 2 || len(args) > 0 {
		return nil, fmt.Errorf("Dockerfile: %d stages, %d global arguments, %v", len(stages), len(args), warnings)
	}
	im := &image{env: map[string]string{}}
	for i, s := range stages {
		im.from = append(im.from, s.BaseName)
		for _, c := range s.Commands {
			im.read(c, i == 1)
		}
	}
	return im, im.check()
}

func (im *image) read(c instructions.Command, last bool) {
	switch c := c.(type) {
	case *instructions.RunCommand:
		im.run = append(im.run, strings.Join(c.CmdLine, " "))
		if last {
			im.copied = append(im.copied, "RUN in the last stage")
		}
	case *instructions.CopyCommand:
		if last {
			im.copied = append(im.copied, strings.Join(c.SourcePaths, " ")+" → "+c.DestPath+" "+c.Chown)
		}
	case *instructions.EnvCommand:
		for _, v := range c.Env {
			im.env[v.Key] = v.Value
		}
	case *instructions.UserCommand:
		im.user = c.User
	case *instructions.VolumeCommand:
		im.volumes = c.Volumes
	case *instructions.HealthCheckCommand:
		im.health = c.Health.Test
	case *instructions.EntrypointCommand:
		im.entrypoint = c.CmdLine
	case *instructions.CmdCommand:
		im.command = c.CmdLine
	}
}

const imageUser = 65532

func (im *image) check() error {
	owner := fmt.Sprintf("%d:%d", imageUser, imageUser)
	var errs []error
	for _, c := range []struct {
		ok   bool
		says string
	}{
		{pinned(im.from[0]) && im.from[1] == "scratch", "stages come from a pinned image, and scratch"},
		{im.user == owner, "the user is " + owner},
		{slices.Equal(im.copied, []string{
			"/etc/ssl/certs/ca-certificates.crt → /etc/ssl/certs/ca-certificates.crt ", "/out/auftragsmappe → /auftragsmappe ", "/out/data → /data " + owner,
		}), "the image has CA roots, the program and an empty /data, and this check builds the same root"},
		{slices.Equal(im.volumes, []string{"/data"}) && im.env["AUFTRAGSMAPPE_DATA"] == "/data", "data are in the volume /data"},
		{len(im.health) > 1 && im.health[0] == "CMD", "there is a health check without a shell"},
		{slices.Equal(im.entrypoint, []string{"/auftragsmappe"}) && slices.Equal(im.command, []string{"serve"}), "it serves"},
	} {
		if !c.ok {
			errs = append(errs, fmt.Errorf("Dockerfile: not so: %s", c.says))
		}
	}
	return errors.Join(errs...)
}

// pinned says that an image has a version: a tag with a digit that is no "latest".
func pinned(name string) bool {
	_, tag, ok := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ":")
	return ok && strings.ContainsAny(tag, "0123456789") && !strings.HasPrefix(tag, "latest")
}

// build copies what .dockerignore lets through to work/src, runs the first stage's lines there, and puts the last stage's
// root to work/root.
func (im *image) build(top, work string) error {
	src, out, root := filepath.Join(work, "src"), filepath.Join(work, "out"), filepath.Join(work, "root")
	if err := copyContext(top, src); err != nil {
		return err
	}
	for _, line := range im.run {
		c := exec.Command("sh", "-ec", strings.ReplaceAll(line, "/out/", out+"/"))
		c.Dir = src
		if err := do(c); err != nil {
			return err
		}
	}
	certs, err := os.ReadFile("/etc/ssl/certs/ca-certificates.crt")
	if err != nil {
		return err
	}
	program, err := os.ReadFile(filepath.Join(out, "auftragsmappe"))
	if err != nil {
		return err
	}
	err = errors.Join(write(filepath.Join(root, "etc/ssl/certs/ca-certificates.crt"), certs, 0o444),
		write(filepath.Join(root, "auftragsmappe"), program, 0o555), os.Mkdir(filepath.Join(root, "data"), 0o755),
		// What an engine puts into every container: the names of the others.
		write(filepath.Join(root, "etc/hosts"), []byte("127.0.0.1 localhost s3\n"), 0o444))
	if err == nil && os.Geteuid() == 0 {
		err = os.Chown(filepath.Join(root, "data"), imageUser, imageUser)
	}
	return err
}

// copyContext copies the build context.
func copyContext(top, to string) error {
	f, err := os.Open(filepath.Join(top, ".dockerignore"))
	if err != nil {
		return err
	}
	defer f.Close()
	patterns, err := ignorefile.ReadAll(f)
	if err != nil {
		return err
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		return err
	}
	return fs.WalkDir(os.DirFS(top), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		if path == ".git" {
			return fs.SkipDir
		}
		skip, err := ignored.MatchesOrParentMatches(path)
		if err != nil || skip || !d.Type().IsRegular() {
			return err
		}
		if strings.HasPrefix(filepath.Base(path), ".env") || strings.HasSuffix(path, "_test.go") {
			return fmt.Errorf(".dockerignore lets %s through", path)
		}
		b, err := os.ReadFile(filepath.Join(top, path))
		if err != nil {
			return err
		}
		return write(filepath.Join(to, path), b, 0o644)
	})
}

func write(path string, b []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, b, mode)
}
