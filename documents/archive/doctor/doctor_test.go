package doctor_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/doctor"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

// broken is a store that breaks one promise.
type broken struct {
	archive.Store
	overwrites bool // ignores IfAbsent
	lies       bool // refuses, and overwrites all the same
	racy       bool // looks first, then writes
	late       bool // lists nothing new
	mute       bool // no answer to any Put
}

func (b broken) Put(ctx context.Context, objects ...archive.Object) error {
	if b.mute {
		return archive.ErrUnknown
	}
	var refused error
	for i := range objects {
		o := objects[i]
		_, err := b.Get(ctx, o.Key)
		if o.IfAbsent && err == nil && (b.lies || b.racy) {
			refused = archive.ErrExists
		}
		o.IfAbsent = o.IfAbsent && !b.overwrites && !b.lies && !b.racy
		if refused != nil && b.racy {
			continue
		}
		if err := b.Store.Put(ctx, o); err != nil {
			return err
		}
	}
	return refused
}

func (b broken) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if b.late && strings.Contains(prefix, "/list/") {
		return nil, nil
	}
	return b.Store.List(ctx, prefix, after, limit)
}

// slowly makes the gap between looking and writing wide enough to be seen.
type slowly struct {
	archive.Store
	meet *sync.WaitGroup
}

func (s slowly) Get(ctx context.Context, key string) ([]byte, error) {
	b, err := s.Store.Get(ctx, key)
	if strings.Contains(key, "/race/") {
		s.meet.Done()
		s.meet.Wait() // all have looked before the first writes
	}
	return b, err
}

func TestProbe(t *testing.T) {
	for name, c := range map[string]struct {
		store broken
		want  error
	}{
		"well":       {broken{}, nil},
		"overwrites": {broken{overwrites: true}, archive.ErrNoConditions},
		"lies":       {broken{lies: true}, archive.ErrNoConditions},
		"mute":       {broken{mute: true}, archive.ErrStorage},
	} {
		c.store.Store = archive.NewMemory()
		if err := doctor.Probe(t.Context(), c.store); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if keys, err := c.store.Store.List(t.Context(), "", "", 9); err != nil || len(keys) > 0 {
			t.Errorf("%s leaves %q, %v", name, keys, err)
		}
	}
}

// states are the results by the first word of their checks.
func states(results []doctor.Result) map[string]doctor.State {
	m := map[string]doctor.State{}
	for _, r := range results {
		m[strings.Fields(r.Check)[0]] = r.State
	}
	return m
}

func TestExamineDirectory(t *testing.T) {
	dir, err := archive.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	results := doctor.Examine(t.Context(), doctor.Target{Store: dir, Records: true})
	if len(results) != 10 {
		t.Errorf("%d rows", len(results))
	}
	notes := map[string]bool{"Verlorene": true, "Gesperrtes": true, "Aufbewahrung": true, "Uhrzeit": true}
	for name, state := range states(results) {
		if want := map[bool]doctor.State{true: doctor.Note, false: doctor.Well}[notes[name]]; state != want {
			t.Errorf("%s: %s, want %s", name, state, want)
		}
	}
	if keys, err := dir.List(t.Context(), "", "", 9); err != nil || len(keys) > 0 {
		t.Errorf("leaves %q, %v", keys, err)
	}
}

func TestExamineBroken(t *testing.T) {
	meet := &sync.WaitGroup{}
	meet.Add(50)
	for name, c := range map[string]struct {
		store  broken
		broken string // first words of the checks that find it
	}{
		"overwrites": {broken{Store: archive.NewMemory(), overwrites: true}, "Anlegen Gleichzeitiges"},
		"racy":       {broken{Store: slowly{archive.NewMemory(), meet}, racy: true}, "Gleichzeitiges"},
		"late":       {broken{Store: archive.NewMemory(), late: true}, "Auflisten"},
		"mute":       {broken{Store: archive.NewMemory(), mute: true}, "Schreiben, Anlegen Gleichzeitiges Auflisten Geschwindigkeit"},
	} {
		t.Run(name, func(t *testing.T) {
			for check, state := range states(doctor.Examine(t.Context(), doctor.Target{Store: c.store, Records: true})) {
				if found := strings.Contains(" "+c.broken+" ", " "+check+" "); found != (state == doctor.Broken) {
					t.Errorf("%s: %s", check, state)
				}
			}
		})
	}
}

// Where only files are kept, missing conditions are a note.
func TestExamineFiles(t *testing.T) {
	s := broken{Store: archive.NewMemory(), overwrites: true}
	for _, r := range doctor.Examine(t.Context(), doctor.Target{Store: s}) {
		if r.State == doctor.Broken {
			t.Errorf("%+v", r)
		}
		if strings.HasPrefix(r.Check, "Anlegen") && (r.State != doctor.Note || !strings.Contains(r.Detail, "nicht nötig")) {
			t.Errorf("%+v", r)
		}
	}
}

// full is a folder on a full disk.
type full struct{ archive.Store }

func (full) Put(context.Context, ...archive.Object) error {
	err := fmt.Errorf("%w: put x: %w", archive.ErrStorage, syscall.ENOSPC)
	return errors.Join(err, err)
}

