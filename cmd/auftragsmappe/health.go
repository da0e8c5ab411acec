package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

const healthTimeout = 5 * time.Second

// health asks a running service whether it is ready: for health checks in a container that has no other program.
func health(ctx context.Context, c *call) error {
	if len(c.args) != 0 {
		return usageError{"health braucht keine weiteren Angaben."}
	}
	base := strings.TrimRight(c.service, "/")
	if base == "" {
		base = "http://" + dialable(c.addr)
	}
	if !isBase(base) {
		return usageError{fmt.Sprintf("--url: „%s“ ist keine Adresse der Form http://127.0.0.1:8080.", c.service)}
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", nil)
	if err != nil {
		return usageError{fmt.Sprintf("--url: „%s“ ist keine Adresse der Form http://127.0.0.1:8080.", c.service)}
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // no proxy: the service is in this container
	answer, err := client.Do(request)
	if err != nil {
		return faultError{"Der Dienst unter " + base + " antwortet nicht", err}
	}
	defer answer.Body.Close() //nolint:errcheck // nothing to read
	if answer.StatusCode != http.StatusOK {
		return faultError{"Der Dienst unter " + base + " ist nicht bereit", errors.New(answer.Status)}
	}
	_, err = fmt.Fprintln(c.stdout, "bereit")
	return err
}

// dialable is where a service can be reached that listens on addr: "every address" is none.
func dialable(addr string) string {
	host, port, _ := net.SplitHostPort(addr) // checked before
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return net.JoinHostPort(host, port)
}
