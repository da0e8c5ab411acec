package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strconv"
	"sync"

	"auftragsmappe/documents/content"
)

const (
	maxPixels     = 8_000_000 // of an image: far more than a page needs, far less than memory
	cachedImages  = 32        // images kept ready between documents
	cachedMaximum = 1 << 20   // bytes of an image that is kept
)

// imagePart is an image as it stands in every file that uses it. Made once, then only read.
type imagePart struct {
	dict string // inside of the dictionary, without SMask
	data []byte
	mask *imagePart // alpha channel, or nil
}

// images keeps the logo of a tenant ready: a set of documents needs it six times.
var images struct {
	sync.Mutex
	parts map[[sha256.Size]byte]*imagePart
}

// imageOf gives the part for an image.
func imageOf(m *content.Image) (*imagePart, error) {
	source := m.PNG
	if len(source) == 0 {
		source = m.JPEG
	}
	sum := sha256.Sum256(source)
	images.Lock()
	p := images.parts[sum]
	images.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := newImagePart(m)
	if err != nil || len(p.data) > cachedMaximum {
		return p, err
	}
	images.Lock()
	defer images.Unlock()
	if images.parts == nil || len(images.parts) >= cachedImages {
		images.parts = make(map[[sha256.Size]byte]*imagePart)
	}
	images.parts[sum] = p
	return p, nil
}

func newImagePart(m *content.Image) (*imagePart, error) {
	if len(m.PNG) > 0 {
		return pngPart(m.PNG)
	}
	return jpegPart(m.JPEG)
}

func pngPart(b []byte) (*imagePart, error) {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width*c.Height > maxPixels {
		return nil, imageError(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, imageError(err)
	}
	return pixelPart(m)
}

// jpegPart takes the file as it is, when its colours are grey or RGB; other colours have no place
// beside an sRGB output intent (ISO 19005-3 6.2.4.3) and are converted.
func jpegPart(b []byte) (*imagePart, error) {
	c, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width*c.Height > maxPixels {
		return nil, imageError(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(b)) // also of one taken as it is: a broken one is found here
	if err != nil {
		return nil, imageError(err)
	}
	switch c.ColorModel {
	case color.GrayModel:
		return &imagePart{dict: imageDict(m.Bounds(), "/DeviceGray", "/DCTDecode"), data: bytes.Clone(b)}, nil
	case color.YCbCrModel, color.RGBAModel:
		return &imagePart{dict: imageDict(m.Bounds(), "/DeviceRGB", "/DCTDecode"), data: bytes.Clone(b)}, nil
	}
	return pixelPart(m)
}

func imageError(err error) error {
	if err == nil {
		return fmt.Errorf("%w: too many pixels", ErrImage)
	}
	return fmt.Errorf("%w: %w", ErrImage, err)
}

func imageDict(r image.Rectangle, space, filter string) string {
	return "/Type /XObject /Subtype /Image /BitsPerComponent 8 /Width " + strconv.Itoa(r.Dx()) +
		" /Height " + strconv.Itoa(r.Dy()) + " /ColorSpace " + space + " /Filter " + filter + " "
}

// pixelPart splits pixels into colour, or grey when there is no other, and alpha, when there is some.
func pixelPart(m image.Image) (*imagePart, error) {
	r := m.Bounds()
	n := r.Dx() * r.Dy()
	rgb, grey, alpha := make([]byte, 0, 3*n), make([]byte, 0, n), make([]byte, 0, n)
	opaque, isGrey := true, true
	at := pixels(m)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(x, y)
			rgb, grey, alpha = append(rgb, c.R, c.G, c.B), append(grey, c.R), append(alpha, c.A)
			opaque = opaque && c.A == 0xff
			isGrey = isGrey && c.R == c.G && c.G == c.B
		}
	}
	p, err := flatePart(r, "/DeviceRGB", rgb)
	if isGrey {
		p, err = flatePart(r, "/DeviceGray", grey)
	}
	if err == nil && !opaque {
		p.mask, err = flatePart(r, "/DeviceGray", alpha)
	}
	return p, err
}

// pixels reads pixels without an allocation for each, for the kinds that files usually have.
func pixels(m image.Image) func(x, y int) color.NRGBA {
	switch m := m.(type) {
	case *image.NRGBA:
		return m.NRGBAAt
	case *image.Paletted:
		var palette [256]color.NRGBA
		for i, c := range m.Palette {
			palette[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		return func(x, y int) color.NRGBA { return palette[m.ColorIndexAt(x, y)] }
	}
	return func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA) }
}

func flatePart(r image.Rectangle, space string, data []byte) (*imagePart, error) {
	z, err := deflated(data)
	return &imagePart{dict: imageDict(r, space, "/FlateDecode"), data: z}, err
}

// writeImages writes the images that pages show, equal ones once.
func (f *finisher) writeImages() error {
	f.images, f.imageParts = f.images[:0], f.imageParts[:0]
	for i, used := range f.painter.images {
		f.images, f.imageParts = append(f.images, 0), append(f.imageParts, nil)
		if !used {
			continue
		}
		p, err := imageOf(&f.doc.Images[i])
		if err != nil {
			return err
		}
		for j := range i {
			if f.imageParts[j] == p {
				f.images[i] = f.images[j]
			}
		}
		if f.images[i] == 0 {
			f.images[i] = f.writeImage(p)
		}
		f.imageParts[i] = p
	}
	return nil
}

func (f *finisher) writeImage(p *imagePart) int {
	o := &f.out
	n := o.reserve(1)
	dict := p.dict
	if p.mask != nil {
		dict += "/SMask " + strconv.Itoa(f.writeImage(p.mask)) + " 0 R "
	}
	o.begin(n)
	o.stream(dict, p.data)
	return n
}
