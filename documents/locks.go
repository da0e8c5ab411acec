package documents

import (
	"context"
	"sync"
)

// locks are mutexes by name that can be given up waiting for. The zero value is ready.
type locks struct {
	mu    sync.Mutex
	names map[string]*waiting
}

type waiting struct {
	turn  chan struct{} // holds one token while somebody holds the lock
	users int
}

// lock waits for the name, or until ctx ends.
func (l *locks) lock(ctx context.Context, name string) (unlock func(), err error) {
	l.mu.Lock()
	if l.names == nil {
		l.names = map[string]*waiting{}
	}
	w := l.names[name]
	if w == nil {
		w = &waiting{turn: make(chan struct{}, 1)}
		l.names[name] = w
	}
	w.users++
	l.mu.Unlock()
	select {
	case w.turn <- struct{}{}:
		return func() { <-w.turn; l.leave(name, w) }, nil
	case <-ctx.Done():
		l.leave(name, w)
		return nil, ctx.Err()
	}
}

// try takes the name when nobody has it or waits for it.
func (l *locks) try(name string) (unlock func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.names[name] != nil {
		return nil, false
	}
	if l.names == nil {
		l.names = map[string]*waiting{}
	}
	w := &waiting{turn: make(chan struct{}, 1), users: 1}
	w.turn <- struct{}{}
	l.names[name] = w
	return func() { <-w.turn; l.leave(name, w) }, true
}

func (l *locks) leave(name string, w *waiting) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.users--; w.users == 0 {
		delete(l.names, name)
	}
}
