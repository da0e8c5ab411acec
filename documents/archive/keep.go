package archive

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"auftragsmappe/documents/date"
)

// ErrKept says that an object is one that is kept: it is not deleted, and no other bytes are put in its place.
var ErrKept = errors.New("archive: object is kept")

// Years is for how many years something is kept, counted from the end of its year; 0 = a store need not lock it.
type Years int

// Until is the moment until which a store that can lock keeps what belongs to a year: the end of the last year in Germany;
// zero for no years.
func (y Years) Until(year int) time.Time {
	if y <= 0 {
		return time.Time{}
	}
	return time.Date(year+int(y)+1, time.January, 1, 0, 0, 0, 0, date.Germany())
}

// keptFolders of a tenant hold what law or proof asks for: events, files, numbers, the profiles that claims name, and seals.
var keptFolders = map[string]bool{"e": true, "f": true, "n": true, "profile": true, "seal": true}

// Kept says whether a key is of something that is kept. The layout decides, not an object's Keep: most stores forget that.
func Kept(key string) bool {
	part := strings.SplitN(key, "/", 4)
	return len(part) == 4 && part[0]+"/" == TenantPrefix && keptFolders[part[2]]
}

type unnamed struct{}

// Unnamed is a context in which Delete takes files, too. Its caller has seen that no document names them, and that none will:
// they are what a call has left that was cut off. Nothing else that is kept is deleted in it.
func Unnamed(ctx context.Context) context.Context { return context.WithValue(ctx, unnamed{}, true) }

// CheckDelete says whether a store may delete the keys: ErrKey or ErrKept when not.
func CheckDelete(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := CheckKey(key); err != nil {
			return err
		}
		if Kept(key) && (ctx.Value(unnamed{}) == nil || !isFileKey(key)) {
			return fmt.Errorf("%w: delete %s", ErrKept, key)
		}
	}
	return nil
}

func isFileKey(key string) bool {
	part := strings.SplitN(key, "/", 4)
	return len(part) == 4 && part[2] == "f"
}
