package engagement

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// bind writes a JSON value into a field; what does not fit becomes a violation and leaves the field empty.
// name is the field's JSON name: long texts are known by it.
func (r *report) bind(n *node, v reflect.Value, pointer, name string) {
	if n.absent() {
		return
	}
	if r.full() {
		r.more = true // there may be
		return
	}
	switch {
	case v.Type() == dateType:
		r.bindDate(n, v, pointer)
	case v.Type() == decimalType:
		r.bindDecimal(n, v, pointer)
	case v.Kind() == reflect.Pointer:
		target := reflect.New(v.Type().Elem())
		if r.bind(n, target.Elem(), pointer, name); !r.bad[pointer] {
			v.Set(target)
		}
	case v.Kind() == reflect.Slice:
		r.bindList(n, v, pointer, name)
	case v.Kind() == reflect.Struct:
		r.bindObject(n, v, pointer)
	case v.Kind() == reflect.Int:
		r.bindInt(n, v, pointer)
	case v.Kind() == reflect.Bool:
		r.bindBool(n, v, pointer)
	default:
		r.bindText(n, v, pointer, name)
	}
}

func (r *report) bindObject(n *node, v reflect.Value, pointer string) {
	if n.kind != kindObject {
		r.wrongType(n, pointer, "ein Objekt in geschweiften Klammern {…}")
		return
	}
	s := shapes()[v.Type()]
	for _, m := range n.members {
		i, known := s.byName[m.key]
		if !known {
			r.unknown(n, m.key, v.Type(), pointer)
			continue
		}
		f := s.fields[i]
		r.bind(m.value, v.FieldByIndex(f.index), pointer+"/"+f.name, f.name)
	}
	for _, key := range n.twice {
		r.add(pointerTo(pointer, key), "duplicate_key", "Das Feld "+quote(key)+
			" steht zweimal im selben Objekt. Bitte lassen Sie nur eine der beiden Angaben stehen.")
	}
}

// unknown notes a field that does not exist; the one that was meant counts as unreadable, not as missing.
func (r *report) unknown(n *node, key string, t reflect.Type, pointer string) {
	if r.full() {
		r.more = true
		return
	}
	sentence, meant := unknownField(key, t, r.root)
	r.add(pointerTo(pointer, key), "unknown_field", sentence)
	if meant != "" && n.get(meant) == nil {
		r.bad[pointer+"/"+meant] = true
	}
}

// bindList leaves out blank elements and remembers the places of the others.
func (r *report) bindList(n *node, v reflect.Value, pointer, name string) {
	if n.kind != kindList {
		r.wrongType(n, pointer, "eine Liste in eckigen Klammern […]")
		return
	}
	list := reflect.MakeSlice(v.Type(), 0, len(n.elems))
	var places []int
	for i, e := range n.elems {
		if e.absent() {
			continue
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		r.bind(e, elem, pointer+"/"+strconv.Itoa(len(places)), name)
		list = reflect.Append(list, elem)
		places = append(places, i)
	}
	if len(places) == 0 {
		return
	}
	if len(places) < len(n.elems) {
		r.kept[pointer] = places
	}
	v.Set(list)
}

func (r *report) bindDate(n *node, v reflect.Value, pointer string) {
	if n.kind != kindString {
		r.wrongType(n, pointer, "ein Datum wie \"2026-12-01\" (als Text)")
		return
	}
	d, detail := readDate(strings.TrimSpace(n.text))
	if detail != "" {
		r.add(pointer, "date", says(pointer, detail))
		return
	}
	v.Set(reflect.ValueOf(d))
}

// readDate reads a date and says in German what is wrong with it.
func readDate(s string) (date.Date, string) {
	const first, last = 2000, 2099
	d, err := date.Parse(s)
	if err != nil {
		return d, "ist kein Datum des Kalenders: " + quote(s) + ". Bitte schreiben Sie es als Jahr-Monat-Tag, etwa 2026-12-01."
	}
	if d.Year < first || d.Year > last {
		return date.Date{}, fmt.Sprintf("liegt nicht zwischen %d und %d: %s. Bitte prüfen Sie das Jahr.", first, last, quote(s))
	}
	return d, ""
}

func (r *report) bindDecimal(n *node, v reflect.Value, pointer string) {
	if n.kind != kindString && n.kind != kindNumber {
		r.wrongType(n, pointer, "eine Zahl wie \"1490.00\"")
		return
	}
	d, err := money.Parse(plainNumber(n))
	if err != nil {
		r.add(pointer, "decimal", says(pointer, "ist keine lesbare Zahl: "+quote(n.text)+
			". Bitte schreiben Sie nur Ziffern und einen Punkt vor den Nachkommastellen, etwa 1490.00."))
		return
	}
	v.Set(reflect.ValueOf(d))
}

func (r *report) bindInt(n *node, v reflect.Value, pointer string) {
	const whole = "eine ganze Zahl wie 14"
	if n.kind != kindString && n.kind != kindNumber {
		r.wrongType(n, pointer, whole)
		return
	}
	d, err := money.Parse(plainNumber(n))
	if err != nil || d.Decimals() > 0 || n.kind == kindString && strings.ContainsRune(n.text, '.') {
		r.wrongType(n, pointer, whole)
		return
	}
	i, err := strconv.ParseInt(d.String(), 10, 32)
	if err != nil {
		r.add(pointer, "range", says(pointer, "ist zu groß: "+quote(n.text)+". Bitte prüfen Sie die Zahl."))
		return
	}
	v.SetInt(i)
}

func (r *report) bindBool(n *node, v reflect.Value, pointer string) {
	if n.kind != kindBool {
		r.wrongType(n, pointer, "true (ja) oder false (nein) ohne Anführungszeichen")
		return
	}
	v.SetBool(n.text == "true")
}

// plainNumber is the number without an exponent: JSON's 1.5e3 is exactly "1500".
func plainNumber(n *node) string {
	s := strings.TrimSpace(n.text)
	mantissa, exponent, has := strings.Cut(strings.ToLower(s), "e")
	shift, err := strconv.Atoi(exponent)
	const most = 30
	if n.kind != kindNumber || !has || err != nil || shift < -most || shift > most {
		return s
	}
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	if shift < 0 {
		whole = strings.Repeat("0", -shift) + whole
	}
	frac += strings.Repeat("0", max(shift, 0))
	point := len(whole) + shift
	digits := whole + frac
	if point == len(digits) {
		return sign + digits
	}
	return sign + digits[:point] + "." + digits[point:]
}

func (r *report) wrongType(n *node, pointer, want string) {
	got := map[kind]string{
		kindBool: n.text, kindNumber: "die Zahl " + clip(n.text), kindString: "der Text " + quote(n.text), kindList: "eine Liste", kindObject: "ein Objekt",
	}[n.kind]
	r.add(pointer, "type", says(pointer, "muss "+want+" sein; angekommen ist "+got+"."))
}
