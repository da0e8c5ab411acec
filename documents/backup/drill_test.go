package backup_test

import (
	"sync"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
	"auftragsmappe/documents/backup"
)

func dir(t testing.TB) archive.Store {
	t.Helper()
	d, err := archive.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// prefixes are stores in one bucket of a real server.
func prefixes(t testing.TB, names ...string) []archive.Store {
	t.Helper()
	o := s3test.Start(t)
	var all []archive.Store
	for _, name := range names {
		o.Prefix = name
		s, err := s3.Open(o)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestDrillDirectory(t *testing.T) { drill(t, one(dir(t)), dir(t), one(dir(t))) }

// Records and Files lie apart, in other ways before and after.
func TestDrillApart(t *testing.T) {
	drill(t, backup.Place{Records: dir(t), Files: dir(t)}, dir(t), one(dir(t)))
	drill(t, one(dir(t)), dir(t), backup.Place{Records: dir(t), Files: dir(t)})
}

func TestDrillBucket(t *testing.T) {
	s := prefixes(t, "alt", "neu/vorgaenge", "neu/dateien")
	drill(t, one(s[0]), dir(t), backup.Place{Records: s[1], Files: s[2]})
}

func TestDrillIntoBucket(t *testing.T) {
	s := prefixes(t, "live", "sicherung")
	drill(t, one(s[0]), s[1], one(dir(t)))
}

// drill backs up beside four workers, restores into empty stores, and goes on there.
func drill(t *testing.T, live backup.Place, to archive.Store, restored backup.Place) {
	t.Helper()
	w := newWorld(t, live)
	for range 12 {
		w.step()
	}
	var wait sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					w.step()
				}
			}
		})
	}
	for range 3 {
		back(t, live, to)
	}
	close(stop)
	wait.Wait()
	restore(t, to, restored)
	equal(t, dump(t, to), dump(t, restored.Records, restored.Files))
	if r, err := backup.Backup(t.Context(), restored, archive.NewMemory(), backup.Options{Compare: true}); err != nil || r.Problems != 0 {
		t.Errorf("a backup of what was restored: %+v, %v", r, err)
	}
	consistent(t, restored)
	before := highest(t, restored.Records)
	m := w.issueIn(restored, documents.Call{Tenant: "jana", Engagement: w.engagement("danach", "contract")})
	after := highest(t, restored.Records)
	if m == nil || after["jana/RE"] != before["jana/RE"]+1 || after["jana/E"] != before["jana/E"]+1 {
		t.Errorf("numbers do not go on: %v, %v", before, after)
	}
	back(t, live, to) // the store that was not lost
	equal(t, dump(t, live.Records, live.Files), dump(t, to))
}

// issueIn issues in another place than the world's own.
func (w *world) issueIn(at backup.Place, c documents.Call) *documents.Manifest {
	other := newWorld(w.t, at)
	return other.issue(other.is, c)
}

func highest(t testing.TB, records archive.Store) map[string]int {
	t.Helper()
	all, err := backup.Numbers(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, h := range all {
		by[h.Tenant+"/"+h.Series] = h.Number
	}
	return by
}
