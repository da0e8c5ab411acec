package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// parallel is how many files are synced at once.
const parallel = 16

func isFile(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

func isDir(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}

func removeAll(names []string) {
	for _, name := range names {
		_ = os.Remove(name) // a file that stays is removed by a later OpenDir
	}
}

// syncAll makes the entries of directories durable. One that is gone was empty: there is nothing to lose. Windows has no such call
// and needs none.
func syncAll(dirs []string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	return Each(parallel, dirs, func(dir string) error {
		f, err := os.Open(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// mkdir makes a directory and those above it, but never the root: where that has gone, nothing may stand in its place when it
// comes back.
func (d *Dir) mkdir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != d.root {
		if err = d.mkdir(filepath.Dir(dir)); err == nil {
			err = os.Mkdir(dir, 0o700)
		}
	}
	switch {
	case !errors.Is(err, fs.ErrExist):
		return err
	case isDir(dir):
		return nil
	case !isFile(dir):
		return fs.ErrNotExist // it was empty, and another process has just removed it
	}
	return syscall.ENOTDIR
}
