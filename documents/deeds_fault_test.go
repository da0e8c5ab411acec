package documents_test

import (
	"errors"
	"fmt"
	"testing"

	"auftragsmappe/documents/archive"
)

// TestDeedFaults loses every write of every kind of call, or only its answer: the same process goes on, and does the same again.
// (TestKilled is about processes that do not, TestCrash is all of it for a first call.)
func TestDeedFaults(t *testing.T) {
	for name, d := range deeds {
		if name == "first call" {
			continue
		}
		n, want := writesOf(t, &d)
		for _, mode := range []archive.Mode{archive.Lost, archive.Unanswered} {
			for at := 1; at <= n; at++ {
				t.Run(fmt.Sprintf("%s, %d at %d", name, mode, at), func(t *testing.T) {
					t.Parallel()
					s := prepared(t, &d)
					fault := archive.NewFault(s, at, mode)
					err := d.do(t.Context(), fault)
					if err != nil && !errors.Is(err, archive.ErrUnknown) || err == nil && at < n {
						t.Fatalf("at write %d of %d: %v", at, n, err)
					}
					checkHalf(t, s)
					left := dump(t, s)
					d.checkAgain(t, fault, d.hasClaimed(t, left), want)
					checkSound(t, s)
					checkKept(t, left, s)
				})
			}
		}
	}
}
