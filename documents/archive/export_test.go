package archive

import (
	"context"
	"time"
)

// ListRead is List, and how many entries of folders it has read.
func (d *Dir) ListRead(ctx context.Context, prefix, after string, limit int) (keys []string, read int, err error) {
	l := lister{ctx: ctx, dir: d, prefix: prefix, after: after, limit: limit}
	err = l.walk(prefix)
	return l.keys, l.read, err
}

// SetEmptyAge sets how long a folder must have been empty to be removed.
func (d *Dir) SetEmptyAge(age time.Duration) { d.emptyAge = age }

// SetNow sets the clock by which it is known what is durable.
func (d *Dir) SetNow(now func() time.Time) { d.now = now }

// Unsure counts the directories that a Put of the key would sync as new.
func (d *Dir) Unsure(key string) (int, error) {
	made, err := d.makeParents([]Object{{Key: key}})
	return len(made), err
}

// Known counts the directories that are known to be durable.
func (d *Dir) Known() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.known)
}

// Learn notes that directories are durable.
func (d *Dir) Learn(dirs []string) { d.learn(dirs, d.now()) }
