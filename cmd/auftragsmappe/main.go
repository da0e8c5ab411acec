// Command auftragsmappe turns an engagement into the complete set of German documents that it needs.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], process{environ: os.Environ(), stdout: os.Stdout, stderr: os.Stderr, terminal: isTerminal(os.Stdout)})
	stop()
	os.Exit(code)
}
