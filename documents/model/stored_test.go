package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"auftragsmappe/documents/archive"
)

// stored is what lies in a store, read by the layout of its keys and by nothing else.
type stored struct {
	objects map[string]string
	streams map[string][]event // by engagement
	numbers map[string][]owner // by series and year, in their order: number 1 first
	entries []string           // of request keys, in words
	open    []archive.Open
	recent  []string // engagements
}

// event is what is read of one.
type event struct {
	Type string
	At   time.Time
	Body struct {
		Canonical string
		Secrets   map[string]string
		Manifest  struct {
			Documents []struct{ Kind, SHA256 string }
		}
	}
}

// owner is what a number points to.
type owner struct {
	ID    string
	Event int
}

// eyes read a store again and again: what never changes is read once.
type eyes struct {
	store  archive.Store
	bodies *bodies
	events map[string]event
	seen   *stored
}

// look reads the store and holds it against what was there before: nothing has changed, and nothing is gone but of the work list
// and files that no manifest names (check looks for those that one names).
func (e *eyes) look(t *rapid.T) *stored {
	s := &stored{objects: map[string]string{}, streams: map[string][]event{}, numbers: map[string][]owner{}}
	keys, err := e.store.List(context.Background(), "", "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		b, err := e.store.Get(context.Background(), key)
		if err != nil {
			t.Fatal(err)
		}
		s.objects[key] = string(b)
		e.read(t, s, key)
	}
	for key, was := range e.seen.objects {
		may := strings.HasPrefix(key, archive.OpenPrefix) || strings.HasPrefix(key, "t/"+tenantName+"/f/")
		if is, ok := s.objects[key]; is != was && (ok || !may) {
			t.Fatalf("%s was written and has changed or is gone", key)
		}
	}
	e.seen = s
	return s
}

// read sorts an object in by its key.
func (e *eyes) read(t *rapid.T, s *stored, key string) {
	part := strings.Split(key, "/")
	switch {
	case part[0]+"/" == archive.OpenPrefix:
		o, ok := archive.ParseOpen(key)
		if !ok {
			t.Fatalf("a strange entry of the work list: %s", key)
		}
		s.open = append(s.open, o)
	case len(part) < 4 || part[1] != tenantName:
		t.Fatalf("a strange key: %s", key)
	case part[2] == "e":
		id := part[3]
		s.streams[id] = append(s.streams[id], e.event(t, key, s.objects[key]))
		if want := archive.EventKey(tenantName, id, len(s.streams[id])); key != want {
			t.Fatalf("%s stands where %s should", key, want)
		}
	case part[2] == "n":
		var o owner
		series := part[3] + "-" + part[4]
		unmarshal(t, key, s.objects[key], &o)
		if s.numbers[series] = append(s.numbers[series], o); key != fmt.Sprintf("t/%s/n/%s/%s/%08d", tenantName, part[3], part[4], len(s.numbers[series])) {
			t.Fatalf("numbers are not dense before %s", key)
		}
	case part[2] == "idem":
		var r struct {
			Body    string
			Expires time.Time
		}
		unmarshal(t, key, s.objects[key], &r)
		s.entries = append(s.entries, entry{body: e.bodies.hashed[r.Body], expires: r.Expires}.String())
	case part[2] == "recent":
		s.recent = append(s.recent, archive.RecentID(key))
	}
}

func unmarshal(t *rapid.T, key, text string, v any) {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
}

func (e *eyes) event(t *rapid.T, key, text string) event {
	if was, ok := e.events[key]; ok {
		return was
	}
	var is event
	unmarshal(t, key, text, &is)
	e.events[key] = is
	return is
}

