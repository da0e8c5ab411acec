package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"auftragsmappe/documents"
)

// errDiffers is a clear no: the exit code says it, the sentence is on stdout.
var errDiffers = errors.New("the file is not as it was issued")

// verify says whether a file is as it was issued, by whichever tenant of the configured store.
func verify(ctx context.Context, c *call) error {
	if len(c.args) != 1 {
		return usageError{"Bitte nennen Sie genau eine Datei, zum Beispiel mappe/offer.pdf."}
	}
	b, err := os.ReadFile(c.args[0])
	if err != nil {
		return unreadable(c.args[0], err)
	}
	if err := c.there(); err != nil {
		return err
	}
	is, _, err := c.issuer(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	v, err := is.Verify(ctx, "", b)
	if err != nil {
		return faultError{"Die Datei lässt sich nicht prüfen", err}
	}
	if _, err := fmt.Fprintln(c.stdout, v.Detail); err != nil {
		return err
	}
	if v.Result != documents.Unchanged && v.Result != documents.Extended {
		return errDiffers
	}
	return nil
}
