package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// What follows is what docs/api.md promises a caller, in its simplest form: no store, no numbers, no files. It shares no line
// with the program. The bodies differ in a few fields only, so that few rules need to be known of them.

// deed is a call that an engagement has accepted.
type deed struct {
	call
	at       time.Time
	issued   bool
	manifest string // as it was first told; "" = not yet
}

// paper is a document as a manifest lists it.
type paper struct {
	id, kind, status, replaces string
	deed                       int // that made it
}

// dealing is all calls of one engagement.
type dealing struct {
	id    string // "" = nobody was told yet
	deeds []deed
}

// entry is what a request key stands for.
type entry struct {
	body    body
	expires time.Time
	dealing int
}

// model is what the service has promised so far.
type model struct {
	dealings   []dealing
	references map[string]int
	keys       map[string]entry // the last one of each key
	entries    []entry
}

func newModel() *model { return &model{references: map[string]int{}, keys: map[string]entry{}} }

func (m *model) clone() *model {
	c := &model{
		dealings: slices.Clone(m.dealings), references: maps.Clone(m.references), keys: maps.Clone(m.keys), entries: slices.Clone(m.entries),
	}
	for i := range c.dealings {
		c.dealings[i].deeds = slices.Clone(c.dealings[i].deeds)
	}
	return c
}

// The answers to a call.
const (
	issued         = "issued"
	replayed       = "replayed"
	changed        = "reference_changed"
	invoiceChanged = "invoice_issued"
	reused         = "idempotency_key_reused"
	failed         = "storage failed"
)

// reach is how far a call comes: all the way, or less where the store fails.
type reach int

const (
	nowhere  reach = iota
	former         // what a call before it left is finished
	keyed          // its key is noted
	claimed        // its inputs are noted
	finished       // its documents are there
)

// verdict is what the model says of a call.
type verdict struct {
	answer        string
	dealing, deed int  // where its documents are
	writes        bool // it cannot be answered without writing
}

// request is what a call's key says of it.
type request struct {
	name string // "" = the call has none
	entry
	live bool // it stands for entry
}

func (m *model) request(c call, at time.Time) request {
	r := request{name: "key " + c.Key}
	switch {
	case c.Key == "" && c.Reference != "":
		return request{}
	case c.Key == "":
		r.name = "body " + c.body.String()
	}
	e, known := m.keys[r.name]
	r.entry, r.live = e, known && at.Before(e.expires)
	return r
}

// note notes the call's key, where that is to be done.
func (m *model) note(q request, c call, at time.Time, dealing int) {
	if q.name != "" && !q.live {
		e := entry{c.body, at.Add(c.life()), dealing}
		m.keys[q.name], m.entries = e, append(m.entries, e)
	}
}

// apply is a call that comes as far as r, at a moment of the clock of the replica that it met.
func (m *model) apply(c call, at time.Time, r reach) (v verdict) {
	q := m.request(c, at)
	if q.live && q.body != c.body {
		return verdict{answer: reused}
	}
	v.writes = q.name != "" && !q.live
	v.dealing = m.find(c, q)
	var d dealing
	if v.dealing < len(m.dealings) {
		d = m.dealings[v.dealing]
	}
	if v.deed = d.same(c.body); v.deed >= 0 {
		return m.repeat(c, at, r, v)
	}
	if !d.admits(c.body) {
		return verdict{answer: changed, dealing: v.dealing}
	}
	if n := len(d.deeds); n > 0 && !d.deeds[n-1].issued {
		v.writes = true
		d.deeds[n-1].issued = r >= former
	}
	if v.answer = d.fits(c.body); v.answer != "" {
		return v
	}
	v.answer, v.writes, v.deed = issued, true, len(d.deeds)
	if r >= keyed {
		if v.dealing == len(m.dealings) {
			m.dealings = append(m.dealings, dealing{})
		}
		m.note(q, c, at, v.dealing)
		if c.Reference != "" {
			m.references[c.Reference] = v.dealing
		}
	}
	if r >= claimed {
		m.dealings[v.dealing].deeds = append(d.deeds, deed{call: c, at: at, issued: r == finished})
	}
	return v
}

