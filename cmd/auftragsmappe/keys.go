package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// keysCommand is one command below keys.
type keysCommand struct {
	names int // that it takes
	run   func(ctx context.Context, c *call, records archive.Store) error
}

var keysCommands = map[string]keysCommand{
	"add": {1, addKey}, "list": {0, listKeys}, "revoke": {1, revokeKey},
}

const keysUsage = "keys add NAME [--tenant MANDANT] [--hook [--secret TEXT | --secret-file DATEI]], keys list [--tenant MANDANT], keys revoke NAME [--tenant MANDANT]"

func keysFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.tenant, "tenant", "", "Mandant, wenn er anders heißt als der Schlüssel")
	hookFlags(f, c)
}

// keys manages API keys, also beside a running serve.
func keys(ctx context.Context, c *call) error {
	if len(c.args) == 0 {
		return usageError{"Aufruf: auftragsmappe " + keysUsage}
	}
	command, known := keysCommands[c.args[0]]
	names := c.args[1:]
	if !known || len(names) != command.names {
		return usageError{"Aufruf: auftragsmappe " + keysUsage}
	}
	if err := c.checkHook(); err != nil {
		return err
	}
	if c.tenant != "" {
		names = append(names, c.tenant)
	}
	for _, n := range names {
		if !tenant.ValidName(n) {
			return usageError{fmt.Sprintf("Der Name „%s“ ist nicht möglich: Erlaubt sind 1 bis 40 Zeichen aus a–z, 0–9 und „-“.", n)}
		}
	}
	records, _, err := c.stores()
	if err != nil {
		return err
	}
	return command.run(ctx, c, records)
}

// addKey makes a key and prints it alone, so that scripts can take it. Without --tenant it makes a tenant with its first key.
func addKey(ctx context.Context, c *call, records archive.Store) error {
	owner, name := c.owner()
	k := tenant.Key{Tenant: owner, Name: name, Created: time.Now().UTC()}
	if c.hook.wanted {
		var err error
		if k, err = c.hookKey(ctx, records, k); err != nil {
			return err
		}
	} else if c.tenant != "" {
		if err := mustExist(ctx, records, owner); err != nil {
			return err
		}
	}
	key, err := tenant.New(ctx, records, k, rand.Reader)
	switch {
	case errors.Is(err, tenant.ErrTaken):
		return usageError{fmt.Sprintf("Einen Schlüssel „%s“ gibt es schon. Bitte wählen Sie einen anderen Namen, oder widerrufen Sie ihn zuerst: "+
			"auftragsmappe keys revoke %s", name, named(k.Tenant, name))}
	case err != nil:
		return faultError{"Der Schlüssel lässt sich nicht ablegen", err}
	}
	if c.hook.wanted {
		key = c.hookURL(&k, key)
	}
	_, err = fmt.Fprintln(c.stdout, key)
	return err
}

// mustExist refuses a tenant that never had a key: a typo must not make a new one.
func mustExist(ctx context.Context, records archive.Store, owner string) error {
	exists, err := tenant.Exists(ctx, records, owner)
	if err != nil {
		return faultError{"Die Schlüssel lassen sich nicht lesen", err}
	}
	if !exists {
		return usageError{fmt.Sprintf("Einen Mandanten „%s“ gibt es nicht. Bitte prüfen Sie den Namen (keys list), oder legen Sie ihn mit einem ersten Schlüssel an: "+
			"auftragsmappe keys add %s", owner, owner)}
	}
	return nil
}

// listKeys prints a table of all keys, or of one tenant's: what they are called, never what they are.
func listKeys(ctx context.Context, c *call, records archive.Store) error {
	list := func() ([]tenant.Key, error) { return tenant.All(ctx, records) }
	if c.tenant != "" {
		if err := mustExist(ctx, records, c.tenant); err != nil {
			return err
		}
		list = func() ([]tenant.Key, error) { return tenant.List(ctx, records, c.tenant) }
	}
	all, err := list()
	if err != nil {
		return faultError{"Die Schlüssel lassen sich nicht lesen", err}
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(c.stdout, "Es gibt noch keinen Schlüssel. Einen ersten gibt: auftragsmappe keys add NAME")
		return err
	}
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "MANDANT\tNAME\tANGELEGT\tRECHTE\tZUSTAND")
	for _, k := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", k.Tenant, k.Name, day(k.Created), rights(&k), state(&k))
	}
	return w.Flush()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "–" // keys of the first stores do not say
	}
	return t.Format(time.DateOnly)
}

func rights(k *tenant.Key) string {
	switch {
	case k.Scope == tenant.Full:
		return "alle"
	case k.Sealed != nil:
		return string(k.Scope) + " mit Signatur"
	}
	return string(k.Scope)
}

func state(k *tenant.Key) string {
	if k.Revoked.IsZero() {
		return "gültig"
	}
	return "widerrufen am " + day(k.Revoked)
}

// revokeKey makes a key invalid at once; again it changes nothing.
func revokeKey(ctx context.Context, c *call, records archive.Store) error {
	owner, name := c.owner()
	left, err := tenant.Revoke(ctx, records, owner, name)
	said := fmt.Sprintf("Der Schlüssel „%s“ des Mandanten „%s“ ist widerrufen; binnen drei Sekunden gilt er nicht mehr.", name, owner)
	switch {
	case errors.Is(err, tenant.ErrNoName):
		return usageError{fmt.Sprintf("Einen Schlüssel „%s“ des Mandanten „%s“ gibt es nicht. Bitte prüfen Sie die Namen mit keys list; "+
			"einen anderen Mandanten nennen Sie mit --tenant.", name, owner)}
	case errors.Is(err, tenant.ErrRevoked):
		said = fmt.Sprintf("Der Schlüssel „%s“ des Mandanten „%s“ war schon widerrufen.", name, owner)
	case err != nil:
		return faultError{"Der Schlüssel lässt sich nicht widerrufen", err}
	case left == 0:
		said += fmt.Sprintf(" Es war der letzte: Der Mandant „%s“ hat jetzt keinen gültigen Schlüssel mehr. Einen neuen gibt: "+
			"auftragsmappe keys add NAME --tenant %s", owner, owner)
	}
	_, err = fmt.Fprintln(c.stdout, said)
	return err
}

// owner is the tenant and the name of the key that a call is about.
func (c *call) owner() (owner, name string) {
	name = c.args[1]
	if c.tenant == "" {
		return name, name
	}
	return c.tenant, name
}

// named is how a key is named on the command line.
func named(owner, name string) string {
	if owner == name {
		return name
	}
	return name + " --tenant " + owner
}
