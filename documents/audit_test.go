package documents_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// audit is the codes that an audit finds, with what it has looked at.
func audit(t *testing.T, s archive.Store) ([]string, *documents.Audited) {
	t.Helper()
	codes := []string{}
	count, err := issuer(t, s, nil).Audit(t.Context(), func(f documents.Finding) {
		if f.Tenant != "default" && f.Tenant != "other" || f.Where == "" || f.Detail == "" {
			t.Errorf("%+v", f)
		}
		codes = append(codes, f.Code)
	})
	if err != nil {
		t.Fatal(err)
	}
	if count.Findings != len(codes) {
		t.Errorf("%d findings told, %d counted", len(codes), count.Findings)
	}
	return codes, count
}

func seal(t *testing.T, s archive.Store, day string) []documents.SealedTenant {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := timed(t, s, &clock{now: at.Add(11 * time.Hour)}).Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// sealedStore is a store with three sealed days of two tenants.
func sealedStore(t *testing.T) *archive.Memory {
	t.Helper()
	s := archive.NewMemory()
	issue(t, issuer(t, s, nil), "default", example(t, launch, offer))
	issue(t, issuer(t, s, nil), "other", example(t, launch, small("x")))
	if got := seal(t, s, "2026-11-23"); len(got) != 2 || got[0].Tenant != "default" || got[0].Events != 2 || got[0].Sum == "" {
		t.Fatalf("%+v", got)
	}
	if got := seal(t, s, "2026-11-23"); len(got) != 0 {
		t.Fatalf("a day was sealed twice: %+v", got)
	}
	issue(t, issuer(t, s, nil), "default", example(t, launch, contract))
	seal(t, s, "2026-11-24")
	if got := seal(t, s, "2026-11-25"); len(got) != 0 {
		t.Fatalf("nothing was sealed: %+v", got)
	}
	issue(t, issuer(t, s, nil), "default", example(t, launch, small("y")))
	seal(t, s, "2026-11-26")
	return s
}

func TestAuditIsClean(t *testing.T) {
	s := sealedStore(t)
	codes, count := audit(t, s)
	if len(codes) != 0 || count.Tenants != 2 || count.Engagements != 3 || count.Events != 8 || count.Documents != 10 || count.Numbers != 6 || count.Unsealed != 0 || count.Open != 0 {
		t.Errorf("%v %+v", codes, count)
	}
	_ = try(t, issuer(t, archive.NewFault(s, 4, archive.CrashDone), nil), example(t, launch, named("open")))
	if codes, count := audit(t, s); len(codes) != 0 || count.Open != 1 || count.Unsealed != 1 {
		t.Errorf("an open claim: %v %+v", codes, count)
	}
}

// Every change of what is stored is found.
func TestAuditFinds(t *testing.T) {
	sound := sealedStore(t)
	keys := under(dump(t, sound), "t/")
	find := func(parts ...string) string {
		for _, k := range keys {
			if !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(k, p) }) {
				return k
			}
		}
		t.Fatal(parts)
		return ""
	}
	edit := func(old, with string) func([]byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("no %q", old)
			}
			return bytes.Replace(b, []byte(old), []byte(with), 1)
		}
	}
	gone := func([]byte) []byte { return nil }
	first := []byte(dump(t, sound)[find("default/n/RE/2026/00000001")])
	for _, c := range []struct {
		name   string
		key    string
		change func([]byte) []byte
		codes  []string
	}{
		{"a name in a claim", find("ynpoqzyikbaonq5hyhwg/000001"), edit("Lena", "Lisa"), []string{"event_changed"}},
		{"a hash in a manifest", find("ynpoqzyikbaonq5hyhwg/000002"), edit(`"status":"issued"`, `"status":"voided"`), []string{"event_changed"}},
		{"half an event", find("ynpoqzyikbaonq5hyhwg/000003"), func(b []byte) []byte { return b[:len(b)/2] }, []string{"event_changed", "event_unreadable"}},
		{"an event in the middle", find("ynpoqzyikbaonq5hyhwg/000002"), gone, []string{"event_removed", "event_removed", "event_order"}},
		{"the last event", find("ynpoqzyikbaonq5hyhwg/000004"), gone, []string{"event_removed"}},
		{"the order of time", find("ynpoqzyikbaonq5hyhwg/000003"), edit(`"at":"2026-11-23`, `"at":"2025-11-23`), []string{"event_changed", "event_order"}},
		{"a type", find("ynpoqzyikbaonq5hyhwg/000003"), edit(`"type":"claimed"`, `"type":"issued"`), []string{"event_changed", "event_order"}},
		{"a file", find("default/f/", "-offer.pdf"), edit("%PDF-1.7", "%PDF-1.4"), []string{"file_changed"}},
		{"no file", find("default/f/", "-contract.pdf"), gone, []string{"file_missing"}},
		{"a number", find("default/n/RE/2026/00000001"), gone, []string{"number_gap"}},
		{"the last number", find("default/n/RE/2026/00000002"), gone, []string{"number_missing"}},
		{"a number twice", find("default/n/RE/2026/00000002"), func([]byte) []byte { return first }, []string{"number_twice", "number_missing"}},
		{"whose number", find("default/n/RE/2026/00000002"), edit(`"event":1`, `"event":9`), []string{"number_stray"}},
		{"an entry of the list", find("default/recent/"), gone, []string{"list_missing"}},
		{"a seal in the middle", find("default/seal/2026-11-24"), gone, []string{"seal_broken"}},
		{"the first seal", find("default/seal/2026-11-23"), edit(`"sha256":"`, `"sha256":"0`), []string{"seal_broken", "event_changed"}},
		{"no seal any more", find("default/seal/2026-11-26"), func([]byte) []byte { return []byte("{") }, []string{"seal_unreadable"}},
		{"a newer seal", find("default/seal/2026-11-26"), edit(`"v":1`, `"v":7`), []string{"seal_unreadable"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := copyOf(t, sound)
			b, err := s.Get(t.Context(), c.key)
			if err != nil {
				t.Fatal(err)
			}
			s.Tamper(c.key, c.change(b))
			codes, _ := audit(t, s)
			if len(codes) == 0 || !containsAll(codes, c.codes) {
				t.Errorf("%s: %v, want %v", c.key, codes, c.codes)
			}
		})
	}
	foreign := copyOf(t, sound)
	store(t, foreign, "t/default/e/note.txt", []byte("x"))
	if codes, _ := audit(t, foreign); !slices.Equal(codes, []string{"event_unreadable"}) {
		t.Errorf("%v", codes)
	}
}

