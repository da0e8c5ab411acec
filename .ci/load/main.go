// Command load posts engagements to a running service from many connections at once and says how fast the answers are. With
// -serve it starts a built program on a directory store of its own and watches its memory.
//
//	go run ./.ci/load -serve bin/auftragsmappe
//	go run ./.ci/load -url https://mappe.example -key KEY -for 10s
//	go run ./.ci/load -url https://mappe.example -key KEY -verify
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

// The goals, on two cores: the program ends with an error when one is missed and -goals is given.
const (
	goalRate = 80 // bundles a second
	goalP99  = 600 * time.Millisecond
	goalRSS  = 200 << 10 // kB
)

type options struct {
	url, key, serve, engagement string
	connections                 int
	duration                    time.Duration
	goals, verify               bool
}

func main() {
	var o options
	flag.StringVar(&o.url, "url", "http://127.0.0.1:8080", "base of the service")
	flag.StringVar(&o.key, "key", "", "API key")
	flag.StringVar(&o.serve, "serve", "", "start this program instead, on a directory of its own")
	flag.StringVar(&o.engagement, "engagement", "examples/launch.json", "what to post; the reference is another one each time")
	flag.IntVar(&o.connections, "c", 32, "connections")
	flag.DurationVar(&o.duration, "for", time.Minute, "how long")
	flag.BoolVar(&o.goals, "goals", false, "fail when a goal is missed")
	flag.BoolVar(&o.verify, "verify", false, "post nothing: fetch all documents and compare them with their manifests")
	flag.Parse()
	if err := run(&o); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

func run(o *options) error {
	if o.verify {
		return verify(o)
	}
	body, err := os.ReadFile(o.engagement)
	if err != nil {
		return err
	}
	var s *served
	if o.serve != "" {
		if s, err = serve(o); err != nil {
			return err
		}
		defer s.end()
	}
	r, err := post(o, body)
	if err != nil {
		return err
	}
	fmt.Println(r)
	errs := r.misses()
	if s != nil {
		fmt.Println(s)
		errs = append(errs, s.misses()...)
	}
	switch {
	case r.failed > 0:
		return fmt.Errorf("%d requests failed, the first: %w", r.failed, r.failure)
	case o.goals && len(errs) > 0:
		return fmt.Errorf("goals missed: %v", errs)
	}
	return nil
}
