package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"auftragsmappe/documents/archive"
)

// config is everything that can be set, from the environment and, over it, by flags.
type config struct {
	data         string // folder of the embedded store
	addr         string // where serve listens
	url          string // public base of all URLs, without a slash at its end; empty: http:// and addr
	records      string // dir:PATH; empty: dir: and data
	files        string // the same
	bootstrapKey string // a first key chosen by the operator
	rate         string // requests a second that a key may make; empty: the API's default
}

const prefix = "AUFTRAGSMAPPE_"

// variable is a variable of the environment: its name after AUFTRAGSMAPPE_ and where its value goes.
type variable struct {
	name  string
	value *string
}

func (c *config) variables() []variable {
	return []variable{
		{"DATA", &c.data}, {"ADDR", &c.addr}, {"URL", &c.url}, {"RECORDS", &c.records}, {"FILES", &c.files},
		{"BOOTSTRAP_KEY", &c.bootstrapKey}, {"RATE", &c.rate},
	}
}

// load reads the environment; a name that it does not know is an error, as a typo must not silently change where documents go.
func load(environ []string) (config, error) {
	c := config{data: "./data", addr: "127.0.0.1:8080"}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if err := c.set(name, value); err != nil {
			return c, err
		}
	}
	return c, nil
}

// set takes one variable over; an empty value counts as not given.
func (c *config) set(name, value string) error {
	known := make([]string, 0, len(c.variables()))
	for _, v := range c.variables() {
		if known = append(known, prefix+v.name); name != prefix+v.name {
			continue
		}
		if value != "" {
			*v.value = value
		}
		return nil
	}
	if strings.HasPrefix(name, prefix+"S3_") {
		return fmt.Errorf("%s: %s", name, noS3)
	}
	return fmt.Errorf("%s: Diese Umgebungsvariable gibt es nicht. Bekannt sind %s.", name, strings.Join(known, ", "))
}

const noS3 = "S3 gibt es in dieser Fassung noch nicht. Bitte verwenden Sie einen Ordner: dir:PFAD."

// check refuses values that cannot work; the error names the variable.
func (c *config) check() error {
	if _, port, err := net.SplitHostPort(c.addr); err != nil || port == "" {
		return fmt.Errorf("%sADDR: „%s“ ist keine Adresse der Form 127.0.0.1:8080.", prefix, c.addr)
	}
	c.url = strings.TrimRight(c.url, "/")
	if c.url != "" && !isBase(c.url) {
		return fmt.Errorf("%sURL: „%s“ ist keine Adresse der Form https://mappe.example.", prefix, c.url)
	}
	invisible := func(r rune) bool { return r < '!' || r > '~' }
	if k := c.bootstrapKey; k != "" && (len(k) < 32 || strings.ContainsFunc(k, invisible)) {
		return fmt.Errorf("%sBOOTSTRAP_KEY: Der Schlüssel braucht mindestens 32 sichtbare ASCII-Zeichen ohne Leerzeichen.", prefix)
	}
	if _, err := c.perSecond(); err != nil {
		return err
	}
	for _, v := range []variable{{"RECORDS", &c.records}, {"FILES", &c.files}} {
		if err := checkStore(prefix+v.name, *v.value); err != nil {
			return err
		}
	}
	return nil
}

// isBase says that a URL can be put before a path.
func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

func checkStore(name, value string) error {
	scheme, place, ok := strings.Cut(value, ":")
	switch {
	case value == "", ok && scheme == "dir" && place != "":
		return nil
	case ok && scheme == "s3":
		return fmt.Errorf("%s: %s", name, noS3)
	}
	return fmt.Errorf("%s: „%s“ ist kein Speicher. Bitte schreiben Sie dir:PFAD.", name, value)
}

// base is the public base of all URLs of a service that listens on addr.
func (c *config) base(addr net.Addr) string {
	if c.url != "" {
		return c.url
	}
	if _, port, _ := net.SplitHostPort(c.addr); port == "0" {
		return "http://" + addr.String() // the system has chosen the port
	}
	return "http://" + c.addr
}

// stores opens Records and Files; both are one directory unless they are told apart.
func (c *config) stores() (records, files archive.Store, err error) {
	if records, err = openDir(c.place(c.records)); err != nil {
		return nil, nil, err
	}
	if c.place(c.files) == c.place(c.records) {
		return records, records, nil
	}
	files, err = openDir(c.place(c.files))
	return records, files, err
}

// place is the folder of a checked dir:PATH.
func (c *config) place(value string) string {
	if value == "" {
		return c.data
	}
	return strings.TrimPrefix(value, "dir:")
}

func openDir(path string) (archive.Store, error) {
	store, err := archive.OpenDir(path)
	if err != nil {
		return nil, faultError{"Der Speicher „" + path + "“ lässt sich nicht öffnen", err}
	}
	return store, nil
}

// isTerminal says that a person reads f: a first key is shown to people only, never written into a log.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device too, and nobody reads it
	return err != nil || !os.SameFile(info, null)
}
