package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picture writes a small picture of the named kind.
func picture(t *testing.T, kind string) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 30, 10))
	img.Set(3, 3, color.RGBA{R: 200, A: 255})
	var b bytes.Buffer
	encode := map[string]func() error{
		"png": func() error { return png.Encode(&b, img) }, "jpeg": func() error { return jpeg.Encode(&b, img, nil) },
		"gif": func() error { _, err := b.WriteString("GIF89a"); return err },
		"big": func() error { _, err := b.WriteString(strings.Repeat("x", maxLogo+1)); return err },
	}[kind]
	if err := encode(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "logo."+kind)
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLook(t *testing.T) {
	plain := t.TempDir()
	invoke(t, t.TempDir(), "render", examples+"launch.json", "-o", plain)
	without, err := os.ReadFile(filepath.Join(plain, "offer.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"png", "jpeg"} {
		dir := t.TempDir()
		code, _, stderr := invoke(t, t.TempDir(), "render", examples+"launch.json", "-o", dir, "--logo", picture(t, kind), "--accent", "#b5482a")
		if code != exitOK {
			t.Fatalf("%s: exit %d: %s", kind, code, stderr)
		}
		b, err := os.ReadFile(filepath.Join(dir, "offer.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b, []byte("/Subtype /Image")) || bytes.Contains(without, []byte("/Subtype /Image")) {
			t.Errorf("%s: the picture stands in the offer: %v, without --logo: %v", kind, bytes.Contains(b, []byte("/Subtype /Image")), bytes.Contains(without, []byte("/Subtype /Image")))
		}
	}
}

func TestLookRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"weder PNG noch JPEG": {"--logo", picture(t, "gif")},
		"größer als 1 MiB":    {"--logo", picture(t, "big")},
		"nicht lesen":         {"--logo", "gibt-es-nicht.png"},
		"keine Farbe":         {"--accent", "blau"},
	} {
		dir := filepath.Join(t.TempDir(), "mappe")
		code, _, stderr := invoke(t, t.TempDir(), append([]string{"render", examples + "launch.json", "-o", dir}, args...)...)
		if code != exitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%v: exit %d: %s", args, code, stderr)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%v: wrote files", args)
		}
	}
}