// Every byte of a sealed event counts, and nothing else than the event is told of.
func TestAuditEveryByte(t *testing.T) {
	sound := sealedStore(t)
	for _, key := range under(dump(t, sound), "t/default/e/") {
		b := []byte(dump(t, sound)[key])
		for i := 0; i < len(b); i += 397 {
			s := copyOf(t, sound)
			b[i] ^= 1
			store(t, s, key, b)
			b[i] ^= 1
			if codes, _ := audit(t, s); !slices.Contains(codes, "event_changed") {
				t.Fatalf("byte %d of %s: %v", i, key, codes)
			}
		}
	}
}

// Numbers are in no seal: the documents that show them are.
func TestAuditNumbersExchanged(t *testing.T) {
	s := sealedStore(t)
	one, two := archive.NumberKey("default", "RE", 2026, 1), archive.NumberKey("default", "RE", 2026, 2)
	all := dump(t, s)
	store(t, s, one, []byte(all[two]))
	store(t, s, two, []byte(all[one]))
	if codes, _ := audit(t, s); !slices.Equal(codes, []string{"number_differs", "number_differs"}) {
		t.Errorf("%v", codes)
	}
}

// A stream that lies under another id is found also where no seal has it.
func TestAuditMoved(t *testing.T) {
	s := archive.NewMemory()
	issue(t, issuer(t, s, nil), "default", example(t, launch, small("x")))
	moved := archive.NewMemory()
	for key, body := range dump(t, s) {
		store(t, moved, strings.ReplaceAll(key, ledger.ID("default", "x"), ledger.ID("default", "y")), []byte(body))
	}
	if codes, _ := audit(t, moved); !slices.Contains(codes, "event_moved") {
		t.Errorf("%v", codes)
	}
}

