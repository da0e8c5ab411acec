// Package tenant is who may call: API keys, stored as hashes, each belonging to a tenant (one contractor's account).
package tenant

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	// ErrTaken: the tenant has a key of that name.
	ErrTaken = errors.New("tenant: name taken")
)

// Key is what is stored of an API key: never the key itself. Scopes and an expiry will raise V, so that a program that
// does not know them refuses such a key.
type Key struct {
	V       int       `json:"v"`
	Tenant  string    `json:"tenant"`
	Name    string    `json:"name"`
	Created time.Time `json:"created,omitzero"`
}

const (
	version = 1
	prefix  = "am_"
	keyBits = 160
	maxName = 40
	// maxText bounds what is hashed; a bootstrap key may be longer than ours.
	maxText  = 512
	pageSize = 1000
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

// New makes a key for k.Tenant and returns its text: "am_" and 160 random bits. ErrTaken when the tenant has a key of
// that name.
func New(ctx context.Context, s archive.Store, k Key, random io.Reader) (string, error) {
	bits := make([]byte, keyBits/8)
	if _, err := io.ReadFull(random, bits); err != nil {
		return "", fmt.Errorf("make key: %w", err)
	}
	text := prefix + strings.ToLower(base32.StdEncoding.EncodeToString(bits))
	if err := Put(ctx, s, k, text); err != nil {
		return "", err
	}
	return text, nil
}

// Put stores a key whose text the operator chose (the bootstrap key). ErrTaken when the tenant has a key of that name.
func Put(ctx context.Context, s archive.Store, k Key, text string) error {
	if !ValidName(k.Tenant) || !ValidName(k.Name) {
		return fmt.Errorf("%w: tenant %q, key %q", ErrName, k.Tenant, k.Name)
	}
	keys, err := All(ctx, s)
	if err != nil {
		return err
	}
	for _, other := range keys {
		if other.Tenant == k.Tenant && other.Name == k.Name {
			return fmt.Errorf("%w: %s", ErrTaken, k.Name)
		}
	}
	k.V = version
	b, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("store key: %w", err)
	}
	if err := s.Put(ctx, archive.Object{Key: place(text), Bytes: b, IfAbsent: true}); err != nil {
		return fmt.Errorf("store key: %w", err)
	}
	return nil
}

// All is every key, in no meaningful order.
func All(ctx context.Context, s archive.Store) ([]Key, error) {
	var all []Key
	for after := ""; ; {
		page, err := s.List(ctx, archive.KeyPrefix, after, pageSize)
		if err != nil {
			return nil, fmt.Errorf("list keys: %w", err)
		}
		if len(page) == 0 {
			return all, nil
		}
		after = page[len(page)-1]
		for _, at := range page {
			k, err := read(ctx, s, at)
			if errors.Is(err, archive.ErrNotFound) {
				continue // revoked meanwhile
			}
			if err != nil {
				return nil, err
			}
			all = append(all, *k)
		}
	}
}

// Find returns the tenant that a key belongs to, or ErrKey. The key is looked up by its hash, so that nothing is
// compared that could be measured.
func Find(ctx context.Context, s archive.Store, text string) (string, error) {
	if text == "" || len(text) > maxText {
		return "", ErrKey
	}
	k, err := read(ctx, s, place(text))
	if errors.Is(err, archive.ErrNotFound) {
		return "", ErrKey
	}
	if err != nil {
		return "", err
	}
	return k.Tenant, nil
}

func read(ctx context.Context, s archive.Store, at string) (*Key, error) {
	b, err := s.Get(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	var k Key
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	if k.V != version || !ValidName(k.Tenant) {
		return nil, fmt.Errorf("read key: record of version %d", k.V)
	}
	return &k, nil
}

// place is where a key is stored. A fast hash is enough: the keys are random, not chosen like passwords.
func place(text string) string {
	sum := sha256.Sum256([]byte(text))
	return archive.APIKey(hex.EncodeToString(sum[:]))
}
