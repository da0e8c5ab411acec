package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
	"auftragsmappe/documents/texts"
)

// rules are what packages above engagement add to its validation.
var rules = []func(*engagement.Engagement) engagement.Violations{decision.Check, texts.CheckMeasures}

// read decodes the one engagement file that a command names; p is what is stored for the tenant, nil = nothing.
func (c *call) read(p *engagement.Profile) (*engagement.Valid, error) {
	if len(c.args) != 1 {
		return nil, usageError{"Bitte nennen Sie genau eine Datei mit einem Auftrag, zum Beispiel examples/launch.json."}
	}
	return readFile(c.args[0], p)
}

// readFile decodes an engagement; everything that is wrong with its content comes as Violations.
func readFile(name string, p *engagement.Profile) (*engagement.Valid, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close() //nolint:errcheck // only read
	v, err := engagement.Decode(f, p, documents.Today(time.Now()), rules...)
	var violations engagement.Violations
	var syntax *engagement.SyntaxError
	switch {
	case err == nil:
		return v, nil
	case errors.As(err, &violations):
		return nil, violations
	case errors.As(err, &syntax):
		return nil, engagement.Violations{{Code: "syntax", Detail: syntax.Detail}}
	case errors.Is(err, engagement.ErrTooLarge):
		return nil, engagement.Violations{{Code: "too_large", Detail: "Der Auftrag ist größer als 1 MiB. Bitte kürzen Sie die Texte."}}
	}
	return nil, unreadable(name, err)
}

func unreadable(name string, err error) error {
	return usageError{fmt.Sprintf("Die Datei „%s“ lässt sich nicht lesen: %v", name, err)}
}

// storedProfile is what the default tenant has stored. A folder that is not there yet has nothing, and is not made for it:
// an invalid engagement leaves no store behind.
func (c *call) storedProfile(ctx context.Context) (*tenant.Profile, error) {
	if folder := c.place(c.records).folder; folder != "" {
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			return &tenant.Profile{}, nil
		}
	}
	records, _, err := c.stores()
	if err != nil {
		return nil, err
	}
	return c.profile(ctx, records)
}

// profile is what the default tenant has stored in records.
func (c *call) profile(ctx context.Context, records archive.Store) (*tenant.Profile, error) {
	p, err := tenant.NewProfiles(records).Latest(ctx, tenant.Default)
	if err != nil {
		return nil, faultError{"Das gespeicherte Profil lässt sich nicht lesen", err}
	}
	return p, nil
}

// patience is how long a command waits for its documents: nobody is told meanwhile that they are under way.
const patience = time.Hour

// issuer is the issuer on the configured stores, with the clock and the randomness of the machine; it waits for what it issues.
func (c *call) issuer(log *slog.Logger) (*documents.Issuer, archive.Store, error) {
	records, files, err := c.stores()
	if err != nil {
		return nil, nil, err
	}
	c.wait = patience
	is, err := c.issuerOn(records, files, nil, log)
	return is, records, err
}

// issuerOn is the issuer on opened stores; nil profiles are those in records, with a memory of their own.
func (c *call) issuerOn(records, files archive.Store, profiles *tenant.Profiles, log *slog.Logger) (*documents.Issuer, error) {
	logo, style, err := c.look()
	if err != nil {
		return nil, err
	}
	is, err := documents.New(documents.Options{
		Records: records, Files: files, Profiles: profiles, Keep: c.years(), Now: time.Now, Random: rand.Reader, Logo: logo, Style: style, Wait: c.wait, Log: log,
	})
	if err != nil {
		return nil, faultError{"Das Programm ist unvollständig", err}
	}
	return is, nil
}
