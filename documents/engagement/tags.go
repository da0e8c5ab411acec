package engagement

import (
	"errors"
	"reflect"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// checker holds the rules of the struct tags.
var checker = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("json") })
	v.RegisterCustomTypeFunc(func(v reflect.Value) any { return v.Interface().(date.Date).String() }, date.Date{})
	v.RegisterCustomTypeFunc(func(v reflect.Value) any { return v.Interface().(money.Decimal).String() }, money.Decimal{})
	for tag, check := range numberTags {
		if err := v.RegisterValidation(tag, check); err != nil {
			panic(err) // a tag name that validator refuses: every test fails
		}
	}
	return v
})

// numberTags are the tags for decimals (they reach validator as text) and for ranges of integers.
var numberTags = map[string]validator.Func{
	"positive":    func(f validator.FieldLevel) bool { return decimalOf(f).Sign() > 0 },
	"notnegative": func(f validator.FieldLevel) bool { return decimalOf(f).Sign() >= 0 },
	"decimals": func(f validator.FieldLevel) bool {
		return decimalOf(f).Decimals() <= int(money.MustParse(f.Param()).Round()/100)
	},
	"below":  func(f validator.FieldLevel) bool { return decimalOf(f).Cmp(param(f)) < 0 },
	"upto":   func(f validator.FieldLevel) bool { return decimalOf(f).Cmp(param(f)) <= 0 },
	"within": within,
}

func decimalOf(f validator.FieldLevel) money.Decimal { return money.MustParse(f.Field().String()) }

func param(f validator.FieldLevel) money.Decimal { return money.MustParse(f.Param()) }

// within reads "0-365".
func within(f validator.FieldLevel) bool {
	low, high, _ := strings.Cut(f.Param(), "-")
	d := money.Int(int(f.Field().Int()))
	return d.Cmp(money.MustParse(low)) >= 0 && d.Cmp(money.MustParse(high)) <= 0
}

// tagTexts are code and German predicate per tag; %v is the value, %p the tag's parameter.
var tagTexts = map[string]struct{ code, predicate string }{
	"required":          {"required", "fehlt. Bitte ergänzen Sie diese Angabe."},
	"oneof":             {"oneof", "hat den unbekannten Wert %v. Möglich sind: %p."},
	"max":               {"too_long", "ist länger als %p Zeichen. Bitte kürzen Sie den Text."},
	"email":             {"email", "ist keine E-Mail-Adresse: %v. Bitte schreiben Sie sie wie name@firma.de."},
	"iso3166_1_alpha2":  {"country", "ist kein Ländercode aus zwei Buchstaben: %v. Bitte schreiben Sie etwa DE, AT oder CH."},
	"positive":          {"positive", "muss größer als 0 sein (angekommen: %v). Bitte tragen Sie den Wert ein; leere Zahlenfelder kommen aus Formularen oft als 0 an."},
	"notnegative":       {"negative", "darf nicht negativ sein (angekommen: %v). Bitte prüfen Sie den Wert; für einen Nachlass gibt es pricing.discount_percent."},
	"decimals":          {"decimals", "hat mehr als %p Nachkommastellen: %v. Bitte runden Sie den Wert."},
	"below":             {"too_large", "muss unter %p liegen (angekommen: %v). Bitte prüfen Sie den Wert."},
	"upto":              {"range", "darf höchstens %p sein (angekommen: %v). Bitte prüfen Sie den Wert."},
	"within":            {"range", "muss zwischen %p liegen (angekommen: %v). Bitte prüfen Sie den Wert."},
	"too_many_elements": {"too_many", "kommt öfter als %p-mal vor. Bitte fassen Sie Einträge zusammen oder teilen Sie den Auftrag auf."},
}

// checkTags notes what the struct tags of a body (a pointer to it) forbid.
func (r *report) checkTags(body any) {
	var broken validator.ValidationErrors
	if !errors.As(checker().Struct(body), &broken) {
		return
	}
	for _, b := range broken {
		tag := b.Tag()
		if tag == "max" && b.Kind() == reflect.Slice {
			tag = "too_many_elements"
		}
		text, pointer := tagTexts[tag], pointerOf(b.Namespace())
		r.note(pointer, text.code, says(pointer, fillTag(text.predicate, tag, b)))
	}
}

func fillTag(predicate, tag string, b validator.FieldError) string {
	param := b.Param()
	switch tag {
	case "oneof":
		param = strings.Join(strings.Fields(param), ", ")
	case "within":
		param = strings.Replace(param, "-", " und ", 1)
	case "max", "too_many_elements", "below":
		param = grouped(param)
	}
	return strings.NewReplacer("%v", quote(valueText(b.Value())), "%p", param).Replace(predicate)
}

// valueText shows a value that validator hands back.
func valueText(v any) string {
	r := reflect.ValueOf(v)
	for r.Kind() == reflect.Pointer && !r.IsNil() {
		r = r.Elem()
	}
	switch {
	case r.Kind() == reflect.String:
		return r.String()
	case r.Kind() == reflect.Int:
		return money.Int(int(r.Int())).String()
	case r.IsValid() && r.Type() == decimalType:
		return r.Interface().(money.Decimal).String()
	}
	return ""
}

// grouped sets dots between thousands: 10000000 is 10.000.000.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

// pointerOf turns validator's "Engagement.client.Party.address.city" or "….services[0].title" into a JSON pointer.
func pointerOf(namespace string) string {
	pointer := ""
	for i, segment := range strings.Split(namespace, ".") {
		if i == 0 || segment == "Party" {
			continue
		}
		name, index, has := strings.Cut(segment, "[")
		pointer += "/" + name
		if has {
			pointer += "/" + strings.TrimSuffix(index, "]")
		}
	}
	return pointer
}
