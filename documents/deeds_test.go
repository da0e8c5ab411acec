package documents_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// deed is a call that writes: every write of it is a place to die.
type deed struct {
	before func(t *testing.T, s archive.Store) // what is there
	do     func(ctx context.Context, s archive.Store) error
	// again is the same call once more; it returns what must not depend on the death, as text.
	again func(t *testing.T, s archive.Store) string
	// open says that what was begun is finished without the call as well; claimed that its claim is there before.
	open, claimed bool
}

// deeds are all kinds of calls that write. One is of six documents.
var deeds = map[string]deed{
	"first call":  issues(nil, documents.Call{}),
	"next stage":  issues(edits(small("R"), offer), documents.Call{}, small("R"), contract, with(map[string]any{"exclude": []string{"nda"}}, "documents")),
	"revision":    issues(small("R"), documents.Call{}, small("R"), second),
	"request key": issues(nil, documents.Call{Key: "n8n-1"}, small("R"), loose),
	"recovery": {
		before: func(t *testing.T, s archive.Store) {
			t.Helper()
			if try(t, issuer(t, archive.NewFault(s, 2, archive.CrashDone), nil), example(t, launch, small("R"))) == nil {
				t.Fatal("no crash behind the claim")
			}
		},
		do: recoverAll,
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			return summary(t, issue(t, repeater(t, s), "default", example(t, launch, small("R"))))
		},
		open: true, claimed: true,
	},
	"profile": {
		do: putProfile,
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			doAgain(t, s, putProfile, nil)
			return strings.Join(under(dump(t, s), "t/default/profile/"), " ")
		},
	},
	"new key": {
		do: addKey,
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			doAgain(t, s, addKey, tenant.ErrTaken) // when all of it is there
			return keysOf(t, s)
		},
	},
	"revoked key": {
		before: func(t *testing.T, s archive.Store) {
			t.Helper()
			doAgain(t, s, addKey, nil)
		},
		do: revokeKey,
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			doAgain(t, s, revokeKey, tenant.ErrRevoked)
			return keysOf(t, s)
		},
	},
	"seal": {
		before: func(t *testing.T, s archive.Store) {
			t.Helper()
			issue(t, issuer(t, s, nil), "default", example(t, launch, small("sealed")))
		},
		do: sealDay,
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			doAgain(t, s, sealDay, nil)
			return strings.Join(under(dump(t, s), "t/default/seal/"), " ")
		},
	},
}

func init() {
	missions = map[string]func(context.Context, archive.Store, mission) error{}
	for name, d := range deeds {
		missions[name] = func(ctx context.Context, s archive.Store, _ mission) error { return d.do(ctx, s) }
	}
}

// issues is a call that issues, perhaps after an earlier one.
func issues(earlier func(map[string]any), c documents.Call, edits ...func(map[string]any)) deed {
	call := func() (documents.Call, error) {
		v, err := edited(launch, func(m map[string]any) {
			for _, edit := range edits {
				edit(m)
			}
		})
		return documents.Call{Tenant: "default", Engagement: v, Key: c.Key}, err
	}
	return deed{
		before: func(t *testing.T, s archive.Store) {
			t.Helper()
			if earlier != nil {
				issue(t, issuer(t, s, nil), "default", example(t, launch, earlier))
			}
		},
		do: func(ctx context.Context, s archive.Store) error {
			c, err := call()
			if err != nil {
				return err
			}
			is, err := newIssuer(s, nil)
			if err == nil {
				_, err = is.Issue(ctx, c)
			}
			return err
		},
		again: func(t *testing.T, s archive.Store) string {
			t.Helper()
			c, err := call()
			if err != nil {
				t.Fatal(err)
			}
			return summary(t, post(t, repeater(t, s), c))
		},
		open: true,
	}
}

// repeater is an issuer with other random numbers than those of the deed: tokens that are the same come from its claim.
func repeater(t *testing.T, s archive.Store) *documents.Issuer {
	t.Helper()
	is, err := documents.New(documents.Options{Records: s, Now: func() time.Time { return noon }, Random: mathrand.NewChaCha8([32]byte{2})})
	if err != nil {
		t.Fatal(err)
	}
	return is
}

func recoverAll(ctx context.Context, s archive.Store) error {
	is, err := newIssuer(s, nil)
	if err == nil {
		_, err = is.Recover(ctx, 0)
	}
	return err
}

func sealDay(ctx context.Context, s archive.Store) error {
	is, err := newIssuer(s, nil)
	if err == nil {
		_, err = is.Seal(ctx)
	}
	return err
}

func putProfile(ctx context.Context, s archive.Store) error {
	p, err := engagement.DecodeProfile(strings.NewReader(`{"tone":"du"}`))
	if err == nil {
		_, err = tenant.NewProfiles(s).Put(ctx, "default", p)
	}
	return err
}

func revokeKey(ctx context.Context, s archive.Store) error {
	_, err := tenant.Revoke(ctx, s, "jana", "jana")
	return err
}

func addKey(ctx context.Context, s archive.Store) error {
	_, err := tenant.Add(ctx, s, "jana", rand.Reader)
	return err
}

// keysOf are the keys that open something. One that nobody was told is revoked when its name is used again.
func keysOf(t *testing.T, s archive.Store) string {
	t.Helper()
	keys, err := tenant.All(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for _, k := range keys {
		if k.Revoked.IsZero() {
			text = append(text, k.Tenant+" "+k.Name)
		}
	}
	return strings.Join(text, "; ")
}

// doAgain does a deed; allowed is what it may answer when it was done before.
func doAgain(t *testing.T, s archive.Store, do func(context.Context, archive.Store) error, allowed error) {
	t.Helper()
	if err := do(t.Context(), s); err != nil && (allowed == nil || !errors.Is(err, allowed)) {
		t.Fatalf("again: %v", err)
	}
}

// summary is an answer and the bytes of its files.
func summary(t *testing.T, r *result) string {
	t.Helper()
	text := manifestJSON(t, r.Manifest.WithURLs("u"))
	for _, f := range r.Files {
		text += fmt.Sprintf("\n%s %x", f.Name, sha256.Sum256(f.Bytes))
	}
	return text
}

var tokenInURL = regexp.MustCompile(`u/v1/documents/[^/"]+`)

// checkAgain: the repeat gives what the call would have given, also the tokens where its claim is among what was left.
func (d *deed) checkAgain(t *testing.T, s archive.Store, claimed bool, want string) {
	t.Helper()
	got := d.again(t, s)
	if !claimed {
		got, want = tokenInURL.ReplaceAllString(got, "u"), tokenInURL.ReplaceAllString(want, "u")
	}
	if got != want {
		t.Errorf("the repeat gives\n%s\ninstead of\n%s", got, want)
	}
}

// hasClaimed says whether a claim of the deed is among what is stored.
func (d *deed) hasClaimed(t *testing.T, left map[string]string) bool {
	t.Helper()
	return d.claimed || len(under(left, "t/default/e/")) > len(under(dump(t, prepared(t, d)), "t/default/e/"))
}
