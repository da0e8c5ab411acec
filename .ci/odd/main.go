// Command odd writes engagements that no one would post, and that must be set all the same: generated ones of every
// variant, and ones at the limits.
//
//	go run ./.ci/odd FOLDER COUNT
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"auftragsmappe/documents/engagement/engagementtest"
)

type object = map[string]any

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: odd FOLDER COUNT")
	}
	count, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for n := range count {
		if err := os.WriteFile(filepath.Join(args[0], fmt.Sprintf("generated-%03d.json", n)), engagementtest.Generate(n), 0o644); err != nil {
			return err
		}
	}
	for name, change := range odd {
		e, err := example(strings.ToUpper(name))
		if err != nil {
			return err
		}
		change(e)
		b, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(args[0], name+".json"), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// example is examples/launch.json under another reference.
func example(reference string) (object, error) {
	b, err := os.ReadFile("examples/launch.json")
	if err != nil {
		return nil, err
	}
	var e object
	err = json.Unmarshal(b, &e)
	e["reference"] = reference
	return e, err
}

const (
	markup = "*Müller* | <b>Söhne</b> {{.}}" // looked for in the finished pages
	prose  = "Die Auftragnehmerin richtet die Bestellstrecke ein, prüft sie mit einer Testbestellung und hält das Ergebnis fest. "
)

// long is text of at most n characters.
func long(n int) string {
	return strings.TrimSpace(strings.Repeat("lang und wortreich ", n)[:n])
}

// odd are changes of an engagement that bring it to a limit.
var odd = map[string]func(object){
	"longest-parties": func(e object) {
		for _, name := range []string{"contractor", "client"} {
			p := part(e, name)
			p["name"] = long(200)
			p["address"] = object{"extra": long(500), "street": long(500), "postal_code": "04229", "city": long(500)}
			p["person"] = object{"salutation": "Frau", "title": long(200), "first_name": long(200), "last_name": long(200), "role": long(500)}
			p["phone"] = "+49 341 " + strings.TrimSpace(strings.Repeat("1234567 ", 60))
			p["register"] = object{"court": long(500), "number": long(500)}
		}
		part(e, "contractor")["insurance"] = object{"insurer": long(500), "area": long(500)}
		part(e, "scope")["title"] = long(200)
	},
	"markup": func(e object) {
		part(e, "client")["name"] = markup
		part(e, "contractor")["name"] = markup
		part(e, "scope")["title"] = markup + " # _x_ [a](b) `c`"
		part(e, "scope")["summary"] = markup + "\n- " + markup + "\n\n1. " + markup
	},
	"without-blanks": func(e object) {
		part(e, "scope")["title"] = strings.Repeat("Donaudampfschifffahrt", 9)
		part(e, "client")["name"] = strings.Repeat("W", 200)
		part(e, "client", "address")["street"] = strings.Repeat("i", 500)
		part(e, "client", "address")["city"] = strings.Repeat("Ö", 500)
	},
	"every-letter": func(e object) {
		part(e, "scope")["services"] = letters()
	},
	"hundred-services": func(e object) {
		part(e, "scope")["services"] = list(100, func(i int) any {
			return object{"title": fmt.Sprintf("Leistung %d", i+1), "description": strings.Repeat(prose, 1+i%20), "result": "geprüft"}
		})
	},
	"longest-texts": func(e object) {
		part(e, "scope")["services"] = list(3, func(int) any {
			return object{"title": strings.Repeat("Titel ", 33), "description": strings.Repeat("Wort ", 800), "result": strings.Repeat("a\n", 2000)}
		})
	},
	"five-hundred-positions": func(e object) {
		part(e, "pricing")["items"] = list(500, func(i int) any {
			return object{"description": fmt.Sprintf("Position %d %s", i+1, strings.Repeat(prose, i%3)), "quantity": fmt.Sprint(i%7+1) + ".25", "unit": "hour", "unit_price": fmt.Sprint(i%90) + ".3355"}
		})
	},
	"largest-amount": func(e object) {
		part(e, "pricing")["items"] = list(1, func(int) any {
			return object{"description": "Paket", "quantity": "1", "unit": "flat", "unit_price": "9999999.9999"}
		})
	},
	"for-nothing": func(e object) {
		part(e, "pricing")["items"] = list(1, func(int) any {
			return object{"description": "Kennenlernen", "quantity": "1", "unit": "flat", "unit_price": "0"}
		})
	},
	"hundred-accesses": func(e object) {
		e["access"] = list(100, func(i int) any {
			return object{"tool": fmt.Sprintf("werkzeug-%d", i), "role": "Support", "permissions": list(1+i%9, func(n int) any { return fmt.Sprint("recht ", n) }), "note": strings.Repeat(prose, i%4)}
		})
	},
	"instalments": func(e object) {
		part(e, "pricing", "payment")["instalments"] = list(24, func(i int) any {
			due, percent := fmt.Sprintf("2027-%02d-%02d", 1+i%12, 1+i), "4.1666"
			if i == 0 {
				due, percent = "on_order", "4.1682"
			}
			return object{"percent": percent, "due": due}
		})
	},
}

// part is the object at a path.
func part(e object, path ...string) object {
	for _, step := range path {
		e = e[step].(object)
	}
	return e
}

func list(n int, at func(int) any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = at(i)
	}
	return all
}

// letters are services that together show every entry of DIN 91379.
func letters() []any {
	b, err := os.ReadFile("fonts/din91379.txt")
	if err != nil {
		panic(err)
	}
	var services []any
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			services = append(services, object{"title": fmt.Sprintf("Zeichen %d", len(services)+1), "description": text.String()})
			text.Reset()
		}
	}
	for line := range strings.Lines(string(b)) {
		if entry, ok := entryOf(line); ok {
			text.WriteString(entry + " ")
		}
		if text.Len() > 1500 {
			flush()
		}
	}
	flush()
	return services
}

// entryOf is the character or sequence of a line of din91379.txt: its code points come first. Control characters are left
// out, and blanks that would vanish in a line.
func entryOf(line string) (string, bool) {
	points, _, _ := strings.Cut(line, "\t")
	if strings.HasPrefix(line, "#") || points == "" {
		return "", false
	}
	var entry strings.Builder
	for point := range strings.FieldsSeq(points) {
		r, err := strconv.ParseUint(point, 16, 32)
		if err != nil {
			panic(err)
		}
		entry.WriteRune(rune(r))
	}
	return entry.String(), entry.String() >= "!"
}
