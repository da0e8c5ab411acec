package documents_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

func TestDocument(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	r := issue(t, is, "default", example(t, launch, nil))
	for i, d := range r.Manifest.Documents {
		f, err := issuer(t, store, nil).Document(t.Context(), d.Token)
		if err != nil || f.Kind != string(d.Kind) || f.Name != d.File || f.MediaType != "application/pdf" || f.SHA256 != d.SHA256 || !bytes.Equal(f.Bytes, r.Files[i].Bytes) {
			t.Errorf("%s: %v", d.Kind, err)
		}
		if strings.Trim(d.Token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" {
			t.Errorf("token %q is not safe in a URL", d.Token)
		}
	}
}

func TestForeignTokens(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	mine := issue(t, is, "default", example(t, launch, nil)).Manifest.Documents
	theirs := issue(t, is, "other", example(t, launch, named("x"))).Manifest.Documents
	part := strings.Split(mine[0].Token, ".")
	their := strings.Split(theirs[0].Token, ".")
	join := func(s ...string) string { return strings.Join(s, ".") }
	for _, token := range []string{
		"", ".", "...", mine[0].Token + "x", mine[0].Token[1:], strings.ToUpper(mine[0].Token), mine[0].Token + ".x",
		join("other", part[1], part[2], part[3]), join("nobody", part[1], part[2], part[3]), join(their[0], part[1], part[2], part[3]),
		join(part[0], their[1], part[2], part[3]), join(part[0], part[1], part[2], their[3]), join(part[0], part[1], "contract-1", part[3]),
		join(part[0], part[1], "offer-2", part[3]), join(part[0], part[1], "offer-0", part[3]), join(part[0], part[1], "offer--1", part[3]),
		join(part[0], part[1], "-1", part[3]), join(part[0], part[1], "offer-99999999999999999999", part[3]), join(part[0], part[1], "offer-01", part[3]),
		join(part[0], part[1], part[2], ""), join(part[0], part[1], part[2], strings.Repeat("A", 22)), join("..", part[1], part[2], part[3]),
		join(part[0], "../../"+part[1], part[2], part[3]), strings.Repeat("a", 100_000),
	} {
		if f, err := is.Document(t.Context(), token); !errors.Is(err, documents.ErrNotFound) {
			t.Errorf("%.80q gives %v, %v", token, f, err)
		}
	}
}

func TestDamagedFile(t *testing.T) {
	files := archive.NewMemory()
	is := issuer(t, archive.NewMemory(), files)
	v := example(t, launch, nil)
	d := issue(t, is, "default", v).Manifest.Documents[0]
	key := under(dump(t, files), "t/default/f/")[0]
	for k := range dump(t, files) {
		if strings.HasSuffix(k, "-offer.pdf") {
			key = k
		}
	}
	files.Tamper(key, []byte("%PDF-1.7 other"))
	if _, err := is.Document(t.Context(), d.Token); !errors.Is(err, documents.ErrDamaged) {
		t.Errorf("document: %v", err)
	}
	r, err := is.Issue(t.Context(), documents.Call{Tenant: "default", Engagement: v})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := is.Bundle(t.Context(), "default", r.Manifest); !errors.Is(err, documents.ErrDamaged) {
		t.Errorf("bundle: %v", err)
	}
	files.Tamper(key, nil)
	if _, err := is.Document(t.Context(), d.Token); err == nil || errors.Is(err, documents.ErrNotFound) {
		t.Errorf("a lost file looks like a wrong token: %v", err)
	}
}
