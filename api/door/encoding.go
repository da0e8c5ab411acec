package door

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// windows1252 are the characters of the bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252); the others are
// those of Latin-1.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

var windows1252Runes = []rune(windows1252)

// toUTF8 reads a body in the encoding that its mark, its charset or its bytes show: UTF-8, UTF-16 or Windows-1252.
func toUTF8(b []byte, charset string) []byte {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return fromUTF16(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return fromUTF16(b[2:], binary.BigEndian)
	case alternate(b, 1), charset == "utf-16le":
		return fromUTF16(b, binary.LittleEndian)
	case alternate(b, 0), charset == "utf-16be":
		return fromUTF16(b, binary.BigEndian)
	}
	if utf8.Valid(b) {
		return b
	}
	return fromWindows1252(b)
}

// alternate says that the bytes at the odd (1) or even (0) places of the start are zero, as in UTF-16 without a mark.
func alternate(b []byte, place int) bool {
	const looked = 8
	if len(b) < looked {
		return false
	}
	for i := 0; i < looked; i += 2 {
		if b[i+place] != 0 || b[i+1-place] == 0 {
			return false
		}
	}
	return true
}

func fromUTF16(b []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

func fromWindows1252(b []byte) []byte {
	const first, last = 0x80, 0x9F
	var out strings.Builder
	out.Grow(len(b) + len(b)/8)
	for _, c := range b {
		if c >= first && c <= last {
			out.WriteRune(windows1252Runes[c-first])
			continue
		}
		out.WriteRune(rune(c))
	}
	return []byte(out.String())
}

// valueUTF8 is a value of a form, whose bytes may be those of another encoding than the form's.
func valueUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string(fromWindows1252([]byte(s)))
}
