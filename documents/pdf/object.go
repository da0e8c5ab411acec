package pdf

import (
	"strconv"
	"unicode/utf16"

	"auftragsmappe/documents/layout"
)

// objects is a PDF file under construction: its bytes and where each object starts.
type objects struct {
	b       []byte
	offsets []int // by object number; 0 = not written
}

func (o *objects) reset() {
	o.b = o.b[:0]
	o.offsets = append(o.offsets[:0], 0)
}

// reserve gives the first of n new object numbers in a row.
func (o *objects) reserve(n int) int {
	first := len(o.offsets)
	for range n {
		o.offsets = append(o.offsets, 0)
	}
	return first
}

func (o *objects) begin(n int) {
	o.offsets[n] = len(o.b)
	o.int(n)
	o.str(" 0 obj\n")
}

func (o *objects) end() { o.str("\nendobj\n") }

func (o *objects) str(s string) { o.b = append(o.b, s...) }

func (o *objects) int(n int) { o.b = strconv.AppendInt(o.b, int64(n), 10) }

// ref writes a reference to object n.
func (o *objects) ref(n int) {
	o.int(n)
	o.str(" 0 R")
}

// entry writes a key with a reference as value.
func (o *objects) entry(key string, n int) {
	o.str(key)
	o.b = append(o.b, ' ')
	o.ref(n)
}

// text writes a key with a text string as value, or nothing for the empty string.
func (o *objects) text(key, s string) {
	if s == "" {
		return
	}
	o.str(key)
	o.b = append(o.b, ' ')
	o.b = appendText(o.b, s)
}

// stream writes the rest of a stream object; dict is the inside of its dictionary without Length.
func (o *objects) stream(dict string, data []byte) {
	o.str("<<")
	o.str(dict)
	o.data(data)
}

// data ends a stream object whose dictionary is open.
func (o *objects) data(data []byte) {
	o.str("/Length ")
	o.int(len(data))
	o.str(">>\nstream\n")
	o.b = append(o.b, data...)
	o.str("\nendstream")
	o.end()
}

// rect writes a rectangle of a page of the given height as an array, upside up.
func (o *objects) rect(r layout.Box, height layout.Unit) {
	o.b = append(o.b, '[')
	o.b = appendUnit(o.b, r.X)
	o.b = append(o.b, ' ')
	o.b = appendUnit(o.b, height-r.Y-r.H)
	o.b = append(o.b, ' ')
	o.b = appendUnit(o.b, r.X+r.W)
	o.b = append(o.b, ' ')
	o.b = appendUnit(o.b, height-r.Y)
	o.b = append(o.b, ']')
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

// appendUnit writes 1/1000 as a decimal number without trailing zeros.
func appendUnit(b []byte, u layout.Unit) []byte { return appendDecimal(b, int64(u), 1000) }

// appendMillionths is appendUnit for finer scales.
func appendMillionths(b []byte, n int64) []byte { return appendDecimal(b, n, 1_000_000) }

// appendDecimal writes n/one, where one is a power of ten.
func appendDecimal(b []byte, n, one int64) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/one, 10)
	if n %= one; n == 0 {
		return b
	}
	b = append(b, '.')
	for n > 0 {
		one /= 10
		b = append(b, byte('0'+n/one))
		n %= one
	}
	return b
}

// appendLiteral writes bytes as a literal string (ISO 32000-1 7.3.4.2).
func appendLiteral(b []byte, s string) []byte {
	b = append(b, '(')
	for i := range len(s) {
		b = appendEscaped(b, s[i])
	}
	return append(b, ')')
}

func appendEscaped(b []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(b, '\\', c)
	case '\r': // a bare carriage return would be read as a line feed
		return append(b, '\\', 'r')
	}
	return append(b, c)
}

// appendText writes a text string: PDFDocEncoding where it says the same as Latin-1, else UTF-16BE (ISO 32000-1 7.9.2.2).
func appendText(b []byte, s string) []byte {
	if !isLatin(s) {
		return appendUTF16(b, s)
	}
	b = append(b, '(')
	for _, r := range s {
		b = appendEscaped(b, byte(r))
	}
	return append(b, ')')
}

// isLatin says that every character has the same code in PDFDocEncoding and Latin-1.
func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x20 && r <= 0x7e || r == '\n' || r > 0xa0 && r <= 0xff && r != 0xad {
			continue
		}
		return false
	}
	return true
}

const hexDigits = "0123456789ABCDEF"

// appendUTF16 writes a text string as hexadecimal UTF-16BE with a byte order mark.
func appendUTF16(b []byte, s string) []byte {
	b = append(b, "<FEFF"...)
	b = appendHex16(b, s)
	return append(b, '>')
}

func appendHex16(b []byte, s string) []byte {
	for _, r := range s {
		if hi, lo := utf16.EncodeRune(r); hi != 0xfffd {
			b = appendHex(b, uint16(hi))
			b = appendHex(b, uint16(lo))
			continue
		}
		b = appendHex(b, uint16(r))
	}
	return b
}

func appendHex(b []byte, u uint16) []byte {
	return append(b, hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
}

// appendName writes a name object; what is not a letter, digit, point, hyphen or underscore is escaped.
func appendName(b []byte, s string) []byte {
	b = append(b, '/')
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '.' || c == '-' || c == '_' {
			b = append(b, c)
			continue
		}
		b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
	}
	return b
}
