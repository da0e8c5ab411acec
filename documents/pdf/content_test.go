package pdf

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// shown is the text of a marked-content sequence.
type shown struct {
	tag  string
	mcid int // -1 = artifact
	text string
}

// fontMaps reads the ToUnicode maps of a page's fonts by resource name.
func (f *file) fontMaps(page dict) map[string]map[byte]string {
	f.t.Helper()
	maps := map[string]map[byte]string{}
	for k, v := range f.dict(f.dict(page["Resources"])["Font"]) {
		cmap := f.get(f.dict(v)["ToUnicode"]).(stream).data
		m := map[byte]string{}
		p := &parser{b: cmap}
		for tok := p.next(); tok != nil; tok = p.next() {
			n, ok := tok.(int)
			if !ok || p.next() != op("beginbfchar") {
				continue
			}
			for range n {
				code, uni := p.next().(text), p.next().(text)
				m[code[0]] = fromUTF16(uni)
			}
		}
		if len(m) == 0 {
			f.t.Fatalf("font %s has no ToUnicode", k)
		}
		maps[k] = m
	}
	return maps
}

func fromUTF16(s text) string {
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// decode reads a text string.
func decode(v any) string {
	s, _ := v.(text)
	if rest, ok := strings.CutPrefix(string(s), "\xfe\xff"); ok {
		return fromUTF16(text(rest))
	}
	r := make([]rune, 0, len(s))
	for _, c := range []byte(s) {
		r = append(r, rune(c))
	}
	return string(r)
}

// interpreter runs a page's operators and checks their nesting (ISO 32000-1 14.6.1).
type interpreter struct {
	t      testing.TB
	maps   map[string]map[byte]string
	font   string
	args   []any
	stack  []string // BT, q, BDC
	actual string
	out    []shown
}

// sequences gives the marked content of a page in order.
func (f *file) sequences(page dict) []shown {
	f.t.Helper()
	in := &interpreter{t: f.t, maps: f.fontMaps(page)}
	p := &parser{b: f.contents(page)}
	for tok := p.next(); tok != nil; tok = p.next() {
		if o, ok := tok.(op); ok {
			in.operator(string(o))
			in.args = in.args[:0]
			continue
		}
		in.args = append(in.args, tok)
	}
	if len(in.stack) > 0 {
		f.t.Fatalf("not closed: %v", in.stack)
	}
	return in.out
}

func (in *interpreter) operator(o string) {
	in.t.Helper()
	switch o {
	case "BT", "q":
		in.stack = append(in.stack, o)
	case "ET":
		in.pop("BT")
	case "Q":
		in.pop("q")
	case "EMC":
		in.pop("BDC")
		in.actual = ""
	case "BDC":
		in.stack = append(in.stack, o)
		in.begin(string(in.args[0].(name)), in.args[1].(dict))
	case "Tf":
		in.font = string(in.args[0].(name))
	case "TJ":
		in.show(in.args[0].(array))
	case "re", "Do":
		if in.inside("BT") || !in.inside("BDC") {
			in.t.Fatalf("%s in %v", o, in.stack)
		}
	case "Td", "Tw", "f", "S", "w", "J", "j", "g", "rg", "G", "RG", "cm":
	default:
		in.t.Fatalf("unknown operator %q", o)
	}
}

func (in *interpreter) pop(want string) {
	in.t.Helper()
	last := len(in.stack) - 1
	if last < 0 || in.stack[last] != want {
		in.t.Fatalf("%s closed in %v", want, in.stack)
	}
	in.stack = in.stack[:last]
}

func (in *interpreter) inside(what string) bool {
	for _, s := range in.stack {
		if s == what {
			return true
		}
	}
	return false
}

func (in *interpreter) begin(tag string, d dict) {
	s := shown{tag: tag, mcid: -1}
	if n, ok := d["MCID"].(int); ok {
		s.mcid = n
	} else if tag != "Artifact" || d["Type"] == nil {
		in.t.Fatalf("sequence %s without MCID", tag)
	}
	in.actual = decode(d["ActualText"])
	s.text = in.actual
	in.out = append(in.out, s)
}

func (in *interpreter) show(a array) {
	in.t.Helper()
	if !in.inside("BDC") || !in.inside("BT") {
		in.t.Fatalf("text in %v", in.stack)
	}
	if in.actual != "" {
		return
	}
	s := &in.out[len(in.out)-1]
	for _, v := range a {
		codes, _ := v.(text)
		for _, c := range []byte(codes) {
			u, ok := in.maps[in.font][c]
			if !ok {
				in.t.Fatalf("code %d of %s spells nothing", c, in.font)
			}
			s.text += u
		}
	}
}
