package main

import (
	"context"
	"fmt"
	"log/slog"

	"auftragsmappe/documents"
)

// seal seals today's events of all tenants; the service does it daily by itself.
func seal(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"seal braucht keine weiteren Angaben."}
	}
	if err := c.there(); err != nil {
		return err
	}
	is, _, err := c.issuer(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	sealed, err := is.Seal(ctx)
	for _, s := range sealed {
		if _, err := fmt.Fprintf(c.stdout, "%s %s: %d Ereignisse, SHA-256 %s\n", s.Day, s.Tenant, s.Events, s.Sum); err != nil {
			return err
		}
	}
	if err != nil {
		return faultError{"Nicht alles ließ sich versiegeln", err}
	}
	if len(sealed) == 0 {
		_, err = fmt.Fprintln(c.stdout, "Es gibt nichts zu versiegeln: Seit dem letzten Siegel ist nichts hinzugekommen, oder heute ist schon versiegelt.")
	}
	return err
}

// audit walks the archive and prints a line for everything that is not as it was written; exit 0 only when there is none.
func audit(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"audit braucht keine weiteren Angaben."}
	}
	if err := c.there(); err != nil {
		return err
	}
	is, _, err := c.issuer(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	count, err := is.Audit(ctx, func(f documents.Finding) {
		fmt.Fprintf(c.stdout, "%s %s %s: %s\n", f.Tenant, f.Where, f.Code, f.Detail)
	})
	if err != nil {
		return faultError{"Das Archiv lässt sich nicht ganz lesen", err}
	}
	fmt.Fprintf(c.stdout, "Mandanten: %d, Aufträge: %d, Ereignisse: %d (noch nicht versiegelt: %d, offene Vorgänge: %d), Dokumente: %d (Dateien ohne Dokument: %d), Nummern: %d – ",
		count.Tenants, count.Engagements, count.Events, count.Unsealed, count.Open, count.Documents, count.Spare, count.Numbers)
	if count.Findings > 0 {
		fmt.Fprintf(c.stdout, "Abweichungen: %d\n", count.Findings)
		return errDiffers
	}
	fmt.Fprintln(c.stdout, "alles wie geschrieben")
	return nil
}
