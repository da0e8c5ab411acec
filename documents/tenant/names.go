package tenant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
)

// A name leads to a key by an object that is created if absent, so of two adders at once one wins. It is written before
// the key; a crash between the two leaves a name without a key. Whoever meets such a name cannot know whether the other
// is dead or slow, so it buries the missing key: the other's write then finds its place taken, and fails.

// named is what is stored for a name.
type named struct {
	V    int    `json:"v"`
	Hash string `json:"hash"`
}

// nameObject is the n-th use of the key's name.
func nameObject(k *Key, n int) archive.Object {
	b, _ := json.Marshal(named{V: version, Hash: k.Hash}) // nothing can fail
	return archive.Object{Key: archive.KeyName(k.Tenant, k.Name, n), Bytes: b, IfAbsent: true}
}

// hashes are the keys that a name led to, the newest last.
func hashes(ctx context.Context, s archive.Store, tenant, name string) ([]string, error) {
	var all []string
	for n := 1; ; n++ {
		hash, err := namedHash(ctx, s, archive.KeyName(tenant, name, n))
		if errors.Is(err, archive.ErrNotFound) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, hash)
	}
}

func namedHash(ctx context.Context, s archive.Store, at string) (string, error) {
	b, err := s.Get(ctx, at)
	if err != nil {
		return "", fmt.Errorf("read name of key: %w", err)
	}
	var n named
	if err := json.Unmarshal(b, &n); err != nil {
		return "", fmt.Errorf("read name of key: %w", err)
	}
	if n.V != version {
		return "", fmt.Errorf("%w: name of key has v %d", ErrVersion, n.V)
	}
	return n.Hash, nil
}

// claim is what to write for a new key, in this order. ErrTaken when its name leads to a valid one; archive.ErrExists
// when another call is at it: then it is to be decided again.
func claim(ctx context.Context, s archive.Store, k *Key) ([]archive.Object, error) {
	earlier, err := hashes(ctx, s, k.Tenant, k.Name)
	if err != nil {
		return nil, err
	}
	for _, hash := range earlier {
		other, err := read(ctx, s, hash)
		switch {
		case errors.Is(err, archive.ErrNotFound) && hash == k.Hash: // the same key, by a crashed call or another replica
			return []archive.Object{k.object()}, nil
		case errors.Is(err, archive.ErrNotFound):
			err = bury(ctx, s, Key{Tenant: k.Tenant, Name: k.Name, Revoked: k.Created, Hash: hash})
		case err == nil && hash == k.Hash: // another replica has just stored it
			err = archive.ErrExists
		case err == nil && other.valid():
			err = fmt.Errorf("%w: %s", ErrTaken, k.Name)
		}
		if err != nil {
			return nil, err
		}
	}
	return []archive.Object{nameObject(k, len(earlier)+1), k.object()}, nil
}

// bury takes the place of a key that was never written; archive.ErrExists when it comes after all.
func bury(ctx context.Context, s archive.Store, k Key) error {
	if err := s.Put(ctx, k.object()); err != nil {
		return fmt.Errorf("bury key: %w", err)
	}
	return nil
}

// nameOldKeys gives a name to every key that was stored before names were: once for a store. It may run twice at once.
func nameOldKeys(ctx context.Context, s archive.Store) error {
	_, err := s.Get(ctx, archive.KeysNamed)
	if !errors.Is(err, archive.ErrNotFound) {
		return err
	}
	all, err := All(ctx, s)
	if err != nil {
		return err
	}
	for i := range all {
		if err := nameOldKey(ctx, s, &all[i]); err != nil {
			return err
		}
	}
	if err := s.Put(ctx, archive.Object{Key: archive.KeysNamed, Bytes: []byte(`{"v":1}`)}); err != nil {
		return fmt.Errorf("name keys: %w", err)
	}
	return nil
}

func nameOldKey(ctx context.Context, s archive.Store, k *Key) error {
	for n := 1; ; n++ {
		err := s.Put(ctx, nameObject(k, n))
		if !errors.Is(err, archive.ErrExists) {
			return err
		}
		if hash, err := namedHash(ctx, s, archive.KeyName(k.Tenant, k.Name, n)); err != nil || hash == k.Hash {
			return err
		}
	}
}

// Exists says whether there is such a tenant: one that has or had a key.
func Exists(ctx context.Context, s archive.Store, tenant string) (bool, error) {
	if !ValidName(tenant) {
		return false, nil
	}
	if err := nameOldKeys(ctx, s); err != nil {
		return false, err
	}
	page, err := s.List(ctx, archive.KeyNames(tenant), "", 1)
	if err != nil {
		return false, fmt.Errorf("list keys: %w", err)
	}
	return len(page) > 0, nil
}

// List is every key of a tenant, also revoked ones, by name and time.
func List(ctx context.Context, s archive.Store, tenant string) ([]Key, error) {
	if exists, err := Exists(ctx, s, tenant); !exists || err != nil {
		return nil, err
	}
	var all []Key
	err := archive.EachKey(ctx, s, archive.KeyNames(tenant), func(at string) error {
		hash, err := namedHash(ctx, s, at)
		if err != nil {
			return err
		}
		k, err := read(ctx, s, hash)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			return nil // its adder has crashed, or is about to write it
		case err != nil:
			return err
		}
		all = append(all, *k)
		return nil
	})
	sortKeys(all)
	return all, err
}

// Revoke makes a tenant's key of a name invalid, at once and for good, and says how many valid ones the tenant has left.
// ErrNoName when there never was one, ErrRevoked when none was valid any more. The key is written anew, not deleted:
// a deletion may be undone by a loss of power.
func Revoke(ctx context.Context, s archive.Store, tenant, name string) (left int, err error) {
	exists, err := Exists(ctx, s, tenant)
	if err != nil {
		return 0, err
	}
	if !exists || !ValidName(name) {
		return 0, fmt.Errorf("%w: %s", ErrNoName, name)
	}
	all, err := hashes(ctx, s, tenant, name)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 {
		return 0, fmt.Errorf("%w: %s", ErrNoName, name)
	}
	wasValid := false
	for _, hash := range all {
		was, err := revoke(ctx, s, Key{Tenant: tenant, Name: name, Revoked: time.Now().UTC(), Hash: hash})
		if err != nil {
			return 0, err
		}
		wasValid = wasValid || was
	}
	if !wasValid {
		return 0, fmt.Errorf("%w: %s", ErrRevoked, name)
	}
	return countValid(ctx, s, tenant)
}

// revoke writes one key anew, as revoked at k.Revoked, and says whether it was valid.
func revoke(ctx context.Context, s archive.Store, k Key) (bool, error) {
	for {
		known, err := read(ctx, s, k.Hash)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			if err = bury(ctx, s, k); errors.Is(err, archive.ErrExists) {
				continue // it has just been written
			}
			return false, err
		case err != nil:
			return false, err
		case !known.valid():
			return false, nil
		}
		known.Revoked, known.Sealed = k.Revoked, nil // nobody needs the secret any more
		o := known.object()
		o.IfAbsent = false
		if err := s.Put(ctx, o); err != nil {
			return false, fmt.Errorf("revoke key: %w", err)
		}
		return true, nil
	}
}

func countValid(ctx context.Context, s archive.Store, tenant string) (int, error) {
	all, err := List(ctx, s, tenant)
	n := 0
	for i := range all {
		if all[i].valid() {
			n++
		}
	}
	return n, err
}
