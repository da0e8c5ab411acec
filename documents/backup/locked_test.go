package backup_test

import (
	"slices"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
	"auftragsmappe/documents/backup"
)

// What is restored into a bucket with object lock is locked like what is issued into it.
func TestRestoreLocked(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = s3test.LockedBucket
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	live, copied := archive.NewMemory(), archive.NewMemory()
	w := newWorld(t, one(live))
	for range 5 {
		w.step()
	}
	if _, err := backup.Backup(t.Context(), one(live), copied, backup.Options{}); err != nil {
		t.Fatal(err)
	}
	o := backup.Options{Keep: documents.NewKeeper(nil).Until}
	if _, err := backup.Restore(t.Context(), copied, one(store), o); err != nil {
		t.Fatal(err)
	}
	locked := 0
	for _, v := range s3test.Owner(t, options).Versions(t) {
		if archive.Kept(v.Key) != (v.Mode == "COMPLIANCE") {
			t.Errorf("%+v", v)
		}
		if v.Mode != "" {
			locked++
		}
	}
	kept, err := live.List(t.Context(), archive.TenantPrefix, "", 1000)
	kept = slices.DeleteFunc(kept, func(key string) bool { return !archive.Kept(key) })
	if err != nil || locked == 0 || locked != len(kept) {
		t.Errorf("%d objects are locked of %d, %v", locked, len(kept), err)
	}
}
