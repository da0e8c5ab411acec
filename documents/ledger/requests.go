package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"auftragsmappe/documents/archive"
)

// Request is an entry of a request key: the body that it came with and the engagement that it led to, until it expires.
type Request struct {
	V       int       `json:"v"`
	ID      string    `json:"id"`   // of the engagement
	Body    string    `json:"body"` // SHA-256 of the canonical body, hex
	At      time.Time `json:"at"`
	Expires time.Time `json:"expires"`
}

// Key is a tenant's request key: a caller's Idempotency-Key or, where there is neither it nor a reference, the body.
type Key struct{ Tenant, Hash string }

// RequestKey is the key of a request; an empty name stands for none.
func RequestKey(tenant, name string, body []byte) Key {
	text := "key\x00" + name
	if name == "" {
		text = "body\x00" + string(body)
	}
	return Key{tenant, Sum([]byte(text))}
}

// Sum is the SHA-256 of b in hex.
func Sum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// ID is the engagement that entry n of the key begins, when no reference names one.
func (k Key) ID(n int) string {
	return hashID("request\x00" + k.Tenant + "\x00" + k.Hash + "\x00" + strconv.Itoa(n))
}

// LastRequest is the last entry of a key and its number; nil and 0 when there is none.
func (l *Ledger) LastRequest(ctx context.Context, k Key) (*Request, int, error) {
	last := map[int]*Request{}
	free, err := archive.LowestFree(1, func(n int) (err error) {
		last[n], err = l.request(ctx, k, n)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	return last[free-1], free - 1, nil
}

func (l *Ledger) request(ctx context.Context, k Key, n int) (*Request, error) {
	b, err := l.records.Get(ctx, archive.RequestKey(k.Tenant, k.Hash, n))
	if err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	var r Request
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	if r.V != Version {
		return nil, fmt.Errorf("%w: request %d of %s has v %d", ErrVersion, n, k.Hash, r.V)
	}
	return &r, nil
}

// OpenRequest writes entry n of a key. archive.ErrExists: another call was first; look again.
func (l *Ledger) OpenRequest(ctx context.Context, k Key, n int, r Request) error {
	r.V = Version
	b, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	if err := l.records.Put(ctx, archive.Object{Key: archive.RequestKey(k.Tenant, k.Hash, n), Bytes: b, IfAbsent: true}); err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	return nil
}
