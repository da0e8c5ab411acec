package archivetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

// keptKeys are one key of everything that is kept; looseKeys are some of what is not.
var (
	keptKeys = []string{
		archive.EventKey("jana", "abc", 1), archive.FileKey("jana", "abc", "0011223344556677", "offer.pdf"), archive.NumberKey("jana", "RE", 2026, 7),
		archive.ProfileKey("jana", 1), archive.SealKey("jana", "2026-11-23"),
	}
	looseKeys = []string{
		archive.Open{Day: "2026-11-23", Tenant: "jana", ID: "abc", Event: 1, What: "claimed"}.Key(), "probe/x", archive.APIKey("00ff"), archive.KeysNamed,
		archive.RecentKey("jana", "abc", time.UnixMilli(1)), archive.RequestKey("jana", "00ff", 1), archive.KeyName("jana", "x", 1),
	}
)

func kept(t *testing.T, err error, what string) {
	t.Helper()
	if !errors.Is(err, archive.ErrKept) || errors.Is(err, archive.ErrStorage) {
		t.Errorf("%s: %v, want ErrKept", what, err)
	}
}

// testKept: what is kept is neither deleted nor overwritten, also after a restart, and whether or not it was given a time.
func testKept(t *testing.T, open Open) {
	first := open(t)
	for _, key := range append(append([]string{}, keptKeys...), looseKeys...) {
		put(t, first, object(key, "first"))
	}
	for _, s := range []archive.Store{first, open(t)} {
		for _, key := range keptKeys {
			kept(t, s.Delete(t.Context(), looseKeys[0], key), "delete "+key)
			kept(t, s.Put(t.Context(), archive.Object{Key: key, Bytes: []byte("other")}), "overwrite "+key)
			put(t, s, archive.Object{Key: key, Bytes: []byte("first")})
			want(t, s, key, "first")
		}
		want(t, s, looseKeys[0], "first") // a refused deletion takes nothing
	}
	for _, key := range looseKeys {
		put(t, first, archive.Object{Key: key, Bytes: []byte("second")})
		want(t, first, key, "second")
	}
	if err := first.Delete(t.Context(), looseKeys...); err != nil {
		t.Fatal(err)
	}
	missing(t, first, looseKeys[0])
}

// testKeptFiles: files that no document names may go, and come again; nothing else goes that way.
func testKeptFiles(t *testing.T, open Open) {
	s := open(t)
	file := archive.Object{Key: keptKeys[1], Bytes: []byte("pdf"), Keep: time.Now().AddDate(8, 0, 0)} // a lock is of a version
	put(t, s, file, object(keptKeys[0], "event"))
	kept(t, s.Delete(archive.Unnamed(t.Context()), file.Key, keptKeys[0]), "delete an event")
	want(t, s, file.Key, "pdf")
	if err := s.Delete(archive.Unnamed(t.Context()), file.Key); err != nil {
		t.Fatal(err)
	}
	missing(t, s, file.Key)
	put(t, s, file)
	want(t, s, file.Key, "pdf")
	var wg sync.WaitGroup
	for range 8 { // two that finish one claim bring the same files at the same time
		wg.Go(func() {
			other := archive.Object{Key: archive.FileKey("jana", "abc", "8899aabbccddeeff", "nda.pdf"), Bytes: []byte("nda")}
			if err := s.Put(t.Context(), file, other); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// testKeptTimes: a time changes nothing of what a store promises: one that is over, one that is far, and none.
func testKeptTimes(t *testing.T, open Open) {
	s := open(t)
	for i, at := range []time.Time{{}, time.Now().Add(-time.Hour), time.Now().Add(time.Minute), time.Now().AddDate(8, 0, 0)} {
		o := archive.Object{Key: archive.EventKey("jana", "abc", i+1), Bytes: []byte("event"), IfAbsent: true, Keep: at}
		put(t, s, o)
		if err := s.Put(t.Context(), o); !errors.Is(err, archive.ErrExists) {
			t.Errorf("second create: %v, want ErrExists", err)
		}
		file := archive.Object{Key: archive.FileKey("jana", "abc", "0011223344556677", o.Key[len(o.Key)-6:]), Bytes: []byte("pdf"), Keep: at}
		put(t, s, file)
		put(t, s, file)
		kept(t, s.Delete(t.Context(), file.Key), "delete a file")
	}
}
