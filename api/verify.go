package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
)

// maxFile is the largest file that is verified: issued documents have up to a few megabytes, signatures some more.
const maxFile = 10 << 20

var (
	// errNoFile: the body is neither a PDF nor a form with one.
	errNoFile = errors.New("api: body is no file")
	// errFileTooLarge: the file is over maxFile.
	errFileTooLarge = errors.New("api: file too large")
)

var fileLimit = limit{maxFile, errFileTooLarge}

// postVerify says whether a file is as it was issued: the PDF as the body, or as the field "file" of a form.
func (s *server) postVerify(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	file, err := readFile(c.Request())
	if err == nil && len(file) == 0 {
		err = errNoFile
	}
	if err != nil {
		return err
	}
	ctx, end, err := s.begin(c)
	if err != nil {
		return err
	}
	defer end()
	v, err := s.Issuer.Verify(ctx, tenantOf(c), file)
	if err != nil {
		return err
	}
	return sendJSON(c, http.StatusOK, v)
}

// readFile is the file of a request.
func readFile(r *http.Request) ([]byte, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil {
		return nil, errNoFile
	}
	switch {
	case media == mediaPDF && isPlain(r.Header):
		return readBytes(r, fileLimit)
	case media == echo.MIMEMultipartForm && params["boundary"] != "":
		return fileOf(r, multipart.NewReader(r.Body, params["boundary"]))
	}
	return nil, errNoFile
}

const mediaPDF = "application/pdf"

// fileOf is the field "file" of a form; other fields are passed over.
func fileOf(r *http.Request, form *multipart.Reader) ([]byte, error) {
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, errNoFile
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, fmt.Errorf("%w: %w", errSlow, err)
		case err != nil:
			return nil, fmt.Errorf("%w: %w", errCut, err)
		case part.FormName() == "file":
			return readFrom(part, r, fileLimit)
		}
	}
}
