package documents_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// pattern is an engagement as a real run leaves it, from which stores of any size are made.
type pattern struct {
	id      string
	objects []archive.Object
}

const (
	patternTenant    = "tenant-of-the-pattern"
	patternReference = "REFERENCE-OF-THE-PATTERN"
)

func newPattern(t testing.TB) *pattern {
	t.Helper()
	store := archive.NewMemory()
	p := &pattern{id: issue(t, issuer(t, store, nil), patternTenant, example(t, launch, named(patternReference))).Manifest.ID}
	for key, value := range dump(t, store) {
		p.objects = append(p.objects, archive.Object{Key: key, Bytes: []byte(value)})
	}
	return p
}

// reference is that of a tenant's engagement n.
func reference(n int) string { return fmt.Sprintf("R-%06d", n) }

// spread is how far a generated tenant's engagements lie apart: 10⁵ of them fill most of a year.
const spread = 5 * time.Minute

// copied are the objects of a tenant's engagement n (1, 2, …) of many, as if it had been issued. Files keep their bytes.
func (p *pattern) copied(name string, n, many int) []archive.Object {
	at := noon.Add(-time.Duration(many-n+1) * spread)
	id := ledger.ID(name, reference(n))
	replace := strings.NewReplacer(
		p.id, id, patternTenant, name, patternReference, reference(n), "-2026-0001", fmt.Sprintf("-2026-%04d", n),
		`"at":"`+noon.Format(time.RFC3339)+`"`, `"at":"`+at.Format(time.RFC3339)+`"`, `"from":1}`, fmt.Sprintf(`"from":%d}`, n))
	objects := make([]archive.Object, len(p.objects))
	for i, o := range p.objects {
		key := replace.Replace(o.Key)
		switch {
		case strings.Contains(key, "/recent/"):
			key = archive.RecentKey(name, id, at)
		case strings.Contains(key, "/n/"):
			key = archive.NumberKey(name, strings.Split(key, "/")[3], 2026, n)
		case strings.HasSuffix(key, ".pdf"):
			objects[i] = archive.Object{Key: key, Bytes: o.Bytes}
			continue
		}
		objects[i] = archive.Object{Key: key, Bytes: []byte(replace.Replace(string(o.Bytes)))}
	}
	return objects
}

// account are the objects of a tenant's key, whose text is made of its name.
func account(t testing.TB, name string) []archive.Object {
	t.Helper()
	store := archive.NewMemory()
	if err := tenant.Put(context.Background(), store, tenant.Key{Tenant: name, Name: name, Created: noon}, keyText(name)); err != nil {
		t.Fatal(err)
	}
	var objects []archive.Object
	for key, value := range dump(t, store) {
		objects = append(objects, archive.Object{Key: key, Bytes: []byte(value)})
	}
	return objects
}

func keyText(name string) string { return "am_" + name }

// population is tenants with engagements each.
type population struct {
	tenants, engagements int
	prefix               string // of the tenants' names; "" = "tenant-"
}

func (p population) name(i int) string { return fmt.Sprintf("%s%06d", cmp.Or(p.prefix, "tenant-"), i) }

// fill writes a population; write gets the objects of one engagement or account.
func (p population) fill(t testing.TB, write func(objects []archive.Object)) {
	t.Helper()
	from := newPattern(t)
	for i := range p.tenants {
		write(account(t, p.name(i)))
		for n := range p.engagements {
			write(from.copied(p.name(i), n+1, p.engagements))
		}
	}
}

// inMemory is a memory store of the populations without their files, which would not fit.
func inMemory(t testing.TB, all ...population) *archive.Memory {
	t.Helper()
	store := archive.NewMemory()
	for _, p := range all {
		p.fill(t, func(objects []archive.Object) {
			objects = slices.DeleteFunc(objects, func(o archive.Object) bool { return strings.HasSuffix(o.Key, ".pdf") })
			if err := store.Put(context.Background(), objects...); err != nil {
				t.Fatal(err)
			}
		})
	}
	return store
}

