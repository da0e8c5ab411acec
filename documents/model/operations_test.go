package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// operations are what may happen, in any order.
func (m *machine) operations() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"issue": m.issue, "issue again": m.again, "two calls": m.two, "a call and the finisher": m.beside, "a call and a fault": m.fault,
		"another call": m.issue, "another call again": m.again,
		"recover": m.recover, "recover with a fault": m.recoverFault, "restart": m.restarted, "time passes": m.pass, "a clock is wrong": m.wrong,
		"store": m.trouble, "profile": m.profile, "seal": m.seal, "list": m.list, "read": m.read, "preview": m.preview, "verify": m.verify, "audit": m.audit,
	}
}

func (m *machine) drawReplica(t *rapid.T) int { return rapid.IntRange(0, 1).Draw(t, "replica") }

// either is a new call, or one that was made before.
func (m *machine) either(t *rapid.T) call {
	if len(m.past) > 0 && rapid.Bool().Draw(t, "again") {
		return rapid.SampledFrom(m.past).Draw(t, "call")
	}
	return drawCall(t, "call", m.profiles)
}

func (m *machine) one(t *rapid.T, c call) {
	a := &attempt{call: c, replica: m.drawReplica(t), mayFail: m.down != ""}
	m.run(t, a)
	m.settle(t, a)
}

func (m *machine) issue(t *rapid.T) { m.one(t, drawCall(t, "call", m.profiles)) }

func (m *machine) again(t *rapid.T) {
	if len(m.past) == 0 {
		t.Skip()
	}
	m.one(t, rapid.SampledFrom(m.past).Draw(t, "call"))
}

func (m *machine) two(t *rapid.T) {
	if m.down != "" {
		t.Skip()
	}
	a := &attempt{call: m.either(t), replica: m.drawReplica(t)}
	b := &attempt{call: a.call, replica: m.drawReplica(t)}
	if rapid.Bool().Draw(t, "different") {
		b.call = m.either(t)
	}
	m.untidy = true
	m.run(t, a, b)
	m.settle(t, a, b)
}

// beside is a call, which may be cut off, while the other replica finishes what it finds.
func (m *machine) beside(t *rapid.T) {
	if m.down != "" {
		t.Skip()
	}
	a := &attempt{call: m.either(t), replica: m.drawReplica(t)}
	b := &attempt{finisher: true, replica: 1 - a.replica}
	mended := func() bool { return false }
	if a.mayFail = rapid.Bool().Draw(t, "fault"); a.mayFail {
		mended = m.faulty(t, a.replica)
	}
	m.untidy = true
	m.run(t, a, b)
	if !mended() && a.answer == failed {
		t.Fatal("it failed without a fault")
	}
	m.settle(t, a, b)
	m.restart(t, b.replica) // nobody knows what it has met
}

// maxWrites is more than a call here writes and deletes.
const maxWrites = 12

var modes = map[string]archive.Mode{
	"lost": archive.Lost, "written without a word": archive.Unanswered, "crash before": archive.CrashLost, "crash after": archive.CrashDone,
}

// faulty bends a replica's line so that one write fails; mended says whether it did, and makes all well again.
func (m *machine) faulty(t *rapid.T, i int) (mended func() bool) {
	if m.down != "" {
		t.Skip()
	}
	at, mode := rapid.IntRange(1, maxWrites).Draw(t, "write"), rapid.SampledFrom(slices.Sorted(maps.Keys(modes))).Draw(t, "mode")
	f := archive.NewFault(m.store, at, modes[mode])
	m.replicas[i].line.Store = f
	return func() bool {
		met := f.Writes() >= at
		m.untidy = m.untidy || met
		if m.bend(i); met && strings.HasPrefix(mode, "crash") {
			m.restart(t, i)
		}
		return met
	}
}

func (m *machine) fault(t *rapid.T) {
	a := &attempt{call: m.either(t), replica: m.drawReplica(t), mayFail: true}
	mended := m.faulty(t, a.replica)
	m.run(t, a)
	if !mended() && a.answer == failed {
		t.Fatal("it failed without a fault")
	}
	m.settle(t, a)
}

func (m *machine) recover(t *rapid.T) {
	i := m.drawReplica(t)
	age := rapid.SampledFrom([]time.Duration{0, 0, time.Minute, 10 * time.Minute}).Draw(t, "age")
	open, double := m.open(i, age), m.seen.double()
	n, err := m.replicas[i].Recover(context.Background(), age)
	if m.down != "" {
		m.finished(t, open)
		return
	}
	if n != len(open) || err != nil {
		t.Fatalf("finished %d of %d, %v", n, len(open), err)
	}
	for _, d := range open {
		m.model.finish(d)
	}
	m.settle(t)
	m.tidied(t, i, double)
}

// meet is the first thing that a finisher does: it notes what it has not seen before.
func (m *machine) meet(i int) {
	r, now := m.replicas[i], map[archive.Open]time.Time{}
	for _, o := range m.seen.open {
		if now[o] = m.clock(i); !r.met[o].IsZero() {
			now[o] = r.met[o]
		}
	}
	r.met = now
}

