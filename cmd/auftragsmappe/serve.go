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
	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// The limits of the server: a bundle takes milliseconds, so a slow request is a slow line.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 120 * time.Second
	graceTimeout  = 30 * time.Second // for running requests at shutdown
	maxHeader     = 64 << 10
)

// serve is the API until ctx ends; then it finishes what runs.
func serve(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"serve braucht keine weiteren Angaben."}
	}
	log := slog.New(slog.NewJSONHandler(c.stderr, nil))
	if err := c.probe(ctx); err != nil {
		return err
	}
	recordStore, fileStore, err := c.stores()
	if err != nil {
		return err
	}
	if err := isWhole(ctx, recordStore); err != nil {
		return err
	}
	records, files := watched(recordStore, fileStore)
	profiles := tenant.NewProfiles(records)
	profiles.Keep = c.years().Longest()
	is, err := c.issuerOn(records, files, profiles, log)
	if err != nil {
		return err
	}
	rate, err := c.perSecond()
	if err != nil {
		return usageError{err.Error()}
	}
	if err := c.firstKey(ctx, records, log); err != nil {
		return err
	}
	return c.serveAPI(ctx, api.Options{
		Issuer: is, Records: records, Profiles: profiles, Rules: rules, Ready: ready(records, files), Rate: rate,
		WithoutStart: c.start == startOff, Log: log,
	})
}

// serveAPI listens and serves, and finishes what runs when ctx ends.
func (c *call) serveAPI(ctx context.Context, o api.Options) error {
	is, log := o.Issuer, o.Log
	listener, err := c.listener(prefix + "ADDR")
	if err != nil {
		return err
	}
	go sweep(ctx, is, log)
	go sealDaily(ctx, is, log)
	o.Base = c.base(listener.Addr())
	log.Info("listening", "addr", listener.Addr().String(), "url", o.Base)
	err = listen(ctx, listener, api.New(o), log)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer cancel()
	if drain := is.Drain(grace); err == nil && drain != nil { // the next start, or another replica, finishes the rest
		err = faultError{"Nicht alle Aufträge wurden fertig", drain}
	}
	log.Info("stopped")
	return err
}

// sweepEvery is how often claims are looked for that a failed call left behind, sweepAge from which age on: no call takes as
// long, so that nobody's work is done twice.
const (
	sweepEvery = 5 * time.Second
	sweepAge   = time.Minute - sweepEvery // so that no claim is left for longer than a minute
)

// sweep finishes what an earlier run left behind, and then what failed calls do: storage that comes back needs no restart.
func sweep(ctx context.Context, is *documents.Issuer, log *slog.Logger) {
	recoverClaims(ctx, is, 0, log)
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			recoverClaims(ctx, is, sweepAge, log)
		}
	}
}

// sealDaily seals each day at its end. Replicas may do so at once: a day has one seal.
func sealDaily(ctx context.Context, is *documents.Issuer, log *slog.Logger) {
	for {
		timer := time.NewTimer(is.NextSeal())
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		if _, err := is.Seal(ctx); err != nil && ctx.Err() == nil {
			log.Error("not all is sealed", "error", err)
		}
	}
}

func recoverClaims(ctx context.Context, is *documents.Issuer, age time.Duration, log *slog.Logger) {
	n, err := is.Recover(ctx, age)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		log.Error("unfinished claims remain", "finished", n, "error", err)
	case n > 0:
		log.Info("finished claims that were left", "finished", n)
	}
}

// listener listens on the call's address; name is what set it.
func (c *call) listener(name string) (net.Listener, error) {
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return nil, usageError{fmt.Sprintf("%s: Auf „%s“ lässt sich nicht hören: %v", name, c.addr, err)}
	}
	return l, nil
}

// listen serves until ctx ends and then waits for running requests.
func listen(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return faultError{"Der Dienst ist abgebrochen", err}
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return faultError{"Nicht alle Anfragen wurden fertig", err}
	}
	return nil
}

const bootstrapName = "bootstrap"

// firstKey lets a new installation in: the operator's bootstrap key, else, on an empty store, a new key that is shown to a
// person at a terminal only.
func (c *call) firstKey(ctx context.Context, records archive.Store, log *slog.Logger) error {
	if c.bootstrapKey != "" {
		return bootstrap(ctx, records, c.bootstrapKey, log)
	}
	some, err := tenant.Any(ctx, records)
	if err != nil {
		return faultError{"Die Schlüssel lassen sich nicht lesen", err}
	}
	if some {
		return nil
	}
	if !c.terminal {
		log.Warn("there is no API key yet: run `auftragsmappe keys add NAME`, or set " + prefix + "BOOTSTRAP_KEY")
		return nil
	}
	key, err := tenant.Add(ctx, records, tenant.Default, rand.Reader)
	if errors.Is(err, tenant.ErrTaken) {
		return nil // another replica was faster, and shows it
	}
	if err != nil {
		return faultError{"Der erste Schlüssel lässt sich nicht ablegen", err}
	}
	_, err = fmt.Fprintf(c.stdout, "Ihr erster API-Schlüssel (er wird nur jetzt gezeigt):\n\n    %s\n\n", key)
	return err
}

// bootstrap stores the operator's key unless it is there. A store that has another bootstrap key keeps it, and one that was
// revoked does not come back; the log says so.
func bootstrap(ctx context.Context, records archive.Store, key string, log *slog.Logger) error {
	_, err := tenant.Find(ctx, records, key, tenant.Full)
	if errors.Is(err, tenant.ErrKey) {
		err = tenant.Put(ctx, records, tenant.Key{Tenant: tenant.Default, Name: bootstrapName}, key)
	}
	switch {
	case errors.Is(err, tenant.ErrTaken):
		log.Warn(prefix + "BOOTSTRAP_KEY is ignored: the store has another bootstrap key")
	case errors.Is(err, tenant.ErrRevoked):
		log.Warn(prefix + "BOOTSTRAP_KEY is ignored: this key was revoked")
	case err != nil:
		return faultError{"Der erste Schlüssel lässt sich nicht ablegen", err}
	}
	return nil
}
