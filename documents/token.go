package documents

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/tenant"
)

// token is what a document's URL carries: where the document is, and 128 secret bits that make the URL unguessable. It
// locates itself, so that it costs no object of its own.
type token struct {
	tenant, id, document, secret string
}

// String is the token's text, URL-safe: "default.ynpoqzyikbaonq5hyhwg.offer-1.SECRET".
func (t token) String() string {
	return strings.Join([]string{t.tenant, t.id, t.document, t.secret}, ".")
}

const (
	maxToken     = 200
	secretLength = 22 // 16 bytes in unpadded base64
)

// parseToken checks every part before it becomes part of a key.
func parseToken(s string) (t token, event int, ok bool) {
	part := strings.Split(s, ".")
	if len(s) > maxToken || len(part) != 4 {
		return token{}, 0, false
	}
	t = token{tenant: part[0], id: part[1], document: part[2], secret: part[3]}
	cut := strings.LastIndexByte(t.document, '-')
	event, err := strconv.Atoi(t.document[cut+1:])
	ok = err == nil && cut > 0 && event > 0 && event < maxEvents && tenant.ValidName(t.tenant) && ledger.IsID(t.id) && len(t.secret) == secretLength
	return t, event, ok
}

// maxEvents is what six digits can count.
const maxEvents = 1_000_000

// documentID names a document within its engagement: a claim issues a kind once. The number is that of the claim.
func documentID(k decision.Kind, event int) string { return string(k) + "-" + strconv.Itoa(event) }

// Document returns an issued document by the token of its URL, or ErrNotFound.
func (is *Issuer) Document(ctx context.Context, text string) (*File, error) {
	t, event, ok := parseToken(text)
	if !ok {
		return nil, ErrNotFound
	}
	e, err := is.issuedAfter(ctx, t.tenant, t.id, event)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	m, err := readIssued(e)
	if err != nil {
		return nil, err
	}
	for i := range m.Documents {
		d := &m.Documents[i]
		if d.ID == t.document && d.Token != "" && subtle.ConstantTimeCompare([]byte(d.Token), []byte(text)) == 1 {
			return is.file(ctx, t.tenant, t.id, d)
		}
	}
	return nil, ErrNotFound
}

// file reads a document and holds it against its hash.
func (is *Issuer) file(ctx context.Context, name, id string, d *Document) (*File, error) {
	b, err := is.files.Get(ctx, fileKey(name, id, string(d.Kind), d.SHA256))
	if err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", d.ID, id, err)
	}
	if ledger.Sum(b) != d.SHA256 {
		return nil, fmt.Errorf("%w: %s of %s", ErrDamaged, d.ID, id)
	}
	return &File{Kind: string(d.Kind), Name: d.File, MediaType: d.MediaType, SHA256: d.SHA256, Bytes: b}, nil
}
