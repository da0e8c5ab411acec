package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"pgregory.net/rapid"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

const tenantName = "default"

// machine is the service beside the model of what it should be.
type machine struct {
	eyes
	replicas [2]*replica
	now      time.Time
	model    *model
	past     []call
	profiles int
	down     string // what the store does to writes; "" = them
	untidy   bool   // a fault or a race may have left something in the work list
	littered bool   // and a program that makes other files of a claim may have left some
	programs bool   // the second replica is such a program
	routines int
	close    func()
}

func newMachine(t *rapid.T, all *bodies) *machine {
	m := &machine{
		eyes: eyes{store: stepwise{archive.NewMemory()}, bodies: all, events: map[string]event{}, seen: &stored{}}, model: newModel(),
		now: time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC), close: func() {}, routines: runtime.NumGoroutine(),
	}
	if rapid.IntRange(0, 9).Draw(t, "directory if 9") == 9 {
		path, err := os.MkdirTemp("", "model")
		if err != nil {
			t.Fatal(err)
		}
		m.close = func() { _ = os.RemoveAll(path) }
		if m.store, err = archive.OpenDir(path); err != nil {
			t.Fatal(err)
		}
	}
	m.programs = rapid.IntRange(0, 2).Draw(t, "two programs if 2") == 2
	for i := range m.replicas {
		m.replicas[i] = &replica{}
		m.restart(t, i)
	}
	return m
}

// attempt is a call at a replica, and what came of it.
type attempt struct {
	call
	finisher bool  // it is no call: all that is open is finished
	young    []int // but for these engagements, whose calls its clock has yet to come to
	replica  int
	at       time.Time
	mayFail  bool
	answer   string
	said     *documents.Result
}

// GoString is what a failing example shows.
func (a *attempt) GoString() string {
	if a.finisher {
		return fmt.Sprintf("recover at replica %d", a.replica)
	}
	return fmt.Sprintf("%v at replica %d: %s", a.call, a.replica, a.answer)
}

// run makes calls at once and reads their answers. No two runs share a moment, so that it says whose a stream is.
func (m *machine) run(t *rapid.T, calls ...*attempt) {
	m.now = m.now.Add(time.Second)
	faults := make([]error, len(calls))
	var wg sync.WaitGroup
	for i, a := range calls {
		if a.at = m.clock(a.replica); a.finisher {
			old := m.open(a.replica, 0)
			a.young = slices.DeleteFunc(m.model.pending(), func(d int) bool { return slices.Contains(old, d) })
		}
		wg.Go(func() {
			if a.finisher {
				_, faults[i] = m.replicas[a.replica].Recover(context.Background(), 0)
				return
			}
			c := documents.Call{Tenant: tenantName, Engagement: m.bodies.valid[a.body], Key: a.Key, Profile: a.Profile}
			if a.Long {
				c.KeyLife = a.life()
			}
			a.said, faults[i] = m.replicas[a.replica].Issue(context.Background(), c)
		})
	}
	wg.Wait()
	for i, a := range calls {
		switch {
		case !a.finisher:
			a.answer = answer(t, a.said, faults[i])
			m.past = append(m.past, a.call)
		case faults[i] != nil:
			t.Fatal(faults[i])
		}
		if t.Logf("    %#v", a); a.answer == failed && !a.mayFail {
			t.Fatal(faults[i])
		}
	}
}

// answer is a result in the model's words.
func answer(t *rapid.T, r *documents.Result, err error) string {
	var conflict *documents.ConflictError
	switch {
	case err == nil && r.Manifest.Status != documents.StatusIssued:
		t.Fatalf("the answer's status is %s", r.Manifest.Status)
	case err == nil && r.Replayed:
		return replayed
	case err == nil:
		return issued
	case errors.Is(err, documents.ErrKeyReused):
		return reused
	case errors.As(err, &conflict) && len(conflict.Pointers) > 0:
		return conflict.Code
	case errors.Is(err, archive.ErrStorage):
		return failed
	}
	t.Fatalf("an error that no caller should see: %v", err)
	return ""
}

