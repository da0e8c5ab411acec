package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/tenant"
)

// hook is what `keys add` is told of a key that stands in the address of a hook.
type hook struct {
	wanted             bool   // --hook
	secret, secretFile string // --secret, --secret-file: what the form tool signs with
}

func hookFlags(f *flag.FlagSet, c *call) {
	f.BoolVar(&c.hook.wanted, "hook", false, "Adresse für Formulare und No-Code-Werkzeuge, mit einem Schlüssel nur dafür")
	f.StringVar(&c.hook.secret, "secret", "", "Geheimnis, mit dem das Werkzeug unterschreibt (Tally: Signing secret)")
	f.StringVar(&c.hook.secretFile, "secret-file", "", "dasselbe aus einer Datei")
	f.StringVar(&c.url, "url", c.url, "öffentliche Adresse des Dienstes")
}

// maxSecret is far more than any tool's secret has.
const maxSecret = 500

// checkHook refuses flags that do not go together, and reads the secret.
func (c *call) checkHook() error {
	h := &c.hook
	given := h.secret != "" || h.secretFile != ""
	switch {
	case h.wanted && c.args[0] != "add":
		return usageError{"--hook gehört zu keys add.\nAufruf: auftragsmappe " + keysUsage}
	case given && !h.wanted:
		return usageError{"--secret und --secret-file gehören zu einer Hook-Adresse. Bitte ergänzen Sie --hook."}
	case h.secret != "" && h.secretFile != "":
		return usageError{"--secret und --secret-file: Bitte geben Sie nur eines von beiden an."}
	case h.secretFile != "":
		b, err := os.ReadFile(h.secretFile)
		if err != nil {
			return usageError{fmt.Sprintf("--secret-file: Die Datei „%s“ lässt sich nicht lesen: %v", h.secretFile, err)}
		}
		h.secret = string(b)
	}
	h.secret = strings.TrimSpace(h.secret) // what is copied from a page, or ends a file
	if given && (h.secret == "" || len(h.secret) > maxSecret) {
		return usageError{fmt.Sprintf("Das Geheimnis braucht 1 bis %d Zeichen. Bitte übernehmen Sie es unverändert aus dem Formular-Werkzeug.", maxSecret)}
	}
	return nil
}

// hookKey is the key to make. A hook works with the profile of its tenant, so one that nobody names is that of the only
// tenant: a new one would have no profile, and be of no use.
func (c *call) hookKey(ctx context.Context, records archive.Store, k tenant.Key) (tenant.Key, error) {
	k.Scope, k.Secret = tenant.Hook, c.hook.secret
	if c.tenant != "" {
		return k, mustExist(ctx, records, c.tenant)
	}
	all, err := tenant.All(ctx, records)
	if err != nil {
		return k, faultError{"Die Schlüssel lassen sich nicht lesen", err}
	}
	possible := owners(all)
	if len(possible) > 1 {
		return k, usageError{fmt.Sprintf("Es gibt mehrere Mandanten. Bitte nennen Sie den, für den der Hook Dokumente ausstellt: --tenant %s",
			strings.Join(possible, " oder --tenant "))}
	}
	if len(possible) == 1 {
		k.Tenant = possible[0]
	}
	return k, nil
}

// owners are the tenants with a valid key, by name.
func owners(sorted []tenant.Key) []string {
	var names []string
	for _, k := range sorted {
		if k.Revoked.IsZero() && (len(names) == 0 || names[len(names)-1] != k.Tenant) {
			names = append(names, k.Tenant)
		}
	}
	return names
}

// hookURL is the address of a hook with its key: of the one that checks signatures, where there is a secret for it.
func (c *call) hookURL(k *tenant.Key, text string) string {
	name := "engagement"
	if k.Secret != "" {
		name = "tally"
	}
	base := c.url
	if base == "" {
		base = "http://" + c.addr
	}
	return base + "/v1/hooks/" + name + "?key=" + text
}
