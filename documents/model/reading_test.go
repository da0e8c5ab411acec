package model

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"pgregory.net/rapid"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// list reads all engagements page by page, newest first.
func (m *machine) list(t *rapid.T) {
	r, limit := m.replicas[m.drawReplica(t)], rapid.IntRange(1, 3).Draw(t, "limit")
	want := slices.Clone(m.seen.recent)
	slices.SortFunc(want, func(a, b string) int {
		return cmp.Or(m.seen.streams[b][0].At.Compare(m.seen.streams[a][0].At), cmp.Compare(a, b))
	})
	var got []string
	for after := ""; ; {
		p, err := r.Engagements(context.Background(), documents.Query{Tenant: tenantName, After: after, Limit: limit})
		if err != nil || len(p.Manifests) > limit {
			t.Fatalf("%v", err)
		}
		for _, is := range p.Manifests {
			m.shown(t, is)
			got = append(got, is.ID)
		}
		if after = p.Next; after == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("listed %q, not %q", got, want)
	}
}

// read reads all that is there: by id, by reference, by token; and what is not there.
func (m *machine) read(t *rapid.T) {
	r := m.replicas[m.drawReplica(t)]
	for _, d := range m.model.dealings {
		if len(d.deeds) == 0 {
			continue
		}
		is, err := r.Engagement(context.Background(), tenantName, d.id)
		if err != nil {
			t.Fatal(err)
		}
		m.shown(t, is)
		m.fetch(t, r, is)
		m.hidden(t, r, d.id)
		if _, err := r.Engagement(context.Background(), "other", d.id); !errors.Is(err, documents.ErrNotFound) {
			t.Fatalf("another tenant reads %s: %v", d.id, err)
		}
	}
	for _, reference := range references[:2] {
		p, err := r.Engagements(context.Background(), documents.Query{Tenant: tenantName, Reference: reference, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		i, known := m.model.references[reference]
		if known = known && len(m.model.dealings[i].deeds) > 0; known != (len(p.Manifests) == 1) || known && p.Manifests[0].ID != m.model.dealings[i].id {
			t.Fatalf("reference %s: %d engagements", reference, len(p.Manifests))
		}
	}
}

// verify looks at a document as it was issued, with something behind it, and changed.
func (m *machine) verify(t *rapid.T) {
	r := m.replicas[m.drawReplica(t)]
	for _, d := range m.model.dealings {
		if len(d.deeds) == 0 || len(d.papers(1)) == 0 || !d.deeds[0].issued {
			continue
		}
		is, err := r.Engagement(context.Background(), tenantName, d.id)
		if err != nil {
			t.Fatal(err)
		}
		doc := is.Documents[rapid.IntRange(0, len(is.Documents)-1).Draw(t, "document")]
		file := []byte(m.seen.objects[archive.FileKey(tenantName, d.id, doc.SHA256, string(doc.Kind)+".pdf")])
		at := rapid.IntRange(0, len(file)-1).Draw(t, "byte")
		other := bytes.Clone(file)
		other[at] ^= 1
		m.verdict(t, r, doc.ID, file, documents.Unchanged)
		m.verdict(t, r, doc.ID, append(bytes.Clone(file), "more"...), documents.Extended)
		m.verdict(t, r, doc.ID, other, documents.Changed)
		m.verdict(t, r, doc.ID, file[:at], documents.Changed)
		return
	}
	t.Skip()
}

// verdict: a change may also be so that nobody can say whose the file is.
func (m *machine) verdict(t *rapid.T, r *replica, id string, file []byte, want string) {
	v, err := r.Verify(context.Background(), tenantName, file)
	if err != nil {
		t.Fatal(err)
	}
	if lost := want == documents.Changed && v.Result == documents.Unknown; !lost && (v.Result != want || v.Document != id) {
		t.Fatalf("%s is %s (%s), not %s", id, v.Result, v.Detail, want)
	}
}

// audit finds nothing, and counts what there is.
func (m *machine) audit(t *rapid.T) {
	counted, err := m.replicas[m.drawReplica(t)].Audit(context.Background(), func(f documents.Finding) {
		t.Fatalf("the audit finds %+v", f)
	})
	if err != nil {
		t.Fatal(err)
	}
	numbers, open := 0, len(m.model.pending())
	for _, owners := range m.seen.numbers {
		numbers += len(owners)
	}
	if counted.Engagements != len(m.seen.streams) || counted.Numbers != numbers || counted.Open != open {
		t.Fatalf("the audit counts %+v, not %d engagements, %d numbers, %d open", counted, len(m.seen.streams), numbers, open)
	}
}
