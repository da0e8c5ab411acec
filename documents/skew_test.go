package documents_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// skewed are two replicas on one store whose clocks differ.
func skewed(t *testing.T, store archive.Store, ahead time.Duration) (is, other *documents.Issuer) {
	t.Helper()
	return timed(t, store, &clock{now: noon}), timed(t, store, &clock{now: noon.Add(ahead)})
}

var skews = []time.Duration{-10 * time.Minute, 10 * time.Minute}

// moments are the times of an engagement's time line and of its documents; they never run backwards.
func moments(m *documents.Manifest) []string {
	all := []string{m.CreatedAt}
	for _, e := range m.Events {
		all = append(all, e.At)
	}
	return all
}

// Replicas whose clocks differ finish each other's claims and follow each other's calls: no event is dated before the one
// that it follows, and the audit finds nothing.
func TestSkewedReplicas(t *testing.T) {
	for _, ahead := range skews {
		t.Run(ahead.String(), func(t *testing.T) {
			store := archive.NewMemory()
			is, other := skewed(t, store, ahead)
			if err := try(t, timed(t, archive.NewFault(store, 4, archive.CrashDone), &clock{now: noon}), example(t, launch, offer)); err == nil {
				t.Fatal("no fault was met")
			}
			if n, err := other.Recover(t.Context(), 0); n != 1 || err != nil {
				t.Fatalf("recovered %d, %v", n, err)
			}
			first := issue(t, is, "default", example(t, launch, offer))
			sameBundle(t, first, issue(t, other, "default", example(t, launch, offer)))
			for i, edit := range []func(map[string]any){contract, edits(contract, second, access)} {
				issue(t, []*documents.Issuer{other, is}[i], "default", example(t, launch, edit))
			}
			m, err := is.Engagement(t.Context(), "default", first.Manifest.ID)
			if err != nil || len(m.Events) != 3 || !slices.IsSorted(moments(m)) {
				t.Errorf("%v, %q", err, moments(m))
			}
			for i := range m.Documents {
				if at := m.Documents[i].IssuedAt; at < m.CreatedAt || !slices.Contains(moments(m), at) {
					t.Errorf("%s is issued at %s, the events are %q", m.Documents[i].ID, at, moments(m))
				}
			}
			if codes, count := audit(t, store); len(codes) != 0 || count.Events != 6 || count.Open != 0 {
				t.Errorf("%v %+v", codes, count)
			}
			if left := under(dump(t, store), archive.OpenPrefix); len(left) != 0 {
				t.Errorf("left in the work list: %q", left)
			}
		})
	}
}

// A claim that a clock ahead has dated is finished as soon as any other: at a start at once, later when it has been met for
// as long as a call may be at work. One that is dated too early is finished early, which does no harm.
func TestSkewedSweep(t *testing.T) {
	for ahead, want := range map[time.Duration][]int{10 * time.Minute: {0, 0, 1}, 0: {0, 0, 1}, -10 * time.Minute: {1, 0, 0}} {
		store := archive.NewMemory()
		if err := try(t, timed(t, archive.NewFault(store, 4, archive.CrashDone), &clock{now: noon.Add(ahead)}), example(t, launch, nil)); err == nil {
			t.Fatal("no fault was met")
		}
		if n, err := timed(t, copyOf(t, store), &clock{now: noon}).Recover(t.Context(), 0); n != 1 || err != nil {
			t.Errorf("%s ahead: a start finished %d, %v", ahead, n, err)
		}
		c := &clock{now: noon}
		is := timed(t, store, c)
		for i, pass := range []time.Duration{0, 59 * time.Second, time.Second} {
			c.pass(pass)
			if n, err := is.Recover(t.Context(), time.Minute); n != want[i] || err != nil {
				t.Errorf("%s ahead, sweep %d: finished %d, %v; want %d", ahead, i, n, err, want[i])
			}
		}
	}
}

// A request key lives as long as it was given, to the difference of the clocks: what is well within or beyond is the same on
// every replica, and in between two replicas never give one entry to two engagements.
func TestSkewedKeyLife(t *testing.T) {
	for _, ahead := range skews {
		for after, replayed := range map[time.Duration]bool{documents.KeyLife - 11*time.Minute: true, documents.KeyLife + 11*time.Minute: false} {
			store := archive.NewMemory()
			first := post(t, timed(t, store, &clock{now: noon}), keyed(t, "n8n-1", loose))
			other := timed(t, store, &clock{now: noon.Add(after + ahead)})
			if r := post(t, other, keyed(t, "n8n-1", loose)); r.Replayed != replayed || (r.Manifest.ID == first.Manifest.ID) != replayed {
				t.Errorf("%s ahead, after %s: replayed %v", ahead, after, r.Replayed)
			}
			// Whose clock is behind meets the newest entry, whatever it holds of the one before.
			if r := post(t, timed(t, store, &clock{now: noon.Add(after)}), keyed(t, "n8n-1", loose)); !r.Replayed {
				t.Errorf("%s ahead, after %s: the other replica issued once more", ahead, after)
			}
			if codes, _ := audit(t, store); len(codes) != 0 {
				t.Error(fmt.Sprint(ahead, after), codes)
			}
		}
	}
}