// open are the engagements whose last call has not come to its end, and is as old as that by a replica's clock: since its moment,
// or since the replica met it.
func (m *machine) open(i int, age time.Duration) []int {
	m.meet(i)
	return slices.DeleteFunc(m.model.pending(), func(d int) bool {
		id := m.model.dealings[d].id
		events := m.seen.streams[id]
		old := m.clock(i).Sub(events[len(events)-1].At) >= age
		for o, at := range m.replicas[i].met {
			old = old || o.ID == id && o.Event == len(events) && m.clock(i).Sub(at) >= age
		}
		return !old
	})
}

// tidied: what is left in the work list is at work, or so young that its call may be about to write it. Of two entries for one
// claim, as an earlier try on another day leaves, the second may stay until the next time.
func (m *machine) tidied(t *rapid.T, i int, double bool) {
	orphans := m.seen.orphans()
	for _, o := range orphans {
		if o.Day < m.clock(i).UTC().AddDate(0, 0, -2).Format(time.DateOnly) {
			t.Fatalf("%s was left", o.Key())
		}
	}
	m.untidy = len(orphans) > 0 || double
	m.seen.check(t, !m.untidy, !m.littered)
}

func (m *machine) recoverFault(t *rapid.T) {
	i := m.drawReplica(t)
	mended := m.faulty(t, i)
	open := m.open(i, 0)
	n, err := m.replicas[i].Recover(context.Background(), 0)
	if !mended() && (n != len(open) || err != nil) {
		t.Fatalf("finished %d of %d, %v", n, len(open), err)
	}
	m.finished(t, open)
}

// finished notes which of the open calls were finished where some may have failed; the store knows.
func (m *machine) finished(t *rapid.T, open []int) {
	is := m.look(t)
	for _, d := range open {
		if len(is.streams[m.model.dealings[d].id])%2 == 0 {
			m.model.finish(d)
		}
	}
	m.settle(t)
}

func (m *machine) restarted(t *rapid.T) { m.restart(t, m.drawReplica(t)) }

func (m *machine) pass(t *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{time.Minute, 15 * time.Minute, 23 * time.Hour, 25 * time.Hour}).Draw(t, "time"))
}

func (m *machine) wrong(t *rapid.T) {
	i := m.drawReplica(t)
	m.replicas[i].skew = rapid.SampledFrom([]time.Duration{0, 180_300 * time.Millisecond, -180_600 * time.Millisecond}).Draw(t, "by")
}

func (m *machine) trouble(t *rapid.T) {
	if m.down != "" {
		m.down, m.untidy = "", true
	} else {
		m.down = rapid.SampledFrom([]string{"refuses writes", "loses writes", "writes without a word"}).Draw(t, "store")
	}
	m.bend(0)
	m.bend(1)
}

// profile stores another look.
func (m *machine) profile(t *rapid.T) {
	e, err := engagement.DecodeProfile(strings.NewReader(fmt.Sprintf(`{"look": {"accent_color": "#1f3a%02x"}}`, m.profiles%100)))
	if err != nil {
		t.Fatal(err)
	}
	m.profiles++
	if p, err := tenant.NewProfiles(m.store).Put(context.Background(), tenantName, e); err != nil || p.Version != m.profiles {
		t.Fatalf("%+v, %v", p, err)
	}
	m.look(t)
}

// seal: once a day, all events that no seal has.
func (m *machine) seal(t *rapid.T) {
	i := m.drawReplica(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day, left := m.clock(i).In(berlin).Format(time.DateOnly), 0
	for _, events := range m.seen.streams {
		left += len(events)
	}
	newest := ""
	for key, text := range m.seen.objects {
		if strings.HasPrefix(key, archive.SealPrefix(tenantName)) {
			var s struct {
				Day    string
				Events []any
			}
			unmarshal(t, key, text, &s)
			newest, left = max(newest, s.Day), left-len(s.Events)
		}
	}
	due := left > 0 && newest < day
	sealed, err := m.replicas[i].Seal(context.Background())
	m.look(t)
	switch {
	case due && m.down != "":
		if !errors.Is(err, archive.ErrStorage) {
			t.Fatalf("sealed in a store that %s: %v", m.down, err)
		}
	case err != nil || due != (len(sealed) == 1) || due && (sealed[0].Day != day || sealed[0].Events != left):
		t.Fatalf("%+v, %v; %d events are due: %v", sealed, err, left, due)
	}
}

func jsonOf(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (m *machine) preview(t *rapid.T) {
	c := drawCall(t, "call", m.profiles)
	before := len(m.seen.objects)
	p, files, err := m.replicas[m.drawReplica(t)].Preview(context.Background(), documents.Call{Tenant: tenantName, Engagement: m.bodies.valid[c.body], Profile: c.Profile})
	if want := map[string]int{"offer": 1, "contract": 1, "complete": 2}[c.Stage]; err != nil || len(files) != want || p.Status != documents.StatusDraft {
		t.Fatalf("%d files, %v", len(files), err)
	}
	if m.look(t); len(m.seen.objects) != before {
		t.Fatal("a draft was stored")
	}
}
