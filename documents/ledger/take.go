package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"auftragsmappe/documents/archive"
)

// ticket is a call of Take that waits for its numbers.
type ticket struct {
	owner   Owner
	wants   []Want
	numbers []int
	low     []int // no number of the owner is below it
	err     error
	turn    chan bool // true: lead the next group; false: the numbers are there
}

// counter is where calls of one tenant in this process take numbers together: one after another each would wait for the disk
// or the network of all before it. Who comes first leads: it writes the numbers of all who wait, then hands over.
type counter struct {
	mu      sync.Mutex
	busy    bool
	waiting []*ticket
	users   int // calls that hold it; guarded by the ledger's mutex
}

// maxGroup bounds the objects of one write.
const maxGroup = 32

// Take gives the owner one number of each wanted series, the lowest free ones, or those that it has already. Numbers
// stay dense: one is created only when the one below it has been seen, or is written before it. A second call, also of
// another process and also after a crash in between, gives the same numbers, because every number from From on is looked
// at before one is created. The wanted series differ.
func (l *Ledger) Take(ctx context.Context, tenant string, o Owner, wants []Want) ([]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("take number: %w", err)
	}
	c := l.counter(tenant)
	defer l.leave(tenant, c)
	t := &ticket{owner: o, wants: wants, numbers: make([]int, len(wants)), low: make([]int, len(wants)), turn: make(chan bool, 1)}
	c.mu.Lock()
	c.waiting = append(c.waiting, t)
	lead := !c.busy
	c.busy = true
	c.mu.Unlock()
	if lead || <-t.turn {
		defer c.handOver()
		l.takeAll(context.WithoutCancel(ctx), tenant, c.group(t)) // others depend on it
	}
	if t.err != nil {
		return nil, fmt.Errorf("take number: %w", t.err)
	}
	return t.numbers, nil
}

func (l *Ledger) counter(tenant string) *counter {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.counters[tenant]
	if c == nil {
		c = &counter{}
		l.counters[tenant] = c
	}
	c.users++
	return c
}

// leave forgets a counter that nobody uses: there may be many tenants.
func (l *Ledger) leave(tenant string, c *counter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.users--; c.users == 0 {
		delete(l.counters, tenant)
	}
}

// group takes the leader and those who wait out of the queue.
func (c *counter) group(leader *ticket) []*ticket {
	c.mu.Lock()
	defer c.mu.Unlock()
	group := []*ticket{leader}
	var rest []*ticket
	for _, t := range c.waiting {
		switch {
		case t == leader:
		case len(group) < maxGroup:
			group = append(group, t)
		default:
			rest = append(rest, t)
		}
	}
	c.waiting = rest
	return group
}

// handOver makes the next in the queue the leader.
func (c *counter) handOver() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy = len(c.waiting) > 0; c.busy {
		c.waiting[0].turn <- true
	}
}

// takeAll finds or creates the numbers of a group and tells its members; the first one leads and needs no word.
func (l *Ledger) takeAll(ctx context.Context, tenant string, group []*ticket) {
	done := false
	defer func() { // a panic must not leave anybody waiting
		if !done {
			fail(group, errLeader)
		}
		for _, t := range group[1:] {
			t.turn <- false
		}
	}()
	for {
		create := l.assign(ctx, tenant, group)
		err := l.records.Put(ctx, create...)
		if errors.Is(err, archive.ErrExists) { // another process was faster; those before it may be ours
			continue
		}
		if err != nil {
			fail(group, err)
		}
		break
	}
	l.learnAll(tenant, group)
	done = true
}

// errLeader: the call that was to take the number ended in a fault.
var errLeader = errors.New("ledger: no number was taken")

func fail(tickets []*ticket, err error) {
	for _, t := range tickets {
		if t.err == nil {
			t.err = err
		}
	}
}

// assign looks for the numbers that the tickets have, gives the others the next free ones, and returns what is to be
// written for it, in an order that keeps every series dense.
func (l *Ledger) assign(ctx context.Context, tenant string, tickets []*ticket) []archive.Object {
	a := assignment{next: map[string]int{}, given: map[given]int{}, keep: l.Keep}
	for _, t := range tickets {
		for i, w := range t.wants {
			if t.err != nil {
				break
			}
			w.From = max(w.From, t.low[i])
			n, mine, err := l.seek(ctx, tenant, w, t.owner)
			if t.low[i] = n; err == nil && !mine { // one that is written from now on is free now, not what is given here
				n, err = a.give(t.owner, place{tenant, w.Series, w.Year}, n)
			}
			t.numbers[i], t.err = n, err
		}
	}
	return a.create
}

// assignment is the numbers that a group is about to write.
type assignment struct {
	next   map[string]int // by series and year: the first number that is neither taken nor given
	given  map[given]int  // a claim may be finished by two calls at once: both get the same number
	create []archive.Object
	keep   archive.Years
}

// given is what a number is given for.
type given struct {
	series string
	owner  Owner
}

// place is a series of a tenant and year.
type place struct {
	tenant, series string
	year           int
}

func (p place) key(n int) string { return archive.NumberKey(p.tenant, p.series, p.year, n) }

// give is the owner's number of a series, of which free is the first one that is not taken.
func (a *assignment) give(o Owner, p place, free int) (int, error) {
	at := given{p.key(0), o}
	if n, ok := a.given[at]; ok {
		return n, nil
	}
	n := max(free, a.next[at.series])
	body, err := json.Marshal(numberBody{V: Version, ID: o.ID, Event: o.Event})
	if err != nil {
		return 0, err
	}
	a.next[at.series], a.given[at] = n+1, n
	a.create = append(a.create, archive.Object{Key: p.key(n), Bytes: body, IfAbsent: true, Keep: a.keep.Until(p.year)})
	return n, nil
}

// learnAll notes who has taken what.
func (l *Ledger) learnAll(tenant string, tickets []*ticket) {
	for _, t := range tickets {
		if t.err != nil {
			continue
		}
		for i, w := range t.wants {
			l.known.learn(tenant, w, t.numbers[i], t.owner)
		}
	}
}
