package backup_test

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/backup"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// copied is what a copy has, for the invariants.
type copied struct {
	*testing.T
	at  backup.Place
	is  *documents.Issuer
	all map[string]string
}

// consistent holds a copy against all that a copy promises.
func consistent(t *testing.T, at backup.Place) {
	t.Helper()
	c := copied{t, at, issuer(t, at), dump(t, at.Records, at.Files)}
	c.audit()
	issued, pending := c.streams()
	for _, name := range tenants {
		page, err := c.is.Engagements(t.Context(), documents.Query{Tenant: name, Limit: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		listed := 0
		for _, m := range page.Manifests {
			if len(m.Documents) > 0 {
				listed++
			}
			c.numbered(name, m)
		}
		if listed != issued[name] {
			t.Errorf("%s: %d engagements issued, %d in the list", name, issued[name], listed)
		}
		c.named(name)
	}
	finished, err := c.is.Recover(t.Context(), 0)
	if err != nil || finished != pending {
		t.Errorf("%d claims are pending, %d finished: %v", pending, finished, err)
	}
	c.audit()
	if _, pending := c.streams(); pending != 0 {
		t.Errorf("%d claims are not finished", pending)
	}
}

func (c copied) audit() {
	c.Helper()
	count, err := c.is.Audit(c.Context(), func(f documents.Finding) { c.Errorf("%+v", f) })
	if err != nil || count.Engagements == 0 {
		c.Errorf("%+v, %v", count, err)
	}
}

// streams counts engagements with documents, by tenant, and claims that are not issued.
func (c copied) streams() (issued map[string]int, pending int) {
	c.Helper()
	issued = map[string]int{}
	for key := range dump(c, c.at.Records) {
		name, id, n, ok := archive.ParseEvent(key)
		if !ok || n != 1 {
			continue
		}
		s, err := ledger.New(c.at.Records).Load(c.Context(), name, id)
		if err != nil {
			c.Fatal(err)
		}
		if s.Pending() > 0 {
			pending++
		}
		if s.Last(ledger.Issued) > 0 {
			issued[name]++
		}
	}
	return issued, pending
}

// numbered: the numbers that documents bear are taken in the copy.
func (c copied) numbered(name string, m *documents.Manifest) {
	c.Helper()
	for series, number := range map[string]string{"E": m.OfferNumber, "RE": m.InvoiceNumber} {
		if number == "" {
			continue
		}
		var n int
		if _, err := fmt.Sscanf(strings.SplitN(number, "-", 3)[2], "%d", &n); err != nil {
			c.Fatal(err)
		}
		if _, ok := c.all[archive.NumberKey(name, series, 2026, n)]; !ok {
			c.Errorf("%s: the number %s is not taken", name, number)
		}
	}
}

// named: every key of a tenant has a name.
func (c copied) named(name string) {
	c.Helper()
	all, err := tenant.All(c.Context(), c.at.Records)
	if err != nil {
		c.Fatal(err)
	}
	of := 0
	for i := range all {
		if all[i].Tenant == name {
			of++
		}
	}
	named, err := tenant.List(c.Context(), c.at.Records, name)
	if err != nil || len(named) != of {
		c.Errorf("%s: %d keys, %d have names: %v", name, of, len(named), err)
	}
}
