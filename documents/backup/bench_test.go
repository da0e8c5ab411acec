package backup_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// many is a store of n engagements that are one and the same but for their ids and numbers.
func many(b *testing.B, n int) archive.Store {
	b.Helper()
	s := archive.NewMemory()
	w := newWorld(b, one(s))
	m := w.issue(w.is, documents.Call{Tenant: "jana", Engagement: w.engagement("a", "contract")})
	if m == nil {
		b.FailNow()
	}
	all := dump(b, s)
	for i := 2; i <= n; i++ {
		id := ledger.ID("jana", fmt.Sprint(i))
		for key, body := range all {
			to := strings.Replace(key, m.ID, id, 1)
			if series, year, _, ok := archive.ParseNumber(key); ok {
				to = archive.NumberKey("jana", series, year, i)
			}
			if _, file := archive.FileSum(key); !file {
				body = strings.ReplaceAll(body, m.ID, id)
			}
			if err := s.Put(b.Context(), archive.Object{Key: to, Bytes: []byte(body)}); err != nil {
				b.Fatal(err)
			}
		}
	}
	return s
}

// copies measures a first and a second run.
func copies(b *testing.B, from archive.Store, to func() archive.Store) {
	b.Helper()
	for b.Loop() {
		at := to()
		begin := time.Now()
		r := back(b, one(from), at)
		took := time.Since(begin)
		begin = time.Now()
		if again := back(b, one(from), at); again.Objects != 0 {
			b.Fatalf("%+v", again)
		}
		b.ReportMetric(float64(r.Objects)/took.Seconds(), "objects/s")
		b.ReportMetric(float64(r.Bytes)/1e6/took.Seconds(), "MB/s")
		b.ReportMetric(time.Since(begin).Seconds(), "s/again")
	}
}

const someEngagements, manyEngagements = 200, 10_000

func BenchmarkDirectory(b *testing.B) {
	from := dir(b)
	back(b, one(many(b, manyEngagements)), from)
	copies(b, strip(b, from), func() archive.Store { return dir(b) })
}

func BenchmarkBucketToDirectory(b *testing.B) {
	from := prefixes(b, "von")[0]
	back(b, one(many(b, someEngagements)), from)
	copies(b, strip(b, from), func() archive.Store { return dir(b) })
}

func BenchmarkDirectoryToBucket(b *testing.B) {
	from, to := dir(b), prefixes(b, "nach")[0]
	back(b, one(many(b, someEngagements)), from)
	copies(b, strip(b, from), func() archive.Store { return to })
}

// strip makes a store of a backup.
func strip(b *testing.B, s archive.Store) archive.Store {
	b.Helper()
	if err := s.Delete(b.Context(), archive.BackupState); err != nil {
		b.Fatal(err)
	}
	return s
}
