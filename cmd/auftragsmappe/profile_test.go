package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// store puts a profile of the default tenant into the store of a folder.
func store(t *testing.T, data, body string) {
	t.Helper()
	p, err := engagement.DecodeProfile(strings.NewReader(body), rules...)
	if err != nil {
		t.Fatal(err)
	}
	s, err := archive.OpenDir(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tenant.NewProfiles(s).Put(t.Context(), tenant.Default, p); err != nil {
		t.Fatal(err)
	}
}

// without is an example without some of its fields, and what they were.
func without(t *testing.T, name string, fields ...string) (path string, taken map[string]json.RawMessage) {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal(read(t, examples, name), &all); err != nil {
		t.Fatal(err)
	}
	taken = map[string]json.RawMessage{}
	for _, f := range fields {
		taken[f] = all[f]
		delete(all, f)
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, taken
}

// render takes the contractor from the stored profile; where that is not enough, the line says where it comes from.
func TestRenderWithProfile(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	file, taken := without(t, "launch.json", "contractor")
	if code, _, stderr := invoke(t, data, "render", file, "-o", dir); code != exitInvalid || !strings.Contains(stderr, "/contractor/name required: ") || strings.Contains(stderr, "Profil") {
		t.Fatal(code, stderr)
	}
	store(t, data, `{"contractor":`+string(taken["contractor"])+`}`)
	if code, _, stderr := invoke(t, data, "render", file, "-o", dir); code != exitOK {
		t.Fatal(code, stderr)
	}
	var m documents.Manifest
	if err := json.Unmarshal(read(t, dir, "manifest.json"), &m); err != nil || len(m.Documents) != 6 {
		t.Error(err, m.Documents)
	}
	var contractor map[string]json.RawMessage
	if err := json.Unmarshal(taken["contractor"], &contractor); err != nil {
		t.Fatal(err)
	}
	delete(contractor, "bank")
	poor, err := json.Marshal(contractor)
	if err != nil {
		t.Fatal(err)
	}
	data = t.TempDir()
	store(t, data, `{"contractor":`+string(poor)+`}`)
	code, _, stderr := invoke(t, data, "render", file, "-o", dir)
	if code != exitInvalid || !strings.HasPrefix(stderr, "/contractor/bank/iban bank_required: ") || !strings.Contains(stderr, "stammt aus dem gespeicherten Profil") {
		t.Error(code, stderr)
	}
}

// Whatever DecodeProfile takes as a logo, a document can show.
func TestEveryLogoRenders(t *testing.T) {
	names, err := filepath.Glob("../../documents/engagement/testdata/images/*")
	if err != nil || len(names) < 13 {
		t.Fatal(len(names), err)
	}
	logos := map[string][]byte{}
	for _, name := range names {
		if logos[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	for name, size := range map[string]image.Point{"largest": {X: 4000, Y: 2000}, "line": {X: 4000, Y: 1}, "column": {X: 1, Y: 4000}, "dot": {X: 1, Y: 1}} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rectangle{Max: size})); err != nil {
			t.Fatal(err)
		}
		logos[name] = b.Bytes()
	}
	for name, b := range logos {
		data, dir := t.TempDir(), t.TempDir()
		store(t, data, `{"look":{"accent_color":"#b5482a","logo":"`+base64.StdEncoding.EncodeToString(b)+`"}}`)
		if code, _, stderr := invoke(t, data, "render", examples+"nur-angebot.json", "-o", dir); code != exitOK {
			t.Errorf("%s: %d %s", name, code, stderr)
			continue
		}
		if !bytes.Contains(read(t, dir, "offer.pdf"), []byte("/Subtype /Image")) {
			t.Errorf("%s is not shown", name)
		}
	}
}
