package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"auftragsmappe/documents/engagement"
)

// process is what a command may use of the process that it runs in.
type process struct {
	environ        []string
	stdout, stderr io.Writer
	terminal       bool // stderr is read by a person
}

// The exit codes.
const (
	exitOK      = 0
	exitInvalid = 1 // the engagement is invalid
	exitUsage   = 2 // the call is wrong
	exitStorage = 3 // trouble with storage
)

// usageError is a wrong call; its text says what to do.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// storageError is trouble with storage.
type storageError struct{ error }

func (e storageError) Unwrap() error { return e.error }

// command is one subcommand; flags registers its own and returns what runs after parsing.
type command struct {
	name, usage string
	run         func(context.Context, *call) error
	flags       func(*flag.FlagSet, *call)
}

// call is a parsed call.
type call struct {
	process
	config
	args []string // positional
	out  string   // -o, --out
	json bool     // --json
}

var commands = []command{
	{"render", "render ENGAGEMENT.json -o ORDNER", render, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "o", "mappe", "Ordner für die PDFs und manifest.json")
	}},
	{"decide", "decide ENGAGEMENT.json [--json]", decide, func(f *flag.FlagSet, c *call) {
		f.BoolVar(&c.json, "json", false, "als JSON")
	}},
	{"serve", "serve [--addr 127.0.0.1:8080] [--url https://…]", serve, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.addr, "addr", c.addr, "Adresse, auf der der Dienst hört")
		f.StringVar(&c.url, "url", c.url, "öffentliche Adresse, unter der die Dokumente erreichbar sind")
	}},
	{"keys", "keys add NAME", keys, func(*flag.FlagSet, *call) {}},
	{"preview", "preview [ENGAGEMENT.json …] [--out ORDNER] [--addr 127.0.0.1:8081]", preview, func(f *flag.FlagSet, c *call) {
		c.addr = "127.0.0.1:8081"
		f.StringVar(&c.out, "out", "", "Seiten in diesen Ordner schreiben, statt sie anzuzeigen")
		f.StringVar(&c.addr, "addr", c.addr, "Adresse der Vorschau")
	}},
}

// run is the program: main and the end-to-end tests share it.
func run(ctx context.Context, args []string, p process) int {
	err := dispatch(ctx, args, p)
	var violations engagement.Violations
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &violations):
		for _, v := range violations {
			fmt.Fprintf(p.stderr, "%s %s: %s\n", oneLine(v.Pointer), v.Code, oneLine(v.Detail))
		}
		return exitInvalid
	case errors.As(err, &usage):
		fmt.Fprintln(p.stderr, usage.text)
		return exitUsage
	}
	fmt.Fprintln(p.stderr, oneLine(err.Error()))
	var storage storageError
	if errors.As(err, &storage) {
		return exitStorage
	}
	return exitInvalid
}

// oneLine keeps a report on the line that it promises to be.
func oneLine(s string) string {
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(s)
}

func dispatch(ctx context.Context, args []string, p process) error {
	if len(args) == 0 {
		return usageError{usage()}
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Fprintln(p.stdout, usage())
		return nil
	}
	for _, cmd := range commands {
		if cmd.name == args[0] {
			return start(ctx, cmd, args[1:], p)
		}
	}
	return usageError{"Den Befehl „" + args[0] + "“ gibt es nicht.\n" + usage()}
}

func start(ctx context.Context, cmd command, args []string, p process) error {
	c := &call{process: p}
	var err error
	if c.config, err = load(p.environ); err != nil {
		return usageError{err.Error()}
	}
	f := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.data, "data", c.data, "Ordner des eingebauten Speichers")
	cmd.flags(f, c)
	if c.args, err = parse(f, args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(p.stdout, "auftragsmappe "+cmd.usage)
			return nil
		}
		return usageError{fmt.Sprintf("%v\nAufruf: auftragsmappe %s", err, cmd.usage)}
	}
	if err := c.complete(); err != nil {
		return usageError{err.Error()}
	}
	return cmd.run(ctx, c)
}

// parse reads flags before, between and after the other arguments.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if f.NArg() == 0 {
			return positional, nil
		}
		positional = append(positional, f.Arg(0))
		args = f.Args()[1:]
	}
}

func usage() string {
	lines := []string{"Aufruf:"}
	for _, c := range commands {
		lines = append(lines, "  auftragsmappe "+c.usage)
	}
	return strings.Join(lines, "\n")
}
