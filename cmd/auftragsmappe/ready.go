package main

import (
	"context"
	"fmt"
	"strconv"

	"auftragsmappe/documents/archive"
)

// ready says whether all stores can be relied on.
func ready(stores ...*archive.Watch) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, s := range stores {
			if err := s.Ready(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

// watched are the stores with an eye on how writing goes; one store for both roles is one.
func watched(records, files archive.Store) (r, f *archive.Watch) {
	r = archive.NewWatch(records)
	if files == records {
		return r, r
	}
	return r, archive.NewWatch(files)
}

const maxRate = 1_000_000

// perSecond is how many requests a second a key may make, as package api counts: 0 = its default, negative = no limit.
func (c *config) perSecond() (int, error) {
	if c.rate == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(c.rate)
	if err != nil || n < 0 || n > maxRate {
		return 0, fmt.Errorf("%sRATE: „%s“ ist keine Anzahl von Anfragen je Sekunde und Schlüssel. Bitte schreiben Sie eine ganze Zahl von 1 bis %d, "+
			"oder 0 für keine Begrenzung.", prefix, c.rate, maxRate)
	}
	if n == 0 {
		return -1, nil
	}
	return n, nil
}
