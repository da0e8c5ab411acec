package main

import (
	"flag"
	"fmt"
	"os"

	"auftragsmappe/documents"
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/layout"
)

// maxLogo bounds a logo's file.
const maxLogo = 1 << 20

// lookFlags are how render and preview are told the look: a logo and an accent colour.
func lookFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.logo, "logo", "", "Logo als PNG oder JPEG")
	f.StringVar(&c.accent, "accent", "", "Akzentfarbe, zum Beispiel #1f3a5f")
}

// look reads the logo and the accent colour; without them it is nil and the zero colour.
func (c *call) look() (*content.Image, layout.Style, error) {
	style, err := accent(c.accent)
	if err != nil || c.logo == "" {
		return nil, style, err
	}
	b, err := os.ReadFile(c.logo)
	if err != nil {
		return nil, style, usageError{fmt.Sprintf("Das Logo „%s“ lässt sich nicht lesen: %v", c.logo, err)}
	}
	if len(b) > maxLogo {
		return nil, style, usageError{fmt.Sprintf("Das Logo „%s“ ist größer als 1 MiB; bitte verkleinern Sie das Bild.", c.logo)}
	}
	logo, err := documents.Logo(b)
	if err != nil {
		return nil, style, usageError{fmt.Sprintf("Das Logo „%s“ ist weder PNG noch JPEG.", c.logo)}
	}
	return logo, style, nil
}

// accent reads a colour such as #1f3a5f; layout darkens one that would be hard to read.
func accent(s string) (layout.Style, error) {
	if s == "" {
		return layout.Style{}, nil
	}
	color, err := documents.Accent(s)
	if err != nil {
		return layout.Style{}, usageError{fmt.Sprintf("Die Akzentfarbe „%s“ ist keine Farbe der Form #1f3a5f.", s)}
	}
	return layout.Style{Accent: color}, nil
}
