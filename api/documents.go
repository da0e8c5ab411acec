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
	ctx, cancel := s.soon(c)
	defer cancel()
	f, err := s.Issuer.Document(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Del("Content-Security-Policy") // of pages; browsers apply it to their own PDF viewer
	h.Set("ETag", `"`+f.SHA256+`"`)
	h.Set(echo.HeaderContentType, f.MediaType)
	h.Set(echo.HeaderContentDisposition, disposition(f.Name, c.QueryParam("download") == "1"))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("X-Robots-Tag", "noindex")
	w := &rangeWriter{ResponseWriter: c.Response()}
	http.ServeContent(w, c.Request(), "", time.Time{}, bytes.NewReader(f.Bytes))
	if w.refused {
		return errRange
	}
	return nil
}

// rangeWriter holds back net/http's plain text about a range that the file does not have: errors look alike here.
type rangeWriter struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader sends the status unless the range is refused.
func (w *rangeWriter) WriteHeader(status int) {
	if status == http.StatusRequestedRangeNotSatisfiable {
		w.refused = true
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write sends the bytes unless the range is refused.
func (w *rangeWriter) Write(b []byte) (int, error) {
	if w.refused {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// disposition is a Content-Disposition after RFC 6266: an ASCII name for old clients, the true one in UTF-8 (RFC 8187).
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
	// A query escape leaves nothing but letters, digits, "-", "_", "." and "~": all are attr-char.
	return kind + `; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
