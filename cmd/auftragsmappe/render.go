package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/tenant"
)

const manifestName = "manifest.json"

// render is the whole job without a server: PDFs and manifest.json in a folder, archived in the embedded store. It uses the
// profile that the default tenant has stored, as the API does.
func render(ctx context.Context, c *call) error {
	profile, err := c.storedProfile(ctx)
	if err != nil {
		return err
	}
	v, err := c.read(profile.Profile)
	if err != nil {
		return err
	}
	is, records, err := c.issuer(slog.New(slog.DiscardHandler))
	if err == nil {
		err = isWhole(ctx, records)
	}
	if err != nil {
		return err
	}
	result, err := is.Issue(ctx, documents.Call{Tenant: tenant.Default, Engagement: v, Profile: profile.Version})
	if err != nil {
		return issueError(err)
	}
	bundle, err := is.Bundle(ctx, tenant.Default, result.Manifest)
	if err != nil {
		return issueError(err)
	}
	names, err := writeBundle(c.out, result.Manifest, bundle)
	if err != nil {
		return faultError{"Die Dokumente lassen sich nicht nach „" + c.out + "“ schreiben", err}
	}
	for _, name := range names {
		if _, err := fmt.Fprintln(c.stdout, filepath.Join(c.out, name)); err != nil {
			return err
		}
	}
	return nil
}

// issueError sorts what Issue may answer: a changed reference is the caller's, everything else is not.
func issueError(err error) error {
	var changed *documents.ConflictError
	switch {
	case errors.As(err, &changed):
		return changed.Violations()
	case errors.Is(err, archive.ErrStorage):
		return faultError{"Die Dokumente lassen sich nicht ablegen", err}
	}
	return faultError{"Die Dokumente lassen sich nicht erstellen", err}
}

// writeBundle writes the files named by kind and the manifest into dir, all or none, and removes those of an earlier run.
func writeBundle(dir string, m *documents.Manifest, bundle []documents.File) ([]string, error) {
	manifest, err := encodeManifest(m)
	if err != nil {
		return nil, err
	}
	var files []outFile
	var old []string
	for _, f := range bundle {
		files = append(files, outFile{f.Kind + ".pdf", f.Bytes})
	}
	files = append(files, outFile{manifestName, manifest})
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.name
	}
	for _, row := range decision.Kinds {
		if name := string(row.Kind) + ".pdf"; !slices.Contains(names, name) {
			old = append(old, name)
		}
	}
	return names, replaceFiles(dir, files, old)
}

// encodeManifest is the manifest as render writes it: no URLs, and file says which file of the folder a document is.
func encodeManifest(m *documents.Manifest) ([]byte, error) {
	out := *m
	out.Documents = slices.Clone(m.Documents)
	for i := range out.Documents {
		out.Documents[i].File = string(out.Documents[i].Kind) + ".pdf"
	}
	b, err := json.MarshalIndent(&out, "", "  ")
	return append(b, '\n'), err
}
