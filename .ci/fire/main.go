// Command fire runs a built service into trouble while callers post, and says what they saw. Without -kill the storage is in
// trouble, each kind in turn; with it the service is killed again and again, and the store once. In the end every answer that a
// caller got is held against what is stored. It needs Linux; it needs no privileges.
//
//	go run ./.ci/fire -serve bin/auftragsmappe -versitygw PATH -for 10m
//	go run ./.ci/fire -serve bin/auftragsmappe -store dir -kill 20s -for 5m
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

type options struct {
	serve, versitygw, store string
	connections             int
	duration, kill, hold    time.Duration
	restart                 bool
}

func main() {
	var o options
	flag.StringVar(&o.serve, "serve", "bin/auftragsmappe", "the built program")
	flag.StringVar(&o.versitygw, "versitygw", os.Getenv("VERSITYGW"), "the S3 server for -store versitygw")
	flag.StringVar(&o.store, "store", "dir,versitygw", "stores, each with a service of its own; they run at the same time")
	flag.IntVar(&o.connections, "c", 32, "connections to each service")
	flag.DurationVar(&o.duration, "for", 0, "how long; trouble ends with the round that is begun (0 = one round)")
	flag.DurationVar(&o.kill, "kill", 0, "kill the service that often; 0 = trouble with the storage instead")
	flag.DurationVar(&o.hold, "hold", 12*time.Second, "how long each trouble lasts")
	flag.BoolVar(&o.restart, "restart", false, "kill the service in the end: its next start finishes what is left, within 15 seconds")
	flag.Parse()
	if err := run(&o); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// run runs all stores at once and joins what they found.
func run(o *options) error {
	dir, err := os.MkdirTemp("", "fire-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // only temporary
	if err := os.Chmod(dir, 0o711); err != nil {
		return err // the service may run as another user
	}
	program, err := copied(o.serve, filepath.Join(dir, "auftragsmappe"))
	if err != nil {
		return err
	}
	stores := strings.Split(o.store, ",")
	errs := make([]error, len(stores))
	var wait sync.WaitGroup
	for i, store := range stores {
		wait.Go(func() {
			if err := fire(o, program, filepath.Join(dir, store), store); err != nil {
				errs[i] = fmt.Errorf("%s: %w", store, err)
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// copied is a copy of the program that every user may run.
func copied(from, to string) (string, error) {
	b, err := os.ReadFile(from)
	if err != nil {
		return "", err
	}
	return to, os.WriteFile(to, b, 0o755) //nolint:gosec // a program
}

// fire is one store's run.
func fire(o *options, program, dir, store string) (err error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	s, err := newStage(o, program, dir, store)
	if err != nil {
		return err
	}
	defer s.end()
	crowd, err := newCrowd(s)
	if err != nil {
		return err
	}
	if o.kill > 0 {
		err = s.chaos(crowd, o)
	} else {
		err = s.troubles(crowd, o)
	}
	if err != nil {
		fmt.Printf("%s: %v\n", store, err)
		crowd.giveUp()
		return errors.Join(err, crowd.found())
	}
	finish := finishTime
	if o.restart {
		finish = startTime
		s.service.process.kill()
		if err := s.service.start(); err != nil {
			return errors.Join(err, crowd.found())
		}
	}
	if err := crowd.prove(finish); err != nil {
		return errors.Join(err, crowd.found())
	}
	s.service.searchLog(crowd)
	return crowd.found()
}
