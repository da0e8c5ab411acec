package documents_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

func list(t *testing.T, is *documents.Issuer, q documents.Query) *documents.Page {
	t.Helper()
	p, err := is.Engagements(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Pages give every engagement once, newest first, also where several began in the same moment.
func TestList(t *testing.T) {
	store, c := archive.NewMemory(), &clock{now: noon}
	is := timed(t, store, c)
	if p := list(t, is, documents.Query{Tenant: "default", Limit: 5}); len(p.Manifests) != 0 || p.Next != "" {
		t.Errorf("%+v", p)
	}
	var want []string
	for i := range 7 {
		want = append(want, fmt.Sprint("R", i))
		issue(t, is, "default", example(t, launch, small(want[i])))
		c.pass(time.Second)
	}
	issue(t, is, "other", example(t, launch, small("theirs")))
	issue(t, is, "default", example(t, launch, edits(small("R2"), second))) // stays where it is
	slices.Reverse(want)
	for _, limit := range []int{1, 3, 7, 8} {
		var got []string
		for after := ""; ; {
			p := list(t, is, documents.Query{Tenant: "default", After: after, Limit: limit})
			if len(p.Manifests) > limit {
				t.Fatalf("%d of %d", len(p.Manifests), limit)
			}
			for _, m := range p.Manifests {
				got = append(got, m.Reference)
			}
			if after = p.Next; after == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: %q", limit, got)
		}
	}
	for _, cursor := range []string{"x", "-", "../x", "1-a/b", "1-", "1- ", "9999999999999-ä"} {
		if _, err := is.Engagements(t.Context(), documents.Query{Tenant: "default", After: cursor, Limit: 1}); !errors.Is(err, documents.ErrCursor) {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

func TestLookup(t *testing.T) {
	is := issuer(t, archive.NewMemory(), nil)
	m := issue(t, is, "default", example(t, launch, nil)).Manifest
	if p := list(t, is, documents.Query{Tenant: "default", Reference: m.Reference}); len(p.Manifests) != 1 || manifestJSON(t, p.Manifests[0]) != manifestJSON(t, m) || p.Next != "" {
		t.Errorf("%+v", p)
	}
	for _, q := range []documents.Query{{Tenant: "default", Reference: "x"}, {Tenant: "other", Reference: m.Reference}} {
		if p := list(t, is, q); len(p.Manifests) != 0 {
			t.Errorf("%+v gives %+v", q, p)
		}
	}
	for _, c := range []struct{ tenant, id string }{{"other", m.ID}, {"default", ""}, {"default", m.ID + "a"}, {"default", "aaaaaaaaaaaaaaaaaaaa"}, {"../x", m.ID}, {"", m.ID}} {
		if got, err := is.Engagement(t.Context(), c.tenant, c.id); !errors.Is(err, documents.ErrNotFound) {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
	}
	if _, err := is.Engagements(t.Context(), documents.Query{Tenant: "../x", Limit: 1}); !errors.Is(err, documents.ErrTenant) {
		t.Error(err)
	}
}

// After a fault at any write of the second call, a repeat gives what would have been; the first call's answer stays.
func TestCrashOfALaterCall(t *testing.T) {
	good := archive.NewMemory()
	first := issue(t, issuer(t, good, nil), "default", example(t, launch, offer))
	want := issue(t, issuer(t, copyOf(t, good), nil), "default", example(t, launch, contract))
	for _, mode := range modes {
		for at := 1; at <= maxWrites; at++ {
			store := copyOf(t, good)
			failed := try(t, issuer(t, archive.NewFault(store, at, mode), nil), example(t, launch, contract))
			if r := issue(t, issuer(t, copyOf(t, store), nil), "default", example(t, launch, offer)); manifestJSON(t, r.Manifest) != manifestJSON(t, first.Manifest) {
				t.Fatalf("%d at %d: the first call's answer has changed", mode, at)
			}
			r := issue(t, issuer(t, store, nil), "default", example(t, launch, contract))
			if numbers(r.Manifest) != numbers(want.Manifest) || len(r.Files) != 6 {
				t.Fatalf("%d at %d (%v): %s", mode, at, failed, numbers(r.Manifest))
			}
			if _, err := issuer(t, store, nil).Recover(t.Context(), 0); err != nil || len(under(dump(t, store), "open/")) != 0 {
				t.Fatal(err)
			}
		}
	}
}
