package s3_test

import (
	"bytes"
	"fmt"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
)

// BenchmarkPut compares a real server with a directory: a number, a document, and the files of a bundle in one call.
func BenchmarkPut(b *testing.B) {
	for _, place := range []struct {
		name string
		open func(*testing.B) archive.Store
	}{
		{"versitygw", func(b *testing.B) archive.Store { return open(b, s3test.Start(b)) }},
		{"directory", func(b *testing.B) archive.Store {
			d, err := archive.OpenDir(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			return d
		}},
	} {
		for _, c := range []struct {
			name        string
			size, count int
			ifAbsent    bool
		}{{"small if absent", 300, 1, true}, {"100 kB", 100_000, 1, false}, {"six of 100 kB", 100_000, 6, false}} {
			b.Run(place.name+"/"+c.name, func(b *testing.B) {
				store := place.open(b)
				body := bytes.Repeat([]byte("x"), c.size)
				for n := 0; b.Loop(); n++ {
					objects := make([]archive.Object, c.count)
					for i := range objects {
						objects[i] = archive.Object{Key: fmt.Sprintf("t/x/f/%06d/%d", n, i), Bytes: body, IfAbsent: c.ifAbsent}
					}
					if err := store.Put(b.Context(), objects...); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
