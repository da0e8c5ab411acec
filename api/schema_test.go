package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"auftragsmappe/api"
	"auftragsmappe/documents"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

// otherNames are the schemas that are not called as their Go types are.
var otherNames = map[string]string{
	"Human": "Person", "Documents": "DocumentChoice", "Form": "LegalForm", "problem": "Problem", "decided": "Decision", "page": "EngagementPage",
	"unready": "Unready", "Flat": "Manifest", "hookAnswer": "HookAnswer",
}

// conditional are the fields that the tags require and the contract cannot: another field, the profile or a default may do.
var conditional = []string{"Pricing.model"}

// comparison holds Go types against schemas.
type comparison struct {
	*testing.T
	doc      *openapi3.T
	answers  bool // every field is always there, and more may come
	compared map[string]bool
}

// The schemas of the contract have the fields of the Go types, and the rules of their tags.
func TestContractHasTheFields(t *testing.T) {
	doc := readContract(t)
	requests := &comparison{T: t, doc: doc, compared: map[string]bool{}}
	requests.object(reflect.TypeFor[engagement.Engagement](), doc.Components.Schemas["Engagement"])
	answers := &comparison{T: t, doc: doc, answers: true, compared: map[string]bool{}}
	for name, typ := range map[string]reflect.Type{
		"Manifest": reflect.TypeFor[documents.Manifest](), "Problem": reflect.TypeFor[api.Problem](), "Decision": reflect.TypeFor[api.Decided](),
		"EngagementPage": reflect.TypeFor[api.Page](), "Unready": reflect.TypeFor[api.Unready](), "HookAnswer": reflect.TypeFor[api.HookAnswer](),
	} {
		answers.object(typ, doc.Components.Schemas[name])
	}
	if len(requests.compared) < 20 || len(answers.compared) < 13 {
		t.Error("too little is compared", requests.compared, answers.compared)
	}
}

// A profile has no tags: its fields are those of the Go type by name.
func TestContractHasTheProfile(t *testing.T) {
	doc := readContract(t)
	for name, typ := range map[string]reflect.Type{"Profile": reflect.TypeFor[engagement.Profile](), "Look": reflect.TypeFor[engagement.Look]()} {
		var fields []string
		for _, f := range reflect.VisibleFields(typ) {
			if f.Name != "Canonical" { // the JSON itself
				fields = append(fields, strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(f.Name, "${1}_$2")))
			}
		}
		if got := properties(doc.Components.Schemas[name].Value); !reflect.DeepEqual(got, sorted(fields)) {
			t.Errorf("%s has %v, the program %v", name, got, fields)
		}
		if open := doc.Components.Schemas[name].Value.AdditionalProperties.Has; open == nil || *open {
			t.Errorf("%s lets unknown fields pass", name)
		}
	}
}

func properties(s *openapi3.Schema) []string {
	var names []string
	for name := range s.Properties {
		names = append(names, name)
	}
	return sorted(names)
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// object compares a struct, and each of its fields.
func (c *comparison) object(typ reflect.Type, ref *openapi3.SchemaRef) {
	name := schemaName(typ)
	if ref == nil || ref.Value == nil {
		c.Errorf("there is no schema %s", name)
		return
	}
	if ref.Ref != "" && ref.Ref != "#/components/schemas/"+name {
		c.Errorf("%s is %s", name, ref.Ref)
	}
	if c.compared[name] {
		return
	}
	c.compared[name] = true
	s := ref.Value
	var fields, required []string
	for _, f := range reflect.VisibleFields(typ) {
		field, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || field == "" || field == "-" {
			continue
		}
		fields = append(fields, field)
		if c.answers && options != "omitempty" || strings.HasPrefix(f.Tag.Get("validate"), "required") {
			required = append(required, field)
		}
		if property := s.Properties[field]; property != nil {
			c.field(f.Type, property, name+"."+field, f.Tag.Get("validate"))
		}
	}
	if got := properties(s); !reflect.DeepEqual(got, sorted(fields)) {
		c.Errorf("%s has %v, the program %v", name, got, fields)
	}
	for _, field := range required {
		if !slices.Contains(s.Required, field) && !slices.Contains(conditional, name+"."+field) {
			c.Errorf("%s.%s is required", name, field)
		}
	}
	if open := s.AdditionalProperties.Has; !c.answers && (open == nil || *open) {
		c.Errorf("%s lets unknown fields pass", name)
	}
	if s.Description == "" {
		c.Errorf("%s has no description", name)
	}
}

func schemaName(typ reflect.Type) string {
	if other, ok := otherNames[typ.Name()]; ok {
		return other
	}
	return typ.Name()
}

// field compares a value: its type, its description and what its tag says.
func (c *comparison) field(typ reflect.Type, ref *openapi3.SchemaRef, name, tag string) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	s := ref.Value
	if s.Description == "" && !strings.HasSuffix(name, "[]") {
		c.Errorf("%s has no description", name)
	}
	if typ.Kind() == reflect.Interface {
		return // a value of several types
	}
	own, inner, _ := strings.Cut(tag, ",dive")
	c.tags(s, name, own)
	want := ""
	switch {
	case typ == reflect.TypeFor[date.Date]():
		want = "string"
		if s.Format != "date" {
			c.Errorf("%s is no date", name)
		}
	case typ == reflect.TypeFor[money.Decimal]():
		want = "string number"
	case typ == reflect.TypeFor[json.RawMessage]():
		want = "object"
	case typ.Kind() == reflect.Struct:
		c.object(typ, ref)
		return
	case typ.Kind() == reflect.Slice:
		want = "array"
		if s.Items == nil {
			c.Errorf("%s has no items", name)
			return
		}
		c.field(typ.Elem(), s.Items, name+"[]", strings.TrimPrefix(inner, ","))
	default:
		want = map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Bool: "boolean"}[typ.Kind()]
	}
	got := strings.TrimSuffix(strings.Join(s.Type.Slice(), " "), " null")
	if got != want {
		c.Errorf("%s is %q, in the program %q", name, got, want)
	}
}

