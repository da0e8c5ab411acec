package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
)

// config is everything that can be set, from the environment and, over it, by flags.
type config struct {
	data         string // folder of the embedded store
	addr         string // where serve listens
	url          string // public base of all URLs, without a slash at its end; empty: http:// and addr
	records      string // dir:PATH or s3:BUCKET/PREFIX; empty: dir: and data
	files        string // the same
	s3           s3Config
	bootstrapKey string // a first key chosen by the operator
	rate         string // requests a second that a key may make; empty: the API's default
	start        string // on or off: the page /start; empty: on
	keep         string // years that documents are kept: 10, or invoice=10,contract=10; empty: by law
	lock         string // compliance, governance or off; empty: compliance where a bucket has object lock
}

// s3Config is the one S3 server that Records and Files may be in.
type s3Config struct{ endpoint, region, accessKey, secretKey string }

const prefix = "AUFTRAGSMAPPE_"

// The values of AUFTRAGSMAPPE_START.
const (
	startOn  = "on"
	startOff = "off"
)

// variable is a variable of the environment: its name after AUFTRAGSMAPPE_ and where its value goes.
type variable struct {
	name   string
	value  *string
	secret bool // may come from a file as well, which NAME_FILE names
}

func (c *config) variables() []variable {
	return []variable{
		{"DATA", &c.data, false}, {"ADDR", &c.addr, false}, {"URL", &c.url, false},
		{"RECORDS", &c.records, false}, {"FILES", &c.files, false},
		{"S3_ENDPOINT", &c.s3.endpoint, false}, {"S3_REGION", &c.s3.region, false},
		{"S3_ACCESS_KEY", &c.s3.accessKey, true}, {"S3_SECRET_KEY", &c.s3.secretKey, true},
		{"BOOTSTRAP_KEY", &c.bootstrapKey, true}, {"RATE", &c.rate, false}, {"START", &c.start, false},
		{"KEEP", &c.keep, false}, {"LOCK", &c.lock, false},
	}
}

// inFile is what the name of a variable ends in whose value is the name of a file with a secret.
const inFile = "_FILE"

// names are all names of a variable.
func (v variable) names() []string {
	if v.secret {
		return []string{prefix + v.name, prefix + v.name + inFile}
	}
	return []string{prefix + v.name}
}

// names are the names of all variables.
func names() []string {
	var all []string
	for _, v := range new(config).variables() {
		all = append(all, v.names()...)
	}
	return all
}

// load reads the environment; a name that it does not know is an error, as a typo must not silently change where documents go.
func load(environ []string) (config, error) {
	c := config{data: "./data", addr: "127.0.0.1:8080"}
	known := map[string]bool{}
	for _, name := range names() {
		known[name] = true
	}
	given := map[string]string{} // an empty value counts as not given
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if !known[name] {
			return c, fmt.Errorf("%s: Diese Umgebungsvariable gibt es nicht. Bekannt sind %s.", name, strings.Join(names(), ", "))
		}
		given[name] = value
	}
	for _, v := range c.variables() {
		if err := v.take(given); err != nil {
			return c, err
		}
	}
	return c, nil
}

// take takes the variable's value over, its own or that of its file.
func (v variable) take(given map[string]string) error {
	name := prefix + v.name
	value, file := given[name], given[name+inFile]
	if value != "" {
		*v.value = value
	}
	if !v.secret || file == "" {
		return nil
	}
	if value != "" {
		return fmt.Errorf("%s und %s%s: Bitte setzen Sie nur eine von beiden.", name, name, inFile)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s%s: Die Datei „%s“ lässt sich nicht lesen: %w", name, inFile, file, err)
	}
	*v.value = strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r") // editors end a file with a line end
	if *v.value == "" {
		return fmt.Errorf("%s%s: Die Datei „%s“ ist leer.", name, inFile, file)
	}
	return nil
}

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
	if c.start != "" && c.start != startOn && c.start != startOff {
		return fmt.Errorf("%sSTART: „%s“ ist nicht möglich. Bitte setzen Sie on oder off.", prefix, c.start)
	}
	if _, err := readKeep(c.keep); err != nil {
		return err
	}
	if err := c.checkLock(); err != nil {
		return err
	}
	return c.checkStores()
}

// isBase says that a URL can be put before a path.
func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.RawQuery == "" && u.Fragment == "" && u.User == nil
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

// isTerminal says that a person reads f: a first key is shown to people only, never written into a log.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device too, and nobody reads it
	return err != nil || !os.SameFile(info, null)
}
