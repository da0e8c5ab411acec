package documents

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const maxPointers = 100

// differences are the first JSON pointers at which two canonical JSON texts differ; never none.
func differences(a, b []byte) []string {
	all := allDifferences(a, b)
	return all[:min(len(all), maxPointers)]
}

// allDifferences are all JSON pointers at which two canonical JSON texts differ; the whole text when one cannot be read.
func allDifferences(a, b []byte) []string {
	x, okX := parse(a)
	y, okY := parse(b)
	if !okX || !okY {
		return []string{""}
	}
	d := differ{}
	d.walk("", x, y)
	if len(d.pointers) == 0 {
		return []string{""}
	}
	return d.pointers
}

func parse(b []byte) (v any, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	return v, dec.Decode(&v) == nil
}

type differ struct{ pointers []string }

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1") // RFC 6901

// absent is one side of a place that only the other side has.
type absent struct{}

// walk goes down as far as both sides have the same shape.
func (d *differ) walk(at string, x, y any) {
	if ox, oy, ok := both[map[string]any](x, y); ok {
		keys := maps.Clone(ox)
		maps.Copy(keys, oy)
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			d.walk(at+"/"+escapePointer.Replace(k), member(ox, k), member(oy, k))
		}
		return
	}
	if lx, ly, ok := both[[]any](x, y); ok {
		for i := range max(len(lx), len(ly)) {
			d.walk(at+"/"+strconv.Itoa(i), element(lx, i), element(ly, i))
		}
		return
	}
	if !scalar(x) || !scalar(y) || x != y {
		d.pointers = append(d.pointers, at)
	}
}

func member(m map[string]any, k string) any {
	if v, ok := m[k]; ok {
		return v
	}
	return absent{}
}

func element(l []any, i int) any {
	if i < len(l) {
		return l[i]
	}
	return absent{}
}

func both[T any](x, y any) (a, b T, ok bool) {
	a, okA := x.(T)
	b, okB := y.(T)
	return a, b, okA && okB
}

// scalar says that v can be compared with ==.
func scalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}
