package documents_test

import (
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/tenant"
)

// profile is a stored profile of a look: an accent colour and a logo of one colour.
func profile(t *testing.T, s archive.Store, accent string, c color.Color) *tenant.Profile {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range 800 {
		picture.Set(i%40, i/40, c)
	}
	var b strings.Builder
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprintf(`{"look":{"accent_color":%q,"logo":%q}}`, accent, base64.StdEncoding.EncodeToString([]byte(b.String())))
	e, err := engagement.DecodeProfile(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	p, err := tenant.NewProfiles(s).Put(t.Context(), "default", e)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Documents are made with the profile of their call, also when a crash delays them and the profile has changed meanwhile.
func TestProfileIsRemembered(t *testing.T) {
	red, blue := color.RGBA{200, 0, 0, 255}, color.RGBA{0, 0, 200, 255}
	call := func(version int) documents.Call {
		return documents.Call{Tenant: "default", Engagement: example(t, launch, nil), Profile: version}
	}
	calm := archive.NewMemory()
	want := post(t, issuer(t, calm, nil), call(profile(t, calm, "#990000", red).Version))
	for _, d := range want.Manifest.Documents {
		if d.ProfileVersion != 1 {
			t.Errorf("%s: profile %d", d.ID, d.ProfileVersion)
		}
	}
	store := archive.NewMemory()
	v := profile(t, store, "#990000", red).Version
	if _, err := issuer(t, archive.NewFault(store, 4, archive.CrashDone), nil).Issue(t.Context(), call(v)); err == nil {
		t.Fatal("no fault was met")
	}
	if n := profile(t, store, "#000099", blue).Version; n != v+1 {
		t.Fatal(n)
	}
	if n, err := issuer(t, store, nil).Recover(t.Context(), 0); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	sameBundle(t, want, post(t, issuer(t, store, nil), call(v+1)))
	plain := issue(t, issuer(t, archive.NewMemory(), nil), "default", example(t, launch, nil))
	if plain.Manifest.Documents[0].SHA256 == want.Manifest.Documents[0].SHA256 {
		t.Error("the profile's look changes nothing")
	}
	if _, _, err := issuer(t, store, nil).Preview(t.Context(), call(7)); err == nil {
		t.Error("drafted with a profile that does not exist")
	}
}

// What the program is told to do goes before what is stored.
func TestWantedLook(t *testing.T) {
	store := archive.NewMemory()
	v := profile(t, store, "#990000", color.RGBA{200, 0, 0, 255}).Version
	p, err := tenant.NewProfiles(store).Version(t.Context(), "default", v)
	if err != nil {
		t.Fatal(err)
	}
	logo, err := documents.Logo(p.Look.Logo)
	if err != nil {
		t.Fatal(err)
	}
	accent, err := documents.Accent("#006600")
	if err != nil {
		t.Fatal(err)
	}
	is, err := documents.New(documents.Options{Records: store, Logo: logo, Style: layout.Style{Accent: accent}, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]bool{}
	for _, version := range []int{0, v} {
		_, files, err := is.Preview(t.Context(), documents.Call{Tenant: "default", Engagement: example(t, launch, nil), Profile: version})
		if err != nil {
			t.Fatal(err)
		}
		sums[files[0].SHA256] = true
	}
	if len(sums) != 1 {
		t.Error("a stored look goes before a wanted one")
	}
	for _, bad := range []string{"", "#12", "red", "#12345678"} {
		if _, err := documents.Accent(bad); err == nil {
			t.Errorf("%q is a colour", bad)
		}
	}
	if _, err := documents.Logo([]byte("GIF89a")); err == nil {
		t.Error("a GIF is a logo")
	}
}
