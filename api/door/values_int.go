package door

import (
	"strconv"
	"strings"
)

// readInt reads a whole number with the unit that its field may have; of a 0 it is not known whether it is meant.
func (r *reading) readInt(place string, in *input) {
	each(in, func(v value) {
		if place == dueDays && atOnce[plainKey(v.text)] {
			r.set(place, 0, in)
			return
		}
		m := wholeNumber.FindStringSubmatch(strings.TrimSpace(v.text))
		if m == nil {
			r.unclear(place, in, "")
			return
		}
		factor := 1
		if m[3] != "" {
			factor = units[place][strings.ToLower(m[3])]
		}
		n, err := strconv.Atoi(m[1])
		switch {
		case err != nil || factor == 0:
			r.unclear(place, in, "")
		case n == 0 && zeroMeansBlank[place]:
			r.guess(place, nil, in, "Die 0 gilt als leeres Zahlenfeld.")
		case n == 0 && v.kind == number && !in.nested(place):
			r.zeros = append(r.zeros, waiting{place, in})
		default:
			r.set(place, n*factor, in)
		}
	})
}

const dueDays = "/pricing/payment/due_days"

// atOnce are the words for a due date on the day itself, folded.
var atOnce = set("sofort sofortnacherhalt sofortfaellig sofortohneabzug beierhalt immediately")

// nested says that an input came inside of objects exactly as the format has it: no form makes its number fields so.
func (in *input) nested(place string) bool {
	return len(in.paths) > 0 && len(in.paths[0]) > 1 && "/"+strings.Join(in.paths[0], "/") == place
}

// zeroMeansBlank are whole numbers that cannot be 0 and change no money.
var zeroMeansBlank = map[string]bool{"/term/notice_weeks": true, "/pricing/offer_valid_days": true, "/pricing/billing_increment_minutes": true,
	"/terms/nda_years": true, "/processing/breach_hours": true}
