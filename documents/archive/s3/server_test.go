package s3_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/archivetest"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

func open(t testing.TB, o s3.Options) *s3.Store {
	t.Helper()
	s, err := s3.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A real server keeps every promise of a store.
func TestVersitygw(t *testing.T) {
	options := s3test.Start(t)
	var n atomic.Int32
	archivetest.Test(t, func(*testing.T) archivetest.Open {
		own := options
		own.Prefix = fmt.Sprintf("p%d/x", n.Add(1))
		return func(t *testing.T) archive.Store { return open(t, own) }
	})
}
