package backup

import "testing"

// SmallPages makes all lists short until the test ends.
func SmallPages(t *testing.T, page, skip int) {
	t.Helper()
	p, s := pageSize, skipSize
	pageSize, skipSize = page, skip
	t.Cleanup(func() { pageSize, skipSize = p, s })
}
