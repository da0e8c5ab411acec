package engagement

import (
	"errors"
	"io"
	"reflect"

	"auftragsmappe/documents/date"
)

// MaxProfileBytes is the largest body that DecodeProfile reads: 2 MiB. A logo of 1 MiB alone has 1.4 MB as base64.
const MaxProfileBytes = 2 << 20

// ErrProfileTooLarge says that a body is over MaxProfileBytes; nothing of it was read further.
var ErrProfileTooLarge = errors.New("profile is larger than 2 MiB")

// Profile is what is stored for a tenant: the contractor, defaults for every engagement, and how documents look.
// It holds what was given and no defaults of the format; Decode merges it under an engagement.
type Profile struct {
	Contractor *Contractor // complete, or nil
	Tone       Tone        // "" = not given
	Terms      Terms
	Pricing    Pricing // any of its fields, also those of several price models
	Look       Look
	// Canonical is the caller's JSON with sorted keys and without blanks; DecodeProfile reads it again.
	Canonical []byte
}

// Look is how a tenant's documents look; zero values mean the look of the program.
type Look struct {
	Logo        []byte // a PNG or JPEG file that could be decoded, at most 1 MiB
	AccentColor string // "#1f3a5f", in small letters
}

// profileBody is a profile as its JSON shows it.
type profileBody struct {
	Contractor *Contractor `json:"contractor"`
	Tone       Tone        `json:"tone" validate:"omitempty,oneof=sie du"`
	Terms      Terms       `json:"terms"`
	Pricing    Pricing     `json:"pricing"`
	Look       lookBody    `json:"look"`
}

type lookBody struct {
	Logo        string `json:"logo"` // base64
	AccentColor string `json:"accent_color"`
}

// DecodeProfile reads one profile, as strictly as Decode reads an engagement: an unknown field is an error, a contractor
// must be complete, and of pricing and terms what is given must be right. An object without any field is a profile.
// rules are those of packages above; they run on an engagement that has only what the profile gives, and the defaults.
//
// The error is ErrProfileTooLarge, a *SyntaxError (no JSON, not UTF-8), Violations (everything else, all at once) or
// that of r.
func DecodeProfile(r io.Reader, rules ...func(*Engagement) Violations) (*Profile, error) {
	root, err := readTree(r, MaxProfileBytes, ErrProfileTooLarge)
	if err != nil {
		return nil, err
	}
	if stray := strayBody(root, "das Profil"); stray != nil {
		return nil, stray
	}
	p, found := bindProfile(root)
	found.checkProfile(p, rules)
	if all := found.violations(); len(all) > 0 {
		return nil, all
	}
	return p, nil
}

// RestoreProfile reads a stored profile (Canonical). It asks only whether everything can be read and is known, so that a
// profile stays usable when later versions have more rules: the engagement that it is merged under meets all of them.
func RestoreProfile(canonical []byte) (*Profile, error) {
	root, syntax := parse(canonical)
	if syntax != nil {
		return nil, syntax
	}
	p, found := bindProfile(root)
	if all := found.violations(); len(all) > 0 {
		return nil, all
	}
	return p, nil
}

func bindProfile(root *node) (*Profile, *report) {
	found := newReport(reflect.TypeFor[profileBody]())
	if root.kind != kindObject {
		found.add("", "type", "Das Profil muss ein Objekt in geschweiften Klammern {…} sein. Bitte senden Sie zum Beispiel {\"contractor\": {…}}.")
		return nil, found
	}
	var body profileBody
	found.bind(root, reflect.ValueOf(&body).Elem(), "", "")
	p := &Profile{Contractor: body.Contractor, Tone: body.Tone, Terms: body.Terms, Pricing: body.Pricing}
	p.Look = Look{Logo: found.bindLogo(body.Look.Logo), AccentColor: found.bindColor(body.Look.AccentColor)}
	p.Canonical = root.canonical(nil)
	return p, found
}

// checkProfile runs the rules that hold without an engagement.
func (r *report) checkProfile(p *Profile, rules []func(*Engagement) Violations) {
	if r.bad[""] || r.full() {
		return
	}
	e := p.engagement()
	body := profileBody{Tone: p.Tone, Terms: e.Terms, Pricing: e.Pricing}
	if p.Contractor != nil {
		body.Contractor = &e.Contractor
	}
	setZero(&body.Pricing.Model, ResultPackage) // only an engagement must have one
	r.checkTags(&body)
	if p.Contractor != nil {
		r.checkRules(e, contractorRules)
		r.checkRules(e, []rule{{[]string{smallBusinessPointer, "/pricing/vat"}, smallBusinessRate}})
	}
	r.checkRules(e, priceRules)
	if p.Pricing.Payment.DueDays != nil { // else an engagement may still say when it is due
		r.checkRules(e, []rule{{[]string{"/pricing/payment/due_days", "/pricing/payment/cash_discount"}, cashDiscountDays}})
	}
	r.checkCharacters(e)
	r.checkImage(p.Look.Logo)
	r.checkAbove(e, rules)
}

// engagement is what a profile alone makes of an engagement, defaults filled in; the profile itself stays as it is.
func (p *Profile) engagement() *Engagement {
	e := &Engagement{Tone: p.Tone, Terms: p.Terms}
	newReport(nil).merge(reflect.ValueOf(&e.Pricing).Elem(), reflect.ValueOf(p.Pricing), "")
	if p.Contractor != nil {
		e.Contractor = *p.Contractor
	}
	complete(e, date.Date{})
	return e
}
