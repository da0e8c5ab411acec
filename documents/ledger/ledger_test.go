package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

var at = time.Date(2026, 11, 23, 22, 30, 0, 0, time.FixedZone("", -2*3600)) // the 24th in UTC

func load(t *testing.T, l *ledger.Ledger, id string) *ledger.Stream {
	t.Helper()
	s, err := l.Load(t.Context(), "jana", id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func keys(t *testing.T, s archive.Store, prefix string) string {
	t.Helper()
	got, err := s.List(t.Context(), prefix, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(got, " ")
}

func TestID(t *testing.T) {
	key := func(tenant, name, body string) ledger.Key { return ledger.RequestKey(tenant, name, []byte(body)) }
	ids := map[string]int{}
	for i, id := range []string{
		ledger.ID("a", "x"), ledger.ID("b", "x"), ledger.ID("a", "y"), ledger.ID("a", "x\x00"),
		key("a", "", "1").ID(1), key("a", "", "1").ID(2), key("a", "", "2").ID(1), key("b", "", "1").ID(1), key("a", "k", "1").ID(1), key("a", "1", "").ID(1),
	} {
		if !ledger.IsID(id) {
			t.Errorf("%q is no id", id)
		}
		if before, ok := ids[id]; ok {
			t.Errorf("%d and %d have the same id", i, before)
		}
		ids[id] = i
	}
	if key("a", "k", "1") != key("a", "k", "2") {
		t.Error("the body matters though the request has a key")
	}
	if got := ledger.ID("default", "LAUNCH-2026-07"); got != "ynpoqzyikbaonq5hyhwg" {
		t.Errorf("the id of a reference has changed: %s", got)
	}
	for _, s := range []string{"", "abc", strings.Repeat("A", 20), strings.Repeat("1", 20), strings.Repeat("a", 19) + "/"} {
		if ledger.IsID(s) {
			t.Errorf("%q taken for an id", s)
		}
	}
}

func TestStream(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	s := load(t, l, "abc")
	if len(s.Events) != 0 || s.Pending() != 0 || s.Last(ledger.Issued) != 0 {
		t.Fatalf("new stream: %+v", s)
	}
	if err := l.Issue(t.Context(), s, at, nil); err == nil {
		t.Fatal("issued without a claim")
	}
	if err := l.Claim(t.Context(), s, at, map[string]int{"x": 1}); err != nil || s.Pending() != 1 {
		t.Fatal(err, s.Pending())
	}
	if got, want := keys(t, store, ""), "open/2026-11-24/jana/abc-000001-claimed t/jana/e/abc/000001.json"; got != want {
		t.Fatalf("after the claim: %s", got)
	}
	s = load(t, l, "abc")
	if s.Pending() != 1 || string(s.Events[0].Body) != `{"x":1}` || !s.Events[0].At.Equal(at) {
		t.Fatalf("loaded: %+v", s)
	}
	if err := l.Issue(t.Context(), s, at.Add(time.Second), "done"); err != nil || s.Pending() != 0 || s.Last(ledger.Issued) != 2 {
		t.Fatal(err, s)
	}
	if err := l.Strike(t.Context(), s, 1); err != nil {
		t.Fatal(err)
	}
	want := "t/jana/e/abc/000001.json t/jana/e/abc/000002.json " + archive.RecentKey("jana", "abc", at)
	if got := keys(t, store, ""); got != want {
		t.Fatalf("after issuing: %s", got)
	}
	if err := l.Claim(t.Context(), s, at, 2); err != nil || s.Pending() != 3 {
		t.Fatal("second claim:", err, s.Pending())
	}
}

func TestLostRaces(t *testing.T) {
	l := ledger.New(archive.NewMemory())
	a, b := load(t, l, "abc"), load(t, l, "abc")
	if err := l.Claim(t.Context(), a, at, 1); err != nil {
		t.Fatal(err)
	}
	if err := l.Claim(t.Context(), b, at, 2); !errors.Is(err, archive.ErrExists) || len(b.Events) != 0 {
		t.Fatalf("second claim: %v, %+v", err, b)
	}
	b = load(t, l, "abc")
	if err := l.Issue(t.Context(), a, at, 1); err != nil {
		t.Fatal(err)
	}
	if err := l.Issue(t.Context(), b, at, 2); !errors.Is(err, archive.ErrExists) {
		t.Fatalf("second issue: %v", err)
	}
	if s := load(t, l, "abc"); string(s.Events[0].Body) != "1" || string(s.Events[1].Body) != "1" {
		t.Fatalf("%+v", s)
	}
}

func TestUnfinished(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	for i, id := range []string{"b", "a", "c"} {
		if err := l.Claim(t.Context(), load(t, l, id), at.AddDate(0, 0, -i), 1); err != nil {
			t.Fatal(err)
		}
	}
	other := archive.Open{Day: "2026-11-01", Tenant: "jana", ID: "a", Event: 1, What: "due"}
	if err := store.Put(t.Context(), archive.Object{Key: other.Key()}, archive.Object{Key: "open/strange"}); err != nil {
		t.Fatal(err)
	}
	open, err := l.Unfinished(t.Context())
	if err != nil || len(open) != 3 || open[0].ID != "c" || open[2].ID != "b" {
		t.Fatalf("%+v, %v", open, err)
	}
	if err := l.StrikeEntry(t.Context(), open[0]); err != nil {
		t.Fatal(err)
	}
	if err := l.Strike(t.Context(), load(t, l, "b"), 1); err != nil {
		t.Fatal(err)
	}
	if open, err = l.Unfinished(t.Context()); err != nil || len(open) != 1 || open[0].ID != "a" {
		t.Fatalf("%+v, %v", open, err)
	}
}

func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		key, body string
		version   bool
	}{
		"event no json":    {archive.EventKey("jana", "abc", 1), "{", false},
		"event of no type": {archive.EventKey("jana", "abc", 1), `{"v":1,"body":{}}`, false},
		"event newer":      {archive.EventKey("jana", "abc", 1), `{"v":2}`, true},
		"number no json":   {archive.NumberKey("jana", "RE", 2026, 1), "", false},
		"number newer":     {archive.NumberKey("jana", "RE", 2026, 1), `{"v":2}`, true},
		"number below one": {archive.NumberKey("jana", "RE", 2026, 2), `{"v":2}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			store := archive.NewMemory()
			l := ledger.New(store)
			if err := store.Put(t.Context(), archive.Object{Key: c.key, Bytes: []byte(c.body)}); err != nil {
				t.Fatal(err)
			}
			_, err := l.Load(t.Context(), "jana", "abc")
			_, take := l.Take(t.Context(), "jana", ledger.Owner{ID: "x", Event: 1}, []ledger.Want{{Series: "RE", Year: 2026, From: 3}})
			err = errors.Join(err, take)
			if err == nil || errors.Is(err, ledger.ErrVersion) != c.version {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestStoreFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l := ledger.New(archive.NewMemory())
	s := &ledger.Stream{Tenant: "jana", ID: "abc", Events: []ledger.Event{{Type: ledger.Claimed}}}
	w := ledger.Want{Series: "E", Year: 2026}
	_, load := l.Load(ctx, "jana", "abc")
	_, lowest := l.Lowest(ctx, "jana", w)
	_, take := l.Take(ctx, "jana", ledger.Owner{}, []ledger.Want{w})
	_, open := l.Unfinished(ctx)
	for name, err := range map[string]error{
		"load": load, "lowest": lowest, "take": take, "unfinished": open,
		"claim": l.Claim(ctx, s, at, 1), "issue": l.Issue(ctx, s, at, 1), "strike": l.Strike(ctx, s, 1),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if l.Claim(t.Context(), s, at, make(chan int)) == nil || l.Issue(t.Context(), s, at, make(chan int)) == nil {
		t.Error("a body that is no JSON was written")
	}
}

// Every record that any version ever wrote must be read for ever: files are added here, never changed.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/v*/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		store := archive.NewMemory()
		var want ledger.Event
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		l := ledger.New(store)
		if strings.HasPrefix(filepath.Base(f), "number") {
			put(t, store, archive.NumberKey("jana", "E", 2026, 1), b)
			got, err := l.Take(t.Context(), "jana", ledger.Owner{ID: "ynpoqzyikbaonq5hyhwg", Event: 1}, []ledger.Want{{Series: "E", Year: 2026, From: 1}})
			if err != nil || got[0] != 1 {
				t.Errorf("%s: %v, %v", f, got, err)
			}
			continue
		}
		put(t, store, archive.EventKey("jana", "abc", 1), b)
		s := load(t, l, "abc")
		if len(s.Events) != 1 || s.Events[0].Type != want.Type || s.Events[0].At.Year() != 2026 || len(s.Events[0].Body) < 2 {
			t.Errorf("%s: %+v", f, s)
		}
	}
}

func put(t *testing.T, s archive.Store, key string, b []byte) {
	t.Helper()
	if err := s.Put(t.Context(), archive.Object{Key: key, Bytes: b, IfAbsent: true}); err != nil {
		t.Fatal(err)
	}
}

// No event is dated before the one that it follows, and the work list keeps the day that the event says.
func TestMoment(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	s := load(t, l, "abc")
	for _, step := range []func(context.Context, *ledger.Stream, time.Time, any) error{l.Claim, l.Issue, l.Claim, l.Issue} {
		before := at.AddDate(0, 0, -len(s.Events)) // each by a clock that is further behind
		if err := step(t.Context(), s, before, nil); err != nil {
			t.Fatal(err)
		}
	}
	if s = load(t, l, "abc"); len(s.Events) != 4 {
		t.Fatalf("%d events", len(s.Events))
	}
	for i := range s.Events {
		if !s.Events[i].At.Equal(at) {
			t.Errorf("event %d is dated %s, the one that it follows %s", i+1, s.Events[i].At, at)
		}
	}
	if later := at.Add(time.Second); !s.Moment(later).Equal(later) {
		t.Errorf("the next event would be dated %s, not %s", s.Moment(later), later)
	}
	for _, claim := range []int{1, 3} {
		if err := l.Strike(t.Context(), s, claim); err != nil {
			t.Fatal(err)
		}
	}
	if left := keys(t, store, archive.OpenPrefix); left != "" {
		t.Errorf("left in the work list: %s", left)
	}
}
