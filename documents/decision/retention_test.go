package decision

import (
	"testing"

	"auftragsmappe/documents/de"
)

// TestKeepYears: the table of kinds keeps its papers as long as the law of today asks.
func TestKeepYears(t *testing.T) {
	years, _, err := de.RetentionYears.On(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range Kinds {
		want := years.Letters
		if row.Kind == Invoice {
			want = years.Invoices
		}
		if row.KeepYears != want {
			t.Errorf("%s is kept %d years, by law %d", row.Kind, row.KeepYears, want)
		}
	}
}