// An event of another version is told also where no seal has it.
func TestAuditVersion(t *testing.T) {
	s := archive.NewMemory()
	issue(t, issuer(t, s, nil), "default", example(t, launch, small("x")))
	key := archive.EventKey("default", ledger.ID("default", "x"), 2)
	store(t, s, key, []byte(strings.Replace(dump(t, s)[key], `"v":1`, `"v":7`, 1)))
	if codes, _ := audit(t, s); !slices.Contains(codes, "event_unreadable") {
		t.Errorf("%v", codes)
	}
}

// A file that no document names is counted.
func TestAuditSpare(t *testing.T) {
	s := sealedStore(t)
	store(t, s, archive.FileKey("default", ledger.ID("default", "y"), "0123456789abcdef", "offer.pdf"), []byte("%PDF"))
	if codes, count := audit(t, s); len(codes) != 0 || count.Spare != 1 {
		t.Errorf("%v, %+v", codes, count)
	}
}

// meanwhile is a store in which something happens before the numbers are listed.
type meanwhile struct {
	archive.Store
	happens func()
}

func (m meanwhile) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if prefix == archive.NumberPrefix("default") && after == "" {
		m.happens()
	}
	return m.Store.List(ctx, prefix, after, limit)
}

// An engagement that is issued while an audit reads is no finding.
func TestAuditMeanwhile(t *testing.T) {
	s := sealedStore(t)
	happens := func() { issue(t, issuer(t, s, nil), "default", example(t, launch, named("meanwhile"))) }
	if codes, count := audit(t, meanwhile{s, happens}); len(codes) != 0 || count.Engagements != 3 || count.Numbers != 8 {
		t.Errorf("%v %+v", codes, count)
	}
}

func TestSealAndAuditFail(t *testing.T) {
	s := sealedStore(t)
	dead := archive.NewFault(s, 1, archive.CrashLost)
	_ = dead.Put(t.Context(), archive.Object{Key: "x"})
	is := issuer(t, dead, nil)
	if _, err := is.Audit(t.Context(), func(documents.Finding) {}); err == nil {
		t.Error("audited a dead store")
	}
	if _, err := is.Seal(t.Context()); err == nil {
		t.Error("sealed a dead store")
	}
}

// The seal of a day is due a minute before it ends in Germany, in summer, in winter and when the clocks change.
func TestNextSeal(t *testing.T) {
	for now, want := range map[string]time.Duration{
		"2026-11-23T11:00:00Z": 11*time.Hour + 59*time.Minute,
		"2026-11-23T22:58:30Z": 30 * time.Second,
		"2026-11-23T22:59:00Z": 24 * time.Hour,
		"2026-11-23T22:59:30Z": 24*time.Hour - 30*time.Second,
		"2026-07-01T12:00:00Z": 9*time.Hour + 59*time.Minute,
		"2026-10-24T22:30:00Z": 24*time.Hour + 29*time.Minute, // the day of 25 hours has just begun
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := timed(t, archive.NewMemory(), &clock{now: at}).NextSeal(); got != want {
			t.Errorf("%s: %s, want %s", now, got, want)
		}
	}
}

// ending ends its context at one of its Gets.
type ending struct {
	archive.Store
	left int
	end  context.CancelFunc
}

func (e *ending) Get(ctx context.Context, key string) ([]byte, error) {
	if e.left--; e.left == 0 {
		e.end()
	}
	return e.Store.Get(ctx, key)
}

// An audit that is broken off says so, and finds nothing in what it did not read.
func TestAuditBrokenOff(t *testing.T) {
	s := sealedStore(t)
	for n := 1; ; n++ {
		ctx, end := context.WithCancel(t.Context())
		_, err := issuer(t, &ending{s, n, end}, nil).Audit(ctx, func(f documents.Finding) { t.Errorf("broken off at read %d: %+v", n, f) })
		ended := ctx.Err() != nil
		end()
		if ended != errors.Is(err, context.Canceled) {
			t.Errorf("broken off at read %d: %v", n, err)
		}
		if !ended {
			break
		}
	}
}
