package pdf

import (
	"encoding/binary"
	"sync"
	"unicode/utf16"
)

// fixed is an s15Fixed16Number of ISO 15076-1: 1/65536.
type fixed int32

// The primaries of IEC 61966-2-1 (sRGB), adapted to D50 with the Bradford matrix; computed exactly and rounded once.
var (
	whiteD50   = []fixed{63190, 65536, 54061}
	primaryR   = []fixed{28576, 14581, 912}
	primaryG   = []fixed{25239, 46983, 6361}
	primaryB   = []fixed{9375, 3972, 46788}
	adaptation = []fixed{68674, 1502, -3291, 1939, 64912, -1119, -606, 988, 49262}
	curve      = []fixed{157286, 62119, 3417, 5072, 2651} // g a b c d of ((a·x+b)^g, c·x below d)
)

// iccTag is a tag of a profile; a tag without data shares the data of the one before.
type iccTag struct {
	name string
	data []byte
}

// profile is the deflated sRGB profile for the output intent (ISO 19005-3 6.2.3), written by ourselves.
var profile = sync.OnceValues(func() ([]byte, error) { return deflated(sRGB()) })

// sRGB is an ICC version 4.2 display profile (ISO 15076-1): matrix and one parametric curve.
func sRGB() []byte {
	tags := []iccTag{
		{"desc", iccText("sRGB IEC61966-2-1")},
		{"cprt", iccText("No copyright, use freely")},
		{"wtpt", iccNumbers("XYZ ", whiteD50)},
		{"chad", iccNumbers("sf32", adaptation)},
		{"rXYZ", iccNumbers("XYZ ", primaryR)},
		{"gXYZ", iccNumbers("XYZ ", primaryG)},
		{"bXYZ", iccNumbers("XYZ ", primaryB)},
		{"rTRC", iccCurve()},
		{"gTRC", nil},
		{"bTRC", nil},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	base := 128 + 4 + 12*len(tags)
	at, size := 0, 0
	for _, t := range tags {
		if t.data != nil {
			at, size = base+len(data), len(t.data)
			data = append(data, t.data...)
			data = append(data, make([]byte, (4-len(data)%4)%4)...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	return append(append(iccHeader(base+len(data)), table...), data...)
}

func iccHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	copy(h[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	copy(h[24:], "\x07\xea\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp") // 2026-01-01
	for i, f := range whiteD50 {
		binary.BigEndian.PutUint32(h[68+4*i:], uint32(f))
	}
	return h
}

func iccNumbers(kind string, numbers []fixed) []byte {
	b := append([]byte(kind), 0, 0, 0, 0)
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func iccCurve() []byte {
	b := append([]byte("para"), 0, 0, 0, 0, 0, 3, 0, 0)
	return append(b, iccNumbers("", curve)[4:]...)
}

func iccText(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := append([]byte("mluc"), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, 'e', 'n', 'U', 'S')
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(units)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for _, u := range units {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}
