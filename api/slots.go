package api

import (
	"context"
	"sync/atomic"
	"time"
)

// slots bound how many requests are decoded, rendered and zipped at once. The issuer bounds single documents by the
// processors; this bounds memory: bodies as trees, finished files, bundles.
type slots struct {
	taken chan struct{}
	queue atomic.Int64
	most  int64         // in the queue
	wait  time.Duration // in the queue
}

const (
	queuePerSlot = 64
	slotWait     = 8 * time.Second // what no-code tools bear
)

func newSlots(n int) *slots {
	return &slots{taken: make(chan struct{}, n), most: int64(n * queuePerSlot), wait: slotWait}
}

// take waits for a slot: errBusy when there is none in time or too many wait, or ctx's error. The caller must give it back.
func (s *slots) take(ctx context.Context) (giveBack func(), err error) {
	giveBack = func() { <-s.taken }
	select {
	case s.taken <- struct{}{}:
		return giveBack, nil
	default:
	}
	defer s.queue.Add(-1)
	if s.queue.Add(1) > s.most {
		return nil, errBusy
	}
	late := time.NewTimer(s.wait)
	defer late.Stop()
	select {
	case s.taken <- struct{}{}:
		return giveBack, nil
	case <-late.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
