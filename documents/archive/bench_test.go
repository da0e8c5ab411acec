package archive_test

import (
	"bytes"
	"fmt"
	"testing"

	"auftragsmappe/documents/archive"
)

// BenchmarkDirPut is the files of a bundle: six new objects of 45 kB, one by one and in one batch, fsync included.
func BenchmarkDirPut(b *testing.B) {
	body := bytes.Repeat([]byte("%PDF-1.7 "), 5000)
	for _, batch := range []int{1, 6} {
		b.Run(fmt.Sprintf("%d at once", batch), func(b *testing.B) {
			d := openDir(b, b.TempDir())
			for n := 0; b.Loop(); n++ {
				var objects []archive.Object
				for i := range 6 {
					objects = append(objects, archive.Object{Key: fmt.Sprintf("t/x/f/%d/%d.pdf", n, i), Bytes: body})
				}
				for i := 0; i < len(objects); i += batch {
					if err := d.Put(b.Context(), objects[i:i+batch]...); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
