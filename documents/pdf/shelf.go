package pdf

import "runtime"

// shelf keeps used buffers for the next documents, as many as can be written at once. A sync.Pool would drop them at
// garbage collections and moves between processors, and a new deflater costs more than a whole document.
type shelf[T any] struct {
	kept chan *T
	make func() *T
}

func newShelf[T any](fresh func() *T) shelf[T] {
	return shelf[T]{make(chan *T, runtime.GOMAXPROCS(0)), fresh}
}

// take gives a used value, or a new one.
func (s shelf[T]) take() *T {
	select {
	case v := <-s.kept:
		return v
	default:
		return s.make()
	}
}

// put takes a value back, or leaves it to the garbage collector when there are enough.
func (s shelf[T]) put(v *T) {
	select {
	case s.kept <- v:
	default:
	}
}
