package main

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/tenant"
)

//go:embed preview.html
var previewHTML string

var previewPage = template.Must(template.New("preview").Parse(previewHTML))

// sheet is one engagement of the preview.
type sheet struct {
	Name      string
	Title     string
	Decision  []previewRow
	Notices   []decision.Notice
	Documents []previewDocument
}

type previewRow struct {
	Title, Reason string
	Applies       bool
}

type previewDocument struct {
	Title, Path string
	pdf         []byte
}

// preview shows the drafts of every example, page by page, in a browser, or writes them into a folder.
func preview(ctx context.Context, c *call) error {
	names := c.args
	if len(names) == 0 {
		var err error
		if names, err = filepath.Glob("examples/*.json"); err != nil || len(names) == 0 {
			return usageError{"Hier gibt es keine examples/*.json; nennen Sie die Dateien mit den Aufträgen."}
		}
	}
	sheets, err := drafts(names)
	if err != nil {
		return err
	}
	var index bytes.Buffer
	if err := previewPage.Execute(&index, sheets); err != nil {
		return err
	}
	if c.out != "" {
		return writePreview(c, sheets, index.Bytes())
	}
	listener, err := net.Listen("tcp", c.addr)
	if err != nil {
		return usageError{fmt.Sprintf("Auf „%s“ lässt sich nicht hören: %v", c.addr, err)}
	}
	fmt.Fprintf(c.stdout, "Vorschau: http://%s/ (Ende mit Strg+C)\n", listener.Addr())
	return listen(ctx, listener, previewHandler(sheets, index.Bytes()))
}

// drafts renders all engagements without a store that would outlive the call.
func drafts(names []string) ([]sheet, error) {
	store := archive.NewMemory()
	is, err := documents.New(documents.Options{Records: store, Files: store, Now: time.Now, Random: rand.Reader})
	if err != nil {
		return nil, err
	}
	sheets := make([]sheet, 0, len(names))
	for _, name := range names {
		v, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result, err := is.Preview(tenant.Default, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s := sheet{Name: strings.TrimSuffix(filepath.Base(name), ".json"), Title: v.Scope.Title, Notices: result.Manifest.Notices}
		for _, n := range result.Manifest.Decision {
			row, _ := decision.RowOf(n.Kind)
			s.Decision = append(s.Decision, previewRow{row.Title, n.Reason, n.Applies})
		}
		for _, f := range result.Files {
			row, _ := decision.RowOf(decision.Kind(f.Kind))
			s.Documents = append(s.Documents, previewDocument{row.Title, s.Name + "/" + f.Kind + ".pdf", f.Bytes})
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

func previewHandler(sheets []sheet, index []byte) http.Handler {
	files := map[string][]byte{}
	for _, s := range sheets {
		for _, d := range s.Documents {
			files["/"+d.Path] = d.pdf
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(index) // a browser that has gone away is no fault
			return
		}
		pdf, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/pdf")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(pdf))
	})
}

func writePreview(c *call, sheets []sheet, index []byte) error {
	for _, s := range sheets {
		if err := os.MkdirAll(filepath.Join(c.out, s.Name), 0o755); err != nil { //nolint:gosec // the caller's own folder
			return storageError{err}
		}
		for _, d := range s.Documents {
			if err := writeFile(filepath.Join(c.out, filepath.FromSlash(d.Path)), d.pdf); err != nil {
				return storageError{err}
			}
		}
	}
	name := filepath.Join(c.out, "index.html")
	if err := writeFile(name, index); err != nil {
		return storageError{err}
	}
	fmt.Fprintln(c.stdout, name)
	return nil
}
