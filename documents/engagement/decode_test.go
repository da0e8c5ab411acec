package engagement

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"auftragsmappe/documents/date"
)

var today = date.Date{Year: 2026, Month: 11, Day: 23}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Decode(bytes.NewReader(data), nil, today)
		if err != nil {
			var found Violations
			errors.As(err, &found)
			for _, x := range found {
				t.Errorf("%s: %s %s: %s", f, x.Pointer, x.Code, x.Detail)
			}
			continue
		}
		if again, err := Decode(bytes.NewReader(v.Canonical), nil, today); err != nil || !bytes.Equal(again.Canonical, v.Canonical) {
			t.Errorf("%s: canonical form does not decode to itself: %v", f, err)
		}
	}
}

func TestInvalidTmp(t *testing.T) {
	for _, n := range []string{"vier-fehler", "zeichen-nicht-darstellbar"} {
		_, err := Decode(bytes.NewReader(sample(t, "invalid/"+n)), nil, today)
		var found Violations
		errors.As(err, &found)
		for _, x := range found {
			t.Logf("%s: %s %s: %s", n, x.Pointer, x.Code, x.Detail)
		}
	}
	_, err := Decode(bytes.NewReader([]byte(`{"pricing":{"hours":"2,5"},"clent":{}}`)), nil, today)
	var found Violations
	errors.As(err, &found)
	for _, x := range found {
		t.Logf("%s %s: %s", x.Pointer, x.Code, x.Detail)
	}
}