// A full disk is called so, on one line and once, however many writers found it full.
func TestExamineFull(t *testing.T) {
	found := 0
	for _, r := range doctor.Examine(t.Context(), doctor.Target{Store: full{archive.NewMemory()}, Records: true}) {
		if r.State == doctor.Broken {
			found++
			if !strings.Contains(r.Detail, "Der Speicher ist voll; bitte schaffen Sie Platz: ") || strings.Contains(r.Detail, "\n") || strings.Count(r.Detail, "put x") != 1 {
				t.Errorf("%+v", r)
			}
		}
	}
	if found != 5 {
		t.Errorf("%d rows", found)
	}
}

// A server that does not answer, or a missing bucket, ends the examination with its first row, which says what to do.
func TestExamineUnreachable(t *testing.T) {
	options := s3.Options{Endpoint: "http://127.0.0.1:1", AccessKey: "a", SecretKey: "b", Bucket: "mappe"}
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	results := doctor.Examine(ctx, doctor.Target{Store: store, S3: &options, Records: true})
	if len(results) != 1 || results[0].State != doctor.Broken || !strings.Contains(results[0].Detail, "Bitte prüfen Sie AUFTRAGSMAPPE_S3_ENDPOINT") {
		t.Errorf("%+v", results)
	}
}

// A real server is well, with and without object lock, and a locked object stays.
func TestExamineVersitygw(t *testing.T) {
	options := s3test.Start(t)
	for bucket, lock := range map[string]doctor.State{"mappe": doctor.Note, "gesperrt": doctor.Well} {
		options.Bucket = bucket
		store, err := s3.Open(options)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.MakeBucket(t.Context(), lock == doctor.Well); err != nil {
			t.Fatal(err)
		}
		for _, r := range doctor.Examine(t.Context(), doctor.Target{Store: store, S3: &options, Records: true}) {
			want := doctor.Well
			if strings.HasPrefix(r.Check, "Gesperrtes") || r.Check == "Aufbewahrung" {
				want = lock
			}
			if r.State != want {
				t.Errorf("%s: %+v", bucket, r)
			}
			t.Log(bucket, r)
		}
		if keys, err := store.List(t.Context(), "", "", 9); err != nil || len(keys) > 0 {
			t.Errorf("%s: leaves %q, %v", bucket, keys, err)
		}
	}
}

// forgetful is a server that does not give back the metadata that it was given.
type forgetful struct{ next http.RoundTripper }

func (f forgetful) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := f.next.RoundTrip(r)
	if err == nil {
		answer.Header.Del("X-Amz-Meta-Write-Id")
	}
	return answer, err
}

// Without metadata a lost answer cannot be settled: the numbers that get lost so are found.
func TestExamineForgetful(t *testing.T) {
	options := s3test.Start(t)
	options.Wrap = func(next http.RoundTripper) http.RoundTripper { return forgetful{next} }
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range doctor.Examine(t.Context(), doctor.Target{Store: store, S3: &options, Records: true}) {
		lost := strings.HasPrefix(r.Check, "Verlorene")
		if lost != (r.State == doctor.Broken) || lost && !strings.Contains(r.Detail, "Metadaten") {
			t.Errorf("%+v", r)
		}
	}
}

// A server whose clock is off, and that refuses everything but its bucket.
func TestExamineClock(t *testing.T) {
	ahead := time.Hour
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		if r.Method != http.MethodHead {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	options := s3.Options{Endpoint: server.URL, AccessKey: "a", SecretKey: "b", Bucket: "mappe"}
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []doctor.State{doctor.Broken, doctor.Well} {
		results := doctor.Examine(t.Context(), doctor.Target{Store: store, S3: &options, Records: true})
		for _, r := range results {
			state := doctor.Broken // all but the first two need rights
			switch strings.Fields(r.Check)[0] {
			case "Erreichbarkeit":
				state = doctor.Well
			case "Uhrzeit":
				state = want
			}
			if r.State != state || r.State == doctor.Broken && r.Detail == "" {
				t.Errorf("%+v, want %s", r, state)
			}
		}
		ahead = 0
	}
}

// A server that refuses everything because of the time: the one row says so.
func TestExamineOutOfTime(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-16*time.Minute).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	options := s3.Options{Endpoint: server.URL, AccessKey: "a", SecretKey: "b", Bucket: "mappe"}
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	results := doctor.Examine(t.Context(), doctor.Target{Store: store, S3: &options, Records: true})
	if len(results) != 1 || results[0].State != doctor.Broken || !strings.Contains(results[0].Detail, "Die Uhr des Servers geht um -96") || !strings.Contains(results[0].Detail, "NTP") {
		t.Errorf("%+v", results)
	}
}

// The network carries requests out whose answers it loses.
func TestLossy(t *testing.T) {
	var served atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { served.Add(1) }))
	defer server.Close()
	for share, want := range map[float64]error{0: nil, 1: doctor.ErrLost} {
		lossy := &doctor.Lossy{Share: share}
		client := http.Client{Transport: lossy.Wrap(http.DefaultTransport)}
		before := served.Load()
		answer, err := client.Get(server.URL)
		if !errors.Is(err, want) || served.Load() != before+1 || lossy.Lost() != int(share) {
			t.Errorf("share %v: %v, %d requests served, %d lost", share, err, served.Load()-before, lossy.Lost())
		}
		if err == nil {
			answer.Body.Close()
		}
	}
}
