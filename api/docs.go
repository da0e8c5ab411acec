package api

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
	swaggerui "github.com/swaggest/swgui/v5/static"

	"auftragsmappe"
)

// docsFiles are the page and what is ours on it; the rest is Swagger UI, which its module embeds compressed.
//
//go:embed docs
var docsFiles embed.FS

// docsPolicy lets the page load its own files and call its own service, nothing else. Swagger UI draws its icons from
// data: URLs; it needs no inline script and no inline style.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const docsCache = "public, max-age=3600" // the files change with a release only

// docsPage is the description of the API for people, and the files that the page is made of.
func (s *server) docsPage(c echo.Context) error {
	name := "index.html"
	if c.Path() != "/docs" {
		name = c.Param("*")
	}
	h, media := c.Response().Header(), mime.TypeByExtension(path.Ext(name))
	if b, err := docsFiles.ReadFile("docs/" + name); err == nil {
		h.Set("Content-Security-Policy", docsPolicy)
		return static(c, media, b)
	}
	packed, err := swaggerui.FS.ReadFile(name + ".gz")
	if err != nil || !strings.HasSuffix(name, ".js") && !strings.HasSuffix(name, ".css") {
		return echo.ErrNotFound // the name is a caller's: that it is no file is no fault of ours
	}
	h.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		h.Set(echo.HeaderContentEncoding, "gzip")
		return static(c, media, packed)
	}
	b, err := unpacked(packed)
	if err != nil {
		return fmt.Errorf("unpack %s: %w", name, err)
	}
	return static(c, media, b)
}

// openapiYAML is the contract.
func (s *server) openapiYAML(c echo.Context) error {
	return static(c, "application/yaml", auftragsmappe.OpenAPI)
}

func static(c echo.Context, media string, b []byte) error {
	c.Response().Header().Set("Cache-Control", docsCache)
	return c.Blob(http.StatusOK, media, b)
}

func unpacked(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
