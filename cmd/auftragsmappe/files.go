package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// outFile is a file to write into a folder.
type outFile struct {
	name  string // may have folders, with "/"
	bytes []byte
}

// replaceFiles writes files into dir, which is made when it is missing, and removes the old ones. All bytes are on disk
// under other names before the first file is replaced: on a full disk dir stays as it was. Whoever reads one of the files
// sees it old or new, never half.
func replaceFiles(dir string, files []outFile, old []string) error {
	made, err := makeDir(dir)
	if err != nil {
		return err
	}
	temps := make([]string, 0, len(files))
	for _, f := range files {
		temp, err := writeTemp(filepath.Join(dir, filepath.FromSlash(f.name)), f.bytes)
		if err != nil {
			removeAll(temps)
			if made {
				removeAll([]string{dir}) // where it is empty again
			}
			return err
		}
		temps = append(temps, temp)
	}
	for i, f := range files {
		if err := os.Rename(temps[i], filepath.Join(dir, filepath.FromSlash(f.name))); err != nil {
			removeAll(temps[i:])
			return err
		}
	}
	for _, name := range old {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// makeDir makes a folder and says whether it was missing.
func makeDir(dir string) (made bool, err error) {
	_, err = os.Stat(dir)
	made = errors.Is(err, fs.ErrNotExist)
	return made, os.MkdirAll(dir, 0o755)
}

// writeTemp writes a file beside the place that it is for and returns its name.
func writeTemp(name string, b []byte) (string, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".mappe-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	// The caller opens the documents with other programs, perhaps as another user.
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		removeAll([]string{f.Name()})
		return "", err
	}
	return f.Name(), nil
}

// removeAll removes what a failed call has left; its own failure changes nothing.
func removeAll(names []string) {
	for _, name := range names {
		_ = os.Remove(name)
	}
}
