package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/decision"
)

const (
	allTexts  = "all"
	textUsage = "text TEXT|all [-o DATEI.pdf|ORDNER] [--txt] [--versions]"
)

func textFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.out, "o", "", "Datei der Lesefassung, sonst lesefassung-TEXT.pdf; bei all der Ordner, sonst der jetzige")
	f.BoolVar(&c.txt, "txt", false, "als Text auf die Ausgabe, statt als PDF in eine Datei")
	f.BoolVar(&c.versions, "versions", false, "nur Version und Stand der Prüfung, eine Zeile je Text")
}

// text writes what a lawyer reviews: the whole wording of a kind, every variant with its condition (the Lesefassung).
func text(_ context.Context, c *call) error {
	kinds, err := c.kinds()
	if err != nil {
		return err
	}
	copies, err := documents.ReadingCopies(kinds...)
	if err != nil {
		return faultError{"Das Programm ist unvollständig", err}
	}
	switch {
	case c.versions:
		return c.printVersions(copies)
	case c.txt:
		return c.printTexts(copies)
	}
	return c.writeCopies(copies, len(kinds) == 1)
}

// kinds are the kinds that the call names; none are all of them.
func (c *call) kinds() ([]decision.Kind, error) {
	if c.out != "" && (c.txt || c.versions) {
		return nil, usageError{"Mit --txt und --versions geht alles auf die Ausgabe; -o passt nicht dazu."}
	}
	if len(c.args) == 0 && c.versions || len(c.args) == 1 && c.args[0] == allTexts {
		return nil, nil
	}
	if len(c.args) != 1 {
		return nil, usageError{"Bitte nennen Sie genau einen Text: " + textNames() + ".\nAufruf: auftragsmappe " + textUsage}
	}
	row, ok := decision.RowOf(decision.Kind(c.args[0]))
	if !ok {
		return nil, usageError{"Den Text „" + oneLine(c.args[0]) + "“ gibt es nicht. Möglich sind: " + textNames() + "."}
	}
	return []decision.Kind{row.Kind}, nil
}

// textNames is the kinds with their titles, and how to name all.
func textNames() string {
	var names []string
	for _, row := range decision.Kinds {
		names = append(names, fmt.Sprintf("%s (%s)", row.Kind, row.Title))
	}
	return strings.Join(names, ", ") + " oder " + allTexts + " (alle)"
}

// printVersions is a line for each text, parted by tabs: name, version, state of the review.
func (c *call) printVersions(copies []documents.ReadingCopy) error {
	for _, t := range copies {
		if _, err := fmt.Fprintf(c.stdout, "%s\t%s\t%s\n", t.Kind, t.Version, oneLine(t.State)); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) printTexts(copies []documents.ReadingCopy) error {
	for i := range copies {
		if _, err := fmt.Fprint(c.stdout, copies[i].Text()); err != nil {
			return err
		}
	}
	return nil
}

// writeCopies writes the PDFs into the folder that -o names, a single one into the file.
func (c *call) writeCopies(copies []documents.ReadingCopy, single bool) error {
	dir := c.out
	var files []outFile
	for i := range copies {
		b, err := copies[i].PDF(documents.Today(time.Now()))
		if err != nil {
			return faultError{"Die Lesefassung lässt sich nicht erstellen", err}
		}
		files = append(files, outFile{"lesefassung-" + string(copies[i].Kind) + ".pdf", b})
	}
	if single && !isFolder(c.out) {
		dir, files[0].name = filepath.Split(c.out)
	}
	if dir == "" {
		dir = "."
	}
	if err := replaceFiles(dir, files, nil); err != nil {
		return faultError{"Die Lesefassung lässt sich nicht nach „" + dir + "“ schreiben", err}
	}
	for _, f := range files {
		if _, err := fmt.Fprintln(c.stdout, filepath.Join(dir, f.name)); err != nil {
			return err
		}
	}
	return nil
}

// isFolder says that -o names a folder and not the file itself.
func isFolder(out string) bool {
	info, err := os.Stat(out)
	return out == "" || os.IsPathSeparator(out[len(out)-1]) || err == nil && info.IsDir()
}
