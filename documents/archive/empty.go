package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A work list leaves empty folders behind, one for every day and tenant. Who meets one in a list removes it once nobody has
// touched it for emptyAge. A writer that had just found it makes it again; the link says that it is gone.
//
// That a folder's entry is durable is known for knownLife only, from before something came into it: then it cannot have been
// removed meanwhile, nor be another one of the same name whose entry nobody has synced yet.
const (
	emptyAge   = time.Hour
	knownLife  = emptyAge / 2
	maxKnown   = 1 << 14
	maxRemakes = 100 // how often a folder may be removed under a writer's hands
)

// isKnown says whether the directory's entry is durable; d.mu is held.
func (d *Dir) isKnown(dir string) bool {
	since, ok := d.known[dir]
	return ok && d.now().Sub(since) < min(knownLife, d.emptyAge)
}

// learn notes that the entries of directories are durable. Something came into each after `begun`.
func (d *Dir) learn(dirs []string, begun time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known)+len(dirs) > maxKnown {
		clear(d.known)
	}
	for _, dir := range dirs {
		d.known[dir] = begun
	}
}

// forget notes that a directory is gone, and perhaps those above it.
func (d *Dir) forget(dir string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for ; len(dir) > len(d.root); dir = filepath.Dir(dir) {
		delete(d.known, dir)
	}
}

// give gives a temporary file its name. A folder that was removed is made again; those that were made are returned.
func (d *Dir) give(temp, name string, o Object) (made []string, err error) {
	for range maxRemakes {
		err = link(temp, name, o)
		if !errors.Is(err, fs.ErrNotExist) || !isFile(temp) {
			return made, err
		}
		d.forget(filepath.Dir(name))
		again, failed := d.makeParents([]Object{o})
		if failed != nil {
			return made, failed
		}
		made = append(made, again...)
	}
	return made, err
}

// makeAll makes a directory and those above it beside others that remove what is empty: one may be gone again as soon as it is made.
func (d *Dir) makeAll(dir string) (err error) {
	for range maxRemakes {
		if err = d.mkdir(dir); !errors.Is(err, fs.ErrNotExist) || !isDir(d.root) {
			return err
		}
	}
	return err
}

// tidy removes those folders that have been empty for long, by the file system's own clock. One that is not is left by rmdir(2).
func (d *Dir) tidy(folders []string) {
	var old []string
	var since []time.Time
	for _, folder := range folders {
		dir := d.path(folder)
		info, err := os.Stat(dir)
		if err == nil && dir != d.root && d.now().Sub(info.ModTime()) >= d.emptyAge {
			old, since = append(old, dir), append(since, info.ModTime())
		}
	}
	if len(old) == 0 {
		return
	}
	now, err := d.fileTime()
	if err != nil {
		return // a full or read-only disk has other troubles
	}
	for i, dir := range old {
		if now.Sub(since[i]) >= d.emptyAge {
			_ = os.Remove(dir) // somebody was faster: to remove it, or to use it
		}
	}
}

// fileTime is now by the clock of the file system.
func (d *Dir) fileTime() (time.Time, error) {
	f, err := os.CreateTemp(d.temp(), "time-")
	if err != nil {
		return time.Time{}, err
	}
	defer removeAll([]string{f.Name()})
	info, err := f.Stat()
	if err = errors.Join(err, f.Close()); err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}
