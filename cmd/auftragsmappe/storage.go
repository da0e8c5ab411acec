package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/doctor"
	"auftragsmappe/documents/archive/s3"
)

// location is where a store is: a folder, or a prefix in a bucket.
type location struct{ folder, bucket, prefix string }

// locate reads dir:PATH or s3:BUCKET/PREFIX; ok is false for anything else.
func locate(value string) (l location, ok bool) {
	scheme, rest, _ := strings.Cut(value, ":")
	switch scheme {
	case "dir":
		return location{folder: rest}, rest != ""
	case "s3":
		l.bucket, l.prefix, _ = strings.Cut(rest, "/")
		l.prefix = strings.TrimSuffix(l.prefix, "/")
		return l, s3.CheckPlace(l.bucket, l.prefix) == nil
	}
	return location{}, false
}

// String is the place as the operator wrote it.
func (l location) String() string {
	if l.bucket == "" {
		return "Ordner " + l.folder
	}
	return strings.TrimSuffix("s3:"+l.bucket+"/"+l.prefix, "/")
}

// overlaps says that two places have keys in common, or that one lies within the other.
func (l location) overlaps(o location) bool {
	if l.bucket != o.bucket {
		return false
	}
	a, b := l.prefix+"/", o.prefix+"/"
	if l.bucket == "" {
		a, b = realPath(l.folder)+"/", realPath(o.folder)+"/"
	}
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || a == "/" || b == "/"
}

// realPath is a folder without links, as far as it is there.
func realPath(folder string) string {
	path, err := filepath.Abs(folder)
	if err != nil {
		return folder
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(realPath(parent), filepath.Base(path))
	}
	return path
}

// place is where a checked value says; without one it is the embedded store's folder.
func (c *config) place(value string) location {
	if value == "" {
		return location{folder: c.data}
	}
	l, _ := locate(value)
	return l
}

// checkStores checks the places of Records and Files, and what S3 needs.
func (c *config) checkStores() error {
	user := "" // the first variable that asks for S3
	for _, v := range []variable{{name: "RECORDS", value: &c.records}, {name: "FILES", value: &c.files}} {
		l, ok := locate(*v.value)
		if *v.value != "" && !ok {
			return fmt.Errorf("%s%s: „%s“ ist kein Speicher. Bitte schreiben Sie dir:PFAD oder s3:BUCKET/PRÄFIX (Bucket: 3 bis 63 Zeichen aus a–z, 0–9, „-“ und „.“; Präfix: aus Buchstaben ohne Umlaute, Ziffern, „._=-“ und „/“, höchstens 100 Zeichen).", prefix, v.name, *v.value)
		}
		if l.bucket != "" && user == "" {
			user = prefix + v.name
		}
	}
	if c.s3.endpoint != "" {
		if _, err := s3.CheckEndpoint(c.s3.endpoint); err != nil {
			return fmt.Errorf("%sS3_ENDPOINT: Bitte geben Sie eine Adresse der Form https://s3.example oder http://127.0.0.1:9000 an, ohne Pfad und ohne Zugangsdaten.", prefix)
		}
	}
	if user == "" {
		return nil
	}
	return c.checkS3(user)
}

// checkS3 says what is missing to reach S3; user is what asks for it.
func (c *config) checkS3(user string) error {
	for _, v := range []variable{{name: "S3_ENDPOINT", value: &c.s3.endpoint}, {name: "S3_ACCESS_KEY", value: &c.s3.accessKey}, {name: "S3_SECRET_KEY", value: &c.s3.secretKey}} {
		if *v.value == "" {
			return fmt.Errorf("%s%s fehlt: %s legt in S3 ab. Bitte setzen Sie die Variable.", prefix, v.name, user)
		}
	}
	return nil
}

// options are how the bucket of a place is reached.
func (c *config) options(l location) s3.Options {
	return s3.Options{
		Endpoint: c.s3.endpoint, Region: c.s3.region, AccessKey: c.s3.accessKey, SecretKey: c.s3.secretKey,
		Bucket: l.bucket, Prefix: l.prefix, Lock: s3.Lock(c.lock),
	}
}

