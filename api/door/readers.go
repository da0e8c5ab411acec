package door

import (
	"strings"
	"sync"
)

// reader reads the value of an input for a place.
type reader func(r *reading, place string, in *input)

// readers are the ways to read a value; what is not among them is read when all other inputs are known.
var readers = sync.OnceValue(func() map[valueKind]reader {
	return map[valueKind]reader{
		kindText: (*reading).readText, kindLong: (*reading).readLong, kindTexts: (*reading).readTexts, kindMoney: (*reading).readPrice,
		kindRate: (*reading).readRate, kindDecimal: (*reading).readDecimal, kindRange: (*reading).readRange, kindPercent: (*reading).readPercent,
		kindInt: (*reading).readInt, kindDate: (*reading).readDay, kindPeriod: (*reading).readTerm, kindBool: (*reading).readBool, kindTri: (*reading).readTri,
		kindWord: (*reading).readWord, kindCountry: (*reading).readCountry, kindForm: (*reading).readForm, kindAddress: (*reading).readAddress,
		kindCity: (*reading).readCity, kindTitle: (*reading).readTitle, kindServices: (*reading).readServices, kindService: (*reading).readService,
		kindSkonto: (*reading).readSkonto, kindRefuse: (*reading).refuse, kindTool: (*reading).readTool, kindDue: (*reading).readDue,
	}
})

// read reads all inputs, then what depends on several of them.
func (r *reading) read(inputs []*input) {
	for _, in := range inputs {
		t := field(in.paths)
		if t == nil {
			r.ignored = append(r.ignored, in.name)
			continue
		}
		read := readers()[t.kind]
		switch {
		case !freeText[t.kind] && in.size() > maxValue:
			r.unclear(t.place, in, "")
			continue
		case read != nil:
			read(r, t.place, in)
			continue
		}
		r.later[t.kind] = append(r.later[t.kind], waiting{t.place, in})
	}
	for _, finish := range []func(*reading){
		(*reading).finishParties, (*reading).finishScope, (*reading).finishPricing, (*reading).finishAccess, (*reading).finishContractor, (*reading).settle,
	} {
		finish(r)
	}
}

// maxValue bounds the values that are looked at for what they could mean.
const maxValue = 4000

// freeText are the kinds whose values are taken as they are.
var freeText = map[valueKind]bool{kindText: true, kindLong: true, kindTexts: true, kindTitle: true, kindServices: true, kindService: true, kindCompany: true}

func (in *input) size() int {
	n := 0
	for _, v := range in.values {
		n += len(v.text)
	}
	return n
}

// unclear asks for a place whose input cannot be used; what is the German question, "" for the usual one of the field.
func (r *reading) unclear(place string, in *input, what string) {
	if what == "" {
		what = questionFor(place)
	}
	r.ask(place, "Im Feld „"+in.name+"“ steht „"+clip(in.text())+"“. "+what, in)
}

