package engagementtest

import (
	"bytes"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
)

func TestGeneratedEngagementsAreValid(t *testing.T) {
	forms := map[engagement.Form]bool{}
	for n := range 1000 {
		b := Generate(n)
		v, err := engagement.Decode(bytes.NewReader(b), nil, date.Date{Year: 2026, Month: 11, Day: 23})
		if err != nil {
			t.Fatalf("engagement %d: %v\n%s", n, err, b)
		}
		forms[v.Client.Form] = true
		if !bytes.Equal(b, Generate(n)) {
			t.Fatalf("engagement %d differs from run to run", n)
		}
	}
	if len(forms) < 12 {
		t.Errorf("only the forms %v", forms)
	}
}
