package fonts

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// program inflates a plane's TrueType program.
func program(t *testing.T, p *Plane) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(p.Program))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) != p.Length1 {
		t.Errorf("%s: %d bytes, want %d", p.Name, len(data), p.Length1)
	}
	return data
}

// trueType reads just what a PDF reader needs of a program.
type trueType struct {
	data   []byte
	tables map[string][]byte
}

func parse(t *testing.T, p *Plane) *trueType {
	t.Helper()
	f := &trueType{data: program(t, p), tables: map[string][]byte{}}
	for i := range int(binary.BigEndian.Uint16(f.data[4:])) {
		record := f.data[12+i*16:]
		at, size := binary.BigEndian.Uint32(record[8:]), binary.BigEndian.Uint32(record[12:])
		f.tables[string(record[:4])] = f.data[at : at+size]
	}
	return f
}

func (f *trueType) u16(table string, at int) int {
	return int(binary.BigEndian.Uint16(f.tables[table][at:]))
}

func (f *trueType) i16(table string, at int) int { return int(int16(f.u16(table, at))) }

// advance reads hmtx.
func (f *trueType) advance(glyph int) int {
	return f.u16("hmtx", 4*min(glyph, f.u16("hhea", 34)-1))
}

// outlined says whether a glyph has an outline.
func (f *trueType) outlined(glyph int) bool {
	if f.u16("head", 50) == 0 {
		return f.u16("loca", 2*glyph) != f.u16("loca", 2*glyph+2)
	}
	loca := f.tables["loca"][4*glyph:]
	return binary.BigEndian.Uint32(loca) != binary.BigEndian.Uint32(loca[4:])
}

// glyph looks a character up in the cmap for platform 3, encoding 1, format 4; 0 = .notdef.
func (f *trueType) glyph(t *testing.T, r rune) int {
	t.Helper()
	cmap := f.tables["cmap"]
	for i := range f.u16("cmap", 2) {
		if f.u16("cmap", 4+8*i) != 3 || f.u16("cmap", 6+8*i) != 1 {
			continue
		}
		at := int(binary.BigEndian.Uint32(cmap[8+8*i:]))
		if f.u16("cmap", at) != 4 {
			t.Fatal("the cmap (3,1) is not of format 4")
		}
		return f.segment(at, int(r))
	}
	t.Fatal("no cmap (3,1)")
	return 0
}

func (f *trueType) segment(at, char int) int {
	twice := f.u16("cmap", at+6)
	for i := 0; i < twice; i += 2 {
		end := f.u16("cmap", at+14+i)
		start := f.u16("cmap", at+16+twice+i)
		if char > end || char < start {
			continue
		}
		delta := f.u16("cmap", at+16+2*twice+i)
		offsetAt := at + 16 + 3*twice + i
		if offset := f.u16("cmap", offsetAt); offset != 0 {
			return (f.u16("cmap", offsetAt+offset+2*(char-start)) + delta) & 0xFFFF
		}
		return (char + delta) & 0xFFFF
	}
	return 0
}

// winAnsi is the character of each code in WinAnsiEncoding, as plane 0 spells it.
func winAnsi(code int) rune {
	r, _ := utf8.DecodeRuneInString(Text.Plane(0).Text[code])
	return r
}

// TestProgramsAgreeWithPlanes holds what ISO 19005-3 6.2.11.5 and 6.2.11.6 ask of a nonsymbolic TrueType font.
func TestProgramsAgreeWithPlanes(t *testing.T) {
	for f := range FaceCount {
		for n := range uint8(f.Planes()) {
			p := f.Plane(n)
			tt := parse(t, p)
			if got := tt.u16("head", 18); got != 1000 {
				t.Errorf("%s: %d units per em", p.Name, got)
			}
			for i, want := range p.BBox {
				if got := tt.i16("head", 36+2*i); got != want {
					t.Errorf("%s: bounding box [%d] is %d, want %d", p.Name, i, want, got)
				}
			}
			if tt.i16("hhea", 4) != p.Ascent || tt.i16("hhea", 6) != p.Descent {
				t.Errorf("%s: ascent and descent differ from the program's", p.Name)
			}
			used := map[int]bool{}
			for code, text := range p.Text {
				if text != "" {
					checkGlyph(t, p, tt, code, used)
				}
			}
			if p.Flags&(1<<5) == 0 || p.Flags&(1<<2) != 0 {
				t.Errorf("%s: flags %b: not nonsymbolic", p.Name, p.Flags)
			}
		}
	}
}

