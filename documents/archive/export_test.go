package archive

import "context"

// ListRead is List, and how many entries of folders it has read.
func (d *Dir) ListRead(ctx context.Context, prefix, after string, limit int) (keys []string, read int, err error) {
	l := lister{ctx: ctx, dir: d, prefix: prefix, after: after, limit: limit}
	err = l.walk(prefix)
	return l.keys, l.read, err
}
