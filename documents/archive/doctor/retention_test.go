package doctor

import (
	"strings"
	"testing"

	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
)

// A lock that is wanted is said, with the years; one that the bucket does not have is not kept.
func TestRetention(t *testing.T) {
	free := s3test.Start(t)
	locked := free
	locked.Bucket = s3test.LockedBucket
	for _, c := range []struct {
		options s3.Options
		lock    s3.Lock
		state   State
		says    string
	}{
		{free, s3.LockAuto, Note, "sperrt nichts"},
		{free, s3.LockCompliance, Broken, "hat kein Object Lock"},
		{locked, s3.LockAuto, Well, "COMPLIANCE: "},
		{locked, s3.LockGovernance, Well, "GOVERNANCE: "},
		{locked, s3.LockOff, Note, "sperrt nichts"},
	} {
		c.options.Lock = c.lock
		store, err := s3.Open(c.options)
		if err != nil {
			t.Fatal(err)
		}
		o, err := retention(t.Context(), &examination{Target: Target{Store: store, Keep: "Rechnung 8 Jahre"}, bucket: store})
		if err != nil || o.state != c.state || !strings.Contains(o.detail, c.says) {
			t.Errorf("%q: %+v, %v", c.lock, o, err)
		}
		if o.state != Broken && !strings.HasSuffix(o.detail, " Gerechnet ab dem Jahresende: Rechnung 8 Jahre.") {
			t.Errorf("%q: %+v", c.lock, o)
		}
	}
}
