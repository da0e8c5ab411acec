package documents

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/layout"
)

// Look is how a tenant's documents look.
type Look struct {
	Logo  *content.Image // nil = none
	Style layout.Style
}

// look is that of the issuer's options; what they do not say comes from a version of the tenant's stored profile.
func (is *Issuer) look(ctx context.Context, name string, version int) (Look, error) {
	l := is.wanted
	if version == 0 {
		return l, nil
	}
	p, err := is.profiles.Version(ctx, name, version)
	if err != nil {
		return l, fmt.Errorf("look of %s: %w", name, err)
	}
	if l.Logo == nil && len(p.Look.Logo) > 0 {
		l.Logo, err = Logo(p.Look.Logo)
	}
	if err == nil && l.Style.Accent == (layout.Color{}) && p.Look.AccentColor != "" {
		l.Style.Accent, err = Accent(p.Look.AccentColor)
	}
	if err != nil {
		return l, fmt.Errorf("look of %s: %w", name, err)
	}
	return l, nil
}

// Logo is the picture of a PNG or JPEG file; an error when it is neither.
func Logo(b []byte) (*content.Image, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n")):
		return &content.Image{PNG: b, Alt: "Logo"}, nil
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return &content.Image{JPEG: b, Alt: "Logo"}, nil
	}
	return nil, fmt.Errorf("logo: neither PNG nor JPEG")
}

// Accent reads a colour such as #1f3a5f; layout darkens one that would be hard to read.
func Accent(s string) (layout.Color, error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "#"))
	if err != nil || len(b) != 3 {
		return layout.Color{}, fmt.Errorf("accent colour: %q is not of the form #1f3a5f", s)
	}
	return layout.Color{R: b[0], G: b[1], B: b[2]}, nil
}
