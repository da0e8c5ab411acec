package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"auftragsmappe/documents"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

const manifestName = "manifest.json"

// render is the whole job without a server: PDFs and manifest.json in a folder, archived in the embedded store.
func render(ctx context.Context, c *call) error {
	v, err := c.read()
	if err != nil {
		return err
	}
	is, _, err := c.issuer(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	result, err := is.Issue(ctx, tenant.Default, v)
	if err != nil {
		return issueError(err)
	}
	written, err := writeBundle(c.out, result)
	if err != nil {
		return storageError{err}
	}
	for _, name := range written {
		fmt.Fprintln(c.stdout, name)
	}
	return nil
}

// issueError sorts what Issue may answer: a changed reference is the caller's, everything else the storage's.
func issueError(err error) error {
	if v, ok := changed(err).(engagement.Violations); ok { //nolint:errorlint // changed returns it bare
		return v
	}
	return storageError{fmt.Errorf("die Dokumente lassen sich nicht ablegen: %w", err)}
}

// writeBundle writes the files named by kind and the manifest into dir, each in one step, and removes those of an earlier run.
func writeBundle(dir string, r *documents.Result) ([]string, error) {
	manifest, err := json.MarshalIndent(named(r.Manifest), "", "  ")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // the caller's own folder, readable as he likes
		return nil, err
	}
	if err := removeOld(dir, r); err != nil {
		return nil, err
	}
	var written []string
	for _, f := range r.Files {
		name := filepath.Join(dir, f.Kind+".pdf")
		if err := writeFile(name, f.Bytes); err != nil {
			return nil, err
		}
		written = append(written, name)
	}
	name := filepath.Join(dir, manifestName)
	return append(written, name), writeFile(name, append(manifest, '\n'))
}

// named is the manifest as render writes it: no URLs, and file says which file of the folder a document is.
func named(m *documents.Manifest) *documents.Manifest {
	out := *m
	out.Documents = append([]documents.Document(nil), m.Documents...)
	for i := range out.Documents {
		out.Documents[i].File = string(out.Documents[i].Kind) + ".pdf"
	}
	return &out
}

// removeOld takes away the documents of an earlier run that this one does not have.
func removeOld(dir string, r *documents.Result) error {
	now := map[string]bool{}
	for _, f := range r.Files {
		now[f.Kind] = true
	}
	for _, row := range decision.Kinds {
		if now[string(row.Kind)] {
			continue
		}
		if err := os.Remove(filepath.Join(dir, string(row.Kind)+".pdf")); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// writeFile replaces a file in one step: whoever reads it sees the old or the new one whole.
func writeFile(name string, b []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), ".mappe-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(b)
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(temp.Name(), 0o644) //nolint:gosec // documents to be opened by the caller's other programs
	}
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}