// each reads every value of an input that should have one: several that differ contradict each other.
func each(in *input, f func(v value)) {
	for _, v := range in.values {
		f(v)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// readText takes a text as it is, in one line; a yes or no is no text.
func (r *reading) readText(place string, in *input) {
	each(in, func(v value) {
		s := oneLine(v.text)
		switch {
		case v.kind == boolean:
			r.ignored = append(r.ignored, in.name)
		case isBlankWord(s):
			r.set(place, nil, in)
		case strings.HasSuffix(place, "/address/postal_code"):
			r.readPostalCode(place, s, in)
		case strings.HasSuffix(place, "/address/street") && r.wholeAddress(place, v.text, in):
		case strings.HasSuffix(place, "/vat_id") && !digits.MatchString(s):
			r.readNoNumber(place, s, in)
		case strings.HasSuffix(place, "/email"):
			r.set(place, strings.TrimPrefix(s, "mailto:"), in)
		default:
			r.set(place, s, in)
		}
	})
}

// readNoNumber reads what stands where a number should: "nein" says that there is none.
func (r *reading) readNoNumber(place, s string, in *input) {
	if no[wordKey(s)] {
		r.set(place, nil, in)
		return
	}
	r.unclear(place, in, "")
}

// readLong keeps the paragraphs of a text.
func (r *reading) readLong(place string, in *input) {
	if in.values[0].kind == boolean {
		r.ignored = append(r.ignored, in.name)
		return
	}
	var parts []string
	each(in, func(v value) { parts = append(parts, strings.TrimSpace(v.text)) })
	s := strings.Join(parts, "\n")
	if isBlankWord(s) {
		r.set(place, nil, in)
		return
	}
	r.set(place, s, in)
}

func (r *reading) readTexts(place string, in *input) {
	all := in.list()
	if len(all) == 0 || len(all) == 1 && isBlankWord(all[0]) {
		r.set(place, nil, in)
		return
	}
	r.set(place, all, in)
}

// readDay reads a date; "unbefristet" is no end.
func (r *reading) readDay(place string, in *input) {
	each(in, func(v value) {
		d, ok := readDate(v.text)
		switch {
		case ok:
			r.set(place, d.String(), in)
		case place == "/term/end" && openEnd[plainKey(v.text)]:
			r.set(place, nil, in)
		default:
			r.unclear(place, in, "")
		}
	})
}

func (r *reading) readTerm(place string, in *input) {
	start, end, ok := readPeriod(in.text())
	if !ok {
		if d, one := readDate(in.text()); one && strings.HasPrefix(folded(in.text()), "ab ") {
			r.set("/term/start", d.String(), in)
			return
		}
		r.unclear("/term/end", in, "Von wann bis wann soll die Zusammenarbeit laufen? Bitte nennen Sie beide Tage, etwa 01.12.2026 bis 28.02.2027.")
		return
	}
	r.set(place+"/start", start.String(), in)
	r.set(place+"/end", end.String(), in)
}

func (r *reading) readBool(place string, in *input) {
	each(in, func(v value) {
		switch key := wordKey(v.text); {
		case yes[key]:
			r.set(place, true, in)
		case no[key]:
			r.set(place, false, in)
		default:
			r.unclear(place, in, "")
		}
	})
}

// tri reads a legal yes or no; what is not plainly one of them is null, and sure says whether that was said.
func tri(v value) (answer any, sure bool) {
	key, first := wordKey(v.text), ""
	all := words(v.text)
	if len(all) > 0 {
		first = all[0]
	}
	switch {
	case v.kind == number || key == "0" || key == "1":
		return nil, false // a blank number, or the place in a list
	case yes[key]:
		return true, true
	case no[key]:
		return false, true
	case unknown[key]:
		return nil, true
	case first == "ja" && !anyOf(all, "nein", "nicht", "kein", "keine", "keinen", "oder", "ausser", "nur", "aber"):
		return true, true
	}
	return nil, false
}

func anyOf(all []string, some ...string) bool {
	for _, w := range all {
		if contains(some, w) {
			return true
		}
	}
	return false
}

const whyOpen = "Die Antwort „%s“ ist kein klares Ja oder Nein und gilt als nicht beantwortet."

func (r *reading) readTri(place string, in *input) {
	each(in, func(v value) {
		answer, sure := tri(v)
		switch {
		case sure && (answer != nil || place != "/processing/special_categories"):
			r.set(place, answer, in)
		case place == "/processing/special_categories": // left open it would count as no
			r.unclear(place, in, "")
		default:
			r.guess(place, nil, in, strings.Replace(whyOpen, "%s", clip(v.text), 1))
		}
	})
}

func (r *reading) readWord(place string, in *input) {
	name := place[strings.LastIndexByte(place, '/')+1:]
	each(in, func(v value) {
		if name == "expenses" || name == "gender" || !isBlankWord(v.text) {
			if meaning := vocabulary[name][wordKey(v.text)]; meaning != "" {
				r.set(place, meaning, in)
			} else {
				r.unclear(place, in, "")
			}
			return
		}
		r.set(place, nil, in)
	})
}

func (r *reading) readDue(place string, in *input) {
	each(in, func(v value) {
		if meaning := vocabulary["due"][wordKey(v.text)]; meaning != "" {
			r.set(place, meaning, in)
		} else if d, ok := readDate(v.text); ok {
			r.set(place, d.String(), in)
		} else {
			r.unclear(place, in, "")
		}
	})
}

// refuse asks for what is only read field by field.
func (r *reading) refuse(place string, in *input) {
	if !isBlankWord(in.text()) && !no[wordKey(in.text())] {
		r.unclear(place, in, "")
		return
	}
	r.set(place, nil, in)
}
