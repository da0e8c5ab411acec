package engagement

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// fill gives the engagement what it lacks and the profile has, and remembers where: a violation there says so.
// What the caller posted counts more than what is stored, so the rate of a posted contractor is not replaced either.
func (r *report) fill(e *Engagement, p *Profile, root *node) {
	pricing := usable(p.Pricing, cmp.Or(e.Pricing.Model, p.Pricing.Model))
	if e.Contractor.HourlyRate != nil {
		pricing.HourlyRate = nil
	}
	if c := root.get("contractor"); p.Contractor != nil && (c == nil || c.absent()) {
		e.Contractor = *p.Contractor
		r.stored = append(r.stored, "/contractor")
	}
	r.merge(reflect.ValueOf(&e.Tone).Elem(), reflect.ValueOf(p.Tone), "/tone")
	r.merge(reflect.ValueOf(&e.Terms).Elem(), reflect.ValueOf(p.Terms), "/terms")
	r.merge(reflect.ValueOf(&e.Pricing).Elem(), reflect.ValueOf(pricing), "/pricing")
}

// usable is the profile's pricing without the fields that the model does not have.
func usable(p Pricing, m Model) Pricing {
	for _, f := range modelFields {
		if !slices.Contains(f.models, m) {
			at(reflect.ValueOf(&p), f.path).SetZero()
		}
	}
	return p
}

// merge fills what dst lacks from src, leaf by leaf, lists as a whole. Lists are copied: their elements are completed
// later, and the profile is shared.
func (r *report) merge(dst, src reflect.Value, pointer string) {
	switch {
	case src.IsZero():
		return
	case dst.Kind() == reflect.Pointer && !dst.IsNil() && shapes()[dst.Type().Elem()] != nil:
		r.merge(dst.Elem(), src.Elem(), pointer)
		return
	case shapes()[dst.Type()] != nil:
		for _, f := range shapes()[dst.Type()].fields {
			r.merge(dst.FieldByIndex(f.index), src.FieldByIndex(f.index), pointer+"/"+f.name)
		}
		return
	case !dst.IsZero() && (dst.Kind() != reflect.Slice || dst.Len() > 0):
		return
	case src.Kind() == reflect.Slice:
		src = reflect.AppendSlice(reflect.MakeSlice(src.Type(), 0, src.Len()), src)
	}
	dst.Set(src)
	if !r.covered(pointer) { // else the caller's value is the one that is wrong
		r.stored = append(r.stored, pointer)
	}
}

// origin says in German that what a violation is about comes from the stored profile, "" when it does not.
func (r *report) origin(pointer string) string {
	for _, stored := range r.stored {
		if pointer != stored && !strings.HasPrefix(pointer, stored+"/") {
			continue
		}
		if stored == "/contractor" {
			return " Der Auftragnehmer stammt aus dem gespeicherten Profil: Ändern Sie es dort, oder geben Sie contractor im Auftrag vollständig an."
		}
		return " Die Angabe stammt aus dem gespeicherten Profil: Ändern Sie sie dort, oder geben Sie sie im Auftrag an."
	}
	return ""
}
