package archive

import "sync"

// Cache is a map that forgets, for what can be read again: values move to the current generation when they are used, and when that
// is full the former one goes. It never holds more than two generations. It is safe for concurrent use.
type Cache[V any] struct {
	most int // in a generation

	mu              sync.Mutex
	current, former map[string]V
}

// NewCache is an empty cache with so many entries a generation.
func NewCache[V any](most int) *Cache[V] {
	return &Cache[V]{most: most, current: map[string]V{}}
}

// Get is what is kept for a name; the zero value and false when it was never put, or is forgotten.
func (c *Cache[V]) Get(name string) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok = c.find(name); ok {
		c.put(name, v)
	}
	return v, ok
}

// Update puts what f makes of the value that is kept; the zero value when there is none.
func (c *Cache[V]) Update(name string, f func(V) V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, _ := c.find(name)
	c.put(name, f(v))
}

// Len is how many entries are kept; one that was used in both generations counts twice.
func (c *Cache[V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.current) + len(c.former)
}

func (c *Cache[V]) find(name string) (v V, ok bool) {
	if v, ok = c.current[name]; !ok {
		v, ok = c.former[name]
	}
	return v, ok
}

func (c *Cache[V]) put(name string, v V) {
	if _, ok := c.current[name]; !ok && len(c.current) >= c.most {
		c.current, c.former = map[string]V{}, c.current
	}
	c.current[name] = v
}
