package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"auftragsmappe/documents/tenant"
)

// keys manages API keys; it prints a new key alone, so that scripts can take it.
func keys(ctx context.Context, c *call) error {
	if len(c.args) != 2 || c.args[0] != "add" {
		return usageError{"Aufruf: auftragsmappe keys add NAME"}
	}
	name := c.args[1]
	records, _, err := c.stores()
	if err != nil {
		return err
	}
	key, err := tenant.Add(ctx, records, name, rand.Reader)
	switch {
	case errors.Is(err, tenant.ErrName):
		return usageError{fmt.Sprintf("Der Name „%s“ ist nicht möglich: Erlaubt sind 1 bis 40 Zeichen aus a–z, 0–9 und „-“.", name)}
	case errors.Is(err, tenant.ErrTaken):
		return usageError{fmt.Sprintf("Einen Schlüssel „%s“ gibt es schon. Bitte wählen Sie einen anderen Namen.", name)}
	case err != nil:
		return faultError{"Der Schlüssel lässt sich nicht ablegen", err}
	}
	_, err = fmt.Fprintln(c.stdout, key)
	return err
}
