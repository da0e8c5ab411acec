package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"auftragsmappe/documents/archive"
)

// noKey is a place where nothing is ever stored: key hashes are longer.
var noKey = archive.APIKey("ready")

// ready says whether all stores answer: each is asked for something that is not there.
func ready(stores ...archive.Store) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, s := range stores {
			if _, err := s.Get(ctx, noKey); err != nil && !errors.Is(err, archive.ErrNotFound) {
				return fmt.Errorf("ask a store: %w", err)
			}
		}
		return nil
	}
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
