package s3_test

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/doctor"
	"auftragsmappe/documents/archive/s3/s3test"
)

// Three of ten answers get lost while eight workers take numbers: none is granted twice, none is lost, and every outcome
// is known in the end.
func TestLostAnswers(t *testing.T) {
	options := s3test.Start(t)
	lossy := &doctor.Lossy{Share: 0.3}
	options.Wrap = lossy.Wrap
	s := open(t, options)
	const workers, each = 8, 12
	var mu sync.Mutex
	granted := map[int]int{}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			n := 1
			for range each {
				err := error(archive.ErrExists)
				for ; errors.Is(err, archive.ErrExists); n++ {
					err = s.Put(t.Context(), archive.Object{Key: fmt.Sprintf("n/%06d", n), Bytes: []byte(fmt.Sprint(w)), IfAbsent: true})
				}
				if err != nil {
					t.Errorf("number %d: %v", n-1, err)
					return
				}
				mu.Lock()
				granted[n-1]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for n := 1; n <= workers*each; n++ {
		if granted[n] != 1 {
			t.Errorf("number %d was granted %d times", n, granted[n])
		}
	}
	options.Wrap = nil
	if keys, err := open(t, options).List(t.Context(), "n/", "", 1000); err != nil || len(keys) != workers*each {
		t.Errorf("%d objects, %v", len(keys), err)
	}
	if lossy.Lost() < workers*each/4 {
		t.Errorf("only %d answers were lost", lossy.Lost())
	}
	t.Logf("%d answers lost", lossy.Lost())
}

// Connections are kept and used again: many writes leave no more goroutines behind than the pool may keep.
func TestGoroutines(t *testing.T) {
	f := newFake(t)
	s := f.store(t, patient)
	burst := func(round int) {
		var objects []archive.Object
		for i := range 200 {
			objects = append(objects, archive.Object{Key: fmt.Sprintf("f/%d/%d", round, i), Bytes: []byte("x")})
		}
		var wg sync.WaitGroup
		for _, o := range objects {
			wg.Go(func() {
				if err := s.Put(t.Context(), o); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	before := runtime.NumGoroutine()
	for round := range 6 {
		burst(round)
	}
	// An idle connection has two goroutines here and one in the fake.
	if after := settled(runtime.NumGoroutine); after > before+3*128+20 {
		t.Errorf("%d goroutines before 1200 writes, %d after", before, after)
	}
}

// settled is the smallest value within a second.
func settled(value func() int) int {
	least := value()
	for range 20 {
		time.Sleep(50 * time.Millisecond)
		least = min(least, value())
	}
	return least
}
