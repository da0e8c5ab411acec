// Package tenant is who may call and what is stored for them: API keys as hashes and profiles, each of a tenant (one
// contractor's account). Its times are for people; nothing is decided by them.
package tenant

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"auftragsmappe/documents/archive"
)

// Default is the tenant of `render`, of the first and of the bootstrap key.
const Default = "default"

// Errors of the package.
var (
	// ErrKey: no such key. It does not say whether the key is malformed, unknown or revoked.
	ErrKey = errors.New("tenant: unknown key")
	// ErrName: the name of a tenant or key is not made of 1 to 40 characters a-z, 0-9 and "-".
	ErrName = errors.New("tenant: name not allowed")
	// ErrTaken: the tenant has a key of that name, or another key has that text.
	ErrTaken = errors.New("tenant: name taken")
	// ErrRevoked: the key is revoked already, or the text is one of a revoked key.
	ErrRevoked = errors.New("tenant: key revoked")
	// ErrVersion: what is stored was written by a newer program.
	ErrVersion = errors.New("tenant: unknown version of a record")
	// ErrNoName: the tenant never had a key of that name.
	ErrNoName = errors.New("tenant: no key of that name")
)

// Key is what is stored of an API key: never the key itself. One that is revoked stays, so that its text cannot come
// back. An expiry will raise V, so that a program that does not know it refuses such a key; scopes and revocations did.
type Key struct {
	V       int       `json:"v"`
	Tenant  string    `json:"tenant"`
	Name    string    `json:"name"`
	Scope   Scope     `json:"scope,omitempty"` // what the key may do
	Created time.Time `json:"created,omitzero"`
	Revoked time.Time `json:"revoked,omitzero"` // zero = it is valid
	Sealed  []byte    `json:"sealed,omitempty"` // Secret, readable with the key's text only
	Secret  string    `json:"-"`                // what a tool signs its requests with; "" = it does not. Given by Find alone
	Hash    string    `json:"-"`                // where it is stored: SHA-256 of the key's text, in hex
}

// Scope is what a key may do.
type Scope string

// The scopes that this program knows.
const (
	Full Scope = ""     // everything
	Hook Scope = "hook" // to send to the hooks: it may stand in a URL, as the tools that need one cannot set headers
)

const (
	version  = 1 // of what is stored
	extended = 2 // of a key with a scope or a secret, or revoked
	prefix   = "am_"
	keyBits  = 160
	maxName  = 40
	// maxText bounds what is hashed; a bootstrap key may be longer than ours.
	maxText = 512
)

// ValidName says whether s can name a tenant or a key: [a-z0-9-]{1,40}.
func ValidName(s string) bool {
	return s != "" && len(s) <= maxName && !strings.ContainsFunc(s, notName)
}

const nameChars = "abcdefghijklmnopqrstuvwxyz0123456789-"

func notName(r rune) bool { return !strings.ContainsRune(nameChars, r) }

// Add makes tenant name with a first key of the same name and returns the key's text, which nothing can show again.
func Add(ctx context.Context, s archive.Store, name string, random io.Reader) (string, error) {
	return New(ctx, s, Key{Tenant: name, Name: name}, random)
}

// New makes a key for k.Tenant and returns its text: "am_" and 160 random bits. ErrTaken when the tenant has a valid key
// of that name.
func New(ctx context.Context, s archive.Store, k Key, random io.Reader) (string, error) {
	for {
		bits := make([]byte, keyBits/8)
		if _, err := io.ReadFull(random, bits); err != nil {
			return "", fmt.Errorf("make key: %w", err)
		}
		text := prefix + strings.ToLower(base32.StdEncoding.EncodeToString(bits))
		err := Put(ctx, s, k, text)
		if errors.Is(err, ErrRevoked) {
			continue // another call took this one for a crashed one: see claim
		}
		if err != nil {
			return "", err
		}
		return text, nil
	}
}

