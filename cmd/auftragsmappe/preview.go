package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
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
	Pages       int
	pdf         []byte
}

const previewIndex = "index.html"

// preview shows the drafts of every example, page by page, in a browser, or writes them into a folder.
func preview(ctx context.Context, c *call) error {
	names := c.args
	if len(names) == 0 {
		if names, _ = filepath.Glob("examples/*.json"); len(names) == 0 { // the pattern is a good one
			return usageError{"Hier gibt es keine examples/*.json. Bitte nennen Sie die Dateien mit den Aufträgen."}
		}
	}
	files, err := c.previewFiles(ctx, names)
	if err != nil {
		return err
	}
	if c.out != "" {
		if err := replaceFiles(c.out, files, nil); err != nil {
			return faultError{"Die Vorschau lässt sich nicht nach „" + c.out + "“ schreiben", err}
		}
		_, err := fmt.Fprintln(c.stdout, filepath.Join(c.out, previewIndex))
		return err
	}
	l, err := c.listener("--addr")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.stdout, "Vorschau: http://%s (Ende mit Strg+C)\n", l.Addr()); err != nil {
		return err
	}
	return listen(ctx, l, previewHandler(files), slog.New(slog.NewTextHandler(c.stderr, nil)))
}

// previewFiles are all drafts and the page that shows them.
func (c *call) previewFiles(ctx context.Context, names []string) ([]outFile, error) {
	logo, style, err := c.look()
	if err != nil {
		return nil, err
	}
	is, err := documents.New(documents.Options{Records: archive.NewMemory(), Logo: logo, Style: style}) // a draft is stored nowhere
	if err != nil {
		return nil, faultError{"Das Programm ist unvollständig", err}
	}
	var files []outFile
	var sheets []sheet
	for _, name := range names {
		s, err := draft(ctx, is, name)
		if err != nil {
			return nil, err
		}
		for _, d := range s.Documents {
			files = append(files, outFile{d.Path, d.pdf})
		}
		sheets = append(sheets, *s)
	}
	var index bytes.Buffer
	if err := previewPage.Execute(&index, sheets); err != nil {
		return nil, err
	}
	return append(files, outFile{previewIndex, index.Bytes()}), nil
}

// draft is one engagement with its decision and its documents.
func draft(ctx context.Context, is *documents.Issuer, name string) (*sheet, error) {
	v, err := readFile(name, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	m, files, err := is.Preview(ctx, documents.Call{Tenant: tenant.Default, Engagement: v})
	if err != nil {
		return nil, faultError{name, err}
	}
	s := &sheet{Name: strings.TrimSuffix(filepath.Base(name), ".json"), Title: v.Scope.Title, Notices: m.Notices}
	for _, n := range m.Decision {
		row, _ := decision.RowOf(n.Kind)
		s.Decision = append(s.Decision, previewRow{row.Title, n.Reason, n.Applies})
	}
	for i, f := range files {
		d := m.Documents[i]
		s.Documents = append(s.Documents, previewDocument{d.Title, s.Name + "/" + f.Kind + ".pdf", d.Pages, f.Bytes})
	}
	return s, nil
}

// previewHandler serves the files at their paths.
func previewHandler(files []outFile) http.Handler {
	mux := http.NewServeMux()
	for _, f := range files {
		path := "GET /" + f.name
		if f.name == previewIndex {
			path = "GET /{$}"
		}
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-store")
			http.ServeContent(w, r, f.name, time.Time{}, bytes.NewReader(f.bytes))
		})
	}
	return mux
}
