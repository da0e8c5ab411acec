// Package model holds the issuer against a simple model of what it promises: random operations on two replicas over one store,
// with crashes, lost answers, races, wrong clocks and a store in trouble. A failing run is made as short as it can be.
package model

import (
	"context"
	"flag"
	"runtime"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Without flags every run is the same and short; -rapid.checks asks for more, and for other ones each time.
const (
	fewChecks = "40"
	sameSeed  = "1"
)

func TestModel(t *testing.T) {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if !given["rapid.checks"] && !given["rapid.seed"] && !given["rapid.failfile"] {
		for name, value := range map[string]string{"rapid.checks": fewChecks, "rapid.seed": sameSeed} {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	all := everyBody(t)
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t, all)
		defer m.close()
		t.Repeat(m.operations())
		m.end(t)
	})
}

// end makes all well and looks at everything once more.
func (m *machine) end(t *rapid.T) {
	if m.down != "" {
		m.trouble(t)
	}
	m.recover(t)
	m.list(t)
	m.read(t)
	m.audit(t)
	for _, r := range m.replicas {
		if err := r.Drain(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	for wait := time.Millisecond; runtime.NumGoroutine() > m.routines; wait *= 2 {
		if wait > time.Second {
			t.Fatalf("%d goroutines, %d at the beginning", runtime.NumGoroutine(), m.routines)
		}
		time.Sleep(wait)
	}
}
