package archive

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
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
