package documents_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
)

// checkSound: whatever died, after a recovery nothing is half done, doubled, missing or left over.
func checkSound(t *testing.T, s archive.Store) {
	t.Helper()
	later, err := documents.New(documents.Options{Records: s, Now: func() time.Time { return noon.AddDate(0, 0, 4) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := later.Recover(t.Context(), 0); err != nil { // entries of claims that were never written are given up by then
		t.Fatal(err)
	}
	if open := under(dump(t, s), "open/"); len(open) > 0 {
		t.Errorf("left in the work list: %q", open)
	}
	audited, err := later.Audit(t.Context(), func(f documents.Finding) { t.Errorf("%+v", f) })
	if err != nil || audited.Open > 0 {
		t.Errorf("%+v, %v", audited, err)
	}
	page, err := later.Engagements(t.Context(), documents.Query{Tenant: "default", Limit: 1000})
	if err != nil || len(page.Manifests) != audited.Engagements {
		t.Fatalf("%d listed of %d engagements, %v", len(page.Manifests), audited.Engagements, err)
	}
	known := map[string]bool{}
	for _, m := range page.Manifests {
		for _, d := range m.Documents {
			known[archive.FileKey("default", m.ID, d.SHA256, string(d.Kind)+".pdf")] = true
		}
	}
	if stored := under(dump(t, s), "t/default/f/"); !slices.Equal(stored, slices.Sorted(maps.Keys(known))) {
		t.Errorf("files %q, named %q", stored, slices.Sorted(maps.Keys(known)))
	}
}

// recoverTwice is what two replicas do that start at once.
func recoverTwice(t *testing.T, s archive.Store) {
	t.Helper()
	var wg sync.WaitGroup
	for range 2 {
		is := issuer(t, s, nil)
		wg.Go(func() {
			if _, err := is.Recover(t.Context(), 0); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// writesOf is how many objects a deed writes or deletes, and what it comes to.
func writesOf(t *testing.T, d *deed) (n int, want string) {
	t.Helper()
	count := archive.NewFault(prepared(t, d), 0, 0)
	if err := d.do(t.Context(), count); err != nil {
		t.Fatal(err)
	}
	return count.Writes(), d.again(t, count)
}

func prepared(t *testing.T, d *deed) archive.Store {
	t.Helper()
	s := archive.NewMemory()
	if d.before != nil {
		d.before(t, s)
	}
	return s
}

// TestKilled kills a process behind every write of every kind of call. What it leaves is finished by a repeat, and where a claim
// is written without one as well, by two replicas at once.
func TestKilled(t *testing.T) {
	t.Run("directory", func(t *testing.T) {
		killAll(t, func(t *testing.T, _ string) mission { t.Helper(); return mission{Dir: t.TempDir()} })
	})
	t.Run("versitygw", func(t *testing.T) {
		server := s3test.Start(t)
		killAll(t, func(_ *testing.T, name string) mission {
			b := placeOf(server)
			b.Prefix = name
			return mission{S3: b}
		})
	})
}

func killAll(t *testing.T, at func(t *testing.T, name string) mission) {
	t.Helper()
	t.Run("", func(t *testing.T) { // the server lives as long as the parallel ones
		for name, d := range deeds {
			n, want := writesOf(t, &d)
			for after := range n {
				place := fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), after)
				t.Run(place, func(t *testing.T) {
					t.Parallel()
					e := at(t, place)
					e.Do = name
					s := e.copyTo(t, prepared(t, &d))
					e.dies(t, after)
					checkKilled(t, &d, s, want)
				})
			}
		}
	})
}

func checkKilled(t *testing.T, d *deed, s archive.Store, want string) {
	t.Helper()
	repeated := copyOf(t, s)
	if got := d.again(t, repeated); got != want {
		t.Errorf("the repeat gives\n%s\ninstead of\n%s", got, want)
	}
	checkSound(t, repeated)
	if d.open {
		recoverTwice(t, s)
	}
	checkSound(t, s)
	if got := d.again(t, s); got != want {
		t.Errorf("the repeat after a recovery gives\n%s\ninstead of\n%s", got, want)
	}
	checkSound(t, s)
}

// A death in the middle of a write leaves no half object: bytes are there as a whole or not at all.
func TestKilledStoreIsWhole(t *testing.T) {
	e := mission{Dir: t.TempDir(), Do: "first call"}
	s := e.copyTo(t, archive.NewMemory())
	e.dies(t, 6)
	whole := archive.NewMemory()
	issue(t, issuer(t, whole, nil), "default", example(t, launch, nil))
	made := dump(t, whole)
	for key, body := range dump(t, s) {
		if want, ok := made[key]; ok && !bytes.Equal([]byte(body), []byte(want)) {
			t.Errorf("%s has other bytes", key)
		}
	}
}
