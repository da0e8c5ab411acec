package api

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
)

// document serves an issued PDF. The token is the key: no header is needed, Accept changes nothing, the name in the URL
// is only for people.
func (s *server) document(c echo.Context) error {
	if !strings.HasSuffix(c.Param("name"), ".pdf") {
		return documents.ErrNotFound
	}
	f, err := s.Issuer.Document(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", `"`+f.SHA256+`"`)
	h.Set(echo.HeaderContentType, f.MediaType)
	h.Set(echo.HeaderContentDisposition, disposition(f.Name, c.QueryParam("download") == "1"))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("X-Robots-Tag", "noindex")
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(f.Bytes))
	return nil
}

// disposition is a Content-Disposition after RFC 6266: an ASCII name for old clients, the true one in UTF-8.
func disposition(name string, download bool) string {
	kind := "inline"
	if download {
		kind = "attachment"
	}
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	return kind + `; filename="` + ascii + `"; filename*=UTF-8''` + url.PathEscape(name)
}
