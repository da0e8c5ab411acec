package engagement

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// shape is a struct type as the JSON shows it: the fields in their order, those of embedded structs inline.
type shape struct {
	fields []fieldShape
	byName map[string]int // JSON name → place in fields
}

type fieldShape struct {
	name  string // in JSON
	index []int  // for FieldByIndex
	typ   reflect.Type
}

var (
	dateType    = reflect.TypeFor[date.Date]()
	decimalType = reflect.TypeFor[money.Decimal]()
)

// isLeaf says that the type is one JSON value although Go sees a struct.
func isLeaf(t reflect.Type) bool { return t == dateType || t == decimalType }

// shapes are the shapes of Engagement, of a profile, and of every struct in them.
var shapes = sync.OnceValue(func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	addShape(all, reflect.TypeFor[Engagement]())
	addShape(all, reflect.TypeFor[profileBody]())
	return all
})

func addShape(all map[reflect.Type]*shape, t reflect.Type) {
	t = innerType(t)
	if t.Kind() != reflect.Struct || isLeaf(t) || all[t] != nil {
		return
	}
	s := &shape{byName: map[string]int{}}
	all[t] = s
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name := f.Tag.Get("json")
		s.byName[name] = len(s.fields)
		s.fields = append(s.fields, fieldShape{name, f.Index, f.Type})
		addShape(all, f.Type)
	}
}

// innerType is the type of a list's elements or of what a pointer points to.
func innerType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// at finds the value at a path of JSON names ("payment/instalments"); the zero Value when a pointer on the way is nil.
func at(v reflect.Value, path string) reflect.Value {
	for name := range strings.SplitSeq(path, "/") {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if !v.IsValid() {
			return v
		}
		s := shapes()[v.Type()]
		v = v.FieldByIndex(s.fields[s.byName[name]].index)
	}
	return v
}

// sortViolations puts violations into the order of the body's fields, unknown fields behind the known ones.
func sortViolations(found Violations, root reflect.Type) {
	ranks := map[string][]int{}
	for _, v := range found {
		ranks[v.Pointer] = rank(v.Pointer, root)
	}
	slices.SortStableFunc(found, func(a, b Violation) int {
		return cmp.Or(slices.Compare(ranks[a.Pointer], ranks[b.Pointer]), cmp.Compare(a.Pointer, b.Pointer),
			cmp.Compare(a.Code, b.Code))
	})
}

// rank is the place of a pointer's segments: of fields in their struct, of elements in their list.
func rank(pointer string, t reflect.Type) []int {
	const unknown = 1 << 20
	var places []int
	for _, segment := range segments(pointer) {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		s := shapes()[t]
		place, known := unknown, false
		switch {
		case t.Kind() == reflect.Slice:
			place, _ = strconv.Atoi(segment)
			t = t.Elem()
			known = true
		case s != nil:
			var i int
			if i, known = s.byName[segment]; known {
				place, t = i, s.fields[i].typ
			}
		}
		places = append(places, place)
		if !known {
			break
		}
	}
	return places
}
