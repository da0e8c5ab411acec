package model

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"auftragsmappe/documents"
)

// told holds the manifest of an answer against the model.
func (m *machine) told(t *rapid.T, a *attempt, v verdict) {
	if a.said == nil || a.answer != issued && a.answer != replayed {
		return
	}
	d := &m.model.dealings[v.dealing]
	is := a.said.Manifest
	if d.id == "" {
		d.id = is.ID
	}
	b := d.deeds[v.deed].body
	if is.ID != d.id || is.Reference != b.Reference || string(is.Stage) != b.Stage || is.Revision != b.Revision {
		t.Fatalf("the manifest is not that of %v in %s: %s %s %s r%d", b, d.id, is.ID, is.Reference, is.Stage, is.Revision)
	}
	m.papers(t, is, d, v.deed+1)
	text := jsonOf(t, is.WithURLs("u"))
	if was := &d.deeds[v.deed].manifest; *was == "" {
		*was = text
	} else if *was != text {
		t.Fatalf("a repeat is told\n%s\nbut before it was\n%s", text, *was)
	}
}

// papers holds the documents of a manifest against those that the first n calls leave behind.
func (m *machine) papers(t *rapid.T, is *documents.Manifest, d *dealing, n int) {
	want := d.papers(n)
	if len(is.Documents) != len(want) {
		t.Fatalf("%d documents of %s, not %d", len(is.Documents), d.story(), len(want))
	}
	flat := map[string]string{}
	for i, w := range want {
		g, by := is.Documents[i], d.deeds[w.deed]
		number := m.number(d, w)
		if g.ID != w.id || string(g.Kind) != w.kind || g.Status != w.status || g.Replaces != w.replaces || g.ProfileVersion != by.Profile || g.Number != number {
			t.Fatalf("%s: document %s %s %s, replaces %q, profile %d; not %+v, %s, profile %d",
				d.story(), g.ID, g.Number, g.Status, g.Replaces, g.ProfileVersion, w, number, by.Profile)
		}
		if w.status == "issued" {
			flat[w.kind] = number
		}
	}
	if is.OfferNumber != flat["offer"] || is.InvoiceNumber != flat["invoice"] {
		t.Fatalf("%s: offer %q and invoice %q, not %v", d.story(), is.OfferNumber, is.InvoiceNumber, flat)
	}
}

// number is the number of a document: its engagement's, in the year of the first call, or that of its invoice.
func (m *machine) number(d *dealing, w paper) string {
	series, prefix, n, by := "E", "AN", 1, d.deeds[0]
	if w.kind == "invoice" {
		series, prefix, n, by = "RE", "RE", 2*w.deed+1, d.deeds[w.deed]
	}
	number := prefix + "-" + m.seen.number(fmt.Sprintf("%s-%d", series, by.year()), d.id, n)
	if revision := d.deeds[w.deed].Revision; w.kind == "offer" && revision > 1 {
		number += fmt.Sprint("-", revision)
	}
	return number
}

// shown holds what anybody can read of an engagement against the model.
func (m *machine) shown(t *rapid.T, is *documents.Manifest) {
	i := slices.IndexFunc(m.model.dealings, func(d dealing) bool { return d.id == is.ID })
	if i < 0 {
		t.Fatalf("engagement %s was never issued", is.ID)
	}
	d := &m.model.dealings[i]
	n := len(d.deeds)
	if last := &d.deeds[n-1]; !last.issued {
		if is.Status != documents.StatusRunning {
			t.Fatalf("%s is %s", d.story(), is.Status)
		}
		m.papers(t, is, d, n-1)
		return
	}
	m.told(t, &attempt{answer: replayed, said: &documents.Result{Manifest: is}}, verdict{dealing: i, deed: n - 1})
}

// fetch reads all documents of an engagement by their tokens, and its bundle.
func (m *machine) fetch(t *rapid.T, r *replica, is *documents.Manifest) {
	var current []string
	for _, d := range is.Documents {
		f, err := r.Document(context.Background(), d.Token)
		if err != nil || sum(f.Bytes) != d.SHA256 || len(f.Bytes) != d.Bytes {
			t.Fatalf("%s of %s: %v", d.ID, is.ID, err)
		}
		if d.Status == "issued" {
			current = append(current, d.SHA256)
		}
	}
	bundle, err := r.Bundle(context.Background(), tenantName, is)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range bundle {
		files = append(files, sum(f.Bytes))
	}
	slices.Sort(current)
	if slices.Sort(files); !slices.Equal(files, current) {
		t.Fatalf("the bundle of %s has %q, not %q", is.ID, files, current)
	}
}

// hidden: of a call that has not come to its end nothing can be fetched, even with the tokens that its documents will have.
func (m *machine) hidden(t *rapid.T, r *replica, id string) {
	events := m.seen.streams[id]
	n := len(events)
	if n%2 == 0 {
		return
	}
	for kind, secret := range events[n-1].Body.Secrets {
		token := fmt.Sprintf("%s.%s.%s-%d.%s", tenantName, id, kind, n, secret)
		if _, err := r.Document(context.Background(), token); !errors.Is(err, documents.ErrNotFound) {
			t.Fatalf("%s of event %d can be fetched: %v", kind, n, err)
		}
	}
}
