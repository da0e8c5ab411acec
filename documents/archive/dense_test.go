package archive_test

import (
	"errors"
	"testing"

	"auftragsmappe/documents/archive"
)

// Of dense numbers the lowest free one is found from below and from above, and few are looked at.
func TestDense(t *testing.T) {
	for _, taken := range []int{0, 1, 2, 3, 7, 8, 9, 1000} {
		looks := 0
		look := func(n int) error {
			if looks++; n <= taken {
				return nil
			}
			return archive.ErrNotFound
		}
		if n, err := archive.LowestFree(1, look); n != taken+1 || err != nil {
			t.Errorf("%d taken: %d from below, %v", taken, n, err)
		}
		for _, from := range []int{taken + 1, taken + 2, taken + 9, 1 << 40} {
			looks = 0
			if n, err := archive.FreeBelow(from, look); n != taken+1 || err != nil || looks > 90 {
				t.Errorf("%d taken: %d from %d, %v, %d looks", taken, n, from, err, looks)
			}
		}
	}
}

// A store that fails is no free number.
func TestDenseFails(t *testing.T) {
	for _, at := range []int{1, 2, 3} {
		looks := 0
		look := func(n int) error {
			if looks++; looks == at {
				return archive.ErrStorage
			}
			if n <= 5 {
				return nil
			}
			return archive.ErrNotFound
		}
		if _, err := archive.LowestFree(1, look); !errors.Is(err, archive.ErrStorage) {
			t.Errorf("from below: %v", err)
		}
		looks = 0
		if _, err := archive.FreeBelow(9, look); !errors.Is(err, archive.ErrStorage) {
			t.Errorf("from above: %v", err)
		}
	}
}
