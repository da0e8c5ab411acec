package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"auftragsmappe/api"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// The limits of the server: a bundle takes milliseconds, so a slow request is a slow line.
const (
	readTimeout  = 30 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 120 * time.Second
	graceTimeout = 30 * time.Second // for running requests at shutdown
)

// serve is the API until ctx ends; then it finishes what runs.
func serve(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"serve braucht keine weiteren Angaben."}
	}
	log := slog.New(slog.NewJSONHandler(c.stderr, nil))
	is, records, err := c.issuer(log)
	if err != nil {
		return err
	}
	if err := c.firstKey(ctx, records); err != nil {
		return err
	}
	if n, err := is.Recover(ctx); err != nil {
		log.Error("unfinished claims remain", "finished", n, "error", err)
	} else if n > 0 {
		log.Info("finished claims of an earlier run", "finished", n)
	}
	listener, err := net.Listen("tcp", c.addr)
	if err != nil {
		return usageError{fmt.Sprintf("%sADDR: auf „%s“ lässt sich nicht hören: %v", prefix, c.addr, err)}
	}
	handler := api.New(api.Options{
		Issuer: is, Rules: rules, Base: c.url, Log: log,
		Tenant: func(ctx context.Context, key string) (string, error) { return tenant.Find(ctx, records, key) },
	})
	log.Info("listening", "addr", listener.Addr().String())
	return listen(ctx, listener, handler)
}

// listen serves until ctx ends and then waits for running requests.
func listen(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadTimeout: readTimeout, ReadHeaderTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer cancel()
	return server.Shutdown(grace)
}

// firstKey lets a new installation in: the operator's bootstrap key, else, on an empty store, a new key that is shown to a
// person at a terminal only.
func (c *call) firstKey(ctx context.Context, records archive.Store) error {
	if c.bootstrapKey != "" {
		err := tenant.Put(ctx, records, tenant.Key{Tenant: tenant.Default, Name: "bootstrap", Created: time.Now().UTC()}, c.bootstrapKey)
		if err != nil && !errors.Is(err, tenant.ErrTaken) {
			return storageError{fmt.Errorf("der erste Schlüssel lässt sich nicht ablegen: %w", err)}
		}
		return nil
	}
	all, err := tenant.All(ctx, records)
	if err != nil {
		return storageError{fmt.Errorf("die Schlüssel lassen sich nicht lesen: %w", err)}
	}
	if len(all) > 0 || !c.terminal {
		return nil
	}
	key, err := tenant.Add(ctx, records, tenant.Default, rand.Reader)
	if err != nil {
		return storageError{fmt.Errorf("der erste Schlüssel lässt sich nicht ablegen: %w", err)}
	}
	fmt.Fprintf(c.stderr, "Ihr erster API-Schlüssel (er wird nur jetzt gezeigt):\n\n    %s\n\n", key)
	return nil
}
