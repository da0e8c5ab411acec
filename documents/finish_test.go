package documents_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/layout"
)

// strange is an issuer whose documents have other bytes, as those of another version of the program have.
func strange(t *testing.T, s archive.Store) *documents.Issuer {
	t.Helper()
	is, err := newStrange(s)
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func newStrange(s archive.Store) (*documents.Issuer, error) {
	return documents.New(documents.Options{
		Records: s, Now: func() time.Time { return noon }, Random: rand.NewChaCha8([32]byte{1}),
		Style: layout.Style{Accent: layout.Color{R: 0x7a, G: 0x1f, B: 0x3d}},
	})
}

// filesOf are the stored files, and those that the current manifest names.
func filesOf(t *testing.T, s archive.Store, id string) (stored, named []string) {
	t.Helper()
	m, err := issuer(t, s, nil).Engagement(t.Context(), "default", id)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Documents {
		named = append(named, archive.FileKey("default", id, d.SHA256, string(d.Kind)+".pdf"))
	}
	slices.Sort(named)
	return under(dump(t, s), "t/default/f/"), named
}

// A claim that another program has half finished leaves no file that nothing names, whoever finishes it.
func TestNoStrayFiles(t *testing.T) {
	offer := example(t, launch, with("offer", "stage"))
	all := example(t, launch, nil)
	for name, end := range map[string]func(t *testing.T, s archive.Store){
		"recover": func(t *testing.T, s archive.Store) {
			if n, err := issuer(t, s, nil).Recover(t.Context(), 0); n != 1 || err != nil {
				t.Fatal(n, err)
			}
		},
		"repeat": func(t *testing.T, s archive.Store) { issue(t, issuer(t, s, nil), "default", all) },
		"next call": func(t *testing.T, s archive.Store) {
			issue(t, issuer(t, s, nil), "default", example(t, launch, with(2, "revision")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := archive.NewMemory()
			issue(t, issuer(t, s, nil), "default", offer)
			before := len(dump(t, s))
			fault := archive.NewFault(s, 8, archive.CrashDone) // entry, claim, number, five files
			if try(t, strange(t, fault), all) == nil || len(dump(t, s)) != before+8 {
				t.Fatal("no crash behind the files")
			}
			end(t, s)
			stored, named := filesOf(t, s, under(dump(t, s), "t/default/e/")[0][len("t/default/e/"):][:20])
			if !slices.Equal(stored, named) {
				t.Errorf("stored %q, named %q", stored, named)
			}
		})
	}
}

// overtaken is a store at which another finisher comes first, just before "issued" would be written.
type overtaken struct {
	archive.Store
	first func()
	event int // which "issued"
}

func (o *overtaken) Put(ctx context.Context, objects ...archive.Object) error {
	for _, object := range objects {
		if _, _, n, ok := archive.ParseEvent(object.Key); ok && n == o.event && o.first != nil {
			first := o.first
			o.first = nil
			first()
		}
	}
	return o.Store.Put(ctx, objects...)
}

// Two programs finish a claim at once: one issues, and the files of the other one go.
func TestSecondFinisherYields(t *testing.T) {
	s := archive.NewMemory()
	v := example(t, launch, nil)
	if try(t, issuer(t, archive.NewFault(s, 2, archive.CrashDone), nil), v) == nil {
		t.Fatal("no crash behind the claim")
	}
	other := overtaken{s, func() {
		if _, err := issuer(t, s, nil).Recover(t.Context(), 0); err != nil {
			t.Error(err)
		}
	}, 2}
	r := issue(t, strange(t, &other), "default", v)
	if !r.Replayed {
		t.Error("it was not overtaken")
	}
	if stored, named := filesOf(t, s, r.Manifest.ID); !slices.Equal(stored, named) {
		t.Errorf("stored %q, named %q", stored, named)
	}
}

// Whoever removes what another program has left may die at it as well: the next sweep goes on.
func TestStrayRemoverDies(t *testing.T) {
	left := archive.NewMemory()
	if try(t, strange(t, archive.NewFault(left, 6, archive.CrashDone)), example(t, launch, small("R"))) == nil { // entry, claim, 2 numbers, 2 files
		t.Fatal("no crash behind the files")
	}
	count := archive.NewFault(copyOf(t, left), 0, 0)
	if n, err := issuer(t, count, nil).Recover(t.Context(), 0); n != 1 || err != nil || count.Writes() != 7 { // 2 files, 2 records, 3 deletions
		t.Fatal(n, err, count.Writes())
	}
	for _, mode := range modes {
		for at := 1; at <= count.Writes(); at++ {
			s := copyOf(t, left)
			fault := archive.NewFault(s, at, mode)
			_, _ = issuer(t, fault, nil).Recover(t.Context(), 0) // an error up to "issued", none behind it
			if fault.Writes() < at {
				t.Fatalf("no fault %d", at)
			}
			if _, err := issuer(t, s, nil).Recover(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			checkSound(t, s)
		}
	}
}

// An entry whose strays may be files of a call that is at work waits for that call.
func TestTidyWaits(t *testing.T) {
	s := archive.NewMemory()
	issue(t, issuer(t, s, nil), "default", example(t, launch, offer))
	id := archive.RecentID(under(dump(t, s), archive.RecentPrefix("default"))[0])
	o := archive.Open{Day: "2026-11-23", Tenant: "default", ID: id, Event: 1, What: "claimed"}
	if err := s.Put(t.Context(), archive.Object{Key: o.Key()}); err != nil {
		t.Fatal(err)
	}
	atWork := overtaken{s, func() {
		before := dump(t, s)
		if n, err := issuer(t, s, nil).Recover(t.Context(), time.Minute); n != 0 || err != nil {
			t.Error(n, err)
		}
		if after := dump(t, s); len(after) != len(before) || len(under(after, "open/")) != 2 {
			t.Errorf("%d objects of %d, %q", len(after), len(before), under(after, "open/"))
		}
	}, 4}
	issue(t, issuer(t, &atWork, nil), "default", example(t, launch, nil))
	if atWork.first != nil {
		t.Fatal("nobody came first")
	}
	checkSound(t, s)
}

// A damaged list of documents costs no file: those that it no longer names were issued.
func TestDamagedListKeepsFiles(t *testing.T) {
	for _, damage := range []struct{ from, to string }{{`"id":"offer-1"`, `"id":"other-1"`}, {`"sha256":"`, `"sha256":"00`}, {`"documents":[`, `"documents":[],"was":[`}} {
		s := archive.NewMemory()
		m := issue(t, issuer(t, s, nil), "default", example(t, launch, small("A"))).Manifest
		event := archive.EventKey("default", m.ID, 2)
		body := dump(t, s)[event]
		if b := strings.Replace(body, damage.from, damage.to, 1); b == body {
			t.Fatalf("no %s in %s", damage.from, body)
		} else {
			s.Tamper(event, []byte(b))
		}
		next := example(t, launch, edits(small("A"), second))
		if try(t, issuer(t, archive.NewFault(s, 2, archive.CrashDone), nil), next) == nil {
			t.Fatal("no crash behind the claim")
		}
		_, _ = issuer(t, s, nil).Recover(t.Context(), 0)
		for _, d := range m.Documents {
			if key := archive.FileKey("default", m.ID, d.SHA256, string(d.Kind)+".pdf"); dump(t, s)[key] == "" {
				t.Errorf("%s: %s is gone", damage.to, d.ID)
			}
		}
	}
}