// links writes objects into a directory store without a sync, and equal files as links to one.
type links struct {
	root  string
	files map[string]*linked // by name without the folder: the hash is in it
}

type linked struct {
	name string
	used int
}

const maxLinks = 60_000 // ext4 allows 65,000

func (l *links) write(t testing.TB, objects []archive.Object) {
	t.Helper()
	for _, o := range objects {
		name := filepath.Join(l.root, filepath.FromSlash(o.Key))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := l.writeOne(name, o); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *links) writeOne(name string, o archive.Object) error {
	if !strings.HasSuffix(o.Key, ".pdf") {
		return os.WriteFile(name, o.Bytes, 0o600)
	}
	file := l.files[filepath.Base(name)]
	if file != nil && file.used < maxLinks {
		file.used++
		return os.Link(file.name, name)
	}
	l.files[filepath.Base(name)] = &linked{name: name}
	return os.WriteFile(name, o.Bytes, 0o600)
}

// inDirectory is a directory store of the populations.
func inDirectory(t testing.TB, path string, all ...population) *archive.Dir {
	t.Helper()
	dir, err := archive.OpenDir(path)
	if err != nil {
		t.Fatal(err)
	}
	l := &links{path, map[string]*linked{}}
	for _, p := range all {
		p.fill(t, func(objects []archive.Object) { l.write(t, objects) })
	}
	return dir
}

// A generated store is like a real one: the audit is clean, calls go on with the next number, replays and documents are found.
func TestGenerated(t *testing.T) {
	p := population{tenants: 3, engagements: 4}
	dir := inDirectory(t, t.TempDir(), p)
	is := issuer(t, dir, nil)
	var findings []documents.Finding
	count, err := is.Audit(t.Context(), func(f documents.Finding) { findings = append(findings, f) })
	if err != nil || len(findings) != 0 || count.Engagements != 12 || count.Documents != 72 || count.Numbers != 24 || count.Tenants != 3 {
		t.Fatalf("%v %+v: %+v", err, count, findings)
	}
	if r := issue(t, is, p.name(1), example(t, launch, named(reference(2)))); !r.Replayed || r.Manifest.OfferNumber != "AN-2026-0002" {
		t.Errorf("%v %s", r.Replayed, r.Manifest.OfferNumber)
	}
	r := issue(t, is, p.name(1), example(t, launch, named("new")))
	if r.Replayed || r.Manifest.InvoiceNumber != "RE-2026-0005" {
		t.Errorf("%v %s", r.Replayed, r.Manifest.InvoiceNumber)
	}
	again := issue(t, is, p.name(1), example(t, launch, edits(named(reference(3)), second, access)))
	if again.Manifest.OfferNumber != "AN-2026-0003-2" || again.Manifest.InvoiceNumber != "RE-2026-0003" {
		t.Errorf("%s", numbers(again.Manifest))
	}
	if k, err := tenant.Find(t.Context(), dir, keyText(p.name(2)), tenant.Full); err != nil || k.Tenant != p.name(2) {
		t.Errorf("%+v, %v", k, err)
	}
	real := archive.NewMemory()
	issue(t, issuer(t, real, nil), p.name(0), example(t, launch, named(reference(1))))
	generated := archive.NewMemory()
	population{tenants: 1, engagements: 1}.fill(t, func(objects []archive.Object) { _ = generated.Put(t.Context(), objects...) })
	sameObjects(t, dump(t, real), dump(t, generated))
}

// sameObjects compares what a real run leaves with what is generated: all but time, secrets and files, which name both.
func sameObjects(t *testing.T, real, generated map[string]string) {
	t.Helper()
	for key, value := range real {
		if strings.HasSuffix(key, ".pdf") || strings.Contains(key, "/recent/") {
			continue
		}
		if got, ok := generated[key]; !ok || len(got) != len(value) {
			t.Errorf("%s: %d bytes are generated, %d real", key, len(got), len(value))
		}
	}
	if a, b := len(under(real, "t/")), len(under(generated, "t/")); a+1 != b { // the generated tenant has a key, with a name
		t.Errorf("%d objects are generated, %d real", b, a)
	}
}
