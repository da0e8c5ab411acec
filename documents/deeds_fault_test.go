package documents_test

import (
	"errors"
	"fmt"
	"testing"

	"auftragsmappe/documents"
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

// A request key stands for its body from before the claim on, wherever the process dies.
func TestRequestKeyOutlives(t *testing.T) {
	mine, other := example(t, launch, edits(small("R"), loose)), example(t, launch, edits(small("R"), loose, dearer))
	for at := 1; ; at++ {
		s := archive.NewMemory()
		fault := archive.NewFault(s, at, archive.CrashDone)
		_, _ = issuer(t, fault, nil).Issue(t.Context(), documents.Call{Tenant: "default", Engagement: mine, Key: "n8n-1"})
		if fault.Writes() < at {
			break
		}
		if _, err := repeater(t, s).Issue(t.Context(), documents.Call{Tenant: "default", Engagement: other, Key: "n8n-1"}); !errors.Is(err, documents.ErrKeyReused) {
			t.Errorf("dead behind write %d: %v", at, err)
		}
	}
}
