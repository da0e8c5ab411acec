package documents_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// corpusStore is a store that a release left, copied into a directory, and what its program knew of it.
type corpusStore struct {
	archive.Store
	corpusKnown
}

// eachCorpus runs a test on the store of every release. Folders are added there, never changed.
func eachCorpus(t *testing.T, test func(t *testing.T, s *corpusStore)) {
	t.Helper()
	folders, err := filepath.Glob("testdata/store-v*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(folder, "store"))); err != nil {
				t.Fatal(err)
			}
			d, err := archive.OpenDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := &corpusStore{Store: d}
			b, err := os.ReadFile(filepath.Join(folder, "known.json"))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &s.corpusKnown); err != nil {
				t.Fatal(err)
			}
			test(t, s)
		})
	}
}

// issuer goes on where the store was left.
func (s *corpusStore) issuer(t *testing.T) *documents.Issuer {
	t.Helper()
	return timed(t, s, &clock{now: s.Made})
}

// Every manifest says what it said; a later program may say more. Every document is fetched, listed and unchanged.
func TestCorpusDocuments(t *testing.T) {
	eachCorpus(t, func(t *testing.T, s *corpusStore) {
		is, listed, found := s.issuer(t), 0, 0
		now := manifestsOf(t, s)
		for at, was := range s.Manifests {
			var a, b any
			if err := errors.Join(json.Unmarshal(was, &a), json.Unmarshal(now[at], &b)); err != nil {
				t.Fatal(at, err)
			}
			if where := missingFrom(a, b, ""); where != "" {
				t.Errorf("%s differs at %s:\n%s\n%s", at, where, was, now[at])
			}
		}
		for _, name := range []string{"default", "jana"} {
			page, err := is.Engagements(t.Context(), documents.Query{Tenant: name, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			listed += len(page.Manifests)
			for _, m := range page.Manifests {
				for _, d := range m.Documents {
					f, err := is.Document(t.Context(), d.Token)
					if err != nil || ledger.Sum(f.Bytes) != d.SHA256 {
						t.Fatalf("%s of %s: %v", d.ID, m.ID, err)
					}
					found++
					if v, err := is.Verify(t.Context(), name, f.Bytes); err != nil || v.Result != documents.Unchanged {
						t.Errorf("%s of %s: %+v, %v", d.ID, m.ID, v, err)
					}
				}
			}
		}
		if want := len(s.Manifests) - s.Dead; listed != want || found < want {
			t.Errorf("%d engagements listed of %d, %d documents", listed, want, found)
		}
	})
}

// missingFrom is where b lacks something of a, or says something else; "" = nowhere.
func missingFrom(a, b any, at string) string {
	switch a := a.(type) {
	case map[string]any:
		b, _ := b.(map[string]any)
		for k, v := range a {
			if where := missingFrom(v, b[k], at+"/"+k); where != "" {
				return where
			}
		}
	case []any:
		b, _ := b.([]any)
		if len(a) != len(b) {
			return at
		}
		for i, v := range a {
			if where := missingFrom(v, b[i], at+"/-"); where != "" {
				return where
			}
		}
	default:
		if a != b {
			return at
		}
	}
	return ""
}

// Every call that was made is a repeat, with its reference, its request key or its body alone; what contradicted, contradicts.
func TestCorpusCalls(t *testing.T) {
	eachCorpus(t, func(t *testing.T, s *corpusStore) {
		is, calls := s.issuer(t), 0
		for key, event := range dump(t, s) {
			name, id, _, ok := archive.ParseEvent(key)
			if !ok || !strings.Contains(event, `"type":"claimed"`) || s.running(t, name+"/"+id) {
				continue
			}
			v := stored(t, event)
			call := documents.Call{Tenant: name, Engagement: v}
			r, err := is.Replay(t.Context(), call)
			if errors.Is(err, documents.ErrNotFound) {
				call.Key = "n8n-17"
				r, err = is.Replay(t.Context(), call)
			}
			if err != nil || !r.Replayed || r.Manifest.ID != id {
				t.Fatalf("%s: %v", key, err)
			}
			again, err := is.Issue(t.Context(), call)
			if err != nil || !again.Replayed || manifestJSON(t, again.Manifest) != manifestJSON(t, r.Manifest) {
				t.Errorf("%s is no repeat: %v", key, err)
			}
			calls++
		}
		if calls < 7 {
			t.Errorf("only %d calls", calls)
		}
		changed := example(t, "newsletter-activecampaign", edits(named("STORY"), with("Anders", "client", "name"), with(3, "revision"), with("contract", "stage")))
		var conflict *documents.ConflictError
		if err := try(t, is, changed); !errors.As(err, &conflict) {
			t.Errorf("a contradiction: %v", err)
		}
	})
}

// running says that the engagement has a claim that was not finished.
func (s *corpusStore) running(t *testing.T, at string) bool {
	t.Helper()
	var m documents.Manifest
	if err := json.Unmarshal(s.Manifests[at], &m); err != nil {
		t.Fatal(at, err)
	}
	return m.Status == documents.StatusRunning
}

// stored is the engagement of a stored claim, as it was sent.
func stored(t *testing.T, event string) *engagement.Valid {
	t.Helper()
	var e struct {
		Body struct {
			Canonical string `json:"canonical"`
		} `json:"body"`
	}
	if err := json.Unmarshal([]byte(event), &e); err != nil {
		t.Fatal(err)
	}
	v, err := engagement.Decode(strings.NewReader(e.Body.Canonical), nil, today, decision.Check)
	if err != nil || !bytes.Equal(v.Canonical, []byte(e.Body.Canonical)) {
		t.Fatalf("what was stored is no engagement: %v", err)
	}
	return v
}

// What was left unfinished is finished, numbers go on, seals fit, and the audit has nothing to say before and after.
func TestCorpusGoesOn(t *testing.T) {
	eachCorpus(t, func(t *testing.T, s *corpusStore) {
		is := s.issuer(t)
		clean := func(open int) {
			t.Helper()
			a, err := is.Audit(t.Context(), func(f documents.Finding) { t.Errorf("%+v", f) })
			if err != nil || a.Open != open {
				t.Errorf("%+v, %v", a, err)
			}
		}
		clean(s.Dead)
		if n, err := is.Recover(t.Context(), 0); n != s.Dead || err != nil {
			t.Fatal(n, err)
		}
		clean(0)
		if m := issue(t, is, "default", example(t, launch, small("NEXT"))).Manifest; m.OfferNumber == "" || m.InvoiceNumber == "" {
			t.Errorf("%+v", m)
		}
		clean(0)
		if sealed, err := is.Seal(t.Context()); err != nil || len(sealed) > 0 { // the day has its seals
			t.Errorf("%+v, %v", sealed, err)
		}
		clean(0)
	})
}

// Keys open what they opened; the one that was revoked opens nothing; the profile is as it was.
func TestCorpusTenants(t *testing.T) {
	eachCorpus(t, func(t *testing.T, s *corpusStore) {
		if k, err := tenant.Find(t.Context(), s, s.Key, tenant.Full); err != nil || k.Tenant != "jana" || k.Name != "make" {
			t.Errorf("%+v, %v", k, err)
		}
		if k, err := tenant.Find(t.Context(), s, s.Hook, tenant.Hook); err != nil || k.Tenant != "jana" || k.Secret != s.Secret {
			t.Errorf("%+v, %v", k, err)
		}
		for _, text := range []string{s.Revoked, s.Hook} {
			if _, err := tenant.Find(t.Context(), s, text, tenant.Full); !errors.Is(err, tenant.ErrKey) {
				t.Errorf("a key that opens nothing: %v", err)
			}
		}
		if keys, err := tenant.List(t.Context(), s, "jana"); err != nil || len(keys) != 3 {
			t.Errorf("%d keys, %v", len(keys), err)
		}
		p, err := tenant.NewProfiles(s).Latest(t.Context(), "default")
		if err != nil || p.Version != 1 || p.Look.AccentColor != "#7a1f3d" || len(p.Look.Logo) == 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
