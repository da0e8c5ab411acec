package engagement

import (
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// maxViolations bounds an answer: a body of nothing but unknown fields must not come back tenfold.
const maxViolations = 1000

// report collects violations and remembers which fields are bad: a rule that reads a bad field stays silent,
// because one cause is one violation.
type report struct {
	found Violations
	bad   map[string]bool
	// kept maps the pointer of a list, blank elements of which were left out, to the places of the others as sent.
	kept map[string][]int
	more bool // there were violations beyond maxViolations
	// root is what the body describes: it orders the violations, and unknown fields are looked for in it.
	root reflect.Type
	// stored are the pointers of what came from the stored profile.
	stored []string
}

func newReport(root reflect.Type) *report {
	return &report{bad: map[string]bool{}, kept: map[string][]int{}, root: root}
}

// add notes a violation and marks its field as bad.
func (r *report) add(pointer, code, detail string) {
	if r.full() {
		r.more = true
		return
	}
	r.bad[pointer] = true
	r.found = append(r.found, Violation{Pointer: pointer, Code: code, Detail: detail})
}

func (r *report) full() bool { return len(r.found) >= maxViolations }

// note adds a violation unless its field, or one that contains it, is bad already.
func (r *report) note(pointer, code, detail string) {
	if !r.covered(pointer) {
		r.add(pointer, code, detail)
	}
}

// covered says that the field or one that contains it is bad.
func (r *report) covered(pointer string) bool {
	for {
		if r.bad[pointer] {
			return true
		}
		if pointer == "" {
			return false
		}
		pointer = pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
	}
}

// readable says that neither the field nor one that contains it nor one inside it is bad; * stands for every element
// of a list ("/pricing/items/*/quantity").
func (r *report) readable(pointer string) bool {
	if len(r.bad) == 0 {
		return true
	}
	wanted := segments(pointer)
	for bad := range r.bad {
		if overlap(wanted, segments(bad)) {
			return false
		}
	}
	return true
}

// overlap says that one path contains the other.
func overlap(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && a[i] != "*" {
			return false
		}
	}
	return true
}

// violations are all that was found, by the order of the fields in the body, with the places as sent.
func (r *report) violations() Violations {
	for i := range r.found {
		r.found[i].Detail += r.origin(r.found[i].Pointer)
		r.found[i].Pointer = r.asSent(r.found[i].Pointer)
	}
	sortViolations(r.found, r.root)
	if r.more {
		r.found = append(r.found, Violation{Code: "more_violations", Detail: "Es gibt noch weitere Fehler. Bitte beheben Sie zuerst die genannten."})
	}
	return r.found
}

// asSent puts the places of list elements back to those in the caller's JSON.
func (r *report) asSent(pointer string) string {
	if len(r.kept) == 0 {
		return pointer
	}
	inner, outer := "", ""
	for _, segment := range segments(pointer) {
		sent := segment
		if places, ok := r.kept[inner]; ok {
			if i, err := strconv.Atoi(segment); err == nil && i < len(places) {
				sent = strconv.Itoa(places[i])
			}
		}
		inner, outer = inner+"/"+segment, outer+"/"+sent
	}
	return outer
}

// escapes are those of RFC 6901.
var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointerTo is the pointer of a member or element.
func pointerTo(parent, key string) string { return parent + "/" + escapes.Replace(key) }

// segments splits a pointer; they stay escaped.
func segments(pointer string) []string {
	if pointer == "" {
		return nil
	}
	return strings.Split(pointer[1:], "/")
}

// quote shows a value in a German sentence.
func quote(s string) string { return "„" + clip(s) + "“" }

// clip shortens a value and hides what would disturb a log line.
func clip(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) > most {
		runes = append(runes[:most:most], '…')
	}
	for i, r := range runes {
		if !unicode.IsPrint(r) && r != ' ' {
			runes[i] = '\uFFFD'
		}
	}
	return string(runes)
}
