package door

import "strings"

// tally reads a form response: choices are ids whose texts stand in options, and every box of a group of check boxes comes
// again as a field of its own.
func (d *delivery) tally(root *node) {
	d.key = prefixed("tally ", root.at("data", "responseId"))
	d.pass(root, "", "data")
	d.pass(root.get("data"), "data.", "fields")
	groups := map[string]bool{}
	for _, f := range root.get("data").get("fields").elems {
		groups[f.at("key")] = f.get("options") != nil
	}
	for _, f := range root.get("data").get("fields").elems {
		label, key := f.at("label"), f.at("key")
		if label == "" {
			label = key
		}
		in := &input{name: label, paths: [][]string{{label}}, plain: tallyPlain[f.at("type")]}
		if i := strings.LastIndexByte(key, '_'); i > 0 && groups[key[:i]] {
			in.plain = true
		}
		in.values = tallyValues(f)
		d.add(in)
	}
}

// tallyPlain are the types of fields that have no place in an engagement.
var tallyPlain = map[string]bool{"FILE_UPLOAD": true, "SIGNATURE": true, "PAYMENT": true, "MATRIX": true, "RATING": true, "LINEAR_SCALE": true, "RANKING": true}

func tallyValues(f *node) []value {
	options := map[string]string{}
	if o := f.get("options"); o != nil {
		for _, option := range o.elems {
			options[option.at("id")] = option.at("text")
		}
	}
	v := f.get("value")
	if v == nil {
		return nil
	}
	elems := v.elems
	if v.scalar() {
		elems = []*node{v}
	}
	var out []value
	for _, e := range elems {
		chosen, isOption := options[e.text]
		switch {
		case isOption:
			out = append(out, value{text, chosen})
		case e.scalar():
			out = append(out, value{e.kind, e.text})
		default:
			out = append(out, value{text, "…"}) // a file
		}
	}
	if v.kind == object && len(v.members) > 0 {
		out = append(out, value{text, "…"})
	}
	return out
}

// typeform joins answers with their questions by the field's id; a skipped question has no answer.
func (d *delivery) typeform(root *node) {
	form := root.get("form_response")
	d.key = prefixed("typeform ", either(root, "event_id", ""))
	if d.key == "" {
		d.key = prefixed("typeform ", form.at("token"))
	}
	d.pass(root, "", "form_response")
	d.pass(form, "", "answers", "definition", "hidden")
	titles := map[string]string{}
	if fields := form.get("definition").get("fields"); fields != nil {
		for _, f := range fields.elems {
			titles[f.at("id")] = f.at("title")
		}
	}
	for _, a := range form.get("answers").elems {
		ref, title := a.at("field", "ref"), titles[a.at("field", "id")]
		in := &input{name: ref, paths: [][]string{{ref}, {title}}}
		if field(in.paths[:1]) == nil && title != "" { // a ref is often made by the tool
			in.name = title
		}
		in.values = d.typeformValues(in, a)
		d.add(in)
	}
	if hidden := form.get("hidden"); hidden != nil {
		d.flatten(hidden, nil, "")
	}
}

func (d *delivery) typeformValues(in *input, a *node) []value {
	typ := a.at("type")
	v := a.get(typ)
	switch {
	case v == nil:
		return nil
	case typ == "file_url" || typ == "payment":
		in.plain = true
		return []value{{text, "…"}}
	case typ == "choice" || typ == "choices":
		var out []value
		for _, label := range []*node{v.get("label"), v.get("other")} {
			if label != nil {
				out = append(out, value{text, label.text})
			}
		}
		if labels := v.get("labels"); labels != nil {
			for _, label := range labels.elems {
				out = append(out, value{text, label.text})
			}
		}
		return out
	case v.scalar():
		return []value{{v.kind, v.text}}
	}
	return nil
}

// calendly reads an invitee with the answers to the questions of the booking page; the appointment is not the engagement.
func (d *delivery) calendly(root *node) {
	payload := root.get("payload")
	d.key = prefixed("calendly ", payload.at("uri"))
	if root.at("event") != "invitee.created" {
		d.stop = "Calendly meldet hier keine neue Buchung, sondern eine Absage oder Änderung. Daraus wird kein Auftrag; ist einer gemeint?"
	}
	d.pass(root, "", "payload")
	d.pass(payload, "payload.", "name", "email", "first_name", "last_name", "questions_and_answers", "text_reminder_number")
	for _, name := range []string{"name", "first_name", "last_name", "email"} {
		if v := payload.get(name); v != nil && v.scalar() {
			d.add(&input{name: "payload." + name, paths: [][]string{{calendlyNames[name]}}, values: []value{{v.kind, v.text}}})
		}
	}
	if phone := payload.get("text_reminder_number"); phone != nil && phone.scalar() {
		d.add(&input{name: "payload.text_reminder_number", paths: [][]string{{"phone"}}, values: []value{{phone.kind, phone.text}}})
	}
	if questions := payload.get("questions_and_answers"); questions != nil {
		for _, q := range questions.elems {
			d.add(&input{name: q.at("question"), paths: [][]string{{q.at("question")}}, values: []value{{text, q.at("answer")}}})
		}
	}
}

// calendlyNames: who books is a person, whatever the company is.
var calendlyNames = map[string]string{"name": "name", "first_name": "first_name", "last_name": "last_name", "email": "email"}