func checkGlyph(t *testing.T, p *Plane, tt *trueType, code int, used map[int]bool) {
	t.Helper()
	glyph := tt.glyph(t, winAnsi(code))
	if glyph == 0 || used[glyph] {
		t.Errorf("%s: code %#x has glyph %d, which is none or used twice", p.Name, code, glyph)
	}
	used[glyph] = true
	if got := tt.advance(glyph); got != int(p.Widths[code]) {
		t.Errorf("%s: code %#x: hmtx %d, width %d", p.Name, code, got, p.Widths[code])
	}
	if blank := p.Text[code] == " "; tt.outlined(glyph) == blank {
		t.Errorf("%s: code %#x (%s): outlined is %v", p.Name, code, p.Text[code], !blank)
	}
}

func TestDescriptors(t *testing.T) {
	for f := range FaceCount {
		p, m := f.Plane(0), f.Metrics()
		italic := f == TextItalic || f == TextBoldItalic
		if italic != (p.ItalicAngle < 0) || italic != (p.Flags&(1<<6) != 0) {
			t.Errorf("%s: angle %d, flags %b", p.Name, p.ItalicAngle, p.Flags)
		}
		if sans := f == Sans || f == SansSemibold; sans != (p.Flags&(1<<1) == 0) {
			t.Errorf("%s: flags %b", p.Name, p.Flags)
		}
		if m.Ascent != p.Ascent || m.Descent != p.Descent || m.CapHeight != p.CapHeight {
			t.Errorf("%s: metrics %+v differ from the plane's", p.Name, m)
		}
		if m.Descent > -200 || m.XHeight < 450 || m.CapHeight < m.XHeight+100 || m.Ascent < m.CapHeight+100 {
			t.Errorf("%s: metrics %+v", p.Name, m)
		}
	}
	if Text.Plane(0).StemV >= TextSemibold.Plane(0).StemV || TextSemibold.Plane(0).StemV >= TextBold.Plane(0).StemV {
		t.Error("stems do not grow with the weight")
	}
}

func TestNoReservedNames(t *testing.T) {
	seen := map[string]bool{}
	for f := range FaceCount {
		for n := range uint8(f.Planes()) {
			p := f.Plane(n)
			if seen[p.Name] {
				t.Errorf("two planes are called %s", p.Name)
			}
			seen[p.Name] = true
			data := program(t, p)
			wide := bytes.ReplaceAll(data, []byte{0}, nil) // UTF-16BE names read as ASCII
			if !bytes.Contains(wide, []byte(p.Name)) {
				t.Errorf("%s: the program has another name", p.Name)
			}
			for _, word := range []string{"source", "noto", "adobe"} {
				if bytes.Contains(bytes.ToLower(wide), []byte(word)) || strings.Contains(strings.ToLower(p.Name), word) {
					t.Errorf("%s carries the reserved name %q", p.Name, word)
				}
			}
		}
	}
}

func TestLicencesAreHere(t *testing.T) {
	for name, holder := range map[string]string{
		"OFL-SourceSerif.txt": "Copyright 2014 - 2023 Adobe",
		"OFL-SourceSans.txt":  "Copyright 2010-2024 Adobe",
		"OFL-NotoSerif.txt":   "Copyright 2022 The Noto Project Authors",
		"OFL-NotoSans.txt":    "Copyright 2022 The Noto Project Authors",
	} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		for _, part := range []string{holder, "SIL OPEN FONT LICENSE Version 1.1"} {
			if !bytes.Contains(data, []byte(part)) {
				t.Errorf("%s lacks %q", name, part)
			}
		}
	}
}
