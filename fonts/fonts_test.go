package fonts

import (
	"os"
	"strconv"
	"strings"
	"testing"
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
