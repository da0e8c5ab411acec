package main

import (
	"fmt"
	"net/url"
	"strings"

	"auftragsmappe/documents/archive"
)

// config is everything that can be set, from the environment and, over it, by flags.
type config struct {
	data         string // folder of the embedded store
	addr         string // where serve listens
	url          string // public base of all URLs, without a slash at its end
	records      string // dir:PATH
	files        string // dir:PATH
	bootstrapKey string // a first key chosen by the operator
}

const prefix = "AUFTRAGSMAPPE_"

// variables are the names after AUFTRAGSMAPPE_ and where their values go.
func (c *config) variables() map[string]*string {
	return map[string]*string{
		"DATA": &c.data, "ADDR": &c.addr, "URL": &c.url, "RECORDS": &c.records, "FILES": &c.files, "BOOTSTRAP_KEY": &c.bootstrapKey,
	}
}

// load reads the environment; a name that it does not know is an error, as a typo must not silently change where documents go.
func load(environ []string) (config, error) {
	c := config{data: "./data", addr: "127.0.0.1:8080"}
	known := c.variables()
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		short, ours := strings.CutPrefix(name, prefix)
		if !ours {
			continue
		}
		target, ok := known[short]
		if !ok {
			return c, fmt.Errorf("die Umgebungsvariable %s ist unbekannt; bekannt sind %s", name, names())
		}
		if value != "" {
			*target = value
		}
	}
	return c, nil
}

func names() string {
	return prefix + strings.Join([]string{"DATA", "ADDR", "URL", "RECORDS", "FILES", "BOOTSTRAP_KEY"}, ", _")
}

// complete fills what depends on other values and checks them; the error names the variable.
func (c *config) complete() error {
	if c.url == "" {
		c.url = "http://" + c.addr
	}
	c.url = strings.TrimRight(c.url, "/")
	if u, err := url.Parse(c.url); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%sURL: „%s“ ist keine Adresse der Form https://mappe.example", prefix, c.url)
	}
	if k := c.bootstrapKey; k != "" && (len(k) < 32 || strings.ContainsFunc(k, func(r rune) bool { return r < '!' || r > '~' })) {
		return fmt.Errorf("%sBOOTSTRAP_KEY: der Schlüssel braucht mindestens 32 sichtbare ASCII-Zeichen ohne Leerzeichen", prefix)
	}
	return nil
}

// stores opens Records and Files; both are one directory by default.
func (c *config) stores() (records, files archive.Store, err error) {
	if records, err = open(prefix+"RECORDS", c.records, c.data); err != nil {
		return nil, nil, err
	}
	if c.files == c.records {
		return records, records, nil
	}
	files, err = open(prefix+"FILES", c.files, c.data)
	return records, files, err
}

func open(variable, value, fallback string) (archive.Store, error) {
	if value == "" {
		value = "dir:" + fallback
	}
	path, ok := strings.CutPrefix(value, "dir:")
	if !ok || path == "" {
		return nil, usageError{fmt.Sprintf("%s: „%s“ ist nicht möglich; diese Fassung kennt nur dir:PFAD", variable, value)}
	}
	store, err := archive.OpenDir(path)
	if err != nil {
		return nil, storageError{fmt.Errorf("der Speicher %s lässt sich nicht öffnen: %w", path, err)}
	}
	return store, nil
}
