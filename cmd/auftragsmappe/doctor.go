package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"auftragsmappe/documents/archive/doctor"
	"auftragsmappe/documents/archive/s3"
)

// examined is a configured store and what it is for.
type examined struct {
	location
	roles   string
	records bool
}

// examinedStores are the configured stores, each once.
func (c *config) examinedStores() []examined {
	records, files := c.place(c.records), c.place(c.files)
	if records == files {
		return []examined{{records, "Vorgänge und Dateien", true}}
	}
	return []examined{{records, "Vorgänge (RECORDS)", true}, {files, "Dateien (FILES)", false}}
}

// examine is the command doctor: it puts the configured stores to the test and prints what it finds.
func examine(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"doctor braucht keine weiteren Angaben."}
	}
	if c.withLock && !c.makeBucket {
		return usageError{"--lock gilt nur für einen neuen Bucket: doctor --make-bucket --lock. Einen Bucket, den es schon gibt, ändert doctor nicht."}
	}
	if c.withLock && c.place(c.records).bucket == "" && c.place(c.files).bucket == "" {
		return usageError{"--lock: Ein Ordner kennt kein Object Lock. Bitte legen Sie in S3 ab (" + prefix + "RECORDS, " + prefix + "FILES)."}
	}
	broken := 0
	for _, e := range c.examinedStores() {
		target, err := c.target(ctx, e)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s: %s\n", e.roles, e.location)
		results := doctor.Examine(ctx, target)
		for _, r := range results {
			if r.State == doctor.Broken {
				broken++
			}
		}
		if err := printResults(c.stdout, results); err != nil {
			return err
		}
	}
	if broken > 0 {
		return errors.New("Der Speicher hat nicht alle Prüfungen bestanden. Was zu tun ist, steht in den Zeilen mit FEHLER.")
	}
	return nil
}

// target opens a store, and makes its bucket when that is wanted.
func (c *call) target(ctx context.Context, e examined) (doctor.Target, error) {
	store, err := c.open(e.location)
	if err != nil {
		return doctor.Target{}, err
	}
	t := doctor.Target{Store: store, Records: e.records, Keep: c.years().String()}
	bucket, ok := store.(*s3.Store)
	if !ok {
		return t, nil
	}
	options := c.options(e.location)
	t.S3 = &options
	if !c.makeBucket {
		return t, nil
	}
	return t, c.make(ctx, bucket, e.location)
}

// make makes a bucket unless it is there. One that is there without the lock that is asked for is not what was wanted.
func (c *call) make(ctx context.Context, bucket *s3.Store, l location) error {
	made, err := bucket.MakeBucket(ctx, c.withLock)
	if err != nil {
		return faultError{"Der Bucket „" + l.bucket + "“ lässt sich nicht anlegen. Bitte prüfen Sie " + s3Variables + " und die Rechte des Zugangs", err}
	}
	if made {
		fmt.Fprintf(c.stdout, "Bucket „%s“ angelegt%s.\n", l.bucket, map[bool]string{true: ", mit Object Lock"}[c.withLock])
	}
	if made || !c.withLock {
		return nil
	}
	has, err := bucket.HasLock(ctx)
	if err == nil && !has {
		return faultError{"Den Bucket „" + l.bucket + "“ gibt es schon, und er hat kein Object Lock. Das lässt sich nicht nachträglich einschalten; bitte nehmen Sie einen neuen Bucket", errNoLock}
	}
	return nil // what else is wrong, the examination says
}

// printResults is the table of one store.
func printResults(w io.Writer, results []doctor.Result) error {
	rows := [][3]string{{"Prüfung", "Ergebnis", "Einzelheiten"}}
	for _, r := range results {
		rows = append(rows, [3]string{r.Check, r.State.String(), oneLine(r.Detail)})
	}
	var width [2]int
	for _, row := range rows {
		for i := range width {
			width[i] = max(width[i], utf8.RuneCountInString(row[i]))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "  %-*s  %-*s  %s\n", width[0], row[0], width[1], row[1], row[2])
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
