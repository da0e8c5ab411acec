package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// patience is within what every caller is answered, whatever the storage does: eight seconds, half a one to give up, and what
// a busy machine adds.
const patience = 12 * time.Second

// judge holds an answer against what was promised.
func (c *crowd) judge(r request, a *answer, err error) {
	in := c.excuse(a.from, a.from.Add(a.took))
	if err != nil {
		c.saw("none", a.took)
		if in == nil || in.name != killed {
			c.find("no answer to %s %s after %.1f s: %v (%s)", r.method, route(r.url), a.took.Seconds(), err, in)
		}
		return
	}
	c.saw(fmt.Sprint(a.status), a.took)
	if a.took > patience {
		c.find("%s %s was answered after %.1f s with %d (%s)", r.method, route(r.url), a.took.Seconds(), a.status, in)
	}
	switch a.status {
	case http.StatusOK, http.StatusCreated, http.StatusAccepted:
	case http.StatusServiceUnavailable:
		c.refused(r, a, in)
	case http.StatusConflict: // an equal call is at work, still
		if !strings.Contains(string(a.body), "running") {
			c.find("%s %s: %d %.300s (%s)", r.method, route(r.url), a.status, a.body, in)
		}
	default:
		c.find("%s %s: %d %.300s (%s)", r.method, route(r.url), a.status, a.body, in)
	}
}

// refused judges a 503: there must be trouble, it must say when to come again, and where the storage can be read nothing that
// only reads may be refused.
func (c *crowd) refused(r request, a *answer, in *window) {
	switch {
	case in == nil:
		c.find("%s %s: 503 without trouble: %.300s", r.method, route(r.url), a.body)
	case in.reads && !r.write:
		c.find("%s %s: 503, though the storage can be read: %.300s (%s)", r.method, route(r.url), a.body, in)
	}
	if a.header.Get("Retry-After") == "" {
		c.find("%s %s: 503 without Retry-After (%s)", r.method, route(r.url), in)
	}
}

// String is the trouble's name.
func (w *window) String() string {
	if w == nil {
		return "no trouble"
	}
	return w.name
}

// route is a URL without what is secret in it.
func route(url string) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	path, _, _ = strings.Cut(path, "?key=")
	return "/" + path[:min(len(path), 40)]
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// unzipped is the entries of a ZIP by their names.
func unzipped(b []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	entries := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		if entries[f.Name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
