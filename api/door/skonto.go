package door

import (
	"regexp"
	"strings"
)

var skonto = regexp.MustCompile(`(?i)^(\d+(?:[.,]\d+)?)\s*%?\s*(?:skonto)?\s*(?:bei zahlung|bei)?\s*(?:innerhalb|binnen|in)?\s*(?:von)?\s*(\d{1,3})\s*(?:tagen|tage|days)$`)

// readSkonto reads "2 % bei Zahlung in 7 Tagen".
func (r *reading) readSkonto(place string, in *input) {
	if isBlankWord(in.text()) || no[wordKey(in.text())] {
		r.set(place, nil, in)
		return
	}
	if p := readNumber(value{text, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(in.text()), "%"))}); p.ok {
		r.readPercent(place+"/percent", in) // the days stand in a field of their own, or are asked for
		return
	}
	m := skonto.FindStringSubmatch(oneLine(in.text()))
	if m == nil {
		r.unclear(place, in, "")
		return
	}
	r.readPercent(place+"/percent", &input{name: in.name, values: []value{{text, m[1]}}})
	r.readInt(place+"/days", &input{name: in.name, values: []value{{text, m[2]}}})
}
