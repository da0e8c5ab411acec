package fonts

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// din reads the entries of DIN 91379 from the list's own text.
func din(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("din91379.txt")
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for line := range strings.Lines(string(data)) {
		if line[0] == '#' {
			continue
		}
		points, _, _ := strings.Cut(line, "\t")
		var entry []rune
		for point := range strings.FieldsSeq(points) {
			n, err := strconv.ParseUint(point, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			entry = append(entry, rune(n))
		}
		entries = append(entries, string(entry))
	}
	if len(entries) != 930 {
		t.Fatalf("%d entries, want 930", len(entries))
	}
	return entries
}

func TestEveryFaceShowsEveryEntryAsOneGlyph(t *testing.T) {
	entries := din(t)
	for f := range FaceCount {
		for _, entry := range entries {
			g, n := f.Lookup(entry)
			if strings.Contains("\t\n\r", entry) {
				if n != 0 {
					t.Errorf("face %d has a glyph for %q", f, entry)
				}
				continue
			}
			if n != len(entry) {
				t.Errorf("face %d: %q: %d of %d bytes", f, entry, n, len(entry))
			}
			if f.Advance(g) <= 0 {
				t.Errorf("face %d: %q has no width", f, entry)
			}
		}
	}
}

func TestOfficeCharacters(t *testing.T) {
	office := "…–—„“‚‘»«›‹'•·→€§☐☑✓−\u2010\u2011\u00a0\u202fẞ½¼¾⅓×≤≥≠≈°²³µ№′″"
	for f := range FaceCount {
		for _, r := range office {
			g, n := f.Lookup(string(r))
			if n != utf8.RuneLen(r) || f.Advance(g) <= 0 {
				t.Errorf("face %d: %U: %d bytes, advance %d", f, r, n, f.Advance(g))
			}
		}
	}
}

func TestPlane0IsWinAnsi(t *testing.T) {
	high := "€\x00‚ƒ„…†‡ˆ‰Š‹Œ\x00Ž\x00\x00‘’“”•–—˜™š›œ\x00žŸ"
	want := map[rune]int{}
	for i, r := range []rune(high) {
		if r != 0 {
			want[r] = 0x80 + i
		}
	}
	for code := 0x20; code < 0x100; code++ {
		if code < 0x7F || code > 0xA0 && code != 0xAD {
			want[rune(code)] = code
		}
	}
	for r, code := range want {
		if g, _ := Text.Lookup(string(r)); g != (Glyph{0, uint8(code)}) {
			t.Errorf("%q lies on %v, want code %#x", r, g, code)
		}
	}
	used := 0
	for _, text := range Text.Plane(0).Text {
		if text != "" {
			used++
		}
	}
	if used != len(want) {
		t.Errorf("plane 0 uses %d codes, want %d", used, len(want))
	}
}

func TestBlanksAndHyphens(t *testing.T) {
	for f := range FaceCount {
		for alias, of := range map[string]string{"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2010": "-", "\u2011": "-"} {
			got, _ := f.Lookup(alias)
			want, _ := f.Lookup(of)
			if got != want || f.Advance(got) != f.Advance(want) {
				t.Errorf("face %d: %U is shown by %v, want %v", f, []rune(alias)[0], got, want)
			}
		}
	}
}

func TestLookupTakesTheLongest(t *testing.T) {
	tests := map[string]string{
		"M\u0306rz":          "M\u0306",
		"k\u035fhan":         "k\u035fh",
		"K\u035fHAN":         "K\u035fH",
		"C\u0328\u0306a":     "C\u0328\u0306",
		"L\u0325\u0304":      "L\u0325\u0304",
		"L\u0325a":           "L\u0325",
		"Müller":             "M",
		"ê\u0323":            "ê",
		"Straße":             "S",
		"a":                  "a",
		"ạ\u0308x":           "ạ\u0308",
		"\u0301":             "\u0301",
		"\u00ad":             "",
		"\x80":               "",
		"":                   "",
		"中":                  "",
		"\x00":               "",
		"\U0001F600":         "",
		"\ufffd":             "",
		"x\u0300":            "x",
		"k\u035f":            "k",
		string(rune(0xFB01)): "\ufb01",
	}
	for s, want := range tests {
		if _, n := Text.Lookup(s); s[:n] != want {
			t.Errorf("Lookup(%+q) takes %+q, want %+q", s, s[:n], want)
		}
	}
}

func TestKerning(t *testing.T) {
	tests := []struct {
		face Face
		pair string
		want int
	}{
		{Text, "AV", -119},
		{Text, "To", -60},
		{Text, "V.", -137},
		{Text, "nn", 0},
		{Text, "11", 0},
		{Text, "1,", 0},
		{Text, "0⁄", 0},
		{Text, "Vě", -71},
		{TextItalic, "AV", -97},
		{TextSemibold, "AV", -114},
		{TextBold, "r.", -103},
		{TextBoldItalic, "Wa", -53},
		{Title, "To", -69},
		{Sans, "To", -66},
		{Sans, "AV", -14},
		{SansSemibold, "V.", -70},
	}
	for _, test := range tests {
		a, n := test.face.Lookup(test.pair)
		b, _ := test.face.Lookup(test.pair[n:])
		if got := test.face.Kern(a, b); got != test.want {
			t.Errorf("face %d: %s is kerned by %d, want %d", test.face, test.pair, got, test.want)
		}
	}
}

func TestComposedLettersAreKernedAsTheirBase(t *testing.T) {
	for f := range FaceCount {
		for composed, base := range map[string]string{"T\u0300": "T", "P\u0315": "P", "K\u0300": "K", "S\u031b\u0304": "S"} {
			c, _ := f.Lookup(composed)
			b, _ := f.Lookup(base)
			for _, right := range "aeou.,-AVT" {
				r, _ := f.Lookup(string(right))
				if got, want := f.Kern(c, r), f.Kern(b, r); got != want {
					t.Errorf("face %d: %+q before %c: %d, want %d", f, composed, right, got, want)
				}
			}
		}
		long, _ := f.Lookup("K\u035fh")
		for _, left := range "AVTfr" {
			l, _ := f.Lookup(string(left))
			k, _ := f.Lookup("K")
			if got, want := f.Kern(l, long), f.Kern(l, k); got != want {
				t.Errorf("face %d: %c before K͟h: %d, want %d", f, left, got, want)
			}
		}
	}
}

func TestDigitsAreOfOneWidthAndUnkerned(t *testing.T) {
	for f := range FaceCount {
		zero, _ := f.Lookup("0")
		for _, a := range "0123456789" {
			ga, _ := f.Lookup(string(a))
			if f.Advance(ga) != f.Advance(zero) {
				t.Errorf("face %d: %c is %d wide, 0 is %d", f, a, f.Advance(ga), f.Advance(zero))
			}
			for _, b := range "0123456789,." {
				gb, _ := f.Lookup(string(b))
				if f.Kern(ga, gb) != 0 || f.Kern(gb, ga) != 0 {
					t.Errorf("face %d: %c%c is kerned", f, a, b)
				}
			}
		}
	}
}

func TestTextsAreUniqueAndLeadBack(t *testing.T) {
	for f := range FaceCount {
		seen := map[string]Glyph{}
		for n := range uint8(f.Planes()) {
			p := f.Plane(n)
			for code, text := range p.Text {
				g := Glyph{n, uint8(code)}
				if text == "" {
					if p.Widths[code] != 0 {
						t.Errorf("face %d: %v has a width but no text", f, g)
					}
					continue
				}
				if old, twice := seen[text]; twice {
					t.Errorf("face %d: %q on %v and %v", f, text, old, g)
				}
				seen[text] = g
				got, size := f.Lookup(text)
				if got != g || size != len(text) {
					t.Errorf("face %d: %q leads to %v, want %v", f, text, got, g)
				}
				if int(p.Widths[code]) != f.Advance(g) {
					t.Errorf("face %d: %q: width %d, advance %d", f, text, p.Widths[code], f.Advance(g))
				}
				if code < p.FirstChar || code > p.LastChar {
					t.Errorf("face %d: %v outside %d…%d", f, g, p.FirstChar, p.LastChar)
				}
			}
		}
	}
}

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

func TestOutsideThePlanes(t *testing.T) {
	none := Glyph{200, 65}
	a, _ := Text.Lookup("A")
	if Text.Advance(none) != 0 || Text.Kern(none, a) != 0 || Text.Kern(a, none) != 0 || Text.Plane(200) != nil {
		t.Error("a plane that does not exist is not empty")
	}
}

func TestLookupAllocatesNothing(t *testing.T) {
	text := "Đặng k\u035fh Müller AV, M\u0306 Ṭ Ωмир"
	allocs := testing.AllocsPerRun(100, func() {
		for i := 0; i < len(text); {
			g, n := Text.Lookup(text[i:])
			_ = Text.Advance(g)
			i += n
		}
		Missing(text)
	})
	if allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func BenchmarkLookupAdvanceKern(b *testing.B) {
	text := strings.Repeat("Der Auftragnehmer erbringt die Leistungen für die Größe der Übersicht. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var last Glyph
		sum := 0
		for i := 0; i < len(text); {
			g, n := Text.Lookup(text[i:])
			sum += Text.Advance(g) + Text.Kern(last, g)
			last, i = g, i+n
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		parseCoverage(coverageData)
		open("x", textData)
	}
}
