package engagement

import (
	"bytes"
	"fmt"
	"io"
	"reflect"

	"auftragsmappe/documents/date"
)

// Decode reads one engagement: parse, do not validate. p is what is stored for the tenant (nil: nothing), today the date
// in Europe/Berlin, rules are those of packages above; they run on what could be read, defaults filled in, and should
// keep silent about what is missing.
//
// The error is ErrTooLarge, a *SyntaxError (no JSON, not UTF-8), Violations (everything else, all at once) or that of r.
func Decode(r io.Reader, p *Profile, today date.Date, rules ...func(*Engagement) Violations) (*Valid, error) {
	root, err := readTree(r, MaxBytes, ErrTooLarge)
	if err != nil {
		return nil, err
	}
	if stray := strayBody(root, "den Auftrag"); stray != nil {
		return nil, stray
	}
	found := newReport(reflect.TypeFor[Engagement]())
	v := &Valid{}
	found.bind(root, reflect.ValueOf(&v.Engagement).Elem(), "", "")
	if p != nil {
		found.fill(&v.Engagement, p, root)
	}
	complete(&v.Engagement, today)
	found.check(&v.Engagement, rules)
	if all := found.violations(); len(all) > 0 {
		return nil, all
	}
	v.Canonical = root.canonical(nil)
	return v, nil
}

// Recall reads of an engagement what a call is known by again, and checks nothing: the Reference and the Canonical form, all
// else is zero. So an earlier call can be repeated though today's profile or rules would refuse it. The error is that of
// Decode, without Violations.
func Recall(r io.Reader) (*Valid, error) {
	root, err := readTree(r, MaxBytes, ErrTooLarge)
	if err != nil {
		return nil, err
	}
	var e Engagement
	newReport(reflect.TypeFor[Engagement]()).bind(root, reflect.ValueOf(&e).Elem(), "", "")
	return &Valid{Engagement: Engagement{Reference: e.Reference}, Canonical: root.canonical(nil)}, nil
}

// readTree parses a body of at most limit bytes.
func readTree(r io.Reader, limit int64, tooLarge error) (*node, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, tooLarge
	}
	root, syntax := parse(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if syntax != nil {
		return nil, syntax
	}
	return root, nil
}

// check runs every rule: those of the tags, then those of this package, then the characters, then those of packages above.
func (r *report) check(e *Engagement, rules []func(*Engagement) Violations) {
	if r.bad[""] || r.full() {
		return // no object at all, or nothing but faults
	}
	r.checkTags(e)
	r.checkRules(e, ownRules)
	r.checkCharacters(e)
	r.checkAbove(e, rules)
}

func (r *report) checkRules(e *Engagement, rules []rule) {
	for _, rule := range rules {
		if r.allReadable(rule.reads) {
			rule.check(&checking{Engagement: e, report: r})
		}
	}
}

// checkAbove runs the rules of packages above.
func (r *report) checkAbove(e *Engagement, rules []func(*Engagement) Violations) {
	for _, rule := range rules {
		for _, v := range rule(e) {
			r.note(v.Pointer, v.Code, v.Detail)
		}
	}
}

// strayBody finds a whole n8n item, {headers, params, query, body}, or a list around the engagement: one violation that
// says what (in the German accusative) to send instead.
func strayBody(n *node, what string) Violations {
	if n.kind == kindList && len(n.elems) == 1 {
		if stray := strayBody(n.elems[0], what); stray != nil {
			return stray
		}
	}
	if n.kind != kindObject || n.get("body") == nil || n.get("headers") == nil || n.get("params") == nil && n.get("query") == nil {
		return nil
	}
	return Violations{{Pointer: "/body", Code: "whole_item", Detail: "Angekommen ist ein ganzes n8n-Element mit headers, params, query und body. " +
		"Bitte senden Sie nur " + what + ": als Inhalt {{ $json.body }} statt {{ $json }}."}}
}
