package documents

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// panicError is a fault of ours; its text is for the log only.
type panicError struct {
	value any
	stack []byte
}

// NewPanic is the error of a recovered panic; it is called in the deferred function that recovered.
func NewPanic(value any) error { return &panicError{value: value, stack: debug.Stack()} }

// Error names the fault and its place. A value that is not the runtime's own may hold a caller's text: only its type is named.
func (e *panicError) Error() string {
	if fault, ok := e.value.(runtime.Error); ok {
		return fmt.Sprintf("panic: %v\n%s", fault, e.stack)
	}
	return fmt.Sprintf("panic: a %T\n%s", e.value, e.stack)
}
