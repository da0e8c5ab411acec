package pdf

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"errors"
	"image"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/layout"
)

func TestNumbers(t *testing.T) {
	for want, u := range map[string]layout.Unit{
		"0": 0, "1": 1000, "-14": -14_000, "0.001": 1, "-0.5": -500, "595.276": 595_276, "12.04": 12_040, "-2147483.648": -1 << 31,
	} {
		if got := string(appendUnit(nil, u)); got != want {
			t.Errorf("%d: %s, want %s", u, got, want)
		}
	}
	if got := string(appendMillionths(nil, -2_040_816)); got != "-2.040816" {
		t.Error(got)
	}
}

func TestStrings(t *testing.T) {
	for _, c := range [...]struct{ in, want string }{
		{"", "()"},
		{`a(b)\`, `(a\(b\)\\)`},
		{"Grüße § ß", "(Gr\xfc\xdfe \xa7 \xdf)"},
		{"10\u00a0€", "<FEFF0031003000A020AC>"},
		{"𝄞", "<FEFFD834DD1E>"},
		{"a\rb", "<FEFF0061000D0062>"},
		{"\u00ad", "<FEFF00AD>"},
	} {
		if got := string(appendText(nil, c.in)); got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
	if got := string(appendLiteral(nil, "(\r\n)")); got != "(\\(\\r\n\\))" {
		t.Errorf("%q", got)
	}
	if got := string(appendName(nil, "text/x ä")); got != "/text#2Fx#20#C3#A4" {
		t.Error(got)
	}
	if got := string(appendXML(nil, "<a & \x00\x0c\ufffe>")); got != "&lt;a &amp;    &gt;" {
		t.Errorf("%q", got)
	}
	if got := string(appendDate(nil, date.Date{Year: 987, Month: 1, Day: 2})); got != "(D:09870102000000Z)" {
		t.Error(got)
	}
}

// TestDeflate: the deflater gives back what it got, a reused one the bytes of a fresh one, for the corpus that goes through it.
func TestDeflate(t *testing.T) {
	used := newDeflater()
	for _, data := range [][]byte{[]byte(law), nil, bytes.Repeat([]byte("a"), 100_000), sRGB(), []byte("x")} {
		fresh := newDeflater()
		want, err1 := fresh.deflate(data)
		got, err2 := used.deflate(data)
		if err := errors.Join(err1, err2); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes: reused gives %d, fresh %d, %v", len(data), len(got), len(want), err)
		}
		r, err := zlib.NewReader(bytes.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, data) {
			t.Errorf("%d bytes came back as %d, %v", len(data), len(back), err)
		}
	}
}

// TestPixels: the kinds of pixels that files have, with and without colour and alpha.
func TestPixels(t *testing.T) {
	r := image.Rect(0, 0, 2, 1)
	red, grey, clear := color.NRGBA{200, 10, 20, 255}, color.NRGBA{90, 90, 90, 255}, color.NRGBA{90, 90, 90, 7}
	nrgba := image.NewNRGBA(r)
	nrgba.SetNRGBA(0, 0, red)
	paletted := image.NewPaletted(r, color.Palette{grey, clear})
	paletted.SetColorIndex(1, 0, 1)
	cmyk := image.NewCMYK(r)
	cmyk.SetCMYK(0, 0, color.CMYK{C: 255})
	for _, c := range [...]struct {
		name  string
		m     image.Image
		space string
		data  []byte
		mask  []byte
	}{
		{"colour and alpha", nrgba, "/DeviceRGB", []byte{200, 10, 20, 0, 0, 0}, []byte{255, 0}},
		{"palette", paletted, "/DeviceGray", []byte{90, 90}, []byte{255, 7}},
		{"CMYK", cmyk, "/DeviceRGB", []byte{0, 255, 255, 255, 255, 255}, nil},
		{"grey", image.NewGray(r), "/DeviceGray", []byte{0, 0}, nil},
	} {
		p, err := pixelPart(c.m)
		if err != nil || !strings.Contains(p.dict, "/ColorSpace "+c.space+" ") || !bytes.Equal(inflated(t, p.data), c.data) {
			t.Errorf("%s: %s %v %v", c.name, p.dict, inflated(t, p.data), err)
		}
		if (p.mask != nil) != (c.mask != nil) || p.mask != nil && !bytes.Equal(inflated(t, p.mask.data), c.mask) {
			t.Errorf("%s: mask %v", c.name, p.mask)
		}
	}
}

func inflated(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestImageCache: an image is made once, and too many do not fill the memory.
func TestImageCache(t *testing.T) {
	m := &content.Image{PNG: logo(t)}
	first, err1 := imageOf(m)
	second, err2 := imageOf(m)
	if err1 != nil || err2 != nil || first != second {
		t.Errorf("%p %v, %p %v", first, err1, second, err2)
	}
	if images.Lock(); len(images.parts) > cachedImages {
		t.Errorf("%d images kept", len(images.parts))
	}
	images.Unlock()
}

func TestModules(t *testing.T) {
	got := string(appendModules(nil, []bool{true, true, false, true}, 3))
	if got != "0 3 2 1 re\n3 3 1 1 re\n" {
		t.Errorf("%q", got)
	}
}

// TestPlant: bookmarks whose levels skip and come back.
func TestPlant(t *testing.T) {
	var outline []layout.Bookmark
	for _, level := range [...]int{2, 3, 1, 3, 2, 1} {
		outline = append(outline, layout.Bookmark{Level: level})
	}
	var parents []int
	marks := plant(nil, outline)
	for i := range outline {
		parents = append(parents, marks[i].parent)
	}
	if want := [...]int{6, 0, 6, 2, 2, 6}; [6]int(parents) != want {
		t.Errorf("parents %v, want %v", parents, want)
	}
	if root := marks[6]; root.first != 0 || root.last != 5 || root.count != 3 || marks[2].next != 5 || marks[5].prev != 2 {
		t.Errorf("%+v", marks)
	}
}

// TestGroups: keys below zero are left out, order is kept.
func TestGroups(t *testing.T) {
	var g groups
	for range 2 { // the second time in used memory
		g.group(3, []int32{2, 0, -1, 2, 0})
		for k, want := range [...][]int32{{1, 4}, {}, {0, 3}} {
			if got := g.of(k); !slices.Equal(got, want) {
				t.Errorf("%d: %v, want %v", k, got, want)
			}
		}
	}
}

// FuzzText: whatever a text holds, the file stays whole and says it.
func FuzzText(f *testing.F) {
	f.Add("Müller & Söhne (*x*) <b> {{.}}")
	f.Add("\\)\r\n\x00\xff")
	f.Add("𝄞 € \u00ad\ufeff")
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || s == "a" {
			return
		}
		st := newSetter(t)
		d := st.doc
		d.Meta.Title, d.Meta.Author, d.Meta.Subject = s, s, s
		n := st.node(0, layout.Node{Role: layout.RoleFigure, Alt: s, ID: s, BBox: layout.Box{W: 1, H: 1}})
		link := st.role(n, layout.RoleLink)
		d.Dests = []layout.Dest{{Name: s}, {Name: "a"}}
		d.Outline = []layout.Bookmark{{Title: s, Level: 1, Dest: s}}
		st.page().Annots = []layout.Annot{{Node: link, URI: s, Label: s}, {Node: link, Dest: s}, {Node: link, Kind: layout.AnnotSignature, Field: s, Label: s}}
		b, err := Bytes(d, Attachment{Name: s, MediaType: s, Description: s, Bytes: []byte(s)})
		if err != nil {
			t.Fatal(err)
		}
		r := readTree(t, b)
		want := strings.ToValidUTF8(s, "\ufffd")
		if len([]rune(s)) != len([]rune(want)) { // ToValidUTF8 joins neighbouring bytes, a string's runes do not
			want = string([]rune(s))
		}
		if got := decode(r.f.dict(r.f.trailer["Info"])["Title"]); got != want {
			t.Errorf("title %q, want %q", got, want)
		}
		if !strings.HasPrefix(string(r.f.get(r.f.root()["Metadata"]).(stream).data), "<?xpacket") {
			t.Error("metadata")
		}
	})
}

// TestDump writes the sample documents, into the directory PDF_DUMP when validators and eyes are to see them.
func TestDump(t *testing.T) {
	dir := cmp.Or(os.Getenv("PDF_DUMP"), t.TempDir())
	for name, d := range map[string]*layout.Document{"kinds": everything(t), "contract": contract(t, 1), "long": contract(t, 20)} {
		for suffix, files := range map[string][]Attachment{"": nil, "-files": invoice} {
			b, err := Bytes(d, files...)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(dir+"/"+name+suffix+".pdf", b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
