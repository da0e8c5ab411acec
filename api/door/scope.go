package door

import (
	"slices"
	"strings"
)

// readTitle reads the title of the engagement; "Dr." under "Titel" is that of a person.
func (r *reading) readTitle(place string, in *input) {
	each(in, func(v value) {
		s := oneLine(v.text)
		parts := strings.Fields(s)
		person := len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return !titles[plainKey(p)] })
		switch {
		case v.kind == boolean:
			r.ignored = append(r.ignored, in.name)
		case person:
			r.set("/client/person/title", s, in)
		case isBlankWord(s):
			r.set(place, nil, in)
		default:
			r.set(place, s, in)
		}
	})
}

const services = "/scope/services"

// readServices reads several services in one field; they are numbered from 1, as leistung_1_preis has it.
func (r *reading) readServices(_ string, in *input) {
	all := in.list()
	if in.values[0].kind == boolean {
		r.ignored = append(r.ignored, in.name)
		return
	}
	if len(all) == 0 || len(all) == 1 && isBlankWord(all[0]) {
		r.set(services, nil, in)
		return
	}
	for i, title := range all {
		r.set(services+"/#"+itoa(i+1)+"/title", title, in)
	}
}

// readService reads one service; of several lines the first is its title. One that is chosen from a list may be several.
func (r *reading) readService(place string, in *input) {
	if in.values[0].kind == boolean {
		r.ignored = append(r.ignored, in.name)
		return
	}
	if len(in.values) > 1 {
		r.readServices(place, in)
		return
	}
	title, rest, _ := strings.Cut(strings.TrimSpace(in.values[0].text), "\n")
	if isBlankWord(title) {
		r.set(place, nil, in)
		return
	}
	r.set(place, oneLine(title), in)
	if rest = strings.TrimSpace(rest); rest != "" {
		r.set(strings.TrimSuffix(place, "title")+"description", rest, in)
	}
}

// finishScope fills what says the same in other words: it is no money, no party and nothing of the AVV.
func (r *reading) finishScope() {
	all := r.tokens(services)
	title := r.text("/scope/title")
	switch {
	case !r.has("/scope/title") && len(all) == 1 && r.text(services+"/"+all[0]+"/title") != "":
		r.guess("/scope/title", r.text(services+"/"+all[0]+"/title"), nil, "Ein Titel des Auftrags fehlt; genommen wurde die eine Leistung.")
	case title != "" && len(all) == 1 && r.text(services+"/"+all[0]+"/title") == "":
		r.guess(services+"/"+all[0]+"/title", title, nil, "Die Leistung ist beschrieben und hat keinen Titel; genommen wurde der des Auftrags.")
	case title != "" && !r.has(services) && len(r.tokens(items)) == 0:
		r.guess(services+"/#1/title", title, nil, "Einzelne Leistungen sind nicht genannt; genommen wurde der Titel des Auftrags.")
	}
}

// servicesFromItems names what is priced as what is done, where no services are named.
func (r *reading) servicesFromItems() {
	if r.has(services) {
		return
	}
	for _, token := range r.tokens(items) {
		if d := r.text(items + "/" + token + "/description"); d != "" {
			r.guess(services+"/"+token+"/title", d, nil, "Einzelne Leistungen sind nicht genannt; genommen wurde die Position mit Preis.")
		}
	}
}