// repeat is a call that was made before.
func (m *model) repeat(c call, at time.Time, r reach, v verdict) verdict {
	if r >= keyed {
		m.note(m.request(c, at), c, at, v.dealing)
	}
	v.answer = replayed
	if was := &m.dealings[v.dealing].deeds[v.deed]; !was.issued {
		v.answer, v.writes = issued, true
		was.issued = r == finished
	}
	return v
}

// find is the engagement that a call belongs to; one behind the last: a new one.
func (m *model) find(c call, q request) int {
	if q.live {
		return q.dealing
	}
	if i, ok := m.references[c.Reference]; ok && c.Reference != "" {
		return i
	}
	return len(m.dealings)
}

// same is the deed of an equal body; -1: there is none.
func (d *dealing) same(b body) int {
	return slices.IndexFunc(d.deeds, func(p deed) bool { return p.body == b })
}

// admits: no lower revision, and at the same one only a later stage.
func (d *dealing) admits(b body) bool {
	for _, p := range d.deeds {
		if b.Revision < p.Revision || b.Revision == p.Revision && (b.Stage == "offer" || p.Stage != "offer") {
			return false
		}
	}
	return true
}

// fits says why a call with a new body is refused for what was issued: the offer that it builds on has to be the same, and an
// issued invoice would have to be.
func (d *dealing) fits(b body) string {
	papers := d.papers(len(d.deeds))
	if o := current(papers, "offer"); o != nil {
		was := d.deeds[o.deed]
		if (b.Stage == "contract" || was.Revision == b.Revision) && was.agreed() != b.agreed() {
			return changed
		}
	}
	if i := current(papers, "invoice"); i != nil && b.Stage != "offer" && d.deeds[i.deed].billed() != b.billed() {
		return invoiceChanged
	}
	return ""
}

// papers are the documents that the first n deeds leave behind.
func (d *dealing) papers(n int) []paper {
	var all []paper
	for i, p := range d.deeds[:n] {
		add := func(kind, replaces string) {
			all = append(all, paper{fmt.Sprintf("%s-%d", kind, 2*i+1), kind, "issued", replaces, i})
		}
		switch was := current(all, "offer"); {
		case p.Stage == "contract":
		case was == nil:
			add("offer", "")
		case d.deeds[was.deed].Revision < p.Revision:
			was.status = "replaced"
			add("offer", was.id)
		}
		if p.Stage != "offer" && current(all, "invoice") == nil {
			add("invoice", "")
		}
	}
	return all
}

func current(papers []paper, kind string) *paper {
	for i := range papers {
		if p := &papers[i]; p.kind == kind && p.status == "issued" {
			return p
		}
	}
	return nil
}

// pending are the engagements whose last call has not come to its end.
func (m *model) pending() (all []int) {
	for i, d := range m.dealings {
		if n := len(d.deeds); n > 0 && !d.deeds[n-1].issued {
			all = append(all, i)
		}
	}
	return all
}

// finish brings the last call of an engagement to its end.
func (m *model) finish(i int) {
	m.dealings[i].deeds[len(m.dealings[i].deeds)-1].issued = true
}

// story is an engagement in words: all of its calls, those without documents with a question mark.
func (d *dealing) story() string {
	var s []string
	for _, p := range d.deeds {
		mark := ""
		if !p.issued {
			mark = "?"
		}
		s = append(s, p.body.String()+mark)
	}
	return strings.Join(s, ", ")
}

// stories are all engagements and request keys, in words.
func (m *model) stories() (all []string) {
	for _, d := range m.dealings {
		if len(d.deeds) > 0 {
			all = append(all, d.story())
		}
	}
	for _, e := range m.entries {
		all = append(all, e.String())
	}
	slices.Sort(all)
	return all
}

func (e entry) String() string {
	return "a key for " + e.body.String() + " until " + e.expires.UTC().Format(time.RFC3339)
}
