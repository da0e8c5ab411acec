package pdf

import "bytes"

// source reads what gofpdf wrote. Its files are regular: a classic cross-reference table at the end,
// page n (from 1) is object 1+2n, its contents the object after that.
type source struct {
	b    []byte
	xref int // offset of the first entry
}

var (
	startxref = []byte("startxref\n")
	xrefHead  = []byte("xref\n0 ")
	lengthKey = []byte(" 0 obj\n<</Length ")
	streamKey = []byte(">>\nstream\n")
	streamEnd = []byte("\nendstream\n")
)

const xrefEntry = 20 // bytes of an entry

func openSource(b []byte) (source, error) {
	s := source{b: b}
	at := bytes.LastIndex(b, startxref)
	if at < 0 {
		return s, errSource
	}
	start, _ := number(b[at+len(startxref):])
	if start >= len(b) || !bytes.HasPrefix(b[start:], xrefHead) {
		return s, errSource
	}
	line := bytes.IndexByte(b[start+len(xrefHead):], '\n')
	if line < 0 {
		return s, errSource
	}
	s.xref = start + len(xrefHead) + line + 1
	return s, nil
}

// contents gives the operators of a page (from 0).
func (s source) contents(page int) ([]byte, error) {
	entry := s.xref + (4+2*page)*xrefEntry
	if entry+xrefEntry > len(s.b) {
		return nil, errSource
	}
	at, digits := number(s.b[entry:])
	if digits != 10 || at >= len(s.b) {
		return nil, errSource
	}
	rest := s.b[at:]
	if _, digits = number(rest); !bytes.HasPrefix(rest[digits:], lengthKey) {
		return nil, errSource
	}
	rest = rest[digits+len(lengthKey):]
	length, digits := number(rest)
	if !bytes.HasPrefix(rest[digits:], streamKey) {
		return nil, errSource
	}
	rest = rest[digits+len(streamKey):]
	if length > len(rest) || !bytes.HasPrefix(rest[length:], streamEnd) {
		return nil, errSource
	}
	return rest[:length], nil
}

// number reads a decimal number and says how many digits it has.
func number(b []byte) (n, digits int) {
	for digits < len(b) && digits < 18 && b[digits] >= '0' && b[digits] <= '9' {
		n = 10*n + int(b[digits]-'0')
		digits++
	}
	return n, digits
}