// tags compares the rules of validator's tags with those of the schema, both ways.
func (c *comparison) tags(s *openapi3.Schema, name, tag string) {
	want := map[string]string{}
	for rule := range strings.SplitSeq(tag, ",") {
		key, value, _ := strings.Cut(rule, "=")
		switch key {
		case "positive":
			want["over"] = "0"
		case "notnegative":
			want["least"] = "0"
		case "below":
			want["under"] = value
		case "upto":
			want["most"] = value
		case "within":
			want["least"], want["most"], _ = strings.Cut(value, "-")
		case "max":
			want["length"] = value
		case "oneof":
			want["one of"] = value
		}
	}
	got := map[string]string{}
	number(got, "over", s.ExclusiveMin.Value)
	number(got, "under", s.ExclusiveMax.Value)
	number(got, "least", s.Min)
	number(got, "most", s.Max)
	length := s.MaxLength
	if length == nil {
		length = s.MaxItems
	}
	if length != nil {
		got["length"] = strconv.FormatUint(*length, 10)
	}
	var words []string
	for _, word := range s.Enum {
		words = append(words, word.(string))
	}
	if words != nil {
		got["one of"] = strings.Join(words, " ")
		delete(want, "length") // of words
	}
	if c.answers || strings.HasPrefix(name, "DocumentChoice.") { // package decision has the words
		return
	}
	if !reflect.DeepEqual(got, want) {
		c.Errorf("%s: the schema says %v, the tag %v", name, got, want)
	}
}

func number(got map[string]string, rule string, v *float64) {
	if v != nil {
		got[rule] = strconv.FormatFloat(*v, 'f', -1, 64)
	}
}

// The defaults of the contract are those that Decode fills in.
func TestContractHasTheDefaults(t *testing.T) {
	doc := readContract(t)
	bare := edit(load(t, "verein-stunden"), []string{"pricing", "offer_valid_days"}, func(any) any { return dropped{} })
	for _, section := range []string{"terms", "processing", "tone", "stage", "revision"} {
		bare = edit(bare, []string{section}, func(any) any { return dropped{} })
	}
	for _, path := range []string{"/contractor/address/country", "/client/address/country", "/contractor/small_business", "/pricing/payment", "/access/0/handover", "/access/1/handover"} {
		bare = edit(bare, steps(path), func(any) any { return dropped{} })
	}
	b, err := json.Marshal(bare)
	if err != nil {
		t.Fatal(err)
	}
	v, err := engagement.Decode(bytes.NewReader(b), nil, today)
	if err != nil {
		t.Fatal(err)
	}
	if n := defaults(t, reflect.ValueOf(v.Engagement), doc.Components.Schemas["Engagement"].Value, ""); n < 20 {
		t.Error("too few defaults are compared", n)
	}
}

// defaults compares every default of a schema with a value that was decoded without it, and counts them.
func defaults(t *testing.T, v reflect.Value, s *openapi3.Schema, pointer string) (n int) {
	v = reflect.Indirect(v)
	if s.Default != nil {
		if !v.IsValid() || fmt.Sprint(v.Interface()) != fmt.Sprint(s.Default) {
			t.Errorf("%s: the default is %v, the program has %v", pointer, s.Default, v)
		}
		n++
	}
	switch {
	case v.Kind() == reflect.Slice && s.Items != nil:
		for i := range v.Len() {
			n += defaults(t, v.Index(i), s.Items.Value, pointer+"/"+strconv.Itoa(i))
		}
	case v.Kind() == reflect.Struct:
		for _, f := range reflect.VisibleFields(v.Type()) {
			if p := s.Properties[f.Tag.Get("json")]; p != nil {
				n += defaults(t, v.FieldByIndex(f.Index), p.Value, pointer+"/"+f.Tag.Get("json"))
			}
		}
	}
	return n
}
