package documents_test

import (
	"strings"
	"testing"

	"auftragsmappe/documents"
)

// The sentence names what differs, but not a whole page of it; the violations have all.
func TestConflictError(t *testing.T) {
	one := &documents.ConflictError{Pointers: []string{"/client/name"}}
	if d := one.Detail(); !strings.Contains(d, "verschieden: /client/name. Bitte") {
		t.Error(d)
	}
	many := &documents.ConflictError{Pointers: strings.Fields(strings.Repeat("/access/0/tool ", 40))}
	if d := many.Detail(); strings.Count(d, "/access") != 5 || !strings.Contains(d, " und weitere. Bitte") {
		t.Error(d)
	}
	v := many.Violations()
	if len(v) != 40 || v[39].Pointer != "/access/0/tool" || v[39].Code != "reference_changed" || v[39].Detail == "" {
		t.Errorf("%+v", v[len(v)-1])
	}
}
