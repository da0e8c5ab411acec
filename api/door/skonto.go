package door

import "regexp"

var skonto = regexp.MustCompile(`(?i)^(\d+(?:[.,]\d+)?)\s*%?\s*(?:skonto)?\s*(?:bei zahlung|bei)?\s*(?:innerhalb|binnen|in)?\s*(?:von)?\s*(\d{1,3})\s*(?:tagen|tage|days)$`)

// readSkonto reads "2 % bei Zahlung in 7 Tagen".
func (r *reading) readSkonto(place string, in *input) {
	if isBlankWord(in.text()) || no[wordKey(in.text())] {
		r.set(place, nil, in)
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
