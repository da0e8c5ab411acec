package tenant

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

// A secret must be readable to check what was signed with it, and must not lie open in the store. So it is sealed with
// the text of the key that it belongs to: only a request that shows the key can open it, and so can nobody who has
// nothing but the store.

const (
	sealUse  = "auftragsmappe secret of a key" // what the sealing key is derived for
	sealBits = 256
)

// sealer is AES-GCM under a key derived from that of the caller. A key has one secret, and the nonce is random.
func sealer(text string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(text), nil, sealUse, sealBits/8)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// seal closes the secret for the store. It is bound to the tenant, so that records cannot be exchanged.
func (k *Key) seal(text string) error {
	if k.Secret == "" {
		return nil
	}
	box, err := sealer(text)
	if err != nil {
		return fmt.Errorf("seal secret: %w", err)
	}
	k.Sealed = box.Seal(nil, nil, []byte(k.Secret), []byte(k.Tenant))
	return nil
}

// open reads the secret.
func (k *Key) open(text string) error {
	if k.Sealed == nil {
		return nil
	}
	box, err := sealer(text)
	if err != nil {
		return fmt.Errorf("open secret: %w", err)
	}
	secret, err := box.Open(nil, nil, k.Sealed, []byte(k.Tenant))
	if err != nil {
		return fmt.Errorf("open secret of key %s: %w", k.Name, err)
	}
	k.Secret = string(secret)
	return nil
}
