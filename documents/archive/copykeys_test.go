package archive_test

import (
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

func TestBelow(t *testing.T) {
	for key, want := range map[string]string{
		archive.EventKey("a", "x", 2):             archive.EventKey("a", "x", 1),
		archive.EventKey("a", "x", 1):             "",
		archive.NumberKey("a", "RE", 2026, 100):   archive.NumberKey("a", "RE", 2026, 99),
		archive.NumberKey("a", "RE", 2026, 1):     "",
		archive.ProfileKey("a", 10):               archive.ProfileKey("a", 9),
		archive.RequestKey("a", "0f", 3):          archive.RequestKey("a", "0f", 2),
		archive.KeyName("a", "n", 2):              archive.KeyName("a", "n", 1),
		archive.SealKey("a", "2026-11-23"):        "",
		archive.RecentKey("a", "x", time.Time{}):  "",
		archive.FileKey("a", "x", "12345678", ""): "",
		archive.KeysNamed:                         "",
		"12345678":                                "12345677",
	} {
		if got, ok := archive.Below(key); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestFileSum(t *testing.T) {
	sum := strings.Repeat("0123456789abcdef", 4)
	if got, ok := archive.FileSum(archive.FileKey("a", "x", sum, "avv.pdf")); !ok || got != sum[:16] {
		t.Error(got, ok)
	}
	for _, key := range []string{archive.FileKey("a", "x", "12", "avv.pdf"), archive.EventKey("a", "x", 1), "t/a/f/x", archive.BackupNew("r", 1)} {
		if _, ok := archive.FileSum(key); ok {
			t.Error(key, "taken for a file")
		}
	}
}
