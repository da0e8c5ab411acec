package archive

import (
	"fmt"
	"strconv"
	"strings"
)

// What the copy of a store needs to know of the layout.
const (
	// BackupPrefix is what a copy keeps of itself; it is never copied.
	BackupPrefix = "backup/"
	// BackupState says what a copy is and whether it is whole.
	BackupState = BackupPrefix + "state.json"
	// BackupNewPrefix is the lists of what a run adds.
	BackupNewPrefix = BackupPrefix + "new/"
	// ProbePrefix is what is written to try a store.
	ProbePrefix = "probe/"
)

// BackupNew is list n (1, 2, …) of what a run adds.
func BackupNew(run string, n int) string {
	return fmt.Sprintf("%s%s-%06d.json", BackupNewPrefix, run, n)
}

// EverythingOf is all keys of a tenant.
func EverythingOf(tenant string) string { return TenantPrefix + tenant + "/" }

// AfterAll sorts behind all keys of a prefix and before all others behind them.
func AfterAll(prefix string) string { return prefix + "~" }

// FileSum is how the SHA-256 (hex) of a file begins, as its key says; ok is false for a key of another kind.
func FileSum(key string) (sum string, ok bool) {
	part := strings.Split(key, "/")
	if len(part) != 5 || !strings.HasPrefix(key, FilesPrefix(part[1])) {
		return "", false
	}
	sum, _, ok = strings.Cut(part[4], "-")
	return sum, ok && len(sum) == sumDigits
}

// Below is the key that stands before another in a dense row (events, numbers, versions); ok is false for the first one and
// for keys that stand in none.
func Below(key string) (below string, ok bool) {
	if !InRow(key) {
		return "", false
	}
	digits, ending := strings.CutSuffix(key[len(RowOf(key)):], ".json")
	n, err := strconv.Atoi(digits)
	if err != nil || n <= 1 {
		return "", false
	}
	below = fmt.Sprintf("%s%0*d", RowOf(key), len(digits), n-1)
	if ending {
		below += ".json"
	}
	return below, true
}

// InRow says whether a key stands in a dense row.
func InRow(key string) bool {
	digits, ending := strings.CutSuffix(key[len(RowOf(key)):], ".json")
	return (ending && len(digits) == 6 || !ending && len(digits) == 8) && strings.Trim(digits, "0123456789") == ""
}

// RowOf is what the keys of a dense row begin with.
func RowOf(key string) string { return key[:strings.LastIndexByte(key, '/')+1] }
