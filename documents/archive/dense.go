package archive

import (
	"errors"
	"sync"
)

// LowestFree is the lowest number that look does not find (ErrNotFound), where all below `from` are taken and numbers are
// dense: found by doubling and halving, so that few are looked at.
func LowestFree(from int, look func(n int) error) (int, error) {
	taken, free := from-1, from
	for step := 1; ; step *= 2 {
		err := look(free)
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil {
			return 0, err
		}
		taken, free = free, free+step
	}
	return between(taken, free, look)
}

// FreeBelow is a number up to `from` that look does not find and whose neighbour below is taken (or is 0), where `from` itself
// is not found: the lowest free one where numbers are dense. Few are looked at, however far down it is.
func FreeBelow(from int, look func(n int) error) (int, error) {
	taken, free := 0, from
	for step := 1; free-step > 0; step *= 2 {
		err := look(free - step)
		if err == nil {
			taken = free - step
			break
		}
		if !errors.Is(err, ErrNotFound) {
			return 0, err
		}
		free -= step
	}
	return between(taken, free, look)
}

// between is a free number above a taken one, found by halving.
func between(taken, free int, look func(n int) error) (int, error) {
	for free-taken > 1 {
		middle := taken + (free-taken)/2
		switch err := look(middle); {
		case err == nil:
			taken = middle
		case errors.Is(err, ErrNotFound):
			free = middle
		default:
			return 0, err
		}
	}
	return free, nil
}

// Each runs f on all values at the same time, at most `most` at once, and returns all errors.
func Each[T any](most int, values []T, f func(T) error) error {
	if len(values) == 1 {
		return f(values[0])
	}
	errs := make([]error, len(values))
	gate := make(chan struct{}, most)
	var wg sync.WaitGroup
	for i, v := range values {
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			errs[i] = f(v)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