// Put stores a key whose text the operator chose (the bootstrap key); the same key again is no error. ErrTaken when the
// tenant has another valid key of that name, ErrRevoked when that text was revoked. A zero Created is now.
func Put(ctx context.Context, s archive.Store, k Key, text string) error {
	if !ValidName(k.Tenant) || !ValidName(k.Name) {
		return fmt.Errorf("%w: tenant %q, key %q", ErrName, k.Tenant, k.Name)
	}
	if k.Created.IsZero() {
		k.Created = time.Now().UTC()
	}
	k.Hash = hashOf(text)
	if err := k.seal(text); err != nil {
		return err
	}
	if err := nameOldKeys(ctx, s); err != nil {
		return err
	}
	for {
		if there, err := isThere(ctx, s, &k); there || err != nil {
			return err
		}
		objects, err := claim(ctx, s, &k)
		if err == nil {
			err = s.Put(ctx, objects...)
		}
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, archive.ErrExists): // else another call was faster: decide again
			return fmt.Errorf("store key: %w", err)
		}
	}
}

// isThere says that this very key is stored already.
func isThere(ctx context.Context, s archive.Store, k *Key) (bool, error) {
	known, err := read(ctx, s, k.Hash)
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return false, nil
	case err != nil:
		return false, err
	case !known.valid():
		return false, fmt.Errorf("%w: %s", ErrRevoked, known.Name)
	case known.Tenant != k.Tenant || known.Name != k.Name:
		return false, fmt.Errorf("%w: by the key %s", ErrTaken, known.Name)
	}
	return true, nil
}

func (k *Key) valid() bool { return k.Revoked.IsZero() }

// object is the key as it is stored.
func (k *Key) object() archive.Object {
	if k.V = version; k.Scope != Full || k.Sealed != nil || !k.valid() {
		k.V = extended
	}
	b, _ := json.Marshal(k) // texts and times: nothing can fail
	return archive.Object{Key: archive.APIKey(k.Hash), Bytes: b, IfAbsent: true}
}

// Any says whether there is a key, valid or not.
func Any(ctx context.Context, s archive.Store) (bool, error) {
	page, err := s.List(ctx, archive.KeyPrefix, "", 1)
	if err != nil {
		return false, fmt.Errorf("list keys: %w", err)
	}
	return len(page) > 0, nil
}

// All is every key, also revoked ones, by tenant, name and time.
func All(ctx context.Context, s archive.Store) ([]Key, error) {
	var all []Key
	err := archive.EachKey(ctx, s, archive.KeyPrefix, func(at string) error {
		k, err := read(ctx, s, archive.APIKeyHash(at))
		if err == nil {
			all = append(all, *k)
		}
		return err
	})
	sortKeys(all)
	return all, err
}

func sortKeys(keys []Key) {
	slices.SortStableFunc(keys, func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Name, b.Name), a.Created.Compare(b.Created))
	})
}

// Find returns the key of a text with its secret, or ErrKey: also for one that is revoked and for one that has none of the
// scopes that are allowed. The key is looked up by its hash, so that nothing is compared that could be measured.
func Find(ctx context.Context, s archive.Store, text string, allowed ...Scope) (*Key, error) {
	if text == "" || len(text) > maxText {
		return nil, ErrKey
	}
	k, err := read(ctx, s, hashOf(text))
	if errors.Is(err, archive.ErrNotFound) {
		return nil, ErrKey
	}
	if err != nil {
		return nil, err
	}
	if !k.valid() || !slices.Contains(allowed, k.Scope) {
		return nil, ErrKey
	}
	return k, k.open(text)
}

func read(ctx context.Context, s archive.Store, hash string) (*Key, error) {
	b, err := s.Get(ctx, archive.APIKey(hash))
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	var k Key
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	if k.V != version && k.V != extended {
		return nil, fmt.Errorf("%w: key has v %d", ErrVersion, k.V)
	}
	if !ValidName(k.Tenant) {
		return nil, fmt.Errorf("read key: %w", ErrName)
	}
	k.Hash = hash
	return &k, nil
}

// hashOf is how a key is stored. A fast hash is enough: the keys are random, not chosen like passwords.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
