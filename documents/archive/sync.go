package archive

import (
	"errors"
	"os"
	"runtime"
	"sync"
)

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

// syncAll makes the entries of directories durable. Windows has no such call and needs none.
func syncAll(dirs []string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	return each(dirs, func(dir string) error {
		f, err := os.Open(dir)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// each runs f on all values at the same time, at most 16 at once.
func each[T any](values []T, f func(T) error) error {
	if len(values) == 1 {
		return f(values[0])
	}
	errs := make([]error, len(values))
	gate := make(chan struct{}, 16)
	var wg sync.WaitGroup
	for i, v := range values {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			errs[i] = f(v)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
