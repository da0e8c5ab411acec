package api

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
)

const manifestName = "manifest.json"

// getBundle is the engagement's current documents as a ZIP.
func (s *server) getBundle(c echo.Context) error {
	m, err := s.engagement(c)
	if err != nil {
		return err
	}
	if m.Status == documents.StatusRunning && !hasIssued(m) {
		return documents.ErrRunning
	}
	tag, err := entityTag(m.WithURLs(s.Base))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache") // a later call may change it
	if strings.Contains(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	if c.Request().Method == http.MethodHead { // without reading the files
		h.Set(echo.HeaderContentType, mediaZip)
		h.Set(echo.HeaderContentDisposition, disposition(bundleName(m), true))
		return c.NoContent(http.StatusOK)
	}
	ctx, end, err := s.begin(c)
	if err != nil {
		return err
	}
	r, err := func() (*reply, error) {
		defer end()
		return s.bundle(ctx, tenantOf(c), m)
	}()
	if err != nil {
		return err
	}
	return r.send(c)
}

func hasIssued(m *documents.Manifest) bool {
	for i := range m.Documents {
		if m.Documents[i].Status == documents.StatusIssued {
			return true
		}
	}
	return false
}

// entityTag changes when a file or anything in the manifest does: the manifest has the hashes of the files.
func entityTag(m *documents.Manifest) (string, error) {
	b, err := encode(m, "")
	sum := sha256.Sum256(b)
	return `"` + hex.EncodeToString(sum[:]) + `"`, err
}

// bundle is the ZIP of what was issued.
func (s *server) bundle(ctx context.Context, tenant string, m *documents.Manifest) (*reply, error) {
	files, err := s.Issuer.Bundle(ctx, tenant, m)
	if err != nil {
		return nil, err
	}
	return zipReply(m.WithURLs(s.Base), files)
}

func zipReply(m *documents.Manifest, files []documents.File) (*reply, error) {
	b, err := zipped(m, files)
	if err != nil {
		return nil, fmt.Errorf("make bundle of %s: %w", m.ID, err)
	}
	r := newReply(http.StatusOK, mediaZip, b)
	r.header.Set(echo.HeaderContentDisposition, disposition(bundleName(m), true))
	return r, nil
}

// bundleName is readable: "Auftrag-AN-2026-0007.zip"; a draft has no number.
func bundleName(m *documents.Manifest) string {
	if m.Status == documents.StatusDraft {
		return "Auftrag-Entwurf.zip"
	}
	number := cmp.Or(m.OfferNumber, m.ContractNumber, m.InvoiceNumber, m.ID)
	return "Auftrag-" + number + ".zip"
}

// zipped is the files and the manifest; the same manifest and files give the same bytes. PDFs are deflated inside, so
// entries are stored.
func zipped(m *documents.Manifest, files []documents.File) ([]byte, error) {
	manifest, err := encode(m, "  ")
	if err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, m.CreatedAt)
	if err != nil {
		at = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // a draft's: the first that a ZIP can say
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	taken := map[string]bool{manifestName: true}
	for i := range files {
		if err := store(z, unique(files[i].Name, taken), at, files[i].Bytes); err != nil {
			return nil, err
		}
	}
	if err := store(z, manifestName, at, manifest); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

const (
	zipUTF8 = 0x800 // the name is UTF-8
	zip20   = 20    // version needed for plain entries
)

// store adds an entry with its sizes and sum in front of it: some programs cannot read a stored entry whose length follows.
func store(z *zip.Writer, name string, at time.Time, b []byte) error {
	h := &zip.FileHeader{
		Name: name, Method: zip.Store, Flags: zipUTF8, CreatorVersion: zip20, ReaderVersion: zip20,
		CRC32: crc32.ChecksumIEEE(b), CompressedSize64: uint64(len(b)), UncompressedSize64: uint64(len(b)),
	}
	h.SetModTime(at) //nolint:staticcheck // CreateRaw writes these fields and not Modified
	w, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// unique is the name, numbered when it is taken.
func unique(name string, taken map[string]bool) string {
	end := path.Ext(name)
	stem := strings.TrimSuffix(name, end)
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, end)
	}
	taken[name] = true
	return name
}
