package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"auftragsmappe/documents/engagement"
)

// process is what a command may use of the process that it runs in.
type process struct {
	environ        []string // NAME=value
	stdout, stderr io.Writer
	terminal       bool // stdout is read by a person
}

// The exit codes.
const (
	exitOK      = 0
	exitInvalid = 1 // the engagement is invalid, or something is not as it was issued
	exitUsage   = 2 // the call is wrong
	exitFault   = 3 // trouble with storage, or a fault of the program
)

// usageError is a wrong call; its text says what to do.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// faultError is trouble that is not the caller's: what was attempted, in German, and the cause.
type faultError struct {
	what  string
	cause error
}

func (e faultError) Error() string { return e.what + ": " + e.cause.Error() }
func (e faultError) Unwrap() error { return e.cause }

// command is one subcommand; flags registers its own.
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

	logo, accent string // --logo, --accent

	wait       time.Duration // how long a call waits for its documents; 0 = as the API does
	tenant     string        // --tenant
	hook       hook          // --hook and what belongs to it
	makeBucket bool          // --make-bucket
	compare    bool          // --compare
	withLock   bool          // --lock
	service    string        // --url of health

	txt, versions bool // --txt, --versions
}

// commands is the table of subcommands, in the order of the help text.
var commands = []command{
	{"render", "render AUFTRAG.json -o ORDNER [--logo BILD] [--accent FARBE]", render, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.out, "o", "mappe", "Ordner für die PDFs und manifest.json")
		lookFlags(f, c)
	}},
	{"decide", "decide AUFTRAG.json [--json]", decide, func(f *flag.FlagSet, c *call) {
		f.BoolVar(&c.json, "json", false, "als JSON")
	}},
	{"serve", "serve [--addr 127.0.0.1:8080] [--url https://mappe.example]", serve, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.addr, "addr", c.addr, "Adresse, auf der der Dienst hört")
		f.StringVar(&c.url, "url", c.url, "öffentliche Adresse, unter der die Dokumente erreichbar sind")
	}},
	{"health", "health [--addr 127.0.0.1:8080] [--url http://127.0.0.1:8080]", health, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.addr, "addr", c.addr, "Adresse, auf der der Dienst hört")
		f.StringVar(&c.service, "url", "", "Adresse des Dienstes, wenn sie eine andere ist")
	}},
	{"doctor", "doctor [--make-bucket [--lock]]", examine, func(f *flag.FlagSet, c *call) {
		f.BoolVar(&c.makeBucket, "make-bucket", false, "den Bucket anlegen, wenn es ihn nicht gibt")
		f.BoolVar(&c.withLock, "lock", false, "ihn mit Object Lock anlegen; das lässt sich nicht zurücknehmen")
	}},
	{"keys", keysUsage, keys, keysFlags},
	{"preview", "preview [AUFTRAG.json …] [--addr 127.0.0.1:8081] [--out ORDNER] [--logo BILD] [--accent FARBE]", preview, func(f *flag.FlagSet, c *call) {
		f.StringVar(&c.addr, "addr", "127.0.0.1:8081", "Adresse der Vorschau") // beside a running serve
		f.StringVar(&c.out, "out", "", "in diesen Ordner schreiben, statt die Seiten anzuzeigen")
		lookFlags(f, c)
	}},
	{"text", textUsage, text, textFlags},
	{"verify", "verify DATEI.pdf", verify, func(*flag.FlagSet, *call) {}},
	{"seal", "seal", seal, func(*flag.FlagSet, *call) {}},
	{"audit", "audit", audit, func(*flag.FlagSet, *call) {}},
	{"backup", backupUsage, makeBackup, backupFlags},
	{"restore", "restore dir:PFAD | s3:BUCKET/PRÄFIX", restoreBackup, func(*flag.FlagSet, *call) {}},
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
			fmt.Fprintf(p.stderr, "%s %s: %s\n", place(v.Pointer), v.Code, oneLine(v.Detail))
		}
		return exitInvalid
	case errors.Is(err, errDiffers):
		return exitInvalid
	case errors.As(err, &usage):
		fmt.Fprintln(p.stderr, usage.text)
		return exitUsage
	}
	fmt.Fprintln(p.stderr, oneLine(err.Error()))
	return exitFault
}

// place is a pointer as a violation's line begins with it: the engagement as a whole is "/" there.
func place(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return oneLine(pointer)
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
		_, err := fmt.Fprintln(p.stdout, usage())
		return err
	}
	for _, cmd := range commands {
		if cmd.name == args[0] {
			return start(ctx, cmd, args[1:], p)
		}
	}
	return usageError{"Den Befehl „" + args[0] + "“ gibt es nicht.\n" + usage()}
}

// start reads environment and flags and runs the command.
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
			_, err := fmt.Fprint(p.stdout, help(cmd, f))
			return err
		}
		return usageError{fmt.Sprintf("%s\nAufruf: auftragsmappe %s", badFlag(err), cmd.usage)}
	}
	if err := c.check(); err != nil {
		return usageError{err.Error()}
	}
	return cmd.run(ctx, c)
}

// badFlag says in German what package flag says in English.
func badFlag(err error) string {
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: "); ok {
		return "Die Option „" + name + "“ gibt es nicht."
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag needs an argument: "); ok {
		return "Die Option „" + name + "“ braucht einen Wert."
	}
	return "Eine Option ist nicht verständlich: " + err.Error()
}

// parse reads flags before, between and after the other arguments; after "--" there are no flags.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		rest := f.Args()
		if len(rest) == 0 {
			return positional, nil
		}
		if at := len(args) - len(rest); at > 0 && args[at-1] == "--" {
			return append(positional, rest...), nil
		}
		positional = append(positional, rest[0])
		args = rest[1:]
	}
}

func usage() string {
	lines := []string{"Aufruf:"}
	for _, c := range commands {
		lines = append(lines, "  auftragsmappe "+c.usage)
	}
	return strings.Join(append(lines, "", "Mehr zu einem Befehl: auftragsmappe BEFEHL -h"), "\n")
}

// help is the usage of one command with its flags and the environment.
func help(cmd command, f *flag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Aufruf: auftragsmappe %s\n\n", cmd.usage)
	f.VisitAll(func(g *flag.Flag) {
		fmt.Fprintf(&b, "  -%-5s %s (sonst: %s)\n", g.Name, g.Usage, orNone(g.DefValue))
	})
	b.WriteString("\nUmgebungsvariablen: " + strings.Join(names(), " "))
	return b.String() + "\n"
}

func orNone(s string) string {
	if s == "" {
		return "nichts"
	}
	return s
}
