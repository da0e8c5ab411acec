package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Dir is a Store in a directory of one file system with hard links; several processes may use it at once.
//
// A new object is written to a temporary file, synced, and linked to its name: link(2) is atomic and refuses a
// taken name, where rename(2) would overwrite. Then its directory is synced, and every directory that was made for it.
// A crash leaves temporary files only; they are no objects, and the next OpenDir removes them once they are old.
type Dir struct {
	root string

	mu    sync.Mutex
	known map[string]time.Time // directories whose entry in their parent is durable, and since when that was known

	now      func() time.Time
	emptyAge time.Duration // see tidy
}

const (
	tempFolder = ".tmp"    // no key starts with "."
	tempAge    = time.Hour // a temporary file of a living process is younger
)

// OpenDir opens the store in a directory and makes it when it is missing. It fails where files cannot be linked.
func OpenDir(path string) (*Dir, error) {
	root, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%w: open: %w", ErrStorage, err)
	}
	d := &Dir{root: root, known: map[string]time.Time{}, now: time.Now, emptyAge: emptyAge}
	if err := os.MkdirAll(d.temp(), 0o700); err != nil {
		return nil, fmt.Errorf("%w: open: %w", ErrStorage, err)
	}
	if err := d.probe(); err != nil {
		return nil, fmt.Errorf("%w: open: %w", ErrStorage, err)
	}
	if err := syncAll([]string{root, filepath.Dir(root)}); err != nil {
		return nil, fmt.Errorf("%w: open: %w", ErrStorage, err)
	}
	return d, nil
}

func (d *Dir) temp() string { return filepath.Join(d.root, tempFolder) }

func (d *Dir) path(key string) string { return filepath.Join(d.root, filepath.FromSlash(key)) }

// there says whether the directory is the one that was opened: a disk that has gone leaves an empty mount point behind, and
// nothing may be found missing in it, or written to it.
func (d *Dir) there() error {
	if !isDir(d.temp()) {
		return fmt.Errorf("%w: %s is gone", ErrStorage, d.root)
	}
	return nil
}

// checkBytes is what a directory must still take: the files of an engagement.
const checkBytes = 1 << 20

// Check says whether the directory is there and takes something.
func (d *Dir) Check(ctx context.Context) error {
	if err := firstError(ctx.Err(), d.there()); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.temp(), "check-")
	if err != nil {
		return fmt.Errorf("%w: check: %w", ErrStorage, err)
	}
	defer removeAll([]string{f.Name()})
	_, err = f.Write(make([]byte, checkBytes))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%w: check: %w", ErrStorage, err)
	}
	return nil
}

// probe tries a link and removes what crashed processes left behind. Age is measured by the file system's own clock.
func (d *Dir) probe() error {
	f, err := os.CreateTemp(d.temp(), "probe-")
	if err != nil {
		return err
	}
	defer removeAll([]string{f.Name(), f.Name() + "-link"})
	info, err := f.Stat()
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), f.Name()+"-link"); err != nil {
		return fmt.Errorf("the file system has no hard links: %w", err)
	}
	entries, err := os.ReadDir(d.temp())
	for _, e := range entries {
		if old, err := e.Info(); err == nil && info.ModTime().Sub(old.ModTime()) > tempAge {
			removeAll([]string{filepath.Join(d.temp(), e.Name())})
		}
	}
	return err
}

// Put writes all objects to temporary files, syncs them together, gives them their names in order, and syncs the directories.
func (d *Dir) Put(ctx context.Context, objects ...Object) error {
	if err := firstError(ctx.Err(), checkObjects(objects), d.there()); err != nil || len(objects) == 0 {
		return err
	}
	for _, o := range objects {
		if o.IfAbsent && isFile(d.path(o.Key)) {
			return d.taken(o.Key)
		}
	}
	begun := d.now()
	made, err := d.makeParents(objects)
	if errors.Is(err, ErrKey) {
		return fmt.Errorf("put %s: %w", objects[0].Key, err)
	}
	if err != nil {
		return fmt.Errorf("%w: put %s: %w", ErrStorage, objects[0].Key, err)
	}
	temps, err := d.writeTemps(objects)
	defer removeAll(temps)
	if err != nil {
		return fmt.Errorf("%w: put %s: %w", ErrStorage, objects[0].Key, err)
	}
	remade, err := d.publish(objects, temps)
	made = append(made, remade...)
	if sync := d.syncParents(objects, made); sync != nil {
		return fmt.Errorf("%w: sync: %w", ErrUnknown, sync)
	}
	if err == nil {
		d.learn(made, begun)
	}
	return err
}

