package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

// The promises about claims that a process has left which died.
const (
	sinceStart = 15 * time.Second // all that were there at the start
	sinceClaim = time.Minute      // later ones,
	atWork     = 50 * time.Second // and none that is younger
)

// leaveClaim makes a claim whose process dies right behind it.
func leaveClaim(t *testing.T, s archive.Store, reference string) {
	t.Helper()
	is, err := documents.New(documents.Options{Records: archive.NewFault(s, 2, archive.CrashDone)})
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.Replace(read(t, examples, "nur-angebot.json"), []byte(`"reference": "`), []byte(`"reference": "`+reference), 1)
	v, err := engagement.Decode(bytes.NewReader(body), nil, date.Date{Year: 2026, Month: time.November, Day: 23}, rules...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := is.Issue(t.Context(), documents.Call{Tenant: "default", Engagement: v}); err == nil {
		t.Fatal("the process did not die")
	}
}

// left are the claims that nobody has finished.
func left(t *testing.T, s archive.Store) []string {
	t.Helper()
	keys, err := s.List(t.Context(), archive.OpenPrefix, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Claims of a process that died at any moment are finished within a minute, none while its call may be at work.
func TestSweepInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := archive.NewMemory()
		is, err := documents.New(documents.Options{Records: s})
		if err != nil {
			t.Fatal(err)
		}
		leaveClaim(t, s, "old-")
		ctx, stop := context.WithCancel(t.Context())
		go sweep(ctx, is, slog.New(slog.DiscardHandler))
		synctest.Wait()
		if keys := left(t, s); len(keys) > 0 {
			t.Errorf("left at the start, and not finished: %q", keys)
		}
		begun := map[string]time.Time{}
		for n := range 12 { // between two sweeps and at them
			before := left(t, s)
			leaveClaim(t, s, fmt.Sprint("young-", n, "-"))
			for _, key := range left(t, s) {
				if !slices.Contains(before, key) {
					begun[key] = time.Now()
				}
			}
			time.Sleep(sweepEvery / 10)
		}
		if len(begun) != 12 {
			t.Fatalf("%d claims", len(begun))
		}
		for len(begun) > 0 {
			time.Sleep(100 * time.Millisecond)
			synctest.Wait()
			now := left(t, s)
			for key, at := range begun {
				age := time.Since(at)
				open := slices.Contains(now, key)
				if open && age > sinceClaim || !open && age < atWork {
					t.Errorf("%s: open %v, age %s", key, open, age)
				}
				if !open || age > sinceClaim {
					delete(begun, key)
				}
			}
		}
		stop()
		synctest.Wait()
	})
}

// What many processes have left on a disk is finished soon after two replicas start at once.
func TestServeFinishesWhatIsLeft(t *testing.T) {
	path := t.TempDir()
	s, err := archive.OpenDir(path)
	if err != nil {
		t.Fatal(err)
	}
	const claims = 30
	for n := range claims {
		leaveClaim(t, s, fmt.Sprint("left-", n, "-"))
	}
	start := time.Now()
	replicas := []*program{startServe(t, false, "AUFTRAGSMAPPE_DATA="+path), startServe(t, false, "AUFTRAGSMAPPE_DATA="+path)}
	for len(left(t, s)) > 0 {
		if time.Since(start) > sinceStart {
			t.Fatalf("%d of %d claims are left after %s", len(left(t, s)), claims, sinceStart)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Logf("%d claims in %s", claims, time.Since(start).Round(time.Millisecond))
	for _, p := range replicas {
		p.end(t)
	}
	code, stdout, stderr := invoke(t, path, "audit")
	if code != exitOK || !strings.Contains(stdout, fmt.Sprint(claims)) {
		t.Error(code, stdout, stderr)
	}
}