// settle finds the course of events that explains all answers and what is stored now; the model goes on from there.
func (m *machine) settle(t *rapid.T, calls ...*attempt) {
	is := m.look(t)
	found := is.stories(t, m.bodies)
	var tried [][]string
	orders := [][]*attempt{calls}
	if len(calls) == 2 {
		orders = append(orders, []*attempt{calls[1], calls[0]})
	}
	for _, order := range orders {
		if m.explain(m.model, order, nil, func(end *model, verdicts []verdict) bool {
			s := end.stories()
			tried = append(tried, s)
			if !slices.Equal(s, found) {
				return false
			}
			m.model = end
			for i, a := range order {
				m.told(t, a, verdicts[i])
			}
			m.identify(t, is)
			once(t, order, verdicts)
			return true
		}) {
			m.littered = m.littered || m.programs && m.untidy
			is.check(t, !m.untidy, !m.littered)
			return
		}
	}
	for _, a := range calls {
		t.Logf("alone and without a fault: %#v; the model says %s", a, m.model.clone().apply(a.call, a.at, finished).answer)
	}
	t.Fatalf("nothing explains the answers and the store\n%q\nnext best:\n%q", found, tried)
}

// explain plays calls one after another in all ways that fit their answers, until one of them fits.
func (m *machine) explain(from *model, calls []*attempt, before []verdict, fits func(*model, []verdict) bool) bool {
	if len(calls) == 0 {
		return fits(from, before)
	}
	a, race := calls[0], len(calls)+len(before) > 1
	reaches := []reach{finished}
	if a.answer == failed {
		reaches = []reach{nowhere, former, keyed, claimed, finished}
	}
	if a.finisher {
		next := from.clone()
		for _, i := range next.pending() {
			if !slices.Contains(a.young, i) {
				next.finish(i)
			}
		}
		return m.explain(next, calls[1:], append(slices.Clone(before), verdict{}), fits)
	}
	for _, r := range reaches {
		next := from.clone()
		v := next.apply(a.call, a.at, r)
		verdicts := append(slices.Clone(before), v)
		if !a.explained(v, race) {
			continue
		}
		if m.explain(next, calls[1:], verdicts, fits) {
			return true
		}
		if race && (v.answer == changed || v.answer == invoiceChanged) { // it was about to be accepted when the other one was: its key is noted
			next.note(next.request(a.call, a.at), a.call, a.at, v.dealing)
			if m.explain(next, calls[1:], verdicts, fits) {
				return true
			}
		}
	}
	return false
}

// explained says whether a verdict fits the answer. Of calls at once one may finish what the other has begun.
func (a *attempt) explained(v verdict, race bool) bool {
	switch {
	case a.answer == failed:
		return v.writes
	case race && (v.answer == issued || v.answer == replayed):
		return a.answer == issued || a.answer == replayed
	case race && v.answer == reused && (a.answer == changed || a.answer == invoiceChanged):
		return true // its key was free when it came, its reference no longer when it had its turn
	}
	return v.answer == a.answer
}

// once: of calls at once that are told of the same documents, one at most has issued them.
func once(t *rapid.T, calls []*attempt, verdicts []verdict) {
	if len(calls) == 2 && calls[0].answer == issued && calls[1].answer == issued &&
		verdicts[0].dealing == verdicts[1].dealing && verdicts[0].deed == verdicts[1].deed {
		t.Fatalf("issued twice: %#v", calls)
	}
}

// identify learns the ids of engagements of which nobody was told yet.
func (m *machine) identify(t *rapid.T, is *stored) {
	known := map[string]bool{}
	for _, d := range m.model.dealings {
		known[d.id] = true
	}
	for i := range m.model.dealings {
		d := &m.model.dealings[i]
		for id, events := range is.streams {
			if d.id == "" && len(d.deeds) > 0 && !known[id] && events[0].At.Equal(d.deeds[0].at) && m.bodies.named[events[0].Body.Canonical] == d.deeds[0].body {
				d.id, known[id] = id, true
			}
		}
		if d.id == "" && len(d.deeds) > 0 {
			t.Fatalf("no stream is %s of %s", d.story(), d.deeds[0].at)
		}
	}
}
