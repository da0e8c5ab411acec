package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/texts"
)

// rules are what packages above engagement add to its validation.
var rules = []func(*engagement.Engagement) engagement.Violations{decision.Check, texts.CheckMeasures}

// read decodes the one engagement file that a command names.
func (c *call) read() (*engagement.Valid, error) {
	if len(c.args) != 1 {
		return nil, usageError{"Es fehlt genau eine Datei mit einem Auftrag, zum Beispiel examples/launch.json."}
	}
	return readFile(c.args[0])
}

func readFile(name string) (*engagement.Valid, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usageError{fmt.Sprintf("Die Datei „%s“ lässt sich nicht lesen: %v", name, err)}
	}
	defer f.Close() //nolint:errcheck // only read
	v, err := engagement.Decode(f, nil, documents.Today(time.Now()), rules...)
	var syntax *engagement.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, engagement.Violations{{Pointer: "/", Code: "syntax", Detail: syntax.Detail}}
	case errors.Is(err, engagement.ErrTooLarge):
		return nil, engagement.Violations{{Pointer: "/", Code: "too_large", Detail: "Der Auftrag ist größer als 1 MiB; kürzen Sie die Texte."}}
	}
	return v, err
}

// issuer is the issuer on the configured stores, with the clock and the randomness of the machine.
func (c *call) issuer(log *slog.Logger) (*documents.Issuer, archive.Store, error) {
	records, files, err := c.stores()
	if err != nil {
		return nil, nil, err
	}
	is, err := documents.New(documents.Options{Records: records, Files: files, Now: time.Now, Random: rand.Reader, Log: log})
	return is, records, err
}

// changed turns a reference that was used before into violations.
func changed(err error) error {
	var c *documents.ChangedError
	if !errors.As(err, &c) {
		return err
	}
	var v engagement.Violations
	for _, p := range c.Pointers {
		v = append(v, engagement.Violation{Pointer: p, Code: "reference_changed", Detail: "Zu dieser reference wurde schon ein anderer Auftrag ausgestellt; verwenden Sie eine andere reference oder lassen Sie den Auftrag unverändert."})
	}
	return v
}
