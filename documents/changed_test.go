package documents_test

import (
	"strings"
	"testing"

	"auftragsmappe/documents"
)

// The sentence names what differs, but not a whole page of it; the violations have all.
func TestConflictError(t *testing.T) {
	one := &documents.ConflictError{Code: "reference_changed", Pointers: []string{"/client/name"}}
	if d := one.Detail(); !strings.Contains(d, "verschieden: /client/name. ") {
		t.Error(d)
	}
	many := &documents.ConflictError{Code: "reference_changed", Pointers: strings.Fields(strings.Repeat("/access/0/tool ", 40))}
	if d := many.Detail(); strings.Count(d, "/access") != 5 || !strings.Contains(d, " und weitere. ") {
		t.Error(d)
	}
	v := many.Violations()
	if len(v) != 40 || v[39].Pointer != "/access/0/tool" || v[39].Code != "reference_changed" || v[39].Detail == "" {
		t.Errorf("%+v", v[len(v)-1])
	}
}
