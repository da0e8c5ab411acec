package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// keptMode is the mode of files that are kept: nobody writes to them, and who owns the directory can still remove them.
const keptMode = 0o400

func link(temp, name string, o Object) error {
	switch {
	case o.IfAbsent:
		return os.Link(temp, name)
	case !Kept(o.Key):
		return os.Rename(temp, name)
	}
	for {
		err := os.Link(temp, name)
		if !errors.Is(err, fs.ErrExist) || isDir(name) {
			return err
		}
		there, read := os.ReadFile(name)
		switch {
		case errors.Is(read, fs.ErrNotExist): // another process has just discarded it
			continue
		case read != nil:
			return read
		case !bytes.Equal(there, o.Bytes):
			return fmt.Errorf("%w: put %s: other bytes are there", ErrKept, o.Key)
		}
		return nil
	}
}