// stories are all engagements and request keys, in the model's words.
func (s *stored) stories(t *rapid.T, b *bodies) (all []string) {
	for id, events := range s.streams {
		var d dealing
		for i, e := range events {
			switch {
			case e.Type == "claimed" && i%2 == 0:
				d.deeds = append(d.deeds, deed{call: call{body: b.named[e.Body.Canonical]}})
			case e.Type == "issued" && i%2 == 1:
				d.deeds[i/2].issued = true
			default:
				t.Fatalf("event %d of %s is %q", i+1, id, e.Type)
			}
		}
		all = append(all, d.story())
	}
	all = append(all, s.entries...)
	slices.Sort(all)
	return all
}

// number is the text of the number that an engagement's event has in a series and year, "" when it has none.
func (s *stored) number(series, id string, n int) string {
	i := slices.Index(s.numbers[series], owner{id, n})
	if i < 0 {
		return ""
	}
	_, year, _ := strings.Cut(series, "-")
	return fmt.Sprintf("%s-%04d", year, i+1)
}

// check holds what is stored against itself: every number has one owner, and it is a claim; files have a manifest that names
// them; what is open is in the work list, and what is issued in the list of engagements, once. Exact: no fault and no race has
// left anything in the work list that is done. Clean: nor has another program left files.
func (s *stored) check(t *rapid.T, exact, clean bool) {
	for series, owners := range s.numbers {
		had := map[owner]bool{}
		for i, o := range owners {
			if had[o] || o.Event > len(s.streams[o.ID]) || s.streams[o.ID][o.Event-1].Type != "claimed" {
				t.Fatalf("number %d of %s points to event %d of %s: it has another one, or is no claim", i+1, series, o.Event, o.ID)
			}
			had[o] = true
		}
	}
	s.lists(t, exact)
	wanted := map[string]bool{}
	for id, events := range s.streams {
		for _, d := range events[max(len(events)/2*2-1, 0)].Body.Manifest.Documents {
			wanted[archive.FileKey(tenantName, id, d.SHA256, d.Kind+".pdf")] = true
		}
	}
	s.files(t, wanted, clean)
}

// lists: the work list and that of the engagements.
func (s *stored) lists(t *rapid.T, exact bool) {
	listed, open := map[string]bool{}, map[owner]bool{}
	for _, id := range s.recent {
		if listed[id] || len(s.streams[id]) == 0 {
			t.Fatalf("%s is listed twice, or is nothing", id)
		}
		listed[id] = true
	}
	for _, o := range s.open {
		if n := len(s.streams[o.ID]); exact && o.Event <= n && (o.Event < n || n%2 == 0) {
			t.Fatalf("event %d of %s is finished and still in the work list", o.Event, o.ID)
		}
		open[owner{o.ID, o.Event}] = true
	}
	for id, events := range s.streams {
		n := len(events)
		if n%2 == 1 && !open[owner{id, n}] {
			t.Fatalf("nobody would finish event %d of %s", n, id)
		}
		if n > 1 && !listed[id] {
			t.Fatalf("%s is issued and not listed", id)
		}
	}
}

// orphans are entries of the work list whose claim was never written.
func (s *stored) orphans() (all []archive.Open) {
	for _, o := range s.open {
		if o.Event > len(s.streams[o.ID]) {
			all = append(all, o)
		}
	}
	return all
}

// double says that an event has two entries in the work list.
func (s *stored) double() bool {
	had := map[owner]bool{}
	for _, o := range s.open {
		if had[owner{o.ID, o.Event}] {
			return true
		}
		had[owner{o.ID, o.Event}] = true
	}
	return false
}

// files: those that a manifest names are there, and no others but of claims at work.
func (s *stored) files(t *rapid.T, wanted map[string]bool, clean bool) {
	for key := range wanted {
		if _, ok := s.objects[key]; !ok {
			t.Fatalf("no file %s", key)
		}
	}
	for key := range maps.Keys(s.objects) {
		part := strings.Split(key, "/")
		if clean && part[0] == "t" && part[2] == "f" && !wanted[key] && len(s.streams[part[3]])%2 == 0 {
			t.Fatalf("no manifest names %s", key)
		}
	}
}

// sum is a SHA-256 in hex.
func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
