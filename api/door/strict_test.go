package door

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/engagement/engagementtest"
)

// TestTheFormatItself: what is sent in the format comes out as it went in.
func TestTheFormatItself(t *testing.T) {
	files, err := filepath.Glob("../../examples/*.json")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	var bodies [][]byte
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, b)
	}
	for n := range 150 {
		bodies = append(bodies, engagementtest.Generate(n))
	}
	compared := 0
	for name, b := range bodies {
		want, err := engagement.Decode(bytes.NewReader(b), nil, today)
		if err != nil {
			continue // an example of a fault
		}
		if contradicts(&want.Client.Party) || contradicts(&want.Contractor.Party) {
			continue // the door asks, the format does not compare
		}
		compared++
		for _, body := range [][]byte{b, flat(t, b)} {
			r, err := Read(Input{Body: body}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := engagement.Decode(bytes.NewReader(r.Engagement), nil, today)
			if err != nil || len(r.Missing)+len(r.Ignored) > 0 {
				t.Errorf("%d: %v %v %v", name, err, r.Missing, r.Ignored)
				continue
			}
			var a, b any
			if json.Unmarshal([]byte(compact(t, got.Engagement)), &a) != nil || json.Unmarshal([]byte(compact(t, want.Engagement)), &b) != nil {
				t.Fatal(name)
			}
			is, right := leaves(a, ""), leaves(b, "")
			for pointer := range right {
				if !reflect.DeepEqual(is[pointer], right[pointer]) {
					t.Errorf("%d: %s = %v, want %v", name, pointer, is[pointer], right[pointer])
				}
			}
		}
	}
	if compared < 50 {
		t.Errorf("only %d engagements compared", compared)
	}
}

func contradicts(p *engagement.Party) bool {
	form := formOf(p.Name)
	return form != "" && form != p.Form
}

// flat is the same engagement with names such as items_0_unit_price.
func flat(t *testing.T, b []byte) []byte {
	t.Helper()
	var tree any
	if err := json.Unmarshal(b, &tree); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for pointer, v := range leaves(tree, "") {
		if v == 0.0 {
			v = "0" // a bare 0 would be a blank number field
		}
		out[string(bytes.ReplaceAll([]byte(pointer[1:]), []byte("/"), []byte("_")))] = v
	}
	flat, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return flat
}
