package engagement

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"regexp"
	"strings"
)

// The limits of a logo.
const (
	maxLogoBytes  = 1 << 20
	maxLogoSide   = 4000      // pixels
	maxLogoPixels = 8_000_000 // what package pdf embeds
)

const (
	logoPointer  = "/look/logo"
	colorPointer = "/look/accent_color"
)

// imageFormats are the formats that package pdf embeds, by how a file begins. It converts what PDF/A does not have
// (CMYK, 16 bits, interlacing), so whatever these decoders read can be embedded.
var imageFormats = []struct {
	begins, name string
	config       func(io.Reader) (image.Config, error)
	decode       func(io.Reader) (image.Image, error)
}{
	{"\x89PNG\r\n\x1a\n", "PNG", png.DecodeConfig, png.Decode},
	{"\xff\xd8\xff", "JPEG", jpeg.DecodeConfig, jpeg.Decode},
}

var colorForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// bindLogo reads base64, also as a data URL, with or without padding and line breaks.
func (r *report) bindLogo(text string) []byte {
	if text == "" || r.bad[logoPointer] {
		return nil
	}
	if strings.HasPrefix(text, "data:") {
		_, text, _ = strings.Cut(text, ",")
	}
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	b, err := base64.RawStdEncoding.DecodeString(text)
	switch {
	case err != nil || len(b) == 0:
		r.fault(logoPointer, "base64", "ist nicht base64-kodiert. Bitte senden Sie die Bilddatei als base64-Text, auch in der Form data:image/png;base64,….")
		return nil
	case len(b) > maxLogoBytes:
		r.fault(logoPointer, "image_size", "ist größer als 1 MiB. Bitte verkleinern Sie das Bild; 1.000 Pixel Breite genügen.")
		return nil
	}
	return b
}

func (r *report) bindColor(s string) string {
	if s = strings.ToLower(s); s != "" && !colorForm.MatchString(s) {
		r.fault(colorPointer, "color", "ist keine Farbe: "+quote(s)+". Bitte schreiben Sie sie wie #1f3a5f.")
		return ""
	}
	return s
}

// checkImage notes what would keep a logo from being embedded: all of it is decoded once.
func (r *report) checkImage(b []byte) {
	if len(b) == 0 {
		return
	}
	for _, f := range imageFormats {
		if !bytes.HasPrefix(b, []byte(f.begins)) {
			continue
		}
		c, err := f.config(bytes.NewReader(b))
		if err == nil && (max(c.Width, c.Height) > maxLogoSide || c.Width*c.Height > maxLogoPixels) {
			r.fault(logoPointer, "image_size", fmt.Sprintf(
				"hat %d × %d Pixel; möglich sind 4.000 je Seite und zusammen 8 Millionen. Bitte verkleinern Sie das Bild; 1.000 Pixel Breite genügen.", c.Width, c.Height))
			return
		}
		if err == nil {
			_, err = f.decode(bytes.NewReader(b))
		}
		if err != nil || c.Width < 1 || c.Height < 1 {
			r.fault(logoPointer, "image", "lässt sich nicht als "+f.name+" lesen: Die Datei ist beschädigt oder von einer seltenen Art. Bitte speichern Sie das Bild neu, am besten als PNG.")
		}
		return
	}
	r.fault(logoPointer, "image", "ist weder PNG noch JPEG. Bitte speichern Sie das Bild in einem dieser Formate.")
}
