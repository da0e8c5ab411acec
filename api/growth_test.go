package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

var growth = flag.Duration("growth", 3*time.Second, "how long TestNothingGrows plays trouble with the storage")

// The moods of a store.
const (
	well   = iota
	refuse // nothing, at once
	mute   // gives no answer, and then an error
	drop   // does what it should, and gives no answer
	moods
)

// moody is a store in changing trouble. It gives up by itself, as the one of a bucket does: what is claimed waits for nobody else.
type moody struct {
	archive.Store
	mood atomic.Int32
}

func (s *moody) Put(ctx context.Context, objects ...archive.Object) error {
	mood := s.mood.Load()
	if mood == refuse || mood == mute {
		return s.trouble(ctx, mood)
	}
	if err := s.Store.Put(ctx, objects...); err != nil || mood == well {
		return err
	}
	return s.trouble(ctx, mood)
}

func (s *moody) Get(ctx context.Context, key string) ([]byte, error) {
	if mood := s.mood.Load(); mood != well && rand.N(4) > 0 {
		return nil, s.trouble(ctx, mood)
	}
	return s.Store.Get(ctx, key)
}

func (s *moody) trouble(ctx context.Context, mood int32) error {
	if mood == refuse {
		return archive.ErrStorage
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", archive.ErrUnknown, ctx.Err())
	case <-time.After(50 * time.Millisecond):
		return archive.ErrUnknown
	}
}

// Trouble with the storage, and callers that go away, leave neither goroutines nor memory behind, round for round; nothing that
// was claimed stays undone, and the log names nobody.
func TestNothingGrows(t *testing.T) {
	dir, err := archive.OpenDir(t.TempDir()) // what is stored is not in memory
	if err != nil {
		t.Fatal(err)
	}
	store := &moody{Store: dir}
	is := newIssuer(t, store, store, 0)
	log := &gossip{t: t}
	s := newServiceOn(t, store, store, func(o *api.Options) {
		o.Issuer, o.Patience, o.Rate, o.Log = is, 200*time.Millisecond, -1, slog.New(slog.NewJSONHandler(log, nil))
	})
	var first inUse
	for round, begun := 0, time.Now(); round < 4 || time.Since(begun) < *growth; round++ {
		for mood := range int32(moods) {
			store.mood.Store(mood)
			s.crowd(t, fmt.Sprintf("%d-%d", round, mood))
		}
		store.mood.Store(well)
		if _, err := is.Recover(t.Context(), 0); err != nil {
			t.Error(err)
		}
		now := s.hold(t, is, first.goroutines)
		t.Logf("%d %+v", round, now)
		if round == 1 { // the round before has filled caches
			first = now
		}
		if round > 1 && (now.goroutines > first.goroutines+5 || now.heap > first.heap+maxHeld) {
			t.Fatalf("round %d: %+v, at first %+v", round, now, first)
		}
	}
	s.allIssued(t)
}

// maxHeld is what the memory may grow by: a folder's store remembers up to 16,384 of its folders.
const maxHeld = 8 << 20

// gossip is a log that keeps nothing and minds whom it names.
type gossip struct{ t *testing.T }

func (g *gossip) Write(b []byte) (int, error) {
	for _, name := range []string{"Şahin", "Łuczak", "yogaraum", "DE893704", "GROW-"} {
		if bytes.Contains(b, []byte(name)) {
			g.t.Errorf("the log has %q: %s", name, b)
		}
	}
	return len(b), nil
}

// hasty is a client that keeps nothing of the answers.
var hasty = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 8}}

// crowd is a few callers; half of them go away soon.
func (s *service) crowd(t *testing.T, name string) {
	body, url, key := example(t, "newsletter"), s.URL+"/v1/engagements", s.key
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+n%2*1000)*30*time.Millisecond)
			defer cancel()
			mine := bytes.Replace(body, []byte(`"NEWSLETTER"`), fmt.Appendf(nil, `"GROW-%s-%d"`, name, n), 1)
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(mine))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("X-API-Key", key)
			answer, err := hasty.Do(r)
			if err != nil {
				return // it went away
			}
			defer answer.Body.Close()
			if !slices.Contains([]int{http.StatusCreated, http.StatusAccepted, http.StatusConflict, http.StatusServiceUnavailable}, answer.StatusCode) {
				t.Error(name, answer.Status)
			}
		})
	}
	wg.Wait()
}

// inUse is what is held while nobody calls.
type inUse struct {
	goroutines int
	heap       int64 // bytes
}

// hold waits until all work is done and measures; goroutines end a little after what they did, down to at least the number.
func (s *service) hold(t *testing.T, is *documents.Issuer, least int) (h inUse) {
	t.Helper()
	if err := is.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	hasty.CloseIdleConnections()
	s.CloseClientConnections()
	for range 40 {
		time.Sleep(25 * time.Millisecond)
		if h.goroutines = runtime.NumGoroutine(); least > 0 && h.goroutines <= least {
			break
		}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	h.heap = int64(m.HeapAlloc)
	return h
}

// allIssued: no engagement is running.
func (s *service) allIssued(t *testing.T) {
	t.Helper()
	for cursor := ""; ; {
		answer, b := s.call(t, http.MethodGet, "/v1/engagements?limit=100&cursor="+cursor, nil)
		var page struct {
			Data []documents.Manifest
			Next string
		}
		if err := json.Unmarshal(b, &page); err != nil || answer.StatusCode != http.StatusOK || len(page.Data) == 0 {
			t.Fatal(answer.Status, err, len(page.Data))
		}
		for i := range page.Data {
			if page.Data[i].Status != documents.StatusIssued {
				t.Error(page.Data[i].ID, page.Data[i].Status)
			}
		}
		if cursor = page.Next; cursor == "" {
			return
		}
	}
}