// taken is ErrExists, after the winner's entry is durable: the loser will build on it.
func (d *Dir) taken(key string) error {
	if err := syncAll([]string{filepath.Dir(d.path(key))}); err != nil {
		return fmt.Errorf("%w: sync: %w", ErrUnknown, err)
	}
	return fmt.Errorf("%w: %s", ErrExists, key)
}

// makeParents makes the directories of the objects and returns those whose entry may not be durable yet, also when
// another process made them.
func (d *Dir) makeParents(objects []Object) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var made []string
	seen := map[string]bool{}
	for _, o := range objects {
		leaf := filepath.Dir(d.path(o.Key))
		if leaf == d.root || d.isKnown(leaf) || seen[leaf] {
			continue
		}
		if err := d.makeAll(leaf); err != nil {
			if errors.Is(err, syscall.ENOTDIR) {
				err = fmt.Errorf("%w: below an object", ErrKey)
			}
			return nil, err
		}
		for dir := leaf; dir != d.root && !d.isKnown(dir) && !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
			made = append(made, dir)
		}
	}
	return made, nil
}

// writeTemps writes each object to a temporary file and syncs them at the same time: the journal commits them together.
func (d *Dir) writeTemps(objects []Object) ([]string, error) {
	names := make([]string, 0, len(objects))
	files := make([]*os.File, 0, len(objects))
	var failed error
	for _, o := range objects {
		step()
		f, err := os.CreateTemp(d.temp(), "put-")
		if err != nil {
			failed = err
			break
		}
		names, files = append(names, f.Name()), append(files, f)
		if _, err = f.Write(o.Bytes); err == nil && Kept(o.Key) {
			err = f.Chmod(keptMode) // an editor or a script must not change it by mistake
		}
		if err != nil {
			failed = err
			break
		}
	}
	return names, errors.Join(failed, Each(parallel, files, func(f *os.File) error {
		if failed != nil {
			return f.Close()
		}
		return errors.Join(f.Sync(), f.Close())
	}))
}

// publish gives the objects their names in order, and returns the directories that had to be made anew.
func (d *Dir) publish(objects []Object, temps []string) (remade []string, err error) {
	for i, o := range objects {
		step()
		name := d.path(o.Key)
		made, err := d.give(temps[i], name, o)
		remade = append(remade, made...)
		switch {
		case err == nil:
		case errors.Is(err, ErrKept):
			return remade, err
		case isDir(name):
			return remade, fmt.Errorf("%w: %s is a directory of another", ErrKey, o.Key)
		case errors.Is(err, fs.ErrExist):
			return remade, fmt.Errorf("%w: %s", ErrExists, o.Key)
		default:
			return remade, fmt.Errorf("%w: put %s: %w", ErrStorage, o.Key, err)
		}
	}
	return remade, nil
}

func (d *Dir) syncParents(objects []Object, made []string) error {
	var dirs []string
	seen := map[string]bool{}
	add := func(dir string) {
		if !seen[dir] {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	for _, o := range objects {
		add(filepath.Dir(d.path(o.Key)))
	}
	for _, dir := range made {
		add(filepath.Dir(dir))
	}
	step()
	if err := firstError(syncAll(dirs), d.there()); err != nil {
		return err
	}
	step()
	return nil
}

// Get reads an object. One that is missing is looked for once more: the directory may have just come back.
func (d *Dir) Get(ctx context.Context, key string) ([]byte, error) {
	if err := firstError(ctx.Err(), CheckKey(key)); err != nil {
		return nil, err
	}
	for range looks {
		b, err := os.ReadFile(d.path(key))
		switch {
		case err == nil:
			return b, nil
		case !isMissing(err) && !errors.Is(err, syscall.EISDIR):
			return nil, fmt.Errorf("%w: get %s: %w", ErrStorage, key, err)
		}
		if err := d.there(); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrNotFound, key)
}

// Delete removes objects. It does not sync: an entry of a work list that comes back after a loss of power is done again.
func (d *Dir) Delete(ctx context.Context, keys ...string) error {
	if err := CheckDelete(ctx, keys); err != nil {
		return err
	}
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if name := d.path(key); isFile(name) {
			if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%w: delete %s: %w", ErrStorage, key, err)
			}
		}
	}
	return nil
}
