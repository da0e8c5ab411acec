package archive

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Memory is a Store without a disk: for previews and tests. It keeps every promise but the one about power.
type Memory struct {
	mu      sync.RWMutex
	objects map[string][]byte
	keys    []string // sorted
}

// NewMemory is an empty memory store.
func NewMemory() *Memory { return &Memory{objects: map[string][]byte{}} }

// Put writes the objects in their order.
func (m *Memory) Put(ctx context.Context, objects ...Object) error {
	if err := firstError(ctx.Err(), checkObjects(objects)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, o := range objects {
		if err := m.put(o); err != nil {
			return err
		}
	}
	return nil
}

func (m *Memory) put(o Object) error {
	if _, taken := m.objects[o.Key]; taken {
		if o.IfAbsent {
			return fmt.Errorf("%w: %s", ErrExists, o.Key)
		}
		if Kept(o.Key) && !bytes.Equal(m.objects[o.Key], o.Bytes) {
			return fmt.Errorf("%w: put %s: other bytes are there", ErrKept, o.Key)
		}
		m.objects[o.Key] = bytes.Clone(o.Bytes)
		return nil
	}
	at, _ := slices.BinarySearch(m.keys, o.Key)
	if m.isDirectory(o.Key) || m.underObject(o.Key) {
		return fmt.Errorf("%w: %s is a directory of another, or below one", ErrKey, o.Key)
	}
	m.keys = slices.Insert(m.keys, at, o.Key)
	m.objects[o.Key] = append([]byte{}, o.Bytes...)
	return nil
}

func (m *Memory) isDirectory(key string) bool {
	i, _ := slices.BinarySearch(m.keys, key+"/")
	return i < len(m.keys) && strings.HasPrefix(m.keys[i], key+"/")
}

func (m *Memory) underObject(key string) bool {
	for i := range len(key) {
		if _, ok := m.objects[key[:i]]; ok && key[i] == '/' {
			return true
		}
	}
	return false
}

// Get returns a copy of the object's bytes.
func (m *Memory) Get(ctx context.Context, key string) ([]byte, error) {
	if err := firstError(ctx.Err(), CheckKey(key)); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	b, ok := m.objects[key]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, key)
	}
	return append([]byte{}, b...), nil
}

// List returns keys in byte order.
func (m *Memory) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var found []string
	start := sort.Search(len(m.keys), func(i int) bool { return m.keys[i] > after && m.keys[i] >= prefix })
	for _, key := range m.keys[start:] {
		if len(found) >= limit || !strings.HasPrefix(key, prefix) {
			break
		}
		found = append(found, key)
	}
	return found, nil
}

// Delete removes the objects that are there.
func (m *Memory) Delete(ctx context.Context, keys ...string) error {
	if err := firstError(ctx.Err(), CheckDelete(ctx, keys)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range keys {
		if i, ok := slices.BinarySearch(m.keys, key); ok {
			m.keys = slices.Delete(m.keys, i, i+1)
			delete(m.objects, key)
		}
	}
	return nil
}

// Tamper gives an object other bytes, or removes it (nil), behind the store's back, as somebody does who has the disk: for
// tests of what is found out then.
func (m *Memory) Tamper(key string, b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i, there := slices.BinarySearch(m.keys, key)
	switch {
	case b != nil && !there:
		m.keys = slices.Insert(m.keys, i, key)
	case b == nil && there:
		m.keys = slices.Delete(m.keys, i, i+1)
	}
	m.objects[key] = bytes.Clone(b)
	if b == nil {
		delete(m.objects, key)
	}
}

// firstError is the first error, in order.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
