package fonts

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestMissing(t *testing.T) {
	tests := []struct {
		in, cluster string
		at          int
	}{
		{"", "", 0},
		{"Straße 5, Größe ½ – „ja“\tx\r\nGeschäfts\u00adführung", "", 0},
		{"Đặng M\u0306 k\u035fh", "", 0},
		{"Grüße 😀!", "😀", 6},
		{"ok 👩🏽\u200d💻 nein", "👩🏽\u200d💻", 3},
		{"🇩🇪🇦🇹", "🇩🇪", 0},
		{"x\u0300y", "x\u0300", 0},
		{"abx\u0300\u0301\u0323y", "x\u0300\u0301\u0323", 2},
		{"M\u0306\u0301", "M\u0306\u0301", 0},
		{"k\u035f", "k\u035f", 0},
		{"k\u035fh\u0301", "k\u035fh\u0301", 0},
		{"☑\ufe0f", "☑\ufe0f", 0},
		{"1\ufe0f\u20e3", "1\ufe0f\u20e3", 0},
		{"k\u035fha 中文", "中", 5},
		{"\u0301", "", 0},
		{"a \u0301", "", 0},
		{"a\x01", "\x01", 1},
		{"a\u200bb", "\u200b", 1},
	}
	for _, test := range tests {
		cluster, at := Missing(test.in)
		if cluster != test.cluster || at != test.at {
			t.Errorf("Missing(%+q) = %+q, %d, want %+q, %d", test.in, cluster, at, test.cluster, test.at)
		}
	}
}

func TestMissingCoversTheNorm(t *testing.T) {
	entries := din(t)
	for _, entry := range entries {
		if cluster, _ := Missing(entry); cluster != "" {
			t.Errorf("%q is missing", cluster)
		}
	}
	letters := entries[:0:0]
	for _, entry := range entries {
		if r, _ := utf8.DecodeRuneInString(entry); !unicode.Is(unicode.Mn, r) {
			letters = append(letters, entry)
		}
	}
	if cluster, at := Missing(strings.Join(letters, "")); cluster != "" {
		t.Errorf("in a row: %q at %d is missing", cluster, at)
	}
}
