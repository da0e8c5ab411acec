package documents

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/ledger"
	"auftragsmappe/documents/pdf"
	"auftragsmappe/documents/tenant"
)

// The results of a verification.
const (
	Unchanged = "unchanged" // byte for byte as issued
	Extended  = "extended"  // as issued, and something was appended, as signatures are
	Changed   = "changed"
	Unknown   = "unknown" // not issued here, or no longer to be recognised
)

// Verdict says what became of a file since it was issued.
type Verdict struct {
	Result     string `json:"result"`     // unchanged, extended, changed, unknown
	Detail     string `json:"detail"`     // German sentence
	Engagement string `json:"engagement"` // id; "" when unknown
	Document   string `json:"document"`   // id; "" when unknown
}

// Verify compares a file with what was issued. With a tenant it knows that tenant's documents only; "" is all of them. The
// error is trouble with storage, never that of the file.
func (is *Issuer) Verify(ctx context.Context, name string, file []byte) (*Verdict, error) {
	where, id, document, ok := readPlace(pdf.ID(file))
	if !ok || name != "" && name != where {
		return unknownFile(), nil
	}
	m, err := is.Engagement(ctx, where, id)
	if errors.Is(err, ErrNotFound) {
		return unknownFile(), nil
	}
	if err != nil {
		return nil, err
	}
	for i := range m.Documents {
		if d := &m.Documents[i]; d.ID == document {
			v := &Verdict{Engagement: id, Document: document}
			return v, is.compare(ctx, v, file, original{where, m, d})
		}
	}
	return unknownFile(), nil
}

// original is a document that was issued.
type original struct {
	tenant   string
	manifest *Manifest
	document *Document
}

// readPlace reads what Stamp.place wrote.
func readPlace(s string) (name, id, document string, ok bool) {
	part := strings.Split(s, ".")
	if len(part) != 3 {
		return "", "", "", false
	}
	return part[0], part[1], part[2], tenant.ValidName(part[0]) && ledger.IsID(part[1]) && part[2] != ""
}

func unknownFile() *Verdict {
	return &Verdict{Result: Unknown, Detail: "Diese Datei ist hier nicht ausgestellt, oder ein Programm hat sie so umgeschrieben, dass sie sich nicht mehr zuordnen lässt."}
}

// compare fills in the result. The hash of the issued bytes decides; the stored file is read only to say what differs.
func (is *Issuer) compare(ctx context.Context, v *Verdict, file []byte, o original) error {
	d := o.document
	name := d.Title + " " + d.Number
	switch {
	case ledger.Sum(file) == d.SHA256:
		v.Result, v.Detail = Unchanged, name+": unverändert, ausgestellt am "+issuedOn(d)+"."
	case len(file) > d.Bytes && ledger.Sum(file[:d.Bytes]) == d.SHA256:
		v.Result = Extended
		v.Detail = name + ": unverändert ausgestellt am " + issuedOn(d) + ", danach ergänzt, zum Beispiel um eine Signatur."
	default:
		was, err := is.file(ctx, o.tenant, o.manifest.ID, d)
		if errors.Is(err, archive.ErrStorage) {
			return err
		}
		v.Result = Changed
		v.Detail = name + ": weicht von der Datei ab, die am " + issuedOn(d) + " ausgestellt wurde" + difference(file, was) + "."
	}
	v.Detail += since(o)
	return nil
}

// since is what has become of a document that no longer counts; empty for one that does.
func since(o original) string {
	switch o.document.Status {
	case StatusReplaced:
		return " Das Dokument ist inzwischen ersetzt" + successor(o) + "."
	case StatusVoid:
		return " Das Dokument gilt nicht mehr: Der Auftrag braucht es seit einer späteren Fassung nicht."
	case StatusCancelled:
		return " Das Dokument ist inzwischen storniert."
	}
	return ""
}

// issuedOn is the day in Germany on which a document was issued.
func issuedOn(d *Document) string {
	at, err := time.Parse(time.RFC3339, d.IssuedAt)
	if err != nil {
		return d.IssuedAt
	}
	return de.LongDate(Today(at))
}

// difference says where a file departs from the issued one, when that can be read.
func difference(file []byte, was *File) string {
	if was == nil {
		return ""
	}
	at := 0
	for at < min(len(file), len(was.Bytes)) && file[at] == was.Bytes[at] {
		at++
	}
	if at == len(file) {
		return fmt.Sprintf(": Sie endet nach %s von %s Bytes", bytesOf(at), bytesOf(len(was.Bytes)))
	}
	if len(file) == len(was.Bytes) {
		return fmt.Sprintf(": Der Unterschied beginnt bei Byte %s", bytesOf(at+1))
	}
	return fmt.Sprintf(": Der Unterschied beginnt bei Byte %s; sie hat %s Bytes statt %s", bytesOf(at+1), bytesOf(len(file)), bytesOf(len(was.Bytes)))
}

// bytesOf is a number of bytes with dots: "115.467".
func bytesOf(n int) string { return de.Grouped(strconv.Itoa(n), ".") }

// successor names the current document of the same kind.
func successor(o original) string {
	for i := range o.manifest.Documents {
		if d := &o.manifest.Documents[i]; d.Kind == o.document.Kind && d.Status == StatusIssued {
			return " durch " + d.Number
		}
	}
	return ""
}
