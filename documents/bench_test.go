package documents_test

import (
	"fmt"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
)

// BenchmarkBundle is a bundle of six as `render` makes it after start-up: decision, claim, numbers, six documents, files
// and "issued" on a directory store, fsync included. Target: 60 ms.
func BenchmarkBundle(b *testing.B) {
	dir, err := archive.OpenDir(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	is := issuer(b, dir, nil)
	issue(b, is, "default", example(b, launch, named("warm")))
	calls := make([]*engagement.Valid, b.N)
	for i := range calls {
		calls[i] = example(b, launch, named(fmt.Sprint("R", i)))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if r := issue(b, is, "default", calls[i]); len(r.Files) != 6 || r.Replayed {
			b.Fatal(len(r.Files))
		}
	}
}

// BenchmarkBundleInMemory is the same without the disk.
func BenchmarkBundleInMemory(b *testing.B) {
	is := issuer(b, archive.NewMemory(), nil)
	v := example(b, launch, nil)
	b.ReportAllocs()
	for b.Loop() {
		v.Reference += "x"
		issue(b, is, "default", v)
		if len(v.Reference) > 100 {
			v.Reference, is = "", issuer(b, archive.NewMemory(), nil)
		}
	}
}

// BenchmarkReplay is a repeated call: read, compare, check the hashes.
func BenchmarkReplay(b *testing.B) {
	dir, err := archive.OpenDir(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	is := issuer(b, dir, nil)
	v := example(b, launch, nil)
	issue(b, is, "default", v)
	b.ReportAllocs()
	for b.Loop() {
		if r := issue(b, is, "default", v); !r.Replayed {
			b.Fatal("issued again")
		}
	}
}