// stores opens Records and Files; both are one store unless they are told apart.
func (c *config) stores() (records, files archive.Store, err error) {
	if records, err = c.open(c.place(c.records)); err != nil {
		return nil, nil, err
	}
	if c.place(c.files) == c.place(c.records) {
		return records, records, nil
	}
	files, err = c.open(c.place(c.files))
	return records, files, err
}

// there refuses a folder that is missing, for commands that are about what is stored: opening it would make it, and nothing
// in it is wrong.
func (c *config) there() error {
	for _, l := range []location{c.place(c.records), c.place(c.files)} {
		if l.folder == "" {
			continue
		}
		if _, err := os.Stat(l.folder); errors.Is(err, fs.ErrNotExist) {
			return faultError{"Den Ordner „" + l.folder + "“ gibt es nicht, in dem der Speicher liegen soll. Bitte prüfen Sie " + prefix + "DATA, " + prefix + "RECORDS und " + prefix + "FILES", err}
		}
	}
	return nil
}

// open opens the store of a place.
func (c *config) open(l location) (archive.Store, error) {
	if l.bucket != "" {
		store, err := s3.Open(c.options(l))
		if err != nil {
			return nil, faultError{"Der Speicher „" + l.String() + "“ lässt sich nicht öffnen", err}
		}
		return store, nil
	}
	store, err := archive.OpenDir(l.folder)
	if err != nil {
		return nil, faultError{"Der Speicher „" + l.folder + "“ lässt sich nicht öffnen. Bitte prüfen Sie Pfad, Schreibrechte und freien Platz", err}
	}
	return store, nil
}

// probeTime bounds how long a start waits for S3.
const probeTime = 12 * time.Second

// probe asks the configured buckets, before any document is trusted to them: both must be there, and the one of Records
// must honour create-if-absent, or two calls could be given one invoice number.
func (c *config) probe(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	records, files := c.place(c.records), c.place(c.files)
	for i, l := range []location{records, files} {
		if l.bucket == "" || i == 1 && files == records {
			continue
		}
		store, err := s3.Open(c.options(l))
		if err != nil {
			return faultError{"Der Speicher „" + l.String() + "“ lässt sich nicht öffnen", err}
		}
		if err := c.reach(ctx, store, l); err != nil {
			return err
		}
		if err := c.locks(ctx, store, l); err != nil {
			return err
		}
		if l != records {
			continue
		}
		if err := doctor.Probe(ctx, store); err != nil {
			return c.unfit(err)
		}
	}
	return nil
}

// s3Variables are where to look when a server does not let the program in.
const s3Variables = prefix + "S3_ENDPOINT, " + prefix + "S3_ACCESS_KEY und " + prefix + "S3_SECRET_KEY"

// reach asks for the bucket of a place.
func (c *config) reach(ctx context.Context, store *s3.Store, l location) error {
	err := store.Reach(ctx)
	if err == nil {
		return nil
	}
	return c.unreached(l, err)
}

// unreached is why a bucket cannot be used.
func (c *config) unreached(l location, err error) error {
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return faultError{"Den Bucket „" + l.bucket + "“ gibt es nicht. Bitte legen Sie ihn an (auftragsmappe doctor --make-bucket)", err}
	case errors.Is(err, s3.ErrClock):
		return faultError{"Die Uhr dieses Rechners und die des S3-Speichers unter " + c.s3.endpoint + " gehen zu weit auseinander, er weist alle Anfragen ab. Bitte gleichen Sie die Uhren ab (NTP)", err}
	}
	return faultError{"Der S3-Speicher unter " + c.s3.endpoint + " antwortet nicht oder weist die Zugangsdaten ab. Bitte prüfen Sie " + s3Variables, err}
}

// unfit is why Records cannot be kept where they are configured to be.
func (c *config) unfit(err error) error {
	if errors.Is(err, archive.ErrNoConditions) {
		return faultError{prefix + "RECORDS: Dieser S3-Anbieter beachtet „If-None-Match“ nicht, Nummern könnten doppelt vergeben werden. Bitte wählen Sie einen anderen Anbieter, oder legen Sie nur die Dateien in S3 ab (" +
			prefix + "FILES) und die Vorgänge in einen Ordner (" + prefix + "RECORDS=dir:PFAD)", err}
	}
	return faultError{prefix + "RECORDS: Der S3-Speicher besteht die Prüfung beim Start nicht", err}
}
