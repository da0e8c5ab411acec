package documents_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"flag"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// makeCorpus writes the store of this release into testdata once: a release adds a folder, it never changes one.
var makeCorpus = flag.String("corpus", "", "make the corpus of stored objects of this name, store-v2 for example")

func TestMakeCorpus(t *testing.T) {
	if *makeCorpus == "" {
		return
	}
	folder := filepath.Join("testdata", *makeCorpus)
	if _, err := os.Stat(folder); err == nil {
		t.Fatalf("%s is there: what was stored once is never changed", folder)
	}
	s := archive.NewMemory()
	known := fillCorpus(t, s)
	for key, body := range dump(t, s) {
		name := filepath.Join(folder, "store", filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	known.Manifests = manifestsOf(t, s)
	b, err := json.MarshalIndent(known, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "known.json"), append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// corpusKnown is what is known about a stored corpus from the program that made it.
type corpusKnown struct {
	Made      time.Time // the clock went on from here
	Key       string    // opens tenant jana
	Hook      string    // a hook's key
	Secret    string    // of that hook
	Revoked   string    // opened tenant jana once
	Dead      int       // claims that are not finished
	Manifests map[string]json.RawMessage
}

// fillCorpus does everything that stores something, in all shapes.
func fillCorpus(t *testing.T, s archive.Store) *corpusKnown {
	t.Helper()
	c := &clock{now: noon}
	is := timed(t, s, c)
	known := &corpusKnown{Secret: "signing secret", Dead: 2}
	pass := func() { c.pass(time.Hour) }
	// A story: offer, contracts, a revision that no longer needs the AVV.
	story := func(edit ...func(map[string]any)) *engagement.Valid {
		return example(t, "newsletter-activecampaign", edits(append(edit, with("STORY", "reference"), with(map[string]any{"exclude": []string{"contract", "nda"}}, "documents"))...))
	}
	issue(t, is, "default", story(with("offer", "stage")))
	pass()
	issue(t, is, "default", story(with("complete", "stage")))
	pass()
	issue(t, is, "default", story(with("complete", "stage"), with(2, "revision"), func(m map[string]any) { delete(m, "access") }))
	if _, err := is.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.pass(24 * time.Hour)
	// With a profile and without a reference; by a request key; by the body alone; other kinds of prices.
	version := profile(t, s, "#7a1f3d", color.RGBA{200, 0, 0, 255}).Version
	offer := with("offer", "stage")
	post(t, is, documents.Call{Tenant: "default", Engagement: example(t, launch, small("PROFILE")), Profile: version})
	post(t, is, documents.Call{Tenant: "default", Engagement: example(t, "unklarer-zugang", edits(loose, offer)), Key: "n8n-17"})
	post(t, is, documents.Call{Tenant: "default", Engagement: example(t, "wien-reverse-charge", edits(loose, offer))})
	for _, name := range []string{"kursvideos-ablefy", "vhs-xrechnung"} {
		post(t, is, documents.Call{Tenant: "jana", Engagement: example(t, name, edits(named("PRICE-"+name), offer))})
		pass()
	}
	if _, err := is.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Claims of processes that died: behind the claim, and behind the first file.
	for i, name := range []string{"DEAD-1", "DEAD-2"} {
		fault := archive.NewFault(s, 2+3*i, archive.CrashDone)
		dead, err := documents.New(documents.Options{Records: fault, Now: c.Now})
		if err != nil {
			t.Fatal(err)
		}
		if try(t, dead, example(t, launch, small(name))) == nil {
			t.Fatal("no crash")
		}
	}
	known.Made = c.Now()
	known.keys(t, s)
	return known
}

// keys makes keys of every kind.
func (k *corpusKnown) keys(t *testing.T, s archive.Store) {
	t.Helper()
	made := func(key tenant.Key) string {
		text, err := tenant.New(t.Context(), s, key, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	k.Revoked = made(tenant.Key{Tenant: "jana", Name: "make"})
	if _, err := tenant.Revoke(t.Context(), s, "jana", "make"); err != nil {
		t.Fatal(err)
	}
	k.Key = made(tenant.Key{Tenant: "jana", Name: "make"})
	k.Hook = made(tenant.Key{Tenant: "jana", Name: "tally", Scope: tenant.Hook, Secret: k.Secret})
}

// manifestsOf are all manifests of a store, by tenant and id.
func manifestsOf(t *testing.T, s archive.Store) map[string]json.RawMessage {
	t.Helper()
	all := map[string]json.RawMessage{}
	is := issuer(t, s, nil)
	for _, name := range []string{"default", "jana"} {
		for key := range dump(t, s) {
			of, id, n, ok := archive.ParseEvent(key)
			if !ok || n != 1 || of != name {
				continue
			}
			m, err := is.Engagement(t.Context(), name, id)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(m.WithURLs("u")); err != nil {
				t.Fatal(err)
			}
			all[name+"/"+id] = b.Bytes()
		}
	}
	return all
}
