package engagement

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// logoBody is a profile of nothing but a logo.
func logoBody(logo string) []byte { return []byte(`{"look":{"logo":"` + logo + `"}}`) }

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// blank is a black PNG of a size.
func blank(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every kind of PNG and JPEG that programs write is taken; that each can be embedded is a test of the whole program.
func TestLogos(t *testing.T) {
	files, err := filepath.Glob("testdata/images/*")
	if err != nil || len(files) < 13 {
		t.Fatalf("%d images, %v", len(files), err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := DecodeProfile(bytes.NewReader(logoBody(b64(b))))
		if err != nil || !bytes.Equal(p.Look.Logo, b) {
			t.Errorf("%s: %v", f, err)
		}
		if got := profileFaults(t, logoBody(b64(b[:len(b)*2/3]))); !slices.Equal(got, []string{"/look/logo image"}) {
			t.Errorf("%s, cut off: %q", f, got)
		}
	}
}

func TestLogoSpellings(t *testing.T) {
	want := blank(t, 3, 1)
	text := b64(want)
	wrapped := text[:40] + `\n` + text[40:70] + `\r\n ` + text[70:] + `\n`
	for _, logo := range []string{text, strings.TrimRight(text, "="), "data:image/png;base64," + text, "data:image/jpeg;base64," + wrapped, wrapped} {
		p, err := DecodeProfile(bytes.NewReader(logoBody(logo)))
		if err != nil || !bytes.Equal(p.Look.Logo, want) {
			t.Errorf("%s: %v", logo, err)
			continue
		}
		if again, err := RestoreProfile(p.Canonical); err != nil || !bytes.Equal(again.Look.Logo, want) {
			t.Errorf("%s does not come back: %v", logo, err)
		}
	}
}

func TestLogoFaults(t *testing.T) {
	broken := bytes.Replace(blank(t, 3, 1), []byte("IDAT"), []byte("IDAX"), 1)
	for name, c := range map[string]struct{ logo, want string }{
		"no base64":      {"Kein Bild!", "base64"},
		"an address":     {"https://example.de/logo.png", "base64"},
		"a text":         {"TG9nbw==", "image"},
		"GIF":            {b64([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")), "image"},
		"SVG":            {"data:image/svg+xml;base64," + b64([]byte("<svg/>")), "image"},
		"SVG as text":    {"data:image/svg+xml;utf8,<svg/>", "base64"},
		"only the type":  {"data:image/png;base64,", "base64"},
		"broken":         {b64(broken), "image"},
		"JPEG's start":   {b64([]byte("\xff\xd8\xff\xe0")), "image"},
		"wide":           {b64(blank(t, 4001, 1)), "image_size"},
		"high":           {b64(blank(t, 1, 4001)), "image_size"},
		"many pixels":    {b64(blank(t, 4000, 2001)), "image_size"},
		"largest":        {b64(blank(t, 4000, 2000)), ""},
		"1 MiB":          {b64(append(blank(t, 1, 1), make([]byte, 1<<20)...)[:1<<20]), ""},
		"more than that": {b64(append(blank(t, 1, 1), make([]byte, 1<<20)...)[:1<<20+1]), "image_size"},
	} {
		var want []string
		if c.want != "" {
			want = []string{"/look/logo " + c.want}
		}
		if got := profileFaults(t, logoBody(c.logo)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
