package fonts

import "testing"

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
