package documents_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

func verify(t *testing.T, is *documents.Issuer, tenant string, file []byte) *documents.Verdict {
	t.Helper()
	v, err := is.Verify(t.Context(), tenant, file)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVerify(t *testing.T) {
	store := archive.NewMemory()
	is := issuer(t, store, nil)
	r := issue(t, is, "default", example(t, launch, nil))
	b := r.Files[0].Bytes
	changed := bytes.Clone(b)
	changed[len(b)/2] ^= 1
	for _, c := range []struct {
		name         string
		tenant       string
		file         []byte
		result, says string
	}{
		{"as issued", "default", b, documents.Unchanged, "Angebot AN-2026-0001: unverändert, ausgestellt am 23. November 2026."},
		{"whoever asks", "", b, documents.Unchanged, "unverändert"},
		{"signed", "default", append(bytes.Clone(b), "1 0 obj<<>>endobj\n%%EOF\n"...), documents.Extended, "danach ergänzt"},
		{"a byte", "default", changed, documents.Changed, fmt.Sprintf("Der Unterschied beginnt bei Byte %d.%03d.", (len(b)/2+1)/1000, (len(b)/2+1)%1000)},
		{"cut", "default", b[:len(b)-10], documents.Changed, "Sie endet nach"},
		{"signed and changed", "default", append(bytes.Clone(changed), "x"...), documents.Changed, "; sie hat "},
		{"another tenant", "other", b, documents.Unknown, "nicht ausgestellt"},
		{"nothing", "default", nil, documents.Unknown, "nicht ausgestellt"},
		{"no place", "default", []byte("%PDF-1.7 nonsense"), documents.Unknown, "nicht ausgestellt"},
		{"a place that is none", "", []byte("<xmpMM:DocumentID>urn:auftragsmappe:default.aaaaaaaaaaaaaaaaaaaa.offer-1</xmpMM:DocumentID>"), documents.Unknown, ""},
		{"a document that is none", "", bytes.Replace(b, []byte(".offer-1<"), []byte(".offer-9<"), 1), documents.Unknown, ""},
		{"a path", "", []byte("<xmpMM:DocumentID>urn:auftragsmappe:../../x.y.offer-1</xmpMM:DocumentID>"), documents.Unknown, ""},
	} {
		v := verify(t, is, c.tenant, c.file)
		if v.Result != c.result || !strings.Contains(strings.ReplaceAll(v.Detail, "\u00a0", " "), c.says) || (v.Result == documents.Unknown) != (v.Engagement == "") || (v.Engagement == "") != (v.Document == "") {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
	issue(t, is, "default", example(t, launch, second))
	if v := verify(t, is, "default", b); v.Result != documents.Unchanged || !strings.Contains(v.Detail, "inzwischen ersetzt durch AN-2026-0001-2") {
		t.Errorf("%+v", v)
	}
	draft := preview(t, is, example(t, launch, nil)).Files[0].Bytes
	if v := verify(t, is, "default", draft); v.Result != documents.Unknown {
		t.Errorf("a draft: %+v", v)
	}
}

// The hash decides, also when the stored file is gone; trouble with storage is an error, no verdict.
func TestVerifyWithoutStore(t *testing.T) {
	records, files := archive.NewMemory(), archive.NewMemory()
	b := issue(t, issuer(t, records, files), "default", example(t, launch, nil)).Files[0].Bytes
	is := issuer(t, records, archive.NewMemory())
	if v := verify(t, is, "default", b); v.Result != documents.Unchanged {
		t.Errorf("%+v", v)
	}
	if v := verify(t, is, "default", b[:len(b)-1]); v.Result != documents.Changed {
		t.Errorf("%+v", v)
	}
	dead := archive.NewFault(records, 1, archive.CrashLost)
	_ = dead.Put(t.Context(), archive.Object{Key: "x"})
	if _, err := issuer(t, dead, nil).Verify(t.Context(), "default", b); !errors.Is(err, archive.ErrStorage) {
		t.Errorf("%v", err)
	}
}

// No file makes the verification fail, and only the issued bytes are unchanged.
func FuzzVerify(f *testing.F) {
	is := issuer(f, archive.NewMemory(), nil)
	b := issue(f, is, "default", example(f, launch, small("x"))).Files[0].Bytes
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add([]byte("<xmpMM:DocumentID>urn:auftragsmappe:default.x.offer-1</xmpMM:DocumentID>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		v, err := is.Verify(t.Context(), "", file)
		if err != nil || v.Detail == "" || (v.Result == documents.Unchanged) != bytes.Equal(file, b) {
			t.Errorf("%+v, %v", v, err)
		}
	})
}
