package archivetest

import (
	"fmt"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
)

// testOrderSeen: who sees an object of a batch sees those before it; neighbours without a condition count as one step.
func testOrderSeen(t *testing.T, open Open) {
	s := open(t)
	const batches = 12
	key := func(batch, i int) string { return fmt.Sprintf("t/%02d/%d", batch, i) }
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for batch := 0; batch < batches; {
				select {
				case <-done:
					return
				default:
				}
				// The last one first: what is seen there must find the others.
				if _, err := s.Get(t.Context(), key(batch, 4)); err != nil {
					continue
				}
				for i := range 4 {
					if b, err := s.Get(t.Context(), key(batch, i)); string(b) != fmt.Sprint(i) {
						t.Errorf("batch %d: the last object is seen, number %d is %q, %v", batch, i, b, err)
					}
				}
				batch++
			}
		})
	}
	for batch := range batches {
		var objects []archive.Object
		for i := range 5 {
			objects = append(objects, archive.Object{Key: key(batch, i), Bytes: []byte(fmt.Sprint(i)), IfAbsent: i == 2 || i == 4})
		}
		put(t, s, objects...)
	}
	for batch := range batches {
		want(t, s, key(batch, 4), "4")
	}
	close(done)
	wg.Wait()
}
